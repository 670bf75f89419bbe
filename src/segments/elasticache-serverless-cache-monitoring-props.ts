import { BaseMonitoringProps, MaxItemsCountThreshold, MaxThrottleRateThreshold, UsageThreshold } from 'cdk-monitoring-constructs';
import { ElastiCacheServerlessCacheMetricFactoryProps } from './elasticache-serverless-cache-metric-factory';

/** The limits of a serverless cache, and what to alarm on. */
export interface ElastiCacheServerlessCacheMonitoringOptions extends BaseMonitoringProps {
  /**
   * Most data that the cache holds, in GB of 10^9 bytes.
   *
   * @default - not known: bytes are shown, and nothing can alarm on a share of them
   */
  readonly maxDataGb?: number;
  /**
   * Most ElastiCache processing units (ECPU) per second.
   *
   * @default - not known: ECPU per second are shown, and nothing can alarm on a share of them
   */
  readonly maxEcpuPerSecond?: number;
  /**
   * Alarms above a share of `maxDataGb`, which it needs, by severity.
   *
   * @default - no alarm
   */
  readonly addDataUsageAlarm?: { [disambiguator: string]: UsageThreshold };
  /**
   * Alarms above a share of `maxEcpuPerSecond`, which it needs, by severity.
   *
   * @default - no alarm
   */
  readonly addEcpuUsageAlarm?: { [disambiguator: string]: UsageThreshold };
  /**
   * Alarms above a share of commands that are throttled, by severity; below 100 commands in a period there is none.
   *
   * @default - no alarm
   */
  readonly addThrottleRateAlarm?: { [disambiguator: string]: MaxThrottleRateThreshold };
  /**
   * Alarms above a number of items that are evicted in a period, by severity.
   *
   * @default - no alarm
   */
  readonly addMaxEvictedItemsCountAlarm?: { [disambiguator: string]: MaxItemsCountThreshold };
}

/** Which serverless cache, and what to alarm on. */
export interface ElastiCacheServerlessCacheMonitoringProps
  extends ElastiCacheServerlessCacheMetricFactoryProps, ElastiCacheServerlessCacheMonitoringOptions {}
