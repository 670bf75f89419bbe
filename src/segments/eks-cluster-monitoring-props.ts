import { BaseMonitoringProps, CustomAlarmThreshold, ErrorCountThreshold, UsageThreshold } from 'cdk-monitoring-constructs';
import { EksClusterMetricFactoryProps } from './eks-cluster-metric-factory';

/** From which share of errors of the API server on an alarm is raised. */
export interface MaxApiErrorsPercentThreshold extends CustomAlarmThreshold {
  /** Percentage of the answers of a period that may be errors. */
  readonly maxErrorPercent: number;
  /** Requests of a period below which the share says nothing. */
  readonly minRequestCount: number;
}

/** From how many pods without a node on an alarm is raised. */
export interface MaxUnschedulablePodCountThreshold extends CustomAlarmThreshold {
  /** Pods that may be without a node. */
  readonly maxPodCount: number;
}

/** From how many restarts on an alarm is raised. */
export interface MaxPodRestartCountThreshold extends CustomAlarmThreshold {
  /** Restarts of containers in a period, of all pods. */
  readonly maxRestartCount: number;
}

/** What to alarm on of a cluster. */
export interface EksClusterMonitoringOptions extends BaseMonitoringProps {
  /**
   * Alarms above a share of errors of the API server, by severity.
   *
   * @default - no alarm
   */
  readonly addMaxApiErrorsPercentAlarm?: { [disambiguator: string]: MaxApiErrorsPercentThreshold };
  /**
   * Alarms above a number of nodes that suffer from a condition, by severity.
   *
   * @default - no alarm
   */
  readonly addMaxFailedNodeCountAlarm?: { [disambiguator: string]: ErrorCountThreshold };
  /**
   * Alarms above a share of the nodes' CPU, on average, by severity.
   *
   * @default - no alarm
   */
  readonly addNodeCpuUsageAlarm?: { [disambiguator: string]: UsageThreshold };
  /**
   * Alarms above a share of the memory of the fullest node, by severity.
   *
   * @default - no alarm
   */
  readonly addNodeMemoryUsageAlarm?: { [disambiguator: string]: UsageThreshold };
  /**
   * Alarms above a share of the disk of the fullest node, by severity.
   *
   * @default - no alarm
   */
  readonly addNodeDiskSpaceUsageAlarm?: { [disambiguator: string]: UsageThreshold };
  /**
   * Alarms above a number of restarts, by severity.
   *
   * @default - no alarm
   */
  readonly addMaxPodRestartCountAlarm?: { [disambiguator: string]: MaxPodRestartCountThreshold };
  /**
   * Alarms above a number of pods that no node has room for, by severity.
   *
   * @default - no alarm
   */
  readonly addMaxUnschedulablePodCountAlarm?: { [disambiguator: string]: MaxUnschedulablePodCountThreshold };
}

/** Which cluster, and what to alarm on. */
export interface EksClusterMonitoringProps extends EksClusterMetricFactoryProps, EksClusterMonitoringOptions {}
