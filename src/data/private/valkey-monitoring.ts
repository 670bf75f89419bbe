import { Token } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Severity, Symptom } from '../../core';
import { advised, AlarmAdvice } from '../../core/private/advised';
import { ReplicationGroupMonitoring, ServerlessCacheMonitoring } from '../../monitors';
import { QUARTER_OF_AN_HOUR } from '../../monitors/private/periods';

const runbook = 'sessions-are-lost';
const NAMES = { humanReadableName: 'Sessions', alarmFriendlyName: 'Sessions' };

const BUSY: AlarmAdvice = {
  why: 'A node of the session store has been busy with commands above 80 % for a quarter of an hour: requests begin to wait for it.',
  firstCheck: 'commands that run long (SLOWLOG GET), then choose a larger nodeType.',
  runbook,
};
const FULL: AlarmAdvice = {
  why: 'A node of the session store is more than 80 % full: when it is full, it drops the sessions that were used least.',
  firstCheck: 'the number and the size of sessions, and whether they expire; then choose a larger nodeType.',
  runbook,
};
const AT_DATA_LIMIT: AlarmAdvice = {
  why: 'The session store holds more than 75 % of its limit: at the limit it drops the sessions that were used least.',
  firstCheck: 'the number and the size of sessions, and whether they expire; then raise maxDataGb.',
  runbook,
};
const AT_ECPU_LIMIT: AlarmAdvice = {
  why: 'The session store has used more than 75 % of its ECPU per second for a quarter of an hour: above the limit it turns requests away.',
  firstCheck: 'whether the traffic brought it; then raise maxEcpuPerSecond.',
  runbook,
};
const THROTTLED: AlarmAdvice = {
  why: 'The session store has turned away more than 1 % of its requests for a quarter of an hour: users are logged out, or get errors.',
  firstCheck: 'whether it is at its limit of ECPU, or the traffic grew faster than it can; then raise maxEcpuPerSecond, or set minEcpuPerSecond.',
  runbook,
  symptom: Symptom.FAILING,
};
const EVICTING: AlarmAdvice = {
  why: 'The session store has been dropping sessions to make room for a quarter of an hour: whoever comes back to them is logged out.',
  firstCheck: 'how full it is and whether sessions expire; then enlarge it.',
  runbook,
};
const LOSING: AlarmAdvice = {
  ...EVICTING,
  why: 'The session store has dropped more than 100 sessions in 5 minutes, three times in a row: users are logged out.',
  symptom: Symptom.FAILING,
};

/** What AWS recommends to alarm at (ElastiCache user guide, "Setting scaling limits to manage costs"). */
const NEAR_LIMIT = 75;
/** Without requests there is nothing to measure, and nothing wrong. */
const WHILE_USED = { ...QUARTER_OF_AN_HOUR, treatMissingDataOverride: TreatMissingData.NOT_BREACHING };
const EVICTIONS = {
  [Severity.WARNING]: { maxItemsCount: 0, ...WHILE_USED, ...advised(EVICTING) },
  [Severity.CRITICAL]: { maxItemsCount: 100, ...WHILE_USED, ...advised(LOSING) },
};

/** Segment and alarms of a session store on nodes. */
export function monitorNodes(monitoring: MonitoringFacade, replicationGroupId: string, nodes: number): void {
  monitoring.addSegment(new ReplicationGroupMonitoring(monitoring, {
    ...NAMES,
    replicationGroupId,
    nodes,
    addEngineCpuUsageAlarm: { [Severity.WARNING]: { maxUsagePercent: 80, ...QUARTER_OF_AN_HOUR, ...advised(BUSY) } },
    addMemoryUsageAlarm: { [Severity.WARNING]: { maxUsagePercent: 80, ...QUARTER_OF_AN_HOUR, ...advised(FULL) } },
    addEvictionsAlarm: EVICTIONS,
  }), { addToSummaryDashboard: false });
}

/** Segment and alarms of a serverless session store. A limit that is known at deployment only is not measured against. */
export function monitorServerless(monitoring: MonitoringFacade, serverlessCacheName: string, limits: { ecpu: number; gb: number }): void {
  monitoring.addSegment(new ServerlessCacheMonitoring(monitoring, {
    ...NAMES,
    serverlessCacheName,
    maxDataGb: known(limits.gb),
    maxEcpuPerSecond: known(limits.ecpu),
    addDataUsageAlarm: { [Severity.WARNING]: { maxUsagePercent: NEAR_LIMIT, ...WHILE_USED, ...advised(AT_DATA_LIMIT) } },
    addEcpuUsageAlarm: { [Severity.WARNING]: { maxUsagePercent: NEAR_LIMIT, ...WHILE_USED, ...advised(AT_ECPU_LIMIT) } },
    addThrottleRateAlarm: { [Severity.CRITICAL]: { maxThrottleRatePercent: 1, ...WHILE_USED, ...advised(THROTTLED) } },
    addEvictionsAlarm: EVICTIONS,
  }), { addToSummaryDashboard: false });
}

function known(limit: number): number | undefined {
  return Token.isUnresolved(limit) ? undefined : limit;
}
