import { GraphWidgetProps, HorizontalAnnotation, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  BaseMonitoringProps, CountAxisFromZero, MaxItemsCountThreshold, MaxThrottleRateThreshold, Monitoring, MonitoringHeaderWidget,
  MonitoringNamingStrategy, MonitoringScope, PercentageAxisFromZero, RateAxisFromZero, SizeAxisBytesFromZero, TimeAxisMicrosFromZero,
  UsageThreshold,
} from 'cdk-monitoring-constructs';
import { ServerlessCacheMetricFactory, ServerlessCacheMetricFactoryProps } from './elasticache-serverless-metric-factory';
import { Alarms } from './private/alarms';
import { row } from './private/graphs';

/** The limits of a serverless cache, and what to alarm on. */
export interface ServerlessCacheMonitoringOptions extends BaseMonitoringProps {
  /**
   * Most data that the cache holds, in GB of 10^9 bytes.
   *
   * @default - not known: bytes are shown, and nothing alarms on a share of them
   */
  readonly maxDataGb?: number;
  /**
   * Most ElastiCache processing units (ECPU) per second.
   *
   * @default - not known: ECPU per second are shown, and nothing alarms on a share of them
   */
  readonly maxEcpuPerSecond?: number;
  /**
   * Alarms above a share of `maxDataGb`, by severity.
   *
   * @default - no alarm
   */
  readonly addDataUsageAlarm?: { [disambiguator: string]: UsageThreshold };
  /**
   * Alarms above a share of `maxEcpuPerSecond`, by severity.
   *
   * @default - no alarm
   */
  readonly addEcpuUsageAlarm?: { [disambiguator: string]: UsageThreshold };
  /**
   * Alarms above a share of commands that are turned away, by severity; below 100 commands in a period there is none.
   *
   * @default - no alarm
   */
  readonly addThrottleRateAlarm?: { [disambiguator: string]: MaxThrottleRateThreshold };
  /**
   * Alarms above a number of items that are dropped in a period, by severity.
   *
   * @default - no alarm
   */
  readonly addEvictionsAlarm?: { [disambiguator: string]: MaxItemsCountThreshold };
}

/** Which serverless cache, and what to alarm on. */
export interface ServerlessCacheMonitoringProps extends ServerlessCacheMetricFactoryProps, ServerlessCacheMonitoringOptions {}

interface Marks {
  readonly [graph: string]: HorizontalAnnotation[];
}

/**
 * Data, ECPU, commands turned away, evictions and latency of an ElastiCache serverless cache for Valkey or Redis OSS.
 */
export class ServerlessCacheMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: ServerlessCacheMetricFactory;
  private readonly marks: Marks;

  /**
   * @param scope the facade
   * @param props the cache, its limits, and what to alarm on
   */
  constructor(scope: MonitoringScope, private readonly props: ServerlessCacheMonitoringProps) {
    super(scope, props);
    const naming = new MonitoringNamingStrategy({ ...props, fallbackConstructName: props.serverlessCacheName });
    this.title = naming.resolveHumanReadableName();
    this.metrics = new ServerlessCacheMetricFactory(scope.createMetricFactory(), props);
    const alarms = new Alarms(this, this.createAlarmFactory(naming.resolveAlarmFriendlyName()));
    this.marks = { ...this.watchLimits(alarms), ...this.watchLosses(alarms) };
    props.useCreatedAlarms?.consume(this.createdAlarms());
  }

  public widgets(): IWidget[] {
    const { metrics, marks } = this;
    return [
      new MonitoringHeaderWidget({ family: 'ElastiCache serverless cache', title: this.title }),
      row(
        this.dataGraph(),
        this.ecpuGraph(),
        {
          title: 'Commands turned away',
          left: [metrics.metricThrottledCommandsInPercent()],
          leftYAxis: PercentageAxisFromZero,
          leftAnnotations: marks.throttled,
          right: [metrics.metricCommandCount()],
          rightYAxis: CountAxisFromZero,
        },
      ),
      row(
        {
          title: 'Evicted items',
          left: [metrics.metricEvictionCount()],
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
      ),
    ];
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

  /** A share of a limit that is not known is not watched. */
  private watchLimits(alarms: Alarms): Marks {
    const { maxDataGb, maxEcpuPerSecond, addDataUsageAlarm, addEcpuUsageAlarm } = this.props;
    const limit = ({ maxUsagePercent }: UsageThreshold) => maxUsagePercent;
    return {
      data: maxDataGb === undefined ? [] : alarms.above({
        metric: this.metrics.metricDataUsageInPercent(maxDataGb),
        suffix: 'Data-Usage',
        says: 'The cache is nearly full.',
        alarms: addDataUsageAlarm,
        limit,
      }),
      ecpu: maxEcpuPerSecond === undefined ? [] : alarms.above({
        metric: this.metrics.metricEcpuUsageInPercent(maxEcpuPerSecond),
        suffix: 'ECPU-Usage',
        says: 'The cache is nearly at its limit of ECPU.',
        alarms: addEcpuUsageAlarm,
        limit,
      }),
    };
  }

  private watchLosses(alarms: Alarms): Marks {
    return {
      throttled: alarms.above({
        metric: this.metrics.metricThrottledCommandsInPercent(),
        suffix: 'Throttle-Rate',
        says: 'The cache turns commands away.',
        alarms: this.props.addThrottleRateAlarm,
        limit: ({ maxThrottleRatePercent }) => maxThrottleRatePercent,
      }),
      evictions: alarms.above({
        metric: this.metrics.metricEvictionCount(),
        suffix: 'Items-Evicted',
        says: 'The cache drops items to stay within its limit.',
        alarms: this.props.addEvictionsAlarm,
        limit: ({ maxItemsCount }) => maxItemsCount,
      }),
    };
  }
}
