import { Duration } from 'aws-cdk-lib';
import { DatabaseSaturationMonitoring, DatabaseSaturationMonitoringProps } from '../../src';
import { once } from '../support/platform';
import { titlesOf, Watched } from '../support/watched';

const monitored = (props: Partial<DatabaseSaturationMonitoringProps> = {}) => new Watched(monitoring =>
  monitoring.addSegment(new DatabaseSaturationMonitoring(monitoring, { dimensions: { DBClusterIdentifier: 'cluster' }, alarmFriendlyName: 'Data', ...props })));

const alarmed = once(() => monitored({
  addCpuUsageAlarm: { Warning: { maxUsagePercent: 80 } },
  addMaxConnectionCountAlarm: { Warning: { maxConnectionCount: 800 } },
  addMinFreeableMemoryAlarm: { Warning: { minFreeableMemoryInBytes: 2048 } },
  addCapacityUsageAlarm: { Warning: { maxUsagePercent: 90 } },
  addMaxReplicaLagAlarm: { Warning: { maxLatency: Duration.seconds(2) }, Critical: { maxLatency: Duration.minutes(1) } },
  addMinFreeLocalStorageAlarm: { Warning: { minCount: 1024 } },
  addMaxDeadlockRateAlarm: { Warning: { maxCount: 0.5 } },
  addMaxLoginFailureRateAlarm: { Warning: { maxCount: 0.2 } },
}));

describe('monitoring of what a database may run out of', () => {
  test.each([
    ['CPU-Usage-Warning', 80, 'GreaterThanThreshold', 'The CPU is busy.', 'CPUUtilization Maximum'],
    ['Connection-Count-High-Warning', 800, 'GreaterThanThreshold', 'The connections are nearly used.', 'DatabaseConnections Maximum'],
    ['Memory-Freeable-Warning', 2048, 'LessThanThreshold', 'The memory is nearly used.', 'FreeableMemory Minimum'],
    ['Capacity-Warning', 90, 'GreaterThanThreshold', 'The largest capacity is nearly reached.', 'ACUUtilization Maximum'],
    ['Replica-Lag-Warning', 2000, 'GreaterThanThreshold', 'A reader is behind the writer.', 'AuroraReplicaLagMaximum Maximum'],
    ['Replica-Lag-Critical', 60_000, 'GreaterThanThreshold', 'A reader is behind the writer.', 'AuroraReplicaLagMaximum Maximum'],
    ['Free-Local-Storage-Warning', 1024, 'LessThanThreshold', 'The disk for temporary tables and logs is nearly full.', 'FreeLocalStorage Minimum'],
    ['Deadlocks-Warning', 0.5, 'GreaterThanThreshold', 'Transactions wait for each other.', 'Deadlocks Maximum'],
    ['Login-Failures-Warning', 0.2, 'GreaterThanThreshold', 'Logins fail.', 'LoginFailures Maximum'],
  ])('alarms by %s, of the instance that is worst off', (name, Threshold, ComparisonOperator, AlarmDescription, metric) => {
    expect(alarmed().alarm(`Data-${name}`)).toMatchObject({ Threshold, ComparisonOperator, AlarmDescription, TreatMissingData: 'missing' });
    expect(alarmed().measures(`Data-${name}`)).toEqual([`m1: AWS/RDS ${metric}`]);
    expect(alarmed().dimensions(`Data-${name}`)).toEqual([[{ Name: 'DBClusterIdentifier', Value: 'cluster' }]]);
  });

  test('of an instance asks by its identifier', () => {
    const instance = monitored({ dimensions: { DBInstanceIdentifier: 'one' }, addCpuUsageAlarm: { Warning: { maxUsagePercent: 80 } } });
    expect(instance.dimensions('Data-CPU-Usage-Warning')).toEqual([[{ Name: 'DBInstanceIdentifier', Value: 'one' }]]);
  });

  test('shows CPU, connections and memory, and the others where there is an alarm on them', () => {
    const always = ['CPU of the busiest instance', 'Connections to one instance', 'Free memory'];
    expect(titlesOf(monitored().detail)).toEqual(always);
    expect(titlesOf(alarmed().detail)).toEqual([
      ...always, 'Capacity in use (% of the largest)', 'Free local storage', 'Readers behind the writer', 'Deadlocks (per second)', 'Failed logins (per second)',
    ]);
    ['800', '2048', '60000', '0.2'].forEach(value => expect(alarmed().detail).toMatch(new RegExp(`"value":${value}[,}]`)));
  });

  test('has no alarm that was not asked for', () => {
    expect(monitored().alarmNames).toEqual([]);
  });
});
