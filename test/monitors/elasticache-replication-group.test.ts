import { ElastiCacheReplicationGroupMonitoring, ElastiCacheReplicationGroupMonitoringProps } from '../../src';
import { once } from '../support/platform';
import { titlesOf, Watched } from '../support/watched';

const monitored = (props: Partial<ElastiCacheReplicationGroupMonitoringProps> = {}) => new Watched(monitoring =>
  monitoring.addSegment(new ElastiCacheReplicationGroupMonitoring(monitoring, { replicationGroupId: 'group', nodes: 3, alarmFriendlyName: 'Cache', ...props })));

const ALARMS = {
  addEngineCpuUsageAlarm: { Warning: { maxUsagePercent: 75 } },
  addMemoryUsageAlarm: { Warning: { maxUsagePercent: 85 } },
  addMaxEvictedItemsCountAlarm: { Warning: { maxItemsCount: 0 }, Critical: { maxItemsCount: 500 } },
};
const alarmed = once(() => monitored(ALARMS));

describe('monitoring of a replication group', () => {
  test.each([
    ['Engine-CPU-Usage-Warning', 75, 'A node is busy with commands.', 'EngineCPUUtilization Maximum'],
    ['Memory-Usage-Warning', 85, 'A node is nearly full.', 'DatabaseMemoryUsagePercentage Maximum'],
    ['Items-Evicted-Warning', 0, 'A node evicts items to make room.', 'Evictions Sum'],
    ['Items-Evicted-Critical', 500, 'A node evicts items to make room.', 'Evictions Sum'],
  ])('alarms by %s, whichever node has it', (name, Threshold, AlarmDescription, metric) => {
    expect(alarmed().alarm(`Cache-${name}`)).toMatchObject({ Threshold, AlarmDescription, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'missing' });
    expect(alarmed().expression(`Cache-${name}`)).toBe('MAX([node1, node2, node3])');
    expect(alarmed().measures(`Cache-${name}`)).toEqual([1, 2, 3].map(node => `node${node}: AWS/ElastiCache ${metric}`));
    expect(alarmed().dimensions(`Cache-${name}`)).toEqual(['001', '002', '003'].map(node => [{ Name: 'CacheClusterId', Value: `group-${node}` }]));
  });

  test('of one node measures that node: of a single series, MAX would be the greatest of the whole time', () => {
    const one = monitored({ ...ALARMS, nodes: 1 });
    expect(one.alarmNames.map(name => one.expression(name))).toEqual(['node1', 'node1', 'node1', 'node1']);
  });

  test('shows each node', () => {
    expect(titlesOf(alarmed().detail)).toEqual(['Engine CPU', 'Memory in use', 'Evicted items', 'Connections']);
    ['001', '002', '003'].forEach(node => expect(alarmed().detail).toContain(`"CurrConnections","CacheClusterId","group-${node}"`));
    expect(alarmed().detail).toContain('"value":500');
  });

  test('has no alarm that was not asked for', () => {
    expect(monitored().alarmNames).toEqual([]);
  });
});
