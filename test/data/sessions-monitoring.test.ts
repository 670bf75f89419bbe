import { Lazy } from 'aws-cdk-lib';
import { PRIVATE } from './support';
import { ISessions, Sessions } from '../../src';
import { ground } from '../support/blocks';
import { once } from '../support/platform';
import { only } from '../support/template';
import { titlesOf, Watched } from '../support/watched';

function watched(sessions: ISessions): Watched {
  const { stack, scope, context } = ground();
  const store = sessions.bind(scope, { ...context, subnets: PRIVATE, capacity: { maxEcpuPerSecond: 6000, maxDataGb: 5 } })!;
  return new Watched(monitoring => store.monitorWith(monitoring), stack);
}

const serverless = once(() => watched(Sessions.valkeyServerless()));
const nodes = once(() => watched(Sessions.valkeyNodes({ numCacheClusters: 3 })));
const table = once(() => watched(Sessions.dynamoDb()));
const [LOST, FAILING] = ['sessions-are-lost', 'symptom:failing, sessions-are-lost'];

describe('the alarms of a session store', () => {
  test('say whether users are logged out already, and which page helps', () => {
    expect(serverless().withAdvice).toEqual({
      'Sessions-Data-Usage-Warning': LOST,
      'Sessions-ECPU-Usage-Warning': LOST,
      'Sessions-Throttle-Rate-Critical': FAILING,
      'Sessions-Items-Evicted-Warning': LOST,
      'Sessions-Items-Evicted-Critical': FAILING,
    });
    expect(nodes().withAdvice).toEqual({
      'Sessions-Engine-CPU-Usage-Warning': LOST,
      'Sessions-Memory-Usage-Warning': LOST,
      'Sessions-Items-Evicted-Warning': LOST,
      'Sessions-Items-Evicted-Critical': FAILING,
    });
    expect(table().withAdvice).toEqual({ 'Sessions-Read-Throttled-Events-Critical': FAILING, 'Sessions-Write-Throttled-Events-Critical': FAILING });
  });

  const THRICE = { EvaluationPeriods: 3, DatapointsToAlarm: 3, ComparisonOperator: 'GreaterThanThreshold' };
  test.each<[string, () => Watched, string, number, string]>([
    ['serverless', serverless, 'Data-Usage-Warning', 75, 'notBreaching'],
    ['serverless', serverless, 'ECPU-Usage-Warning', 75, 'notBreaching'],
    ['serverless', serverless, 'Throttle-Rate-Critical', 1, 'notBreaching'],
    ['serverless', serverless, 'Items-Evicted-Critical', 100, 'notBreaching'],
    ['nodes', nodes, 'Engine-CPU-Usage-Warning', 80, 'missing'],
    ['nodes', nodes, 'Memory-Usage-Warning', 80, 'missing'],
    ['nodes', nodes, 'Items-Evicted-Warning', 0, 'notBreaching'],
    ['nodes', nodes, 'Items-Evicted-Critical', 100, 'notBreaching'],
    ['a table', table, 'Read-Throttled-Events-Critical', 20, 'notBreaching'],
    ['a table', table, 'Write-Throttled-Events-Critical', 20, 'notBreaching'],
  ])('of %s: %s', (_, store, name, Threshold, TreatMissingData) => {
    expect(store().alarm(`Sessions-${name}`)).toMatchObject({ ...THRICE, Threshold, TreatMissingData });
  });

  test('of serverless measure against the limits of the cache', () => {
    expect(serverless().expression('Sessions-Data-Usage-Warning')).toBe('100 * data / 5000000000');
    expect(serverless().expression('Sessions-ECPU-Usage-Warning')).toBe('100 * ecpu / PERIOD(ecpu) / 6000');
    const limited = watched(Sessions.valkeyServerless({ maxDataGb: 7, maxEcpuPerSecond: 2000 }));
    expect(limited.expression('Sessions-Data-Usage-Warning')).toBe('100 * data / 7000000000');
    expect(limited.expression('Sessions-ECPU-Usage-Warning')).toBe('100 * ecpu / PERIOD(ecpu) / 2000');
  });

  test('of serverless measure against no limit that is known at deployment only', () => {
    const most = Lazy.number({ produce: () => 2000 });
    expect(watched(Sessions.valkeyServerless({ maxDataGb: most, maxEcpuPerSecond: most })).alarmNames)
      .toEqual(['Sessions-Items-Evicted-Critical', 'Sessions-Items-Evicted-Warning', 'Sessions-Throttle-Rate-Critical']);
  });

  test('of nodes watch all of them: a failover makes another the primary', () => {
    const { id } = only(nodes().template, 'AWS::ElastiCache::ReplicationGroup');
    expect(nodes().dimensions('Sessions-Memory-Usage-Warning'))
      .toEqual(['001', '002', '003'].map(node => [{ Name: 'CacheClusterId', Value: { 'Fn::Join': ['', [{ Ref: id }, `-${node}`]] } }]));
    const one = watched(Sessions.valkeyNodes({ numCacheClusters: 1 }));
    expect(one.measures('Sessions-Memory-Usage-Warning')).toEqual(['node1: AWS/ElastiCache DatabaseMemoryUsagePercentage Maximum']);
  });

  test.each([['serverless', serverless], ['nodes', nodes], ['a table', table]])('of %s show on the board of engineers alone', (_, store) => {
    expect(titlesOf(store().detail).length).toBeGreaterThanOrEqual(4);
    expect(titlesOf(store().summary)).toEqual([]);
  });
});
