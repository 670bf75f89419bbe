import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { BaseMetricFactory, BaseMetricFactoryProps, MetricFactory, MetricStatistic } from 'cdk-monitoring-constructs';
import { MetricMaker } from './private/typed-metrics';

/** Which serverless cache's metrics. */
export interface ElastiCacheServerlessCacheMetricFactoryProps extends BaseMetricFactoryProps {
  /** Name of the cache. */
  readonly serverlessCacheName: string;
}

const BYTES_PER_GB = 1e9;
/** Commands in a period below which a share of them says nothing. */
const MIN_COMMANDS = 100;

/**
 * Metrics of an ElastiCache serverless cache for Valkey or Redis OSS (ElastiCache user guide, "Metrics and events for Valkey
 * and Redis OSS"). They go by `clusterId`; the factory of cdk-monitoring-constructs 10.0.0 asks for `CacheClusterId`, by
 * which a serverless cache has none (cdklabs/cdk-monitoring-constructs#750).
 */
export class ElastiCacheServerlessCacheMetricFactory extends BaseMetricFactory {
  private readonly make: MetricMaker;

  /**
   * @param metricFactory what makes the metrics
   * @param props the cache
   */
  constructor(metricFactory: MetricFactory, props: ElastiCacheServerlessCacheMetricFactoryProps) {
    super(metricFactory, props);
    this.make = new MetricMaker(metricFactory, { namespace: 'AWS/ElastiCache', dimensions: { clusterId: props.serverlessCacheName } }, props);
  }

  /** Data that the cache holds, in bytes. */
  public metricMaxDataInBytes(): Metric {
    return this.make.metric({ name: 'BytesUsedForCache', statistic: MetricStatistic.MAX, label: 'Data' });
  }

  /**
   * Data that the cache holds, in percent of its limit.
   *
   * @param maxDataGb most data that it holds, in GB of 10^9 bytes
   */
  public metricDataUsageInPercent(maxDataGb: number): MathExpression {
    return this.make.math(`100 * data / ${maxDataGb * BYTES_PER_GB}`, { data: this.metricMaxDataInBytes() }, 'Data (% of the limit)');
  }

  /** ECPU per second, on average over the period. */
  public metricEcpuPerSecond(): MathExpression {
    return this.make.math('ecpu / PERIOD(ecpu)', { ecpu: this.ecpu() }, 'ECPU per second');
  }

  /**
   * ECPU per second, on average over the period, in percent of their limit.
   *
   * @param maxEcpuPerSecond most ECPU per second
   */
  public metricEcpuUsageInPercent(maxEcpuPerSecond: number): MathExpression {
    return this.make.math(`100 * ecpu / PERIOD(ecpu) / ${maxEcpuPerSecond}`, { ecpu: this.ecpu() }, 'ECPU (% of the limit)');
  }

  /** Share of the commands that the cache throttled, in percent; 0 where there were fewer than 100 in the period. */
  public metricThrottledCommandsInPercent(): MathExpression {
    return this.make.math(`IF(total >= ${MIN_COMMANDS}, 100 * throttled / total, 0)`, {
      throttled: this.make.metric({ name: 'ThrottledCmds', statistic: MetricStatistic.SUM, label: 'Throttled' }),
      total: this.metricCommandCount(),
    }, 'Throttled (%)');
  }

  /** Commands. */
  public metricCommandCount(): Metric {
    return this.make.metric({ name: 'TotalCmdsCount', statistic: MetricStatistic.SUM, label: 'Commands' });
  }

  /** Items that the cache evicted to stay within its limit. */
  public metricEvictedItemsCount(): Metric {
    return this.make.metric({ name: 'Evictions', statistic: MetricStatistic.SUM, label: 'Evicted' });
  }

  /** Items in the cache. */
  public metricMaxItemCount(): Metric {
    return this.make.metric({ name: 'CurrItems', statistic: MetricStatistic.MAX, label: 'Items' });
  }

  /** Connections of clients. */
  public metricAverageConnectionCount(): Metric {
    return this.make.metric({ name: 'CurrConnections', statistic: MetricStatistic.AVERAGE, label: 'Connections' });
  }

  /** Time that a successful read takes, in microseconds. */
  public metricAverageReadLatencyInMicros(): Metric {
    return this.make.metric({ name: 'SuccessfulReadRequestLatency', statistic: MetricStatistic.AVERAGE, label: 'Read' });
  }

  /** Time that a successful write takes, in microseconds. */
  public metricAverageWriteLatencyInMicros(): Metric {
    return this.make.metric({ name: 'SuccessfulWriteRequestLatency', statistic: MetricStatistic.AVERAGE, label: 'Write' });
  }

  private ecpu(): Metric {
    return this.make.metric({ name: 'ElastiCacheProcessingUnits', statistic: MetricStatistic.SUM, label: 'ECPU' });
  }
}
