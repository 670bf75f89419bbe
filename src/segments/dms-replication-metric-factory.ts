import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { BaseMetricFactory, BaseMetricFactoryProps, MetricFactory, MetricStatistic } from 'cdk-monitoring-constructs';
import { MetricMaker } from './private/typed-metrics';

/** Which replication's metrics. */
export interface DmsReplicationMetricFactoryProps extends BaseMetricFactoryProps {
  /** Identifier of the replication instance. */
  readonly replicationInstanceIdentifier: string;
  /** What ends the ARN of the task, which is not its name. */
  readonly replicationTaskId: string;
}

const NAMESPACE = 'AWS/DMS';

/** Metrics of a DMS task and of the instance that it runs on (DMS user guide, "Monitoring AWS DMS tasks"). */
export class DmsReplicationMetricFactory extends BaseMetricFactory {
  private readonly ofTask: MetricMaker;
  private readonly ofInstance: MetricMaker;

  /**
   * @param metricFactory what makes the metrics
   * @param props the task and its instance
   */
  constructor(metricFactory: MetricFactory, props: DmsReplicationMetricFactoryProps) {
    super(metricFactory, props);
    const instance = { ReplicationInstanceIdentifier: props.replicationInstanceIdentifier };
    const task = { ...instance, ReplicationTaskIdentifier: props.replicationTaskId };
    this.ofTask = new MetricMaker(metricFactory, { namespace: NAMESPACE, dimensions: task }, props);
    this.ofInstance = new MetricMaker(metricFactory, { namespace: NAMESPACE, dimensions: instance }, props);
  }

  /** Age of the oldest change that is not yet read from the source, in seconds. */
  public metricMaxSourceLatencyInSeconds(): Metric {
    return this.ofTask.metric({ name: 'CDCLatencySource', statistic: MetricStatistic.MAX, label: 'Source' });
  }

  /** Age of the oldest change that is not yet written to the target, in seconds: the source's part included. */
  public metricMaxTargetLatencyInSeconds(): Metric {
    return this.ofTask.metric({ name: 'CDCLatencyTarget', statistic: MetricStatistic.MAX, label: 'Target' });
  }

  /** Rows that the full load reads from the source in a second. */
  public metricFullLoadRowsReadPerSecond(): Metric {
    return this.ofTask.metric({ name: 'FullLoadThroughputRowsSource', statistic: MetricStatistic.AVERAGE, label: 'Read' });
  }

  /** Rows that the full load writes to the target in a second. */
  public metricFullLoadRowsWrittenPerSecond(): Metric {
    return this.ofTask.metric({ name: 'FullLoadThroughputRowsTarget', statistic: MetricStatistic.AVERAGE, label: 'Written' });
  }

  /** Changes that wait in memory. */
  public metricChangesInMemoryCount(): Metric {
    return this.ofTask.metric({ name: 'CDCChangesMemorySource', statistic: MetricStatistic.AVERAGE, label: 'In memory' });
  }

  /** Changes that wait on the disk, since memory has no room for them. */
  public metricChangesOnDiskCount(): Metric {
    return this.ofTask.metric({ name: 'CDCChangesDiskSource', statistic: MetricStatistic.AVERAGE, label: 'On disk' });
  }

  /** Free storage of the instance, in bytes. */
  public metricMinFreeStorageSpaceInBytes(): Metric {
    return this.ofInstance.metric({ name: 'FreeStorageSpace', statistic: MetricStatistic.MIN, label: 'Free' });
  }

  /** Memory of the instance that can be used, in bytes. */
  public metricMinFreeableMemoryInBytes(): Metric {
    return this.ofInstance.metric({ name: 'FreeableMemory', statistic: MetricStatistic.MIN, label: 'Free' });
  }

  /** Memory of the instance that had to go to its disk, in bytes. */
  public metricMaxSwapUsageInBytes(): Metric {
    return this.ofInstance.metric({ name: 'SwapUsage', statistic: MetricStatistic.MAX, label: 'Swapped' });
  }
}
