import { App, Stack } from 'aws-cdk-lib';
import { EdgeFirewallMonitoring, EdgeFirewallMonitoringProps } from '../../src/segments';
import { ACCOUNT, once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { titlesOf, Watched } from '../support/watched';

function monitored(props: Partial<EdgeFirewallMonitoringProps> = {}, stack?: Stack): Watched {
  return new Watched(monitoring => monitoring.addSegment(new EdgeFirewallMonitoring(monitoring, { webAclName: 'shop', ...props })), stack);
}

const alarmed = once(() => monitored({
  addMaxBlockedRequestsPercentAlarm: {
    Warning: { maxBlockedPercent: 20, minBlockedCount: 500 }, Critical: { maxBlockedPercent: 60, minBlockedCount: 9000 },
  },
}));

describe('monitoring of a web ACL for CloudFront', () => {
  test('has an alarm on a surge, once enough is refused', () => {
    expect(alarmed().alarmNames).toEqual(['EdgeFirewall-Blocked-Surge-Critical', 'EdgeFirewall-Blocked-Surge-Warning']);
    expect(alarmed().expression('EdgeFirewall-Blocked-Surge-Warning'))
      .toBe('IF(FILL(blocked, 0) >= 500, 100 * FILL(blocked, 0) / (FILL(allowed, 0) + FILL(blocked, 0)), 0)');
    expect(alarmed().expression('EdgeFirewall-Blocked-Surge-Critical')).toContain('>= 9000');
    expect(alarmed().alarm('EdgeFirewall-Blocked-Surge-Critical')).toMatchObject({ Threshold: 60, TreatMissingData: 'notBreaching' });
    expect(alarmed().measures('EdgeFirewall-Blocked-Surge-Warning')).toEqual(['blocked: AWS/WAFV2 BlockedRequests Sum', 'allowed: AWS/WAFV2 AllowedRequests Sum']);
    const [, { MetricStat }] = alarmed().alarm('EdgeFirewall-Blocked-Surge-Warning').Metrics;
    expect(MetricStat!.Metric.Dimensions).toEqual([{ Name: 'Rule', Value: 'ALL' }, { Name: 'WebACL', Value: 'shop' }]);
  });

  test('shows the metrics of us-east-1 in any Region', () => {
    const { detail, summary, alarmNames } = monitored({}, new Stack(new App(), 'Stack', { env: { account: ACCOUNT, region: 'sa-east-1' } }));
    expect(alarmNames).toEqual([]);
    expect(titlesOf(detail)).toEqual(['Requests', 'Refused of all requests (%)', 'Refused requests by rule']);
    expect(titlesOf(summary)).toEqual(['Requests', 'Refused of all requests (%)']);
    expect(detail.match(/"AWS\/WAFV2","(Allowed|Blocked)Requests"[^\]]*"region":"us-east-1"/g)).toHaveLength(4);
    expect(detail).toMatch(/SEARCH\('\{\\"AWS\/WAFV2\\",\\"Rule\\",\\"WebACL\\"\} \\"WebACL\\"=\\"shop\\" MetricName=\\"BlockedRequests\\"', 'Sum', 300\)"[^\]]*"region":"us-east-1"/);
  });

  testRefusals([
    ['a web ACL without a name', () => monitored({ webAclName: '' }),
      '[Stack/Monitoring] \'webAclName\' must not be empty, got "": its metrics go by it'],
    ['a Region in which there are no such metrics', () => monitored({ region: 'eu-west-1' }),
      '[Stack/Monitoring] \'region\' must be us-east-1, got "eu-west-1": the metrics of web ACLs for CloudFront are nowhere else; leave it out'],
    ['a share above all requests', () => monitored({ addMaxBlockedRequestsPercentAlarm: { Warning: { maxBlockedPercent: 200, minBlockedCount: 1 } } }),
      '[Stack/Monitoring] \'addMaxBlockedRequestsPercentAlarm\' must have a \'maxBlockedPercent\' between 0 and 100, got 200 for Warning: it is a share in percent'],
    ['a share of no request', () => monitored({ addMaxBlockedRequestsPercentAlarm: { Warning: { maxBlockedPercent: 20, minBlockedCount: 0 } } }),
      '[Stack/Monitoring] \'addMaxBlockedRequestsPercentAlarm\' must have a \'minBlockedCount\' of at least 1, got 0 for Warning: there is no share of none'],
  ]);
});
