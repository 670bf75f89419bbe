import { GraphWidgetProps, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  CountAxisFromZero, Monitoring, MonitoringScope, PercentageAxisFromZero, RateAxisFromZero, SizeAxisBytesFromZero, TimeAxisMicrosFromZero,
  UsageThreshold,
} from 'cdk-monitoring-constructs';
import { ElastiCacheServerlessCacheMetricFactory } from './elasticache-serverless-cache-metric-factory';
import { ElastiCacheServerlessCacheMonitoringProps } from './elasticache-serverless-cache-monitoring-props';
import { Alarms } from './private/alarms';
import { MISSING } from './private/missing';
import { Marks, MonitorShell } from './private/monitor-shell';
import { countOf, named, needsLimit, percentOf } from './private/rules';
import { known, positive, Rule } from '../core/private/validation';

const RULES: Rule<ElastiCacheServerlessCacheMonitoringProps>[] = [
  named('serverlessCacheName'),
  known('maxDataGb', 'what the cache holds is shown as a share of it; leave it out'),
  positive('maxDataGb', 'there is no share of none; leave it out where it is not known'),
  known('maxEcpuPerSecond', 'what the cache uses is shown as a share of it; leave it out'),
  positive('maxEcpuPerSecond', 'there is no share of none; leave it out where it is not known'),
  needsLimit('addDataUsageAlarm', 'maxDataGb'),
  needsLimit('addEcpuUsageAlarm', 'maxEcpuPerSecond'),
  percentOf('addDataUsageAlarm'),
  percentOf('addEcpuUsageAlarm'),
  percentOf('addThrottleRateAlarm', 'maxThrottleRatePercent'),
  countOf('addMaxEvictedItemsCountAlarm', 'maxItemsCount'),
];

/**
 * Data, ECPU, throttled commands, evictions and latency of an ElastiCache serverless cache for Valkey or Redis OSS.
 *
 * `ElastiCacheServerlessMonitoring` of cdk-monitoring-constructs 10.0 asks by the dimension of nodes, `CacheClusterId`; a serverless
 * cache reports under `clusterId`, so that its graphs stay empty.
 */
export class ElastiCacheServerlessCacheMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: ElastiCacheServerlessCacheMetricFactory;
  private readonly shell: MonitorShell;
  private readonly marks: Marks<'data' | 'ecpu' | 'throttled' | 'evictions'>;

  /**
   * @param scope the facade
   * @param props the cache, its limits, and what to alarm on
   * @throws Error when a prop or a threshold cannot be, or an alarm is on a share of a limit that is not given
   */
  constructor(scope: MonitoringScope, private readonly props: ElastiCacheServerlessCacheMonitoringProps) {
    super(scope, props);
    this.shell = new MonitorShell(this, scope, props, { family: 'ElastiCache serverless cache', fallbackName: props.serverlessCacheName, rules: RULES });
    this.title = this.shell.title;
    this.metrics = new ElastiCacheServerlessCacheMetricFactory(scope.createMetricFactory(), props);
    this.marks = this.shell.watch(alarms => ({ ...this.watchLimits(alarms), ...this.watchLosses(alarms) }));
  }

  public widgets(): IWidget[] {
    return this.shell.detail([this.dataGraph(), this.ecpuGraph(), this.throttledGraph()], this.others());
  }

  private dataGraph(): GraphWidgetProps {
    const { metrics, marks, props: { maxDataGb } } = this;
    return maxDataGb === undefined
      ? { title: 'Data', left: [metrics.metricMaxDataInBytes()], leftYAxis: SizeAxisBytesFromZero }
      : { title: 'Data', left: [metrics.metricDataUsageInPercent(maxDataGb)], leftYAxis: PercentageAxisFromZero, leftAnnotations: marks.data };
  }

  private ecpuGraph(): GraphWidgetProps {
    const { metrics, marks, props: { maxEcpuPerSecond: most } } = this;
    return most === undefined
      ? { title: 'ECPU per second', left: [metrics.metricEcpuPerSecond()], leftYAxis: RateAxisFromZero }
      : { title: 'ECPU', left: [metrics.metricEcpuUsageInPercent(most)], leftYAxis: PercentageAxisFromZero, leftAnnotations: marks.ecpu };
  }

  private throttledGraph(): GraphWidgetProps {
    return {
      title: 'Throttled commands',
      left: [this.metrics.metricThrottledCommandsInPercent()],
      leftYAxis: PercentageAxisFromZero,
      leftAnnotations: this.marks.throttled,
      right: [this.metrics.metricCommandCount()],
      rightYAxis: CountAxisFromZero,
    };
  }

  private others(): GraphWidgetProps[] {
    const { metrics, marks } = this;
    return [
      {
        title: 'Evicted items',
        left: [metrics.metricEvictedItemsCount()],
        leftYAxis: CountAxisFromZero,
        leftAnnotations: marks.evictions,
        right: [metrics.metricMaxItemCount()],
        rightYAxis: CountAxisFromZero,
      },
      {
        title: 'Latency (average)',
        left: [metrics.metricAverageReadLatencyInMicros(), metrics.metricAverageWriteLatencyInMicros()],
        leftYAxis: TimeAxisMicrosFromZero,
      },
      { title: 'Connections', left: [metrics.metricAverageConnectionCount()], leftYAxis: CountAxisFromZero },
    ];
  }

  /** An alarm on a share of a limit that is not known was refused. */
  private watchLimits(alarms: Alarms): Marks<'data' | 'ecpu'> {
    const { maxDataGb, maxEcpuPerSecond, addDataUsageAlarm, addEcpuUsageAlarm } = this.props;
    const usage = { missing: MISSING.IS_WELL, limit: ({ maxUsagePercent }: UsageThreshold) => maxUsagePercent };
    return {
      data: maxDataGb === undefined ? [] : alarms.above({
        ...usage,
        metric: this.metrics.metricDataUsageInPercent(maxDataGb),
        suffix: 'Data-Usage',
        says: 'The cache is nearly full.',
        alarms: addDataUsageAlarm,
      }),
      ecpu: maxEcpuPerSecond === undefined ? [] : alarms.above({
        ...usage,
        metric: this.metrics.metricEcpuUsageInPercent(maxEcpuPerSecond),
        suffix: 'ECPU-Usage',
        says: 'The cache is nearly at its limit of ECPU.',
        alarms: addEcpuUsageAlarm,
      }),
    };
  }

  private watchLosses(alarms: Alarms): Marks<'throttled' | 'evictions'> {
    return {
      throttled: alarms.above({
        metric: this.metrics.metricThrottledCommandsInPercent(),
        suffix: 'Throttle-Rate',
        says: 'The cache throttles commands.',
        missing: MISSING.IS_WELL,
        alarms: this.props.addThrottleRateAlarm,
        limit: ({ maxThrottleRatePercent }) => maxThrottleRatePercent,
      }),
      evictions: alarms.above({
        metric: this.metrics.metricEvictedItemsCount(),
        suffix: 'Items-Evicted',
        says: 'The cache evicts items to stay within its limit.',
        missing: MISSING.IS_WELL,
        alarms: this.props.addMaxEvictedItemsCountAlarm,
        limit: ({ maxItemsCount }) => maxItemsCount,
      }),
    };
  }
}
