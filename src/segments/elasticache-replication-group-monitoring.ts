import { HorizontalAnnotation, IMetric, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  BaseMonitoringProps, CountAxisFromZero, MaxItemsCountThreshold, Monitoring, MonitoringScope, PercentageAxisFromZeroToHundred, UsageThreshold,
} from 'cdk-monitoring-constructs';
import { ElastiCacheReplicationGroupMetricFactory, ElastiCacheReplicationGroupMetricFactoryProps } from './elasticache-replication-group-metric-factory';
import { Alarms } from './private/alarms';
import { REPLICATION_GROUP_RULES } from './private/factory-rules';
import { MISSING } from './private/missing';
import { Marks, MonitorShell } from './private/monitor-shell';
import { countOf, percentOf } from './private/rules';
import { Rule } from '../core/private/validation';

/** What to alarm on of a replication group. */
export interface ElastiCacheReplicationGroupMonitoringOptions extends BaseMonitoringProps {
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
   * Alarms above a number of items that are evicted in a period, by severity.
   *
   * @default - no alarm
   */
  readonly addMaxEvictedItemsCountAlarm?: { [disambiguator: string]: MaxItemsCountThreshold };
}

/** Which nodes, and what to alarm on. */
export interface ElastiCacheReplicationGroupMonitoringProps
  extends ElastiCacheReplicationGroupMetricFactoryProps, ElastiCacheReplicationGroupMonitoringOptions {}

const RULES: Rule<ElastiCacheReplicationGroupMonitoringProps>[] = [
  ...REPLICATION_GROUP_RULES,
  percentOf('addEngineCpuUsageAlarm'),
  percentOf('addMemoryUsageAlarm'),
  countOf('addMaxEvictedItemsCountAlarm', 'maxItemsCount'),
];

/** CPU, memory, evictions and connections of the nodes of an ElastiCache replication group: one alarm, whichever node has it. */
export class ElastiCacheReplicationGroupMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: ElastiCacheReplicationGroupMetricFactory;
  private readonly shell: MonitorShell;
  private readonly marks: Marks<'cpu' | 'memory' | 'evictions'>;

  /**
   * @param scope the facade
   * @param props the nodes, and what to alarm on
   * @throws Error when there are no nodes, or more than a group has, or a threshold cannot be
   */
  constructor(scope: MonitoringScope, props: ElastiCacheReplicationGroupMonitoringProps) {
    super(scope, props);
    this.shell = new MonitorShell(this, scope, props, {
      family: 'ElastiCache replication group', fallbackName: props.replicationGroupId, rules: RULES,
    });
    this.title = this.shell.title;
    this.metrics = new ElastiCacheReplicationGroupMetricFactory(scope.createMetricFactory(), props);
    this.marks = this.shell.watch(alarms => ({ ...this.watchUsage(alarms, props), ...this.watchEvictions(alarms, props) }));
  }

  public widgets(): IWidget[] {
    const { metrics, marks } = this;
    const share = (title: string, left: IMetric[], leftAnnotations: HorizontalAnnotation[]) =>
      ({ title, left, leftAnnotations, leftYAxis: PercentageAxisFromZeroToHundred });
    const count = (title: string, left: IMetric[], leftAnnotations: HorizontalAnnotation[] = []) =>
      ({ title, left, leftAnnotations, leftYAxis: CountAxisFromZero });
    return this.shell.detail([
      share('Engine CPU', metrics.metricsOfNodesEngineCpuUsageInPercent(), marks.cpu),
      share('Memory in use', metrics.metricsOfNodesMemoryUsageInPercent(), marks.memory),
      count('Evicted items', metrics.metricsOfNodesEvictedItemsCount(), marks.evictions),
      count('Connections', metrics.metricsOfNodesConnectionCount()),
    ]);
  }

  private watchUsage(alarms: Alarms, props: ElastiCacheReplicationGroupMonitoringProps): Marks<'cpu' | 'memory'> {
    const usage = { missing: MISSING.SAYS_NOTHING, limit: ({ maxUsagePercent }: UsageThreshold) => maxUsagePercent };
    return {
      cpu: alarms.above({
        ...usage,
        metric: this.metrics.metricMaxEngineCpuUsageInPercent(),
        suffix: 'Engine-CPU-Usage',
        says: 'A node is busy with commands.',
        alarms: props.addEngineCpuUsageAlarm,
      }),
      memory: alarms.above({
        ...usage,
        metric: this.metrics.metricMaxMemoryUsageInPercent(),
        suffix: 'Memory-Usage',
        says: 'A node is nearly full.',
        alarms: props.addMemoryUsageAlarm,
      }),
    };
  }

  private watchEvictions(alarms: Alarms, { addMaxEvictedItemsCountAlarm }: ElastiCacheReplicationGroupMonitoringProps): Marks<'evictions'> {
    return {
      evictions: alarms.above({
        metric: this.metrics.metricMaxEvictedItemsCount(),
        suffix: 'Items-Evicted',
        says: 'A node evicts items to make room.',
        missing: MISSING.IS_WELL,
        alarms: addMaxEvictedItemsCountAlarm,
        limit: ({ maxItemsCount }) => maxItemsCount,
      }),
    };
  }
}
