import { Duration } from 'aws-cdk-lib';
import { RdsProxyMonitoring, RdsProxyMonitoringProps } from '../../src/segments';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { titlesOf, Watched } from '../support/watched';

const monitored = (props: Partial<RdsProxyMonitoringProps> = {}) =>
  new Watched(monitoring => monitoring.addSegment(new RdsProxyMonitoring(monitoring, { proxyName: 'pool', alarmFriendlyName: 'Pool', ...props })));

const OF_MANY = { minSampleCountToEvaluateDatapoint: 20, sampleCountMetricId: 'queries' };
const alarmed = once(() => monitored({
  addConnectionUsageAlarm: { Warning: { maxUsagePercent: 80 } },
  addMaxBorrowLatencyAlarm: { Warning: { maxLatency: Duration.millis(250) }, Critical: { maxLatency: Duration.seconds(2), ...OF_MANY } },
  addMaxQueryLatencyAlarm: { Warning: { maxLatency: Duration.seconds(3), ...OF_MANY } },
  addMinAvailabilityPercentAlarm: { Critical: { minAvailabilityPercent: 95 } },
  addMaxRefusedLoginCountAlarm: { Warning: { maxErrorCount: 7 } },
}));

describe('monitoring of a proxy', () => {
  test.each([
    ['Connections-Warning', 80, 'GreaterThanThreshold', 'The connections to the database are nearly used.', 'notBreaching'],
    ['Borrow-Latency-Warning', 250, 'GreaterThanThreshold', 'Queries wait for a connection to the database.', 'notBreaching'],
    ['Borrow-Latency-Critical', 2000, 'GreaterThanThreshold', 'Queries wait for a connection to the database.', 'notBreaching'],
    ['Query-Latency-Warning', 3000, 'GreaterThanThreshold', 'Queries are slow.', 'notBreaching'],
    ['Availability-Critical', 95, 'LessThanThreshold', 'The proxy does not reach the database.', 'missing'],
    ['Refused-Logins-Warning', 7, 'GreaterThanThreshold', 'Connections are refused.', 'notBreaching'],
  ])('alarms by %s', (name, Threshold, ComparisonOperator, AlarmDescription, TreatMissingData) => {
    expect(alarmed().alarm(`Pool-${name}`)).toMatchObject({ Threshold, ComparisonOperator, AlarmDescription, TreatMissingData });
  });

  test('measures shares over all nodes of the proxy, and latency in milliseconds', () => {
    expect(alarmed().expression('Pool-Connections-Warning')).toBe('100 * inUse / allowed');
    expect(alarmed().measures('Pool-Connections-Warning')).toEqual(['inUse: AWS/RDS DatabaseConnections Sum', 'allowed: AWS/RDS MaxDatabaseConnectionsAllowed Sum']);
    expect(alarmed().expression('Pool-Borrow-Latency-Warning')).toBe('wait / 1000');
    expect(alarmed().measures('Pool-Refused-Logins-Warning')).toEqual(['m1: AWS/RDS ClientConnectionsSetupFailedAuth Sum']);
    expect(alarmed().dimensions('Pool-Connections-Warning')).toEqual([[{ Name: 'ProxyName', Value: 'pool' }]]);
  });

  test('measures latency of few queries only when it is told to', () => {
    expect(alarmed().expression('Pool-Borrow-Latency-Critical')).toBe('IF(queries > 20, (wait / 1000))');
    expect(alarmed().measures('Pool-Borrow-Latency-Critical')).toEqual(['wait: AWS/RDS DatabaseConnectionsBorrowLatency Average', 'queries: AWS/RDS QueryRequests Sum']);
    expect(alarmed().expression('Pool-Query-Latency-Warning')).toBe('IF(queries > 20, (query / 1000))');
    expect(alarmed().measures('Pool-Query-Latency-Warning')).toEqual(['query: AWS/RDS QueryResponseLatency Average', 'queries: AWS/RDS QueryRequests Sum']);
  });

  test('measures availability of the writer, which has no metric without its role', () => {
    expect(alarmed().measures('Pool-Availability-Critical')).toEqual(['m1: AWS/RDS AvailabilityPercentage Average']);
    expect(alarmed().dimensions('Pool-Availability-Critical')).toEqual([[
      { Name: 'ProxyName', Value: 'pool' }, { Name: 'TargetGroup', Value: 'default' }, { Name: 'TargetRole', Value: 'READ_WRITE' },
    ]]);
  });

  test('shows connections, by the minute in which the nodes count them, waits and queries', () => {
    expect(titlesOf(alarmed().detail)).toEqual([
      'Connections to the database (% of those allowed)', 'Connections', 'Refused logins', 'Latency (average)', 'Queries', 'Database reachable',
    ]);
    ['ClientConnections', 'DatabaseConnections', 'DatabaseConnectionsCurrentlySessionPinned'].forEach(metric =>
      expect(alarmed().detail).toMatch(new RegExp(`"${metric}","ProxyName","pool",\\{"label":"[A-Za-z ]+","period":60,"stat":"Sum"\\}`)));
    expect(alarmed().detail).toContain('"value":2000');
  });

  test('has no alarm that was not asked for', () => {
    expect(monitored().alarmNames).toEqual([]);
  });

  testRefusals([
    ['a proxy without a name', () => monitored({ proxyName: '' }),
      '[Stack/Monitoring] \'proxyName\' must not be empty, got "": its metrics go by it'],
    ['more than all of the connections', () => monitored({ addConnectionUsageAlarm: { Warning: { maxUsagePercent: 101 } } }),
      '[Stack/Monitoring] \'addConnectionUsageAlarm\' must have a \'maxUsagePercent\' between 0 and 100, got 101 for Warning: it is a share in percent'],
    ['more than all of the time', () => monitored({ addMinAvailabilityPercentAlarm: { Critical: { minAvailabilityPercent: 101 } } }),
      '[Stack/Monitoring] \'addMinAvailabilityPercentAlarm\' must have a \'minAvailabilityPercent\' between 0 and 100, got 101 for Critical: it is a share in percent'],
    ['fewer refused logins than none', () => monitored({ addMaxRefusedLoginCountAlarm: { Warning: { maxErrorCount: -1 } } }),
      '[Stack/Monitoring] \'addMaxRefusedLoginCountAlarm\' must have a \'maxErrorCount\' of at least 0, got -1 for Warning: there is never less than none, and the alarm would always be raised'],
  ]);
});
