import { HorizontalAnnotation, IMetric, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  BaseMonitoringProps, CountAxisFromZero, MaxItemsCountThreshold, Monitoring, MonitoringHeaderWidget, MonitoringNamingStrategy, MonitoringScope,
  PercentageAxisFromZeroToHundred, UsageThreshold,
} from 'cdk-monitoring-constructs';
import { ReplicationGroupMetricFactory, ReplicationGroupMetricFactoryProps } from './elasticache-replication-group-metric-factory';
import { Alarms } from './private/alarms';
import { row } from './private/graphs';

/** What to alarm on of a replication group. */
export interface ReplicationGroupMonitoringOptions extends BaseMonitoringProps {
  /**
   * Alarms above a share of the CPU that runs commands, by severity.
   *
   * @default - no alarm
   */
  readonly addEngineCpuUsageAlarm?: { [disambiguator: string]: UsageThreshold };
  /**
   * Alarms above a share of the memory for data, by severity.
   *
   * @default - no alarm
   */
  readonly addMemoryUsageAlarm?: { [disambiguator: string]: UsageThreshold };
  /**
   * Alarms above a number of items that are dropped in a period, by severity.
   *
   * @default - no alarm
   */
  readonly addEvictionsAlarm?: { [disambiguator: string]: MaxItemsCountThreshold };
}

/** Which nodes, and what to alarm on. */
export interface ReplicationGroupMonitoringProps extends ReplicationGroupMetricFactoryProps, ReplicationGroupMonitoringOptions {}

/** CPU, memory, evictions and connections of the nodes of an ElastiCache replication group: one alarm, whichever node has it. */
export class ReplicationGroupMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: ReplicationGroupMetricFactory;
  private readonly cpuMarks: HorizontalAnnotation[];
  private readonly memoryMarks: HorizontalAnnotation[];
  private readonly evictionMarks: HorizontalAnnotation[];

  /**
   * @param scope the facade
   * @param props the nodes, and what to alarm on
   */
  constructor(scope: MonitoringScope, props: ReplicationGroupMonitoringProps) {
    super(scope, props);
    const naming = new MonitoringNamingStrategy({ ...props, fallbackConstructName: props.replicationGroupId });
    this.title = naming.resolveHumanReadableName();
    this.metrics = new ReplicationGroupMetricFactory(scope.createMetricFactory(), props);
    const alarms = new Alarms(this, this.createAlarmFactory(naming.resolveAlarmFriendlyName()));
    this.cpuMarks = alarms.above({
      metric: this.metrics.metricMaxEngineCpuUsageInPercent(),
      suffix: 'CPU-Usage-RedisEngine',
      says: 'A node is busy with commands.',
      alarms: props.addEngineCpuUsageAlarm,
      limit: ({ maxUsagePercent }) => maxUsagePercent,
    });
    this.memoryMarks = alarms.above({
      metric: this.metrics.metricMaxMemoryUsageInPercent(),
      suffix: 'Memory-Usage',
      says: 'A node is nearly full.',
      alarms: props.addMemoryUsageAlarm,
      limit: ({ maxUsagePercent }) => maxUsagePercent,
    });
    this.evictionMarks = alarms.above({
      metric: this.metrics.metricMaxEvictionCount(),
      suffix: 'Items-Evicted',
      says: 'A node drops items to make room.',
      alarms: props.addEvictionsAlarm,
      limit: ({ maxItemsCount }) => maxItemsCount,
    });
    props.useCreatedAlarms?.consume(this.createdAlarms());
  }

  public widgets(): IWidget[] {
    const { metrics } = this;
    const share = (title: string, left: IMetric[], leftAnnotations: HorizontalAnnotation[]) =>
      ({ title, left, leftAnnotations, leftYAxis: PercentageAxisFromZeroToHundred });
    const count = (title: string, left: IMetric[], leftAnnotations: HorizontalAnnotation[] = []) =>
      ({ title, left, leftAnnotations, leftYAxis: CountAxisFromZero });
    return [
      new MonitoringHeaderWidget({ family: 'ElastiCache replication group', title: this.title }),
      row(
        share('Engine CPU', metrics.metricsOfNodesEngineCpuUsageInPercent(), this.cpuMarks),
        share('Memory in use', metrics.metricsOfNodesMemoryUsageInPercent(), this.memoryMarks),
        count('Evicted items', metrics.metricsOfNodesEvictionCount(), this.evictionMarks),
        count('Connections', metrics.metricsOfNodesConnectionCount()),
      ),
    ];
  }
}
