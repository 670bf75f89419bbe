import { AvailabilityThreshold, BaseMonitoringProps, ErrorCountThreshold, LatencyThreshold, UsageThreshold } from 'cdk-monitoring-constructs';
import { RdsProxyMetricFactoryProps } from './rds-proxy-metric-factory';

/** What to alarm on of a proxy. */
export interface RdsProxyMonitoringOptions extends BaseMonitoringProps {
  /**
   * Alarms above a share of the connections to the database that the proxy may have, by severity.
   *
   * @default - no alarm
   */
  readonly addConnectionUsageAlarm?: { [disambiguator: string]: UsageThreshold };
  /**
   * Alarms above an average wait for a connection to the database, by severity. With `minSampleCountToEvaluateDatapoint`,
   * give `sampleCountMetricId: 'queries'`.
   *
   * @default - no alarm
   */
  readonly addMaxBorrowLatencyAlarm?: { [disambiguator: string]: LatencyThreshold };
  /**
   * Alarms above an average time of a query, by severity. With `minSampleCountToEvaluateDatapoint`, give
   * `sampleCountMetricId: 'queries'`.
   *
   * @default - no alarm
   */
  readonly addMaxQueryLatencyAlarm?: { [disambiguator: string]: LatencyThreshold };
  /**
   * Alarms below a share of the time in which the proxy reaches the database, by severity.
   *
   * @default - no alarm
   */
  readonly addMinAvailabilityPercentAlarm?: { [disambiguator: string]: AvailabilityThreshold };
  /**
   * Alarms above a number of refused connections in a period, by severity.
   *
   * @default - no alarm
   */
  readonly addMaxRefusedLoginCountAlarm?: { [disambiguator: string]: ErrorCountThreshold };
}

/** Which proxy, and what to alarm on. */
export interface RdsProxyMonitoringProps extends RdsProxyMetricFactoryProps, RdsProxyMonitoringOptions {}
