import { App, Stack } from 'aws-cdk-lib';
import { EdgeFirewallMonitoring, EdgeFirewallMonitoringProps } from '../../src';
import { ACCOUNT, once } from '../support/platform';
import { titlesOf, Watched } from '../support/watched';

function monitored(props: Partial<EdgeFirewallMonitoringProps> = {}, stack?: Stack): Watched {
  return new Watched(monitoring => monitoring.addSegment(new EdgeFirewallMonitoring(monitoring, { webAclName: 'shop', ...props })), stack);
}

const alarmed = once(() => monitored({
  addMaxBlockedRequestsPercentAlarm: { Warning: { maxBlockedPercent: 20, minBlockedCount: 500 }, Critical: { maxBlockedPercent: 60, minBlockedCount: 9000 } },
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
});
