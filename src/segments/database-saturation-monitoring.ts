import { GraphWidgetProps, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  CountAxisFromZero, LatencyThreshold, MaxUsageCountThreshold, MinUsageCountThreshold, Monitoring, MonitoringScope,
  PercentageAxisFromZeroToHundred, RateAxisFromZero, SizeAxisBytesFromZero, TimeAxisMillisFromZero, UsageThreshold,
} from 'cdk-monitoring-constructs';
import { DatabaseSaturationMetricFactory } from './database-saturation-metric-factory';
import { DatabaseSaturationMonitoringProps } from './database-saturation-monitoring-props';
import { Alarms } from './private/alarms';
import { DATABASE_RULES } from './private/database-rules';
import { MISSING } from './private/missing';
import { MonitorShell } from './private/monitor-shell';
import { above, below } from './private/watched-graph';

const PERCENT = {
  axis: PercentageAxisFromZeroToHundred, missing: MISSING.SAYS_NOTHING, limit: ({ maxUsagePercent }: UsageThreshold) => maxUsagePercent,
};
const FREE_BYTES = { axis: SizeAxisBytesFromZero, missing: MISSING.SAYS_NOTHING, limit: ({ minCount }: MinUsageCountThreshold) => minCount };
const PER_SECOND = { axis: RateAxisFromZero, missing: MISSING.IS_WELL, limit: ({ maxCount }: MaxUsageCountThreshold) => maxCount };

