import { Token } from 'aws-cdk-lib';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Severity, Symptom } from '../../core';
import { QUARTER_OF_AN_HOUR } from '../../core/private/alarms/thresholds';
import { withAdvice, AlarmAdvice } from '../../core/private/alarms/with-advice';
import { ElastiCacheReplicationGroupMonitoring, ElastiCacheServerlessCacheMonitoring } from '../../segments';

const runbook = 'sessions-are-lost';
const NAMES = { humanReadableName: 'Sessions', alarmFriendlyName: 'Sessions' };

/** Percent of the CPU that runs commands, above which requests begin to wait for a node. */
const MAX_ENGINE_CPU = 80;
/** Percent of the memory for data, above which a node is nearly full. */
const MAX_MEMORY = 80;
/** Percent of a limit of a serverless cache, what AWS recommends to alarm at (ElastiCache user guide, "Setting scaling limits to manage costs"). */
const NEAR_LIMIT = 75;
/** Percent of the commands that may be throttled. */
const MAX_THROTTLED = 1;
/** Sessions of 5 minutes that may be evicted before users notice. */
const MAX_EVICTED = 100;

const BUSY: AlarmAdvice = {
  why: `A node of the session store has been busy with commands above ${MAX_ENGINE_CPU} % for a quarter of an hour: requests begin to wait for it.`,
  firstCheck: 'commands that run long (SLOWLOG GET), then choose a larger nodeType.',
  runbook,
};
const FULL: AlarmAdvice = {
  why: `A node of the session store is more than ${MAX_MEMORY} % full: when it is full, it evicts the sessions that were used least.`,
  firstCheck: 'the number and the size of sessions, and whether they expire; then choose a larger nodeType.',
  runbook,
};
const AT_DATA_LIMIT: AlarmAdvice = {
  why: `The session store holds more than ${NEAR_LIMIT} % of its limit: at the limit it evicts the sessions that were used least.`,
  firstCheck: 'the number and the size of sessions, and whether they expire; then raise maxDataGb.',
  runbook,
};
const AT_ECPU_LIMIT: AlarmAdvice = {
  why: `The session store has used more than ${NEAR_LIMIT} % of its ECPU per second for a quarter of an hour: above the limit it throttles requests.`,
  firstCheck: 'whether the traffic brought it; then raise maxEcpuPerSecond.',
  runbook,
};
const THROTTLED: AlarmAdvice = {
  why: `The session store has throttled more than ${MAX_THROTTLED} % of its requests for a quarter of an hour: users are logged out, or get errors.`,
  firstCheck: 'whether it is at its limit of ECPU, or the traffic grew faster than it can; then raise maxEcpuPerSecond, or set minEcpuPerSecond.',
  runbook,
  symptom: Symptom.FAILING,
};
const EVICTING: AlarmAdvice = {
  why: 'The session store has been evicting sessions to make room for a quarter of an hour: whoever comes back to them is logged out.',
  firstCheck: 'how full it is and whether sessions expire; then enlarge it.',
  runbook,
};
const LOSING: AlarmAdvice = {
  ...EVICTING,
  why: `The session store has evicted more than ${MAX_EVICTED} sessions in 5 minutes, three times in a row: users are logged out.`,
  symptom: Symptom.FAILING,
};

const CACHE_BUSY: AlarmAdvice = {
  why: `A node of the cache has been busy with commands above ${MAX_ENGINE_CPU} % for a quarter of an hour: pages begin to wait for it.`,
  firstCheck: 'commands that run long (SLOWLOG GET), then choose a larger nodeType.',
  runbook: 'application-is-saturated',
};

const EVICTIONS = {
  [Severity.WARNING]: { maxItemsCount: 0, ...QUARTER_OF_AN_HOUR, ...withAdvice(EVICTING) },
  [Severity.CRITICAL]: { maxItemsCount: MAX_EVICTED, ...QUARTER_OF_AN_HOUR, ...withAdvice(LOSING) },
};

/** Segment and alarms of a session store on nodes. */
export function monitorNodes(monitoring: MonitoringFacade, replicationGroupId: string, nodes: number): void {
  monitoring.addSegment(new ElastiCacheReplicationGroupMonitoring(monitoring, {
    ...NAMES,
    replicationGroupId,
    nodes,
    addEngineCpuUsageAlarm: { [Severity.WARNING]: { maxUsagePercent: MAX_ENGINE_CPU, ...QUARTER_OF_AN_HOUR, ...withAdvice(BUSY) } },
    addMemoryUsageAlarm: { [Severity.WARNING]: { maxUsagePercent: MAX_MEMORY, ...QUARTER_OF_AN_HOUR, ...withAdvice(FULL) } },
    addMaxEvictedItemsCountAlarm: EVICTIONS,
  }), { addToSummaryDashboard: false });
}

/** Segment and alarms of a cache on nodes. That it is full, and lets go what was used longest ago, is what it is for. */
export function monitorCache(monitoring: MonitoringFacade, replicationGroupId: string, nodes: number): void {
  monitoring.addSegment(new ElastiCacheReplicationGroupMonitoring(monitoring, {
    humanReadableName: 'Cache',
    alarmFriendlyName: 'Cache',
    replicationGroupId,
    nodes,
    addEngineCpuUsageAlarm: { [Severity.WARNING]: { maxUsagePercent: MAX_ENGINE_CPU, ...QUARTER_OF_AN_HOUR, ...withAdvice(CACHE_BUSY) } },
  }), { addToSummaryDashboard: false });
}

/** Segment and alarms of a serverless session store. Nothing is measured against a limit that is known at deployment only. */
export function monitorServerless(monitoring: MonitoringFacade, serverlessCacheName: string, { ecpu, gb }: { ecpu: number; gb: number }): void {
  const nearLimit = (advice: AlarmAdvice) => ({ [Severity.WARNING]: { maxUsagePercent: NEAR_LIMIT, ...QUARTER_OF_AN_HOUR, ...withAdvice(advice) } });
  monitoring.addSegment(new ElastiCacheServerlessCacheMonitoring(monitoring, {
    ...NAMES,
    serverlessCacheName,
    ...Token.isUnresolved(gb) ? {} : { maxDataGb: gb, addDataUsageAlarm: nearLimit(AT_DATA_LIMIT) },
    ...Token.isUnresolved(ecpu) ? {} : { maxEcpuPerSecond: ecpu, addEcpuUsageAlarm: nearLimit(AT_ECPU_LIMIT) },
    addThrottleRateAlarm: { [Severity.CRITICAL]: { maxThrottleRatePercent: MAX_THROTTLED, ...QUARTER_OF_AN_HOUR, ...withAdvice(THROTTLED) } },
    addMaxEvictedItemsCountAlarm: EVICTIONS,
  }), { addToSummaryDashboard: false });
}
