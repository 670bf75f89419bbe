import { Duration } from 'aws-cdk-lib';
import { DatabaseIdentifier, DatabaseSaturationMonitoring, DatabaseSaturationMonitoringProps } from '../../src/segments';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { titlesOf, Watched } from '../support/watched';

const monitored = (props: Partial<DatabaseSaturationMonitoringProps> = {}) => new Watched(monitoring =>
  monitoring.addSegment(new DatabaseSaturationMonitoring(monitoring, { database: DatabaseIdentifier.cluster('cluster'), alarmFriendlyName: 'Data', ...props })));

const alarmed = once(() => monitored({
  addCpuUsageAlarm: { Warning: { maxUsagePercent: 80 } },
  addMaxConnectionCountAlarm: { Warning: { maxConnectionCount: 800 } },
  addMinFreeableMemoryAlarm: { Warning: { minFreeableMemoryInBytes: 2048 } },
  addCapacityUsageAlarm: { Warning: { maxUsagePercent: 90 } },
  addMaxReplicaLagAlarm: { Warning: { maxLatency: Duration.seconds(2) }, Critical: { maxLatency: Duration.minutes(1) } },
  addMinFreeStorageSpaceAlarm: { Critical: { minCount: 4096 } },
  addMinFreeLocalStorageAlarm: { Warning: { minCount: 1024 } },
  addMaxDeadlockRateAlarm: { Warning: { maxCount: 0.5 } },
  addMaxLoginFailureRateAlarm: { Warning: { maxCount: 0.2 } },
  addMaxUsedTransactionIdCountAlarm: { Warning: { maxCount: 7000 } },
}));

