import { countOf, floorOf, percentOf } from './rules';
import { Rule } from '../../core/private/validation';
import { DatabaseSaturationMonitoringProps } from '../database-saturation-monitoring-props';

const DIMENSIONS = ['DBClusterIdentifier', 'DBInstanceIdentifier'];

/** What must hold of a database and its alarms. */
export const DATABASE_RULES: Rule<DatabaseSaturationMonitoringProps>[] = [
  ({ dimensions }) => {
    const [name, ...others] = Object.keys(dimensions);
    return others.length === 0 && DIMENSIONS.includes(name) ? undefined
      : `'dimensions' must be ${DIMENSIONS.join(' or ')} alone, got ${JSON.stringify(dimensions)}: its metrics go by it`;
  },
  percentOf('addCpuUsageAlarm'),
  countOf('addMaxConnectionCountAlarm', 'maxConnectionCount'),
  floorOf('addMinFreeableMemoryAlarm', 'minFreeableMemoryInBytes'),
  percentOf('addCapacityUsageAlarm'),
  floorOf('addMinFreeStorageSpaceAlarm', 'minCount'),
  floorOf('addMinFreeLocalStorageAlarm', 'minCount'),
  countOf('addMaxDeadlockRateAlarm', 'maxCount'),
  countOf('addMaxLoginFailureRateAlarm', 'maxCount'),
  countOf('addMaxUsedTransactionIdCountAlarm', 'maxCount'),
];
