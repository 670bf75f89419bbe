import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { WAITING_PAGE } from './firewall-rules';
import { Severity } from '../../core';
import { withAdvice, AlarmAdvice } from '../../core/private/alarms/with-advice';
import { US_EAST_1 } from '../../core/private/regions';
import { EdgeFirewallMonitoring } from '../../segments';

/** Percent of the requests that may be refused: known scanners are a few. */
const MAX_BLOCKED = 20;
/** Refused requests of 5 minutes below which their share says nothing: one address may send 2,000 before the rate limit holds it. */
const MIN_BLOCKED = 500;

const SURGE: AlarmAdvice = {
  why: `The web firewall refuses more than ${MAX_BLOCKED} % of the requests, at least ${MIN_BLOCKED} in 5 minutes: an attack or a flood, or customers who are taken for one.`,
  firstCheck: 'which rule refuses them, on the board, and who they are, in the firewall\'s log.',
  runbook: 'attack-or-flood',
};

/** Requests that were answered by the waiting page (AWS WAF developer guide, "AWS WAF metrics and dimensions"). */
export function keptWaiting(webAclName: string): Metric {
  return new Metric({
    namespace: 'AWS/WAFV2', metricName: 'BlockedRequests', statistic: Stats.SUM, region: US_EAST_1, dimensionsMap: { Rule: WAITING_PAGE, WebACL: webAclName },
  });
}

/**
 * What a web ACL lets through and refuses.
 *
 * @param alarms whether alarms can be made: in us-east-1 alone, where its metrics are
 */
export function monitorFirewall(monitoring: MonitoringFacade, webAclName: string, alarms: boolean): void {
  // What is refused never reaches the application: nobody is woken for it.
  const surge = { maxBlockedPercent: MAX_BLOCKED, minBlockedCount: MIN_BLOCKED, evaluationPeriods: 3, datapointsToAlarm: 2, ...withAdvice(SURGE) };
  monitoring.addSegment(new EdgeFirewallMonitoring(monitoring, {
    webAclName,
    humanReadableName: 'Web firewall',
    alarmFriendlyName: 'Firewall',
    ...alarms ? { addMaxBlockedRequestsPercentAlarm: { [Severity.WARNING]: surge } } : {},
  }), { addToSummaryDashboard: false });
}
