import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmRow } from './alarms';
import { COUNT, Graph, math, metricsOf, PERCENT, Section } from './sections';
import { HandSessions } from '../data';

const RUNBOOK = 'sessions-are-lost';
const FULL: Pick<AlarmRow, 'severity' | 'threshold' | 'runbook'> = { severity: 'Warning', threshold: 75, runbook: RUNBOOK };

type MetricOf = (name: string, statistic: string, label: string) => Metric;

export function sessionsSection({ cache }: HandSessions): Section {
  const metric = metricsOf('AWS/ElastiCache', { clusterId: cache.serverlessCacheName });
  return {
    heading: 'ElastiCache serverless cache **Sessions**',
    graphs: [
      data(metric),
      ecpu(metric),
      throttled(metric),
      evicted(metric),
      {
        title: 'Latency (average)',
        left: [metric('SuccessfulReadRequestLatency', 'Average', 'Read'), metric('SuccessfulWriteRequestLatency', 'Average', 'Write')],
        axis: { min: 0, label: 'us', showUnits: false },
      },
      { title: 'Connections', left: [metric('CurrConnections', 'Average', 'Connections')], axis: COUNT },
    ],
  };
}

function data(metricOf: MetricOf): Graph {
  const metric = math('Data (% of the limit)', '100 * data / 5000000000', { data: metricOf('BytesUsedForCache', 'Maximum', 'Data') });
  return {
    title: 'Data',
    left: [metric],
    axis: PERCENT,
    alarms: [{
      ...FULL,
      name: 'Sessions-Data-Usage',
      metric,
      says: 'The session store holds more than 75 % of its limit: at the limit it drops the sessions that were used least. First check: the number and the size of sessions, and whether they expire; then raise maxDataGb.',
    }],
  };
}

function ecpu(metricOf: MetricOf): Graph {
  const metric = math('ECPU (% of the limit)', '100 * ecpu / PERIOD(ecpu) / 6000', { ecpu: metricOf('ElastiCacheProcessingUnits', 'Sum', 'ECPU') });
  return {
    title: 'ECPU',
    left: [metric],
    axis: PERCENT,
    alarms: [{
      ...FULL,
      name: 'Sessions-ECPU-Usage',
      metric,
      says: 'The session store has used more than 75 % of its ECPU per second for a quarter of an hour: above the limit it turns requests away. First check: whether the traffic brought it; then raise maxEcpuPerSecond.',
    }],
  };
}

function throttled(metricOf: MetricOf): Graph {
  const total = metricOf('TotalCmdsCount', 'Sum', 'Commands');
  const metric = math('Turned away (%)', 'IF(total >= 100, 100 * throttled / total, 0)', {
    throttled: metricOf('ThrottledCmds', 'Sum', 'Throttled'), total,
  });
  return {
    title: 'Commands throttled',
    left: [metric],
    right: [total],
    axis: PERCENT,
    alarms: [{
      name: 'Sessions-Throttle-Rate',
      severity: 'Critical',
      symptom: 'Failing',
      metric,
      threshold: 1,
      says: 'The session store has turned away more than 1 % of its requests for a quarter of an hour: users are logged out, or get errors. First check: whether it is at its limit of ECPU, or the traffic grew faster than it can; then raise maxEcpuPerSecond, or set minEcpuPerSecond.',
      runbook: RUNBOOK,
    }],
  };
}

function evicted(metricOf: MetricOf): Graph {
  const metric = metricOf('Evictions', 'Sum', 'Dropped');
  const alarm = { name: 'Sessions-Items-Evicted', metric, runbook: RUNBOOK };
  return {
    title: 'Evicted items',
    left: [metric],
    right: [metricOf('CurrItems', 'Maximum', 'Items')],
    axis: COUNT,
    alarms: [{
      ...alarm,
      severity: 'Warning',
      threshold: 0,
      says: 'The session store has been dropping sessions to make room for a quarter of an hour: whoever comes back to them is logged out. First check: how full it is and whether sessions expire; then enlarge it.',
    }, {
      ...alarm,
      severity: 'Critical',
      symptom: 'Failing',
      threshold: 100,
      says: 'The session store has dropped more than 100 sessions in 5 minutes, three times in a row: users are logged out. First check: how full it is and whether sessions expire; then enlarge it.',
    }],
  };
}
