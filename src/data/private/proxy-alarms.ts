import { Duration } from 'aws-cdk-lib';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Severity, Symptom } from '../../core';
import { QUARTER_OF_AN_HOUR } from '../../core/private/alarms/thresholds';
import { withAdvice, AlarmAdvice } from '../../core/private/alarms/with-advice';
import { RdsProxyMonitoring } from '../../segments';

const UNREACHED = 'application-cannot-reach-database';

/** Percent of the connections to the database above which queries may wait for one. */
const MAX_CONNECTIONS = 80;
/** How long a query may wait for a connection, and how long it may take with it, on average. */
const MAX_LATENCY = Duration.seconds(1);
/** Percent of the time for which the proxy must reach the database. */
const MIN_AVAILABILITY = 90;
/** Longer than a failover takes. */
const TEN_MINUTES = { evaluationPeriods: 2, datapointsToAlarm: 2 };
/** Logins of 5 minutes that may be refused. */
const MAX_REFUSED = 20;
/** Queries in 5 minutes below which their average says nothing. */
const OF_MANY = { minSampleCountToEvaluateDatapoint: 20, sampleCountMetricId: 'queries' };

const CONNECTIONS: AlarmAdvice = {
  why: `The proxy has been using more than ${MAX_CONNECTIONS} % of the connections to the database that it may have: without one, queries wait.`,
  firstCheck: 'how many are pinned to one client, and which queries hold them longest; then enlarge the database.',
  runbook: 'database-is-saturated',
};
const WAITING: AlarmAdvice = {
  why: `Queries have waited more than ${MAX_LATENCY.toSeconds()} s for a connection to the database, on average, for a quarter of an hour; after 30 s they fail.`,
  firstCheck: 'whether the proxy is at its connections, and whether they are pinned or held by slow queries.',
  runbook: UNREACHED,
  symptom: Symptom.SLOW,
};
const SLOW_QUERIES: AlarmAdvice = {
  why: `A query has taken more than ${MAX_LATENCY.toSeconds()} s, on average, for a quarter of an hour.`,
  firstCheck: 'whether it is the wait for a connection or the database itself, and which queries run longest.',
  runbook: 'database-is-saturated',
};
const UNAVAILABLE: AlarmAdvice = {
  why: `For 10 minutes, which is longer than a failover takes, the proxy has reached the database for less than ${MIN_AVAILABILITY} % of the time.`,
  firstCheck: 'whether the database is available, then the security groups between the two and the secret that the proxy logs in with.',
  runbook: UNREACHED,
  symptom: Symptom.FAILING,
};
const REFUSED: AlarmAdvice = {
  why: `For a quarter of an hour, the proxy has refused more than ${MAX_REFUSED} logins in 5 minutes: passwords or tokens are wrong, or a client does not speak TLS.`,
  firstCheck: 'the proxy\'s log, which names the user and the reason; then when the secret changed.',
  runbook: UNREACHED,
};

/** Segment and alarms of a proxy. */
export function monitorProxy(monitoring: MonitoringFacade, proxyName: string): void {
  monitoring.addSegment(new RdsProxyMonitoring(monitoring, {
    proxyName,
    humanReadableName: 'RDS Proxy',
    alarmFriendlyName: 'Database-Proxy',
    addConnectionUsageAlarm: { [Severity.WARNING]: { maxUsagePercent: MAX_CONNECTIONS, ...QUARTER_OF_AN_HOUR, ...withAdvice(CONNECTIONS) } },
    addMaxBorrowLatencyAlarm: { [Severity.CRITICAL]: { maxLatency: MAX_LATENCY, ...QUARTER_OF_AN_HOUR, ...OF_MANY, ...withAdvice(WAITING) } },
    addMaxQueryLatencyAlarm: { [Severity.WARNING]: { maxLatency: MAX_LATENCY, ...QUARTER_OF_AN_HOUR, ...OF_MANY, ...withAdvice(SLOW_QUERIES) } },
    addMinAvailabilityPercentAlarm: { [Severity.CRITICAL]: { minAvailabilityPercent: MIN_AVAILABILITY, ...TEN_MINUTES, ...withAdvice(UNAVAILABLE) } },
    addMaxRefusedLoginCountAlarm: { [Severity.WARNING]: { maxErrorCount: MAX_REFUSED, ...QUARTER_OF_AN_HOUR, ...withAdvice(REFUSED) } },
  }), { addToSummaryDashboard: false });
}
