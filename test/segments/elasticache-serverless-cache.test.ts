import { Lazy } from 'aws-cdk-lib';
import { ElastiCacheServerlessMonitoring } from 'cdk-monitoring-constructs';
import { ElastiCacheServerlessCacheMonitoring, ElastiCacheServerlessCacheMonitoringProps } from '../../src/segments';
import { filled } from '../support/filled';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { titlesOf, Watched } from '../support/watched';

const monitored = (props: Partial<ElastiCacheServerlessCacheMonitoringProps> = {}) => new Watched(monitoring =>
  monitoring.addSegment(new ElastiCacheServerlessCacheMonitoring(monitoring, { serverlessCacheName: 'cache', alarmFriendlyName: 'Cache', ...props })));

const ALARMS = {
  addDataUsageAlarm: { Warning: { maxUsagePercent: 75 } },
  addEcpuUsageAlarm: { Warning: { maxUsagePercent: 70 } },
  addThrottleRateAlarm: { Critical: { maxThrottleRatePercent: 1 } },
  addMaxEvictedItemsCountAlarm: { Warning: { maxItemsCount: 0 } },
};
const alarmed = once(() => monitored({ ...ALARMS, maxDataGb: 5, maxEcpuPerSecond: 6000 }));

describe('monitoring of a serverless cache', () => {
  test.each([
    ['Data-Usage-Warning', 75, 'The cache is nearly full.', '100 * data / 5000000000', ['data: AWS/ElastiCache BytesUsedForCache Maximum']],
    ['ECPU-Usage-Warning', 70, 'The cache is nearly at its limit of ECPU.', '100 * ecpu / PERIOD(ecpu) / 6000',
      ['ecpu: AWS/ElastiCache ElastiCacheProcessingUnits Sum']],
    ['Throttle-Rate-Critical', 1, 'The cache throttles commands.', 'IF(total >= 100, 100 * throttled / total, 0)',
      ['throttled: AWS/ElastiCache ThrottledCmds Sum', 'total: AWS/ElastiCache TotalCmdsCount Sum']],
    ['Items-Evicted-Warning', 0, 'The cache evicts items to stay within its limit.', undefined, ['m1: AWS/ElastiCache Evictions Sum']],
  ])('alarms by %s', (name, Threshold, AlarmDescription, expression, measures) => {
    expect(alarmed().alarm(`Cache-${name}`)).toMatchObject({ Threshold, AlarmDescription, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching' });
    expect(alarmed().expression(`Cache-${name}`)).toBe(expression);
    expect(alarmed().measures(`Cache-${name}`)).toEqual(measures);
  });

  test('asks by the dimension that serverless caches report under, which is not that of nodes', () => {
    filled(alarmed().alarmNames).forEach(name => expect(alarmed().dimensions(name)).toEqual([[{ Name: 'clusterId', Value: 'cache' }]]));
    expect(alarmed().detail).not.toContain('CacheClusterId');
  });

  test('is not that of cdk-monitoring-constructs as long as that asks by the dimension of nodes', () => {
    const theirs = new Watched(monitoring => monitoring.addSegment(new ElastiCacheServerlessMonitoring(monitoring, {
      clusterId: 'cache', alarmFriendlyName: 'Cache', addThrottleRateAlarm: { Critical: { maxThrottleRatePercent: 1 } },
    })));
    const [name] = theirs.alarmNames;
    expect(theirs.dimensions(name)).toEqual([[{ Name: 'CacheClusterId', Value: 'cache' }]]);
  });

  test('measures no share of a limit that is not known, and shows what is used', () => {
    const { addThrottleRateAlarm, addMaxEvictedItemsCountAlarm } = ALARMS;
    const unlimited = monitored({ addThrottleRateAlarm, addMaxEvictedItemsCountAlarm });
    expect(unlimited.alarmNames).toEqual(['Cache-Items-Evicted-Warning', 'Cache-Throttle-Rate-Critical']);
    expect(titlesOf(unlimited.detail).slice(0, 2)).toEqual(['Data', 'ECPU per second']);
    expect(unlimited.detail).toContain('"ecpu / PERIOD(ecpu)"');
  });

  test('shows use, losses, latency and connections', () => {
    expect(titlesOf(alarmed().detail)).toEqual(['Data', 'ECPU', 'Throttled commands', 'Evicted items', 'Latency (average)', 'Connections']);
    ['SuccessfulReadRequestLatency', 'SuccessfulWriteRequestLatency', 'CurrConnections', 'CurrItems'].forEach(metric => expect(alarmed().detail).toContain(metric));
    expect(alarmed().detail).toContain('"value":75');
  });

  test('has no alarm that was not asked for', () => {
    expect(monitored({ maxDataGb: 1, maxEcpuPerSecond: 1000 }).alarmNames).toEqual([]);
  });

  testRefusals([
    ['a cache without a name', () => monitored({ serverlessCacheName: '' }),
      '[Stack/Monitoring] \'serverlessCacheName\' must not be empty, got "": its metrics go by it'],
    ['limits of nothing', () => monitored({ maxDataGb: 0, maxEcpuPerSecond: 0 }),
      ['[Stack/Monitoring] 2 props need mending:',
        '  - \'maxDataGb\' must be above 0, got 0: there is no share of none; leave it out where it is not known',
        '  - \'maxEcpuPerSecond\' must be above 0, got 0: there is no share of none; leave it out where it is not known'].join('\n')],
    ['limits that are known at deployment only', () => monitored({ maxDataGb: Lazy.number({ produce: () => 1 }), maxEcpuPerSecond: Lazy.number({ produce: () => 1 }) }),
      ['[Stack/Monitoring] 2 props need mending:',
        '  - \'maxDataGb\' must be known at synthesis, got a token: what the cache holds is shown as a share of it; leave it out',
        '  - \'maxEcpuPerSecond\' must be known at synthesis, got a token: what the cache uses is shown as a share of it; leave it out'].join('\n')],
    ['an alarm on data without its limit', () => monitored({ addDataUsageAlarm: { Warning: { maxUsagePercent: 75 } } }),
      '[Stack/Monitoring] \'addDataUsageAlarm\' must have \'maxDataGb\' to be a share of, got none: give \'maxDataGb\', or leave \'addDataUsageAlarm\' out'],
    ['an alarm on ECPU without their limit', () => monitored({ addEcpuUsageAlarm: { Warning: { maxUsagePercent: 75 } } }),
      '[Stack/Monitoring] \'addEcpuUsageAlarm\' must have \'maxEcpuPerSecond\' to be a share of, got none: give \'maxEcpuPerSecond\', or leave \'addEcpuUsageAlarm\' out'],
    ['more than all of the data', () => monitored({ maxDataGb: 1, addDataUsageAlarm: { Warning: { maxUsagePercent: 101 } } }),
      '[Stack/Monitoring] \'addDataUsageAlarm\' must have a \'maxUsagePercent\' between 0 and 100, got 101 for Warning: it is a share in percent'],
    ['more than all of the ECPU', () => monitored({ maxEcpuPerSecond: 1000, addEcpuUsageAlarm: { Warning: { maxUsagePercent: 101 } } }),
      '[Stack/Monitoring] \'addEcpuUsageAlarm\' must have a \'maxUsagePercent\' between 0 and 100, got 101 for Warning: it is a share in percent'],
    ['a share above all commands', () => monitored({ addThrottleRateAlarm: { Critical: { maxThrottleRatePercent: 101 } } }),
      '[Stack/Monitoring] \'addThrottleRateAlarm\' must have a \'maxThrottleRatePercent\' between 0 and 100, got 101 for Critical: it is a share in percent'],
    ['fewer evicted items than none', () => monitored({ addMaxEvictedItemsCountAlarm: { Warning: { maxItemsCount: -1 } } }),
      '[Stack/Monitoring] \'addMaxEvictedItemsCountAlarm\' must have a \'maxItemsCount\' of at least 0, got -1 for Warning: there is never less than none, and the alarm would always be raised'],
  ]);
});