/** What a database on RDS may run out of: of an Aurora cluster, the instance that is worst off. */
export class DatabaseSaturationMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: DatabaseSaturationMetricFactory;
  private readonly shell: MonitorShell;
  private readonly graphs: GraphWidgetProps[];

  /**
   * @param scope the facade
   * @param props the database, and what to alarm on
   * @throws Error when a prop or a threshold cannot be
   */
  constructor(scope: MonitoringScope, props: DatabaseSaturationMonitoringProps) {
    super(scope, props);
    this.shell = new MonitorShell(this, scope, props, { family: 'Saturation of', fallbackName: props.database.identifier, rules: DATABASE_RULES });
    this.title = this.shell.title;
    this.metrics = new DatabaseSaturationMetricFactory(scope.createMetricFactory(), props);
    this.graphs = this.shell.watch(alarms => [
      ...this.always(alarms, props), ...this.ofStorage(alarms, props), ...this.ofAurora(alarms, props), ...this.ofTransactions(alarms, props),
    ]);
  }

  public widgets(): IWidget[] {
    return this.shell.detail(this.graphs.slice(0, 3), this.graphs.slice(3));
  }

  private always(alarms: Alarms, props: DatabaseSaturationMonitoringProps): GraphWidgetProps[] {
    return [
      above(alarms, {
        ...PERCENT,
        title: 'CPU of the busiest instance',
        metric: this.metrics.metricMaxCpuUsageInPercent(),
        suffix: 'CPU-Usage',
        says: 'The CPU is busy.',
        alarms: props.addCpuUsageAlarm,
      }),
      above(alarms, {
        title: 'Connections to one instance',
        axis: CountAxisFromZero,
        metric: this.metrics.metricMaxConnectionCount(),
        suffix: 'Connection-Count-High',
        says: 'The connections are nearly used.',
        missing: MISSING.SAYS_NOTHING,
        alarms: props.addMaxConnectionCountAlarm,
        limit: ({ maxConnectionCount }) => maxConnectionCount,
      }),
      below(alarms, {
        title: 'Free memory',
        axis: SizeAxisBytesFromZero,
        metric: this.metrics.metricMinFreeableMemoryInBytes(),
        suffix: 'Memory-Freeable',
        says: 'The memory is nearly used.',
        missing: MISSING.SAYS_NOTHING,
        alarms: props.addMinFreeableMemoryAlarm,
        limit: ({ minFreeableMemoryInBytes }) => minFreeableMemoryInBytes,
      }),
    ];
  }

  private ofStorage(alarms: Alarms, props: DatabaseSaturationMonitoringProps): GraphWidgetProps[] {
    return [
      ...props.addMinFreeStorageSpaceAlarm === undefined ? [] : [below(alarms, {
        ...FREE_BYTES,
        title: 'Free storage',
        metric: this.metrics.metricMinFreeStorageSpaceInBytes(),
        suffix: 'Free-Storage',
        says: 'The storage is nearly full.',
        alarms: props.addMinFreeStorageSpaceAlarm,
      })],
      ...props.addMinFreeLocalStorageAlarm === undefined ? [] : [below(alarms, {
        ...FREE_BYTES,
        title: 'Free local storage',
        metric: this.metrics.metricMinFreeLocalStorageInBytes(),
        suffix: 'Free-Local-Storage',
        says: 'The disk for temporary tables and logs is nearly full.',
        alarms: props.addMinFreeLocalStorageAlarm,
      })],
    ];
  }

  private ofAurora(alarms: Alarms, props: DatabaseSaturationMonitoringProps): GraphWidgetProps[] {
    return [
      ...props.addCapacityUsageAlarm === undefined ? [] : [above(alarms, {
        ...PERCENT,
        title: 'Capacity in use (% of the largest)',
        metric: this.metrics.metricMaxCapacityUsageInPercent(),
        suffix: 'Capacity',
        says: 'The largest capacity is nearly reached.',
        alarms: props.addCapacityUsageAlarm,
      })],
      ...props.addMaxReplicaLagAlarm === undefined ? [] : [above(alarms, {
        title: 'Readers behind the writer',
        axis: TimeAxisMillisFromZero,
        metric: isReplica(props) ? this.metrics.metricMaxReadReplicaLagInMillis() : this.metrics.metricMaxReplicaLagInMillis(),
        suffix: 'Replica-Lag',
        says: 'A reader is behind the writer.',
        missing: MISSING.SAYS_NOTHING,
        alarms: props.addMaxReplicaLagAlarm,
        limit: ({ maxLatency }: LatencyThreshold) => maxLatency.toMilliseconds({ integral: false }),
      })],
    ];
  }

  private ofTransactions(alarms: Alarms, props: DatabaseSaturationMonitoringProps): GraphWidgetProps[] {
    return [
      ...props.addMaxDeadlockRateAlarm === undefined ? [] : [above(alarms, {
        ...PER_SECOND,
        title: 'Deadlocks (per second)',
        metric: this.metrics.metricMaxDeadlocksPerSecond(),
        suffix: 'Deadlocks',
        says: 'Transactions wait for each other.',
        alarms: props.addMaxDeadlockRateAlarm,
      })],
      ...props.addMaxLoginFailureRateAlarm === undefined ? [] : [above(alarms, {
        ...PER_SECOND,
        title: 'Failed logins (per second)',
        metric: this.metrics.metricMaxLoginFailuresPerSecond(),
        suffix: 'Login-Failures',
        says: 'Logins fail.',
        alarms: props.addMaxLoginFailureRateAlarm,
      })],
      ...props.addMaxUsedTransactionIdCountAlarm === undefined ? [] : [above(alarms, {
        title: 'Transaction ids in use',
        axis: CountAxisFromZero,
        metric: this.metrics.metricMaxUsedTransactionIdCount(),
        suffix: 'Transaction-Ids',
        says: 'Transaction ids run out.',
        missing: MISSING.SAYS_NOTHING,
        alarms: props.addMaxUsedTransactionIdCountAlarm,
        limit: ({ maxCount }: MaxUsageCountThreshold) => maxCount,
      })],
    ];
  }
}

/** Aurora measures the lag of a cluster's readers, and RDS that of each replica. */
function isReplica({ database }: DatabaseSaturationMonitoringProps): boolean {
  return database.dimension === 'DBInstanceIdentifier';
}
