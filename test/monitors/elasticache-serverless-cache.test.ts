import { ElastiCacheServerlessCacheMonitoring, ElastiCacheServerlessCacheMonitoringProps } from '../../src';
import { once } from '../support/platform';
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
    alarmed().alarmNames.forEach(name => expect(alarmed().dimensions(name)).toEqual([[{ Name: 'clusterId', Value: 'cache' }]]));
    expect(alarmed().detail).not.toContain('CacheClusterId');
  });

  test('measures no share of a limit that is not known, and shows what is used', () => {
    const unlimited = monitored(ALARMS);
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
});