describe('monitoring of what a database may run out of', () => {
  test.each([
    ['CPU-Usage-Warning', 80, 'GreaterThanThreshold', 'The CPU is busy.', 'CPUUtilization Maximum', 'missing'],
    ['Connection-Count-High-Warning', 800, 'GreaterThanThreshold', 'The connections are nearly used.', 'DatabaseConnections Maximum', 'missing'],
    ['Memory-Freeable-Warning', 2048, 'LessThanThreshold', 'The memory is nearly used.', 'FreeableMemory Minimum', 'missing'],
    ['Capacity-Warning', 90, 'GreaterThanThreshold', 'The largest capacity is nearly reached.', 'ACUUtilization Maximum', 'missing'],
    ['Replica-Lag-Warning', 2000, 'GreaterThanThreshold', 'A reader is behind the writer.', 'AuroraReplicaLagMaximum Maximum', 'missing'],
    ['Replica-Lag-Critical', 60_000, 'GreaterThanThreshold', 'A reader is behind the writer.', 'AuroraReplicaLagMaximum Maximum', 'missing'],
    ['Free-Storage-Critical', 4096, 'LessThanThreshold', 'The storage is nearly full.', 'FreeStorageSpace Minimum', 'missing'],
    ['Free-Local-Storage-Warning', 1024, 'LessThanThreshold', 'The disk for temporary tables and logs is nearly full.', 'FreeLocalStorage Minimum', 'missing'],
    ['Deadlocks-Warning', 0.5, 'GreaterThanThreshold', 'Transactions wait for each other.', 'Deadlocks Maximum', 'notBreaching'],
    ['Login-Failures-Warning', 0.2, 'GreaterThanThreshold', 'Logins fail.', 'LoginFailures Maximum', 'notBreaching'],
    ['Transaction-Ids-Warning', 7000, 'GreaterThanThreshold', 'Transaction ids run out.', 'MaximumUsedTransactionIDs Maximum', 'missing'],
  ])('alarms by %s, of the instance that is worst off', (name, Threshold, ComparisonOperator, AlarmDescription, metric, TreatMissingData) => {
    expect(alarmed().alarm(`Data-${name}`)).toMatchObject({ Threshold, ComparisonOperator, AlarmDescription, TreatMissingData });
    expect(alarmed().measures(`Data-${name}`)).toEqual([`m1: AWS/RDS ${metric}`]);
    expect(alarmed().dimensions(`Data-${name}`)).toEqual([[{ Name: 'DBClusterIdentifier', Value: 'cluster' }]]);
  });

  test('of an instance asks by its identifier', () => {
    const instance = monitored({ database: DatabaseIdentifier.instance('one'), addCpuUsageAlarm: { Warning: { maxUsagePercent: 80 } } });
    expect(instance.dimensions('Data-CPU-Usage-Warning')).toEqual([[{ Name: 'DBInstanceIdentifier', Value: 'one' }]]);
  });

  test('of a read replica asks how far it is behind, or that it does not follow', () => {
    const replica = monitored({ database: DatabaseIdentifier.instance('one'), addMaxReplicaLagAlarm: { Warning: { maxLatency: Duration.minutes(1) } } });
    expect(replica.alarm('Data-Replica-Lag-Warning')).toMatchObject({ Threshold: 60_000, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'missing' });
    expect(replica.expression('Data-Replica-Lag-Warning')).toBe('IF(lag < 0, 3600000, 1000 * lag)');
    expect(replica.measures('Data-Replica-Lag-Warning')).toEqual(['lag: AWS/RDS ReplicaLag Maximum']);
  });

  test('shows CPU, connections and memory, and the others where there is an alarm on them', () => {
    const always = ['CPU of the busiest instance', 'Connections to one instance', 'Free memory'];
    expect(titlesOf(monitored().detail)).toEqual(always);
    expect(titlesOf(alarmed().detail)).toEqual([
      ...always, 'Free storage', 'Free local storage', 'Capacity in use (% of the largest)', 'Readers behind the writer', 'Deadlocks (per second)',
      'Failed logins (per second)', 'Transaction ids in use',
    ]);
    ['800', '2048', '60000', '0.2'].forEach(value => expect(alarmed().detail).toMatch(new RegExp(`"value":${value}[,}]`)));
  });

  test('has no alarm that was not asked for', () => {
    expect(monitored().alarmNames).toEqual([]);
  });

  testRefusals([
    ['a cluster without an identifier', () => DatabaseIdentifier.cluster(''),
      '[DatabaseIdentifier.cluster] \'identifier\' must not be empty, got "": its metrics go by it'],
    ['an instance without an identifier', () => DatabaseIdentifier.instance(''),
      '[DatabaseIdentifier.instance] \'identifier\' must not be empty, got "": its metrics go by it'],
    ['more than all of the CPU', () => monitored({ addCpuUsageAlarm: { Warning: { maxUsagePercent: 80 }, Critical: { maxUsagePercent: 800 } } }),
      '[Stack/Monitoring] \'addCpuUsageAlarm\' must have a \'maxUsagePercent\' between 0 and 100, got 800 for Critical: it is a share in percent'],
    ['fewer connections than none', () => monitored({ addMaxConnectionCountAlarm: { Warning: { maxConnectionCount: -1 } } }),
      '[Stack/Monitoring] \'addMaxConnectionCountAlarm\' must have a \'maxConnectionCount\' of at least 0, got -1 for Warning: there is never less than none, and the alarm would always be raised'],
    ['an alarm below no memory', () => monitored({ addMinFreeableMemoryAlarm: { Warning: { minFreeableMemoryInBytes: 0 } } }),
      '[Stack/Monitoring] \'addMinFreeableMemoryAlarm\' must have a \'minFreeableMemoryInBytes\' above 0, got 0 for Warning: there is never less than none, and the alarm would never be raised'],
    ['more than the largest capacity', () => monitored({ addCapacityUsageAlarm: { Warning: { maxUsagePercent: NaN } } }),
      '[Stack/Monitoring] \'addCapacityUsageAlarm\' must have a \'maxUsagePercent\' between 0 and 100, got NaN for Warning: it is a share in percent'],
    ['an alarm below no storage', () => monitored({ addMinFreeStorageSpaceAlarm: { Warning: { minCount: 0 } } }),
      '[Stack/Monitoring] \'addMinFreeStorageSpaceAlarm\' must have a \'minCount\' above 0, got 0 for Warning: there is never less than none, and the alarm would never be raised'],
    ['an alarm below no local storage', () => monitored({ addMinFreeLocalStorageAlarm: { Warning: { minCount: -5 } } }),
      '[Stack/Monitoring] \'addMinFreeLocalStorageAlarm\' must have a \'minCount\' above 0, got -5 for Warning: there is never less than none, and the alarm would never be raised'],
    ['fewer deadlocks than none', () => monitored({ addMaxDeadlockRateAlarm: { Warning: { maxCount: -1 } } }),
      '[Stack/Monitoring] \'addMaxDeadlockRateAlarm\' must have a \'maxCount\' of at least 0, got -1 for Warning: there is never less than none, and the alarm would always be raised'],
    ['fewer failed logins than none', () => monitored({ addMaxLoginFailureRateAlarm: { Warning: { maxCount: -1 } } }),
      '[Stack/Monitoring] \'addMaxLoginFailureRateAlarm\' must have a \'maxCount\' of at least 0, got -1 for Warning: there is never less than none, and the alarm would always be raised'],
    ['fewer transaction ids than none', () => monitored({ addMaxUsedTransactionIdCountAlarm: { Warning: { maxCount: -1 } } }),
      '[Stack/Monitoring] \'addMaxUsedTransactionIdCountAlarm\' must have a \'maxCount\' of at least 0, got -1 for Warning: there is never less than none, and the alarm would always be raised'],
  ]);
});
