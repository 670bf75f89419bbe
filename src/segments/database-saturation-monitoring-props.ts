import {
  BaseMonitoringProps, HighConnectionCountThreshold, LatencyThreshold, MaxUsageCountThreshold, MinFreeableMemoryThreshold, MinUsageCountThreshold,
  UsageThreshold,
} from 'cdk-monitoring-constructs';
import { DatabaseSaturationMetricFactoryProps } from './database-saturation-metric-factory';

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
  readonly addMinFreeableMemoryAlarm?: { [disambiguator: string]: MinFreeableMemoryThreshold };
  /**
   * Alarms above a share of the largest capacity of Aurora Serverless v2, by severity.
   *
   * @default - no alarm, and no graph
   */
  readonly addCapacityUsageAlarm?: { [disambiguator: string]: UsageThreshold };
  /**
   * Alarms above a lag of Aurora's readers behind the writer, or of the read replica of RDS that the instance is, by severity.
   *
   * @default - no alarm, and no graph
   */
  readonly addMaxReplicaLagAlarm?: { [disambiguator: string]: LatencyThreshold };
  /**
   * Alarms below a number of free bytes of the storage of RDS, by severity.
   *
   * @default - no alarm, and no graph
   */
  readonly addMinFreeStorageSpaceAlarm?: { [disambiguator: string]: MinUsageCountThreshold };
  /**
   * Alarms below a number of free bytes on the local disks of Aurora's instances, by severity.
   *
   * @default - no alarm, and no graph
   */
  readonly addMinFreeLocalStorageAlarm?: { [disambiguator: string]: MinUsageCountThreshold };
  /**
   * Alarms above a number of deadlocks of Aurora in a second, by severity.
   *
   * @default - no alarm, and no graph
   */
  readonly addMaxDeadlockRateAlarm?: { [disambiguator: string]: MaxUsageCountThreshold };
  /**
   * Alarms above a number of failed logins to Aurora MySQL in a second, by severity.
   *
   * @default - no alarm, and no graph
   */
  readonly addMaxLoginFailureRateAlarm?: { [disambiguator: string]: MaxUsageCountThreshold };
  /**
   * Alarms above a number of transaction ids that PostgreSQL has in use, by severity: of some two billion, after which it
   * takes no more writes.
   *
   * @default - no alarm, and no graph
   */
  readonly addMaxUsedTransactionIdCountAlarm?: { [disambiguator: string]: MaxUsageCountThreshold };
}

/** Which database, and what to alarm on. */
export interface DatabaseSaturationMonitoringProps extends DatabaseSaturationMetricFactoryProps, DatabaseSaturationMonitoringOptions {}
