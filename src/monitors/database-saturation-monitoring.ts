import { GraphWidgetProps, HorizontalAnnotation, IWidget, Metric, YAxisProps } from 'aws-cdk-lib/aws-cloudwatch';
import {
  BaseMonitoringProps, CountAxisFromZero, CustomAlarmThreshold, HighConnectionCountThreshold, LatencyThreshold, MaxUsageCountThreshold,
  MinFreeableMemoryThreshold, MinUsageCountThreshold, Monitoring, MonitoringHeaderWidget, MonitoringNamingStrategy, MonitoringScope,
  PercentageAxisFromZeroToHundred, RateAxisFromZero, SizeAxisBytesFromZero, TimeAxisMillisFromZero, UsageThreshold,
} from 'cdk-monitoring-constructs';
import { DatabaseSaturationMetricFactory, DatabaseSaturationMetricFactoryProps } from './database-saturation-metric-factory';
import { Alarms } from './private/alarms';
import { row } from './private/graphs';

/** What to alarm on of a database. CPU, connections and memory are shown in any case, the others with an alarm alone. */
export interface DatabaseSaturationMonitoringOptions extends BaseMonitoringProps {
  /**
   * Alarms above a share of the CPU, by severity.
   *
   * @default - no alarm
   */
  readonly addCpuUsageAlarm?: { [disambiguator: string]: UsageThreshold };
  /**
   * Alarms above a number of connections to one instance, by severity.
   *
   * @default - no alarm
   */
  readonly addMaxConnectionCountAlarm?: { [disambiguator: string]: HighConnectionCountThreshold };
  /**
   * Alarms below a number of free bytes of memory, by severity.
   *
   * @default - no alarm
   */
  readonly addFreeableMemoryAlarm?: { [disambiguator: string]: MinFreeableMemoryThreshold };
  /**
   * Alarms above a share of the largest capacity of Aurora Serverless v2, by severity.
   *
   * @default - no alarm, and no graph
   */
  readonly addCapacityUsageAlarm?: { [disambiguator: string]: UsageThreshold };
  /**
   * Alarms above a lag of Aurora's readers behind the writer, by severity.
   *
   * @default - no alarm, and no graph
   */
  readonly addReplicaLagAlarm?: { [disambiguator: string]: LatencyThreshold };
  /**
   * Alarms below a number of free bytes on the local disks of Aurora's instances, by severity.
   *
   * @default - no alarm, and no graph
   */
  readonly addFreeLocalStorageAlarm?: { [disambiguator: string]: MinUsageCountThreshold };
  /**
   * Alarms above a number of deadlocks of Aurora in a second, by severity.
   *
   * @default - no alarm, and no graph
   */
  readonly addDeadlocksAlarm?: { [disambiguator: string]: MaxUsageCountThreshold };
  /**
   * Alarms above a number of failed logins to Aurora MySQL in a second, by severity.
   *
   * @default - no alarm, and no graph
   */
  readonly addLoginFailuresAlarm?: { [disambiguator: string]: MaxUsageCountThreshold };
}

/** Which database, and what to alarm on. */
export interface DatabaseSaturationMonitoringProps extends DatabaseSaturationMetricFactoryProps, DatabaseSaturationMonitoringOptions {}

/** One metric, its graph and its alarms. */
interface Watched<T extends CustomAlarmThreshold> {
  readonly title: string;
  readonly axis: YAxisProps;
  readonly metric: Metric;
  readonly suffix: string;
  readonly says: string;
  readonly alarms?: { [disambiguator: string]: T };
  limit(threshold: T): number;
}

