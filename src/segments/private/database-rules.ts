import { countOf, floorOf, percentOf, timeOf } from './rules';
import { Rule } from '../../core/private/validation';
import { DatabaseSaturationMonitoringProps } from '../database-saturation-monitoring-props';

/** What must hold of a database's alarms. */
export const DATABASE_RULES: Rule<DatabaseSaturationMonitoringProps>[] = [
  percentOf('addCpuUsageAlarm'),
  countOf('addMaxConnectionCountAlarm', 'maxConnectionCount'),
  floorOf('addMinFreeableMemoryAlarm', 'minFreeableMemoryInBytes'),
  percentOf('addCapacityUsageAlarm'),
  floorOf('addMinFreeStorageSpaceAlarm', 'minCount'),
  floorOf('addMinFreeLocalStorageAlarm', 'minCount'),
  countOf('addMaxDeadlockRateAlarm', 'maxCount'),
  countOf('addMaxLoginFailureRateAlarm', 'maxCount'),
  countOf('addMaxUsedTransactionIdCountAlarm', 'maxCount'),
  timeOf('addMaxReplicaLagAlarm', 'maxLatency', 'milliseconds'),
];
