import { Lazy } from 'aws-cdk-lib';
import { MetricFactory } from 'cdk-monitoring-constructs';
import { ElastiCacheReplicationGroupMetricFactory, ElastiCacheReplicationGroupMonitoring, ElastiCacheReplicationGroupMonitoringProps } from '../../src/segments';
import { eastStack, once } from '../support/platform';
import { testRefusals } from '../support/refusals';
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
    ['Engine-CPU-Usage-Warning', 75, 'A node is busy with commands.', 'EngineCPUUtilization Maximum', 'missing'],
    ['Memory-Usage-Warning', 85, 'A node is nearly full.', 'DatabaseMemoryUsagePercentage Maximum', 'missing'],
    ['Items-Evicted-Warning', 0, 'A node evicts items to make room.', 'Evictions Sum', 'notBreaching'],
    ['Items-Evicted-Critical', 500, 'A node evicts items to make room.', 'Evictions Sum', 'notBreaching'],
  ])('alarms by %s, whichever node has it', (name, Threshold, AlarmDescription, metric, TreatMissingData) => {
    expect(alarmed().alarm(`Cache-${name}`)).toMatchObject({ Threshold, AlarmDescription, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData });
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

  testRefusals([
    ['metrics of no node', () => new ElastiCacheReplicationGroupMetricFactory(new MetricFactory(eastStack()), { replicationGroupId: 'group', nodes: 0 }),
      '[ElastiCacheReplicationGroupMetricFactory] \'nodes\' must be a whole number between 1 and 6, got 0: a replication group has a primary and up to five replicas'],
    ['a group without an id', () => monitored({ replicationGroupId: '' }),
      '[Stack/Monitoring] \'replicationGroupId\' must not be empty, got "": its metrics go by it'],
    ['a group without a node', () => monitored({ nodes: 0 }),
      '[Stack/Monitoring] \'nodes\' must be a whole number between 1 and 6, got 0: a replication group has a primary and up to five replicas'],
    ['more nodes than a group has', () => monitored({ nodes: 7 }),
      '[Stack/Monitoring] \'nodes\' must be a whole number between 1 and 6, got 7: a replication group has a primary and up to five replicas'],
    ['a number of nodes that is known at deployment only', () => monitored({ nodes: Lazy.number({ produce: () => 2 }) }),
      '[Stack/Monitoring] \'nodes\' must be known at synthesis, got a token: each node has a metric of its own; give the number'],
    ['more than all of the CPU', () => monitored({ addEngineCpuUsageAlarm: { Warning: { maxUsagePercent: 101 } } }),
      '[Stack/Monitoring] \'addEngineCpuUsageAlarm\' must have a \'maxUsagePercent\' between 0 and 100, got 101 for Warning: it is a share in percent'],
    ['more than all of the memory', () => monitored({ addMemoryUsageAlarm: { Warning: { maxUsagePercent: 101 } } }),
      '[Stack/Monitoring] \'addMemoryUsageAlarm\' must have a \'maxUsagePercent\' between 0 and 100, got 101 for Warning: it is a share in percent'],
    ['fewer evicted items than none', () => monitored({ addMaxEvictedItemsCountAlarm: { Warning: { maxItemsCount: -1 } } }),
      '[Stack/Monitoring] \'addMaxEvictedItemsCountAlarm\' must have a \'maxItemsCount\' of at least 0, got -1 for Warning: there is never less than none, and the alarm would always be raised'],
  ]);
});
