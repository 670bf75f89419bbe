import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { CustomMetric, CustomMetricGroup, MetricStatistic, MetricWithAlarmSupport, MonitoringFacade } from 'cdk-monitoring-constructs';
import { FailureEvents } from './failure-events';

interface Dimensions {
  readonly [name: string]: string;
}

/** What the metrics of a task go by. */
export interface TaskDimensions extends Dimensions {
  readonly ReplicationInstanceIdentifier: string;
  readonly ReplicationTaskIdentifier: string;
}

interface MetricOf {
  (name: string, label: string, statistic?: MetricStatistic): MetricWithAlarmSupport;
}

const NAMESPACE = 'AWS/DMS';
/** Seconds that changes may be late, for a quarter of an hour: more, and a cut-over would wait for them. */
const LATE_SECONDS = 300;
/** Bytes that must be free: without, the instance stops. */
const LEAST_FREE = 5 * 1024 ** 3;
const LASTING = { evaluationPeriods: 3, datapointsToAlarm: 3 };

/** Segments and alarms of a replication task, which cdk-monitoring-constructs lacks. */
export function monitorReplication(monitoring: MonitoringFacade, title: string, task: TaskDimensions, failures: FailureEvents): void {
  const metrics = monitoring.createMetricFactory();
  const of = (dimensions: Dimensions): MetricOf => (name, label, statistic = MetricStatistic.AVERAGE) =>
    metrics.createMetric(name, statistic, label, dimensions, undefined, NAMESPACE);
  const metric = of(task);
  monitoring.monitorCustom({
    humanReadableName: title,
    alarmFriendlyName: 'DatabaseMigration',
    metricGroups: [
      latency(metric),
      { title: 'Rows of the full load (per second)', metrics: [metric('FullLoadThroughputRowsSource', 'Read'), metric('FullLoadThroughputRowsTarget', 'Written')] },
      { title: 'Changes held back', metrics: [metric('CDCChangesMemorySource', 'In memory'), metric('CDCChangesDiskSource', 'On disk')] },
      storage(of({ ReplicationInstanceIdentifier: task.ReplicationInstanceIdentifier })),
      failures.metricGroup(metrics),
    ],
  });
}

function latency(metric: MetricOf): CustomMetricGroup {
  const late = (side: string, additionalDescription: string): CustomMetric => ({
    metric: metric(`CDCLatency${side}`, side, MetricStatistic.MAX),
    alarmFriendlyName: `Latency${side}`,
    addAlarm: {
      Warning: { ...LASTING, threshold: LATE_SECONDS, comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD, additionalDescription },
    },
  });
  return {
    title: 'Changes that wait (seconds)',
    metrics: [
      late('Source', 'The source is read too slowly: look at its load, at the network, and at the replication instance.'),
      late('Target', 'The database takes changes too slowly: look for tables without a primary key, then at its load.'),
    ],
  };
}

function storage(metric: MetricOf): CustomMetricGroup {
  return {
    title: 'Replication instance: free storage (bytes)',
    metrics: [{
      metric: metric('FreeStorageSpace', 'Free', MetricStatistic.MIN),
      alarmFriendlyName: 'Storage',
      addAlarm: {
        Critical: {
          ...LASTING,
          threshold: LEAST_FREE,
          comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
          additionalDescription: 'The replication instance runs full and will stop: raise allocatedStorageGib.',
        },
      },
    }],
  };
}