/** What a database on RDS may run out of: of an Aurora cluster, the instance that is worst off. */
export class DatabaseSaturationMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: DatabaseSaturationMetricFactory;
  private readonly alarmsOfGraphs: Alarms;
  private readonly graphs: GraphWidgetProps[];

  /**
   * @param scope the facade
   * @param props the database, and what to alarm on
   */
  constructor(scope: MonitoringScope, props: DatabaseSaturationMonitoringProps) {
    super(scope, props);
    const naming = new MonitoringNamingStrategy({ ...props, fallbackConstructName: Object.values(props.dimensions)[0] });
    this.title = naming.resolveHumanReadableName();
    this.metrics = new DatabaseSaturationMetricFactory(scope.createMetricFactory(), props);
    this.alarmsOfGraphs = new Alarms(this, this.createAlarmFactory(naming.resolveAlarmFriendlyName()));
    this.graphs = [...this.always(props), ...this.ofServers(props), ...this.ofTransactions(props)];
    props.useCreatedAlarms?.consume(this.createdAlarms());
  }

  public widgets(): IWidget[] {
    const [first, others] = [this.graphs.slice(0, 3), this.graphs.slice(3)];
    return [new MonitoringHeaderWidget({ family: 'Saturation of', title: this.title }), row(...first), ...others.length === 0 ? [] : [row(...others)]];
  }

  private always(props: DatabaseSaturationMonitoringProps): GraphWidgetProps[] {
    return [
      this.above({
        title: 'CPU of the busiest instance',
        axis: PercentageAxisFromZeroToHundred,
        metric: this.metrics.metricMaxCpuUsageInPercent(),
        suffix: 'CPU-Usage',
        says: 'The CPU is busy.',
        alarms: props.addCpuUsageAlarm,
        limit: ({ maxUsagePercent }: UsageThreshold) => maxUsagePercent,
      }),
      this.above({
        title: 'Connections to one instance',
        axis: CountAxisFromZero,
        metric: this.metrics.metricMaxConnectionCount(),
        suffix: 'Connection-Count-High',
        says: 'The connections are nearly used.',
        alarms: props.addMaxConnectionCountAlarm,
        limit: ({ maxConnectionCount }: HighConnectionCountThreshold) => maxConnectionCount,
      }),
      this.below({
        title: 'Free memory',
        axis: SizeAxisBytesFromZero,
        metric: this.metrics.metricMinFreeableMemoryInBytes(),
        suffix: 'Memory-Freeable',
        says: 'The memory is nearly used.',
        alarms: props.addFreeableMemoryAlarm,
        limit: ({ minFreeableMemoryInBytes }: MinFreeableMemoryThreshold) => minFreeableMemoryInBytes,
      }),
    ];
  }

  private ofServers(props: DatabaseSaturationMonitoringProps): GraphWidgetProps[] {
    return [
      ...props.addCapacityUsageAlarm === undefined ? [] : [this.above({
        title: 'Capacity in use (% of the largest)',
        axis: PercentageAxisFromZeroToHundred,
        metric: this.metrics.metricMaxCapacityUsageInPercent(),
        suffix: 'Capacity',
        says: 'The largest capacity is nearly reached.',
        alarms: props.addCapacityUsageAlarm,
        limit: ({ maxUsagePercent }: UsageThreshold) => maxUsagePercent,
      })],
      ...props.addFreeLocalStorageAlarm === undefined ? [] : [this.below({
        title: 'Free local storage',
        axis: SizeAxisBytesFromZero,
        metric: this.metrics.metricMinFreeLocalStorageInBytes(),
        suffix: 'Local-Storage',
        says: 'The disk for temporary tables and logs is nearly full.',
        alarms: props.addFreeLocalStorageAlarm,
        limit: ({ minCount }: MinUsageCountThreshold) => minCount,
      })],
      ...props.addReplicaLagAlarm === undefined ? [] : [this.above({
        title: 'Readers behind the writer',
        axis: TimeAxisMillisFromZero,
        metric: this.metrics.metricMaxReplicaLagInMillis(),
        suffix: 'Replica-Lag',
        says: 'A reader is behind the writer.',
        alarms: props.addReplicaLagAlarm,
        limit: ({ maxLatency }: LatencyThreshold) => maxLatency.toMilliseconds(),
      })],
    ];
  }

  private ofTransactions(props: DatabaseSaturationMonitoringProps): GraphWidgetProps[] {
    const limit = ({ maxCount }: MaxUsageCountThreshold) => maxCount;
    return [
      ...props.addDeadlocksAlarm === undefined ? [] : [this.above({
        title: 'Deadlocks (per second)',
        axis: RateAxisFromZero,
        metric: this.metrics.metricDeadlocksPerSecond(),
        suffix: 'Deadlocks',
        says: 'Transactions wait for each other.',
        alarms: props.addDeadlocksAlarm,
        limit,
      })],
      ...props.addLoginFailuresAlarm === undefined ? [] : [this.above({
        title: 'Failed logins (per second)',
        axis: RateAxisFromZero,
        metric: this.metrics.metricLoginFailuresPerSecond(),
        suffix: 'Login-Failures',
        says: 'Logins fail.',
        alarms: props.addLoginFailuresAlarm,
        limit,
      })],
    ];
  }

  private above<T extends CustomAlarmThreshold>(watched: Watched<T>): GraphWidgetProps {
    return this.graphOf(watched, this.alarmsOfGraphs.above(watched));
  }

  private below<T extends CustomAlarmThreshold>(watched: Watched<T>): GraphWidgetProps {
    return this.graphOf(watched, this.alarmsOfGraphs.below(watched));
  }

  private graphOf<T extends CustomAlarmThreshold>({ title, axis, metric }: Watched<T>, leftAnnotations: HorizontalAnnotation[]): GraphWidgetProps {
    return { title, left: [metric], leftYAxis: axis, leftAnnotations };
  }
}
