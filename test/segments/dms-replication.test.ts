import { Duration } from 'aws-cdk-lib';
import { DmsReplicationMonitoring, DmsReplicationMonitoringProps } from '../../src/segments';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { titlesOf, Watched } from '../support/watched';

const REPLICATION = { replicationInstanceIdentifier: 'instance', replicationTaskId: 'TASK', alarmFriendlyName: 'Copy' };
const monitored = (props: Partial<DmsReplicationMonitoringProps> = {}) =>
  new Watched(monitoring => monitoring.addSegment(new DmsReplicationMonitoring(monitoring, { ...REPLICATION, ...props })));

const alarmed = once(() => monitored({
  addMaxSourceLatencyAlarm: { Warning: { maxLatency: Duration.minutes(1) } },
  addMaxTargetLatencyAlarm: { Warning: { maxLatency: Duration.minutes(2) }, Critical: { maxLatency: Duration.hours(1) } },
  addMinFreeStorageSpaceAlarm: { Warning: { minCount: 4096 } },
  addMinFreeableMemoryAlarm: { Warning: { minFreeableMemoryInBytes: 1024 } },
}));

const INSTANCE = { Name: 'ReplicationInstanceIdentifier', Value: 'instance' };
const TASK = { Name: 'ReplicationTaskIdentifier', Value: 'TASK' };

describe('monitoring of a replication', () => {
  test.each([
    ['Latency-Source-Warning', 60, 'GreaterThanThreshold', 'The source is read too slowly.', 'CDCLatencySource Maximum', [INSTANCE, TASK]],
    ['Latency-Target-Warning', 120, 'GreaterThanThreshold', 'The target takes changes too slowly.', 'CDCLatencyTarget Maximum', [INSTANCE, TASK]],
    ['Latency-Target-Critical', 3600, 'GreaterThanThreshold', 'The target takes changes too slowly.', 'CDCLatencyTarget Maximum', [INSTANCE, TASK]],
    ['Free-Storage-Warning', 4096, 'LessThanThreshold', 'The replication instance runs out of storage.', 'FreeStorageSpace Minimum', [INSTANCE]],
    ['Memory-Freeable-Warning', 1024, 'LessThanThreshold', 'The replication instance runs out of memory.', 'FreeableMemory Minimum', [INSTANCE]],
  ])('alarms by %s', (name, Threshold, ComparisonOperator, AlarmDescription, metric, dimensions) => {
    expect(alarmed().alarm(`Copy-${name}`)).toMatchObject({ Threshold, ComparisonOperator, AlarmDescription, TreatMissingData: 'notBreaching' });
    expect(alarmed().measures(`Copy-${name}`)).toEqual([`m1: AWS/DMS ${metric}`]);
    expect(alarmed().dimensions(`Copy-${name}`)).toEqual([dimensions]);
  });

  test('shows what waits, the full load, and the room of the instance', () => {
    expect(titlesOf(alarmed().detail)).toEqual([
      'Changes that wait', 'Rows of the full load (per second)', 'Changes held back', 'Replication instance: free storage', 'Replication instance: memory',
    ]);
    ['FullLoadThroughputRowsSource', 'FullLoadThroughputRowsTarget', 'CDCChangesMemorySource', 'CDCChangesDiskSource', 'SwapUsage']
      .forEach(metric => expect(alarmed().detail).toContain(metric));
    ['60', '3600', '4096', '1024'].forEach(value => expect(alarmed().detail).toMatch(new RegExp(`"value":${value}[,}]`)));
  });

  test('has no alarm that was not asked for', () => {
    expect(monitored().alarmNames).toEqual([]);
  });

  testRefusals([
    ['an instance without a name', () => monitored({ replicationInstanceIdentifier: '' }),
      '[Stack/Monitoring] \'replicationInstanceIdentifier\' must not be empty, got "": its metrics go by it'],
    ['a task without a name', () => monitored({ replicationTaskId: '' }),
      '[Stack/Monitoring] \'replicationTaskId\' must not be empty, got "": its metrics go by it'],
    ['an alarm below no storage', () => monitored({ addMinFreeStorageSpaceAlarm: { Warning: { minCount: 0 } } }),
      '[Stack/Monitoring] \'addMinFreeStorageSpaceAlarm\' must have a \'minCount\' above 0, got 0 for Warning: there is never less than none, and the alarm would never be raised'],
    ['an alarm below no memory', () => monitored({ addMinFreeableMemoryAlarm: { Warning: { minFreeableMemoryInBytes: 0 } } }),
      '[Stack/Monitoring] \'addMinFreeableMemoryAlarm\' must have a \'minFreeableMemoryInBytes\' above 0, got 0 for Warning: there is never less than none, and the alarm would never be raised'],
  ]);
});
