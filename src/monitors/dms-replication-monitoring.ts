import { HorizontalAnnotation, IMetric, IWidget, YAxisProps } from 'aws-cdk-lib/aws-cloudwatch';
import {
  BaseMonitoringProps, CountAxisFromZero, LatencyThreshold, MinFreeableMemoryThreshold, MinUsageCountThreshold, Monitoring, MonitoringHeaderWidget,
  MonitoringNamingStrategy, MonitoringScope, RateAxisFromZero, SizeAxisBytesFromZero, TimeAxisSecondsFromZero,
} from 'cdk-monitoring-constructs';
import { DmsReplicationMetricFactory, DmsReplicationMetricFactoryProps } from './dms-replication-metric-factory';
import { Alarms } from './private/alarms';
import { row } from './private/graphs';

/** What to alarm on of a replication. */
export interface DmsReplicationMonitoringOptions extends BaseMonitoringProps {
  /**
   * Alarms above an age of changes that are not yet read from the source, by severity.
   *
   * @default - no alarm
   */
  readonly addSourceLatencyAlarm?: { [disambiguator: string]: LatencyThreshold };
  /**
   * Alarms above an age of changes that are not yet written to the target, by severity.
   *
   * @default - no alarm
   */
  readonly addTargetLatencyAlarm?: { [disambiguator: string]: LatencyThreshold };
  /**
   * Alarms below a number of free bytes on the disk of the replication instance, by severity.
   *
   * @default - no alarm
   */
  readonly addFreeStorageAlarm?: { [disambiguator: string]: MinUsageCountThreshold };
  /**
   * Alarms below a number of free bytes of the replication instance's memory, by severity.
   *
   * @default - no alarm
   */
  readonly addFreeableMemoryAlarm?: { [disambiguator: string]: MinFreeableMemoryThreshold };
}

/** Which replication, and what to alarm on. */
export interface DmsReplicationMonitoringProps extends DmsReplicationMetricFactoryProps, DmsReplicationMonitoringOptions {}

interface Marks {
  readonly [graph: string]: HorizontalAnnotation[];
}

/** How far a DMS task is behind, how fast it loads, and what room its instance has. */
export class DmsReplicationMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: DmsReplicationMetricFactory;
  private readonly marks: Marks;

  /**
   * @param scope the facade
   * @param props the replication, and what to alarm on
   */
  constructor(scope: MonitoringScope, props: DmsReplicationMonitoringProps) {
    super(scope, props);
    const naming = new MonitoringNamingStrategy({ ...props, fallbackConstructName: props.replicationTaskId });
    this.title = naming.resolveHumanReadableName();
    this.metrics = new DmsReplicationMetricFactory(scope.createMetricFactory(), props);
    const alarms = new Alarms(this, this.createAlarmFactory(naming.resolveAlarmFriendlyName()));
    this.marks = { latency: this.watchLatency(alarms, props), ...this.watchInstance(alarms, props) };
    props.useCreatedAlarms?.consume(this.createdAlarms());
  }

  public widgets(): IWidget[] {
    const { metrics, marks } = this;
    const graph = (title: string, leftYAxis: YAxisProps, left: IMetric[], leftAnnotations: HorizontalAnnotation[] = []) =>
      ({ title, left, leftYAxis, leftAnnotations });
    return [
      new MonitoringHeaderWidget({ family: 'DMS replication', title: this.title }),
      row(
        graph('Changes that wait', TimeAxisSecondsFromZero,
          [metrics.metricMaxSourceLatencyInSeconds(), metrics.metricMaxTargetLatencyInSeconds()], marks.latency),
        graph('Rows of the full load (per second)', RateAxisFromZero, [metrics.metricFullLoadRowsRead(), metrics.metricFullLoadRowsWritten()]),
        graph('Changes held back', CountAxisFromZero, [metrics.metricChangesInMemory(), metrics.metricChangesOnDisk()]),
      ),
      row(
        graph('Replication instance: free storage', SizeAxisBytesFromZero, [metrics.metricMinFreeStorageInBytes()], marks.storage),
        graph('Replication instance: memory', SizeAxisBytesFromZero,
          [metrics.metricMinFreeableMemoryInBytes(), metrics.metricMaxSwapInBytes()], marks.memory),
      ),
    ];
  }

  private watchLatency(alarms: Alarms, props: DmsReplicationMonitoringProps): HorizontalAnnotation[] {
    const limit = ({ maxLatency }: LatencyThreshold) => maxLatency.toSeconds();
    return [
      ...alarms.above({
        metric: this.metrics.metricMaxSourceLatencyInSeconds(),
        suffix: 'LatencySource',
        says: 'The source is read too slowly.',
        alarms: props.addSourceLatencyAlarm,
        limit,
      }),
      ...alarms.above({
        metric: this.metrics.metricMaxTargetLatencyInSeconds(),
        suffix: 'LatencyTarget',
        says: 'The target takes changes too slowly.',
        alarms: props.addTargetLatencyAlarm,
        limit,
      }),
    ];
  }

  private watchInstance(alarms: Alarms, props: DmsReplicationMonitoringProps): Marks {
    return {
      storage: alarms.below({
        metric: this.metrics.metricMinFreeStorageInBytes(),
        suffix: 'Storage',
        says: 'The replication instance runs out of storage.',
        alarms: props.addFreeStorageAlarm,
        limit: ({ minCount }) => minCount,
      }),
      memory: alarms.below({
        metric: this.metrics.metricMinFreeableMemoryInBytes(),
        suffix: 'Memory',
        says: 'The replication instance runs out of memory.',
        alarms: props.addFreeableMemoryAlarm,
        limit: ({ minFreeableMemoryInBytes }) => minFreeableMemoryInBytes,
      }),
    };
  }
}
