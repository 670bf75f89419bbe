import { Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Severity, Symptom } from '../../core';
import { advised, AlarmAdvice } from '../../core/private/advised';
import { RdsProxyMonitoring } from '../../monitors';
import { QUARTER_OF_AN_HOUR } from '../../monitors/private/periods';

const UNREACHED = 'application-cannot-reach-database';

const CONNECTIONS: AlarmAdvice = {
  why: 'The proxy has been using more than 80 % of the connections to the database that it may have: without one, queries wait.',
  firstCheck: 'how many are pinned to one client, and which queries hold them longest; then enlarge the database.',
  runbook: 'database-is-saturated',
};
const WAITING: AlarmAdvice = {
  why: 'Queries have waited more than a second for a connection to the database, on average, for a quarter of an hour; after 30 s they fail.',
  firstCheck: 'whether the proxy is at its connections, and whether they are pinned or held by slow queries.',
  runbook: UNREACHED,
  symptom: Symptom.SLOW,
};
const SLOW_QUERIES: AlarmAdvice = {
  why: 'A query has taken more than a second, on average, for a quarter of an hour.',
  firstCheck: 'whether it is the wait for a connection or the database itself, and which queries run longest.',
  runbook: 'database-is-saturated',
};
const UNAVAILABLE: AlarmAdvice = {
  why: 'For 10 minutes, which is longer than a failover takes, the proxy has not reached the database for a tenth of the time or more.',
  firstCheck: 'whether the database is available, then the security groups between the two and the secret that the proxy logs in with.',
  runbook: UNREACHED,
  symptom: Symptom.FAILING,
};
const REFUSED: AlarmAdvice = {
  why: 'For a quarter of an hour, the proxy has refused logins: passwords or tokens are wrong, or a client does not speak TLS.',
  firstCheck: 'the proxy\'s log, which names the user and the reason; then when the secret changed.',
  runbook: UNREACHED,
};

/** Without queries there is nothing to measure, and nothing wrong. */
const WHILE_USED = { ...QUARTER_OF_AN_HOUR, treatMissingDataOverride: TreatMissingData.NOT_BREACHING };
/** Queries in 5 minutes below which their average says nothing. */
const OF_MANY = { minSampleCountToEvaluateDatapoint: 20, sampleCountMetricId: 'queries' };
/** The proxy reports it every minute, whether it is used or not; before its first connection there may be none. */
const TEN_MINUTES = { evaluationPeriods: 2, datapointsToAlarm: 2, treatMissingDataOverride: TreatMissingData.MISSING };

/** Segment and alarms of a proxy. */
export function monitorProxy(monitoring: MonitoringFacade, proxyName: string): void {
  monitoring.addSegment(new RdsProxyMonitoring(monitoring, {
    proxyName,
    humanReadableName: 'RDS Proxy',
    alarmFriendlyName: 'Database-Proxy',
    addConnectionsUsageAlarm: { [Severity.WARNING]: { maxUsagePercent: 80, ...WHILE_USED, ...advised(CONNECTIONS) } },
    addBorrowLatencyAlarm: { [Severity.CRITICAL]: { maxLatency: Duration.seconds(1), ...WHILE_USED, ...OF_MANY, ...advised(WAITING) } },
    addQueryLatencyAlarm: { [Severity.WARNING]: { maxLatency: Duration.seconds(1), ...WHILE_USED, ...OF_MANY, ...advised(SLOW_QUERIES) } },
    addAvailabilityAlarm: { [Severity.CRITICAL]: { minAvailabilityPercent: 90, ...TEN_MINUTES, ...advised(UNAVAILABLE) } },
    addRefusedLoginsAlarm: { [Severity.WARNING]: { maxErrorCount: 20, ...WHILE_USED, ...advised(REFUSED) } },
  }), { addToSummaryDashboard: false });
}
