import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import {
  CountAxisFromZero, CustomMetricGroup, CustomThreshold, MetricWithAlarmSupport, MonitoringFacade, PercentageAxisFromZero,
  TimeAxisSecondsFromZero,
} from 'cdk-monitoring-constructs';
import { BalancerIndicators } from './balancer-indicators';
import { Severity, Symptom } from '../../core';
import { MAX_FAILED, MIN_REQUESTS, QUARTER_OF_AN_HOUR } from '../../core/private/alarms/thresholds';
import { withAdvice, AlarmAdvice } from '../../core/private/alarms/with-advice';

/** Percent of the requests from which on customers have nothing left that works. */
const ALL_FAILED = 90;
/** Percent of the requests that the balancer itself may have to answer: some do as units come and go. */
const MAX_OWN_FAILED = 1;
/** Seconds that one answer in a hundred may take. */
const MAX_LATENCY = 2;
/** Answers of 5 minutes below which one in a hundred is none at all. */
const MIN_ANSWERS = 100;

/**
 * Three bad minutes of six: soon enough for whoever waits, no single one wakes anybody, and three that have not arrived yet, and
 * count as none, hide nothing.
 */
const MINUTES = { period: Duration.minutes(1), evaluationPeriods: 6, datapointsToAlarm: 3 };

const FAILING: AlarmAdvice = {
  why: `More than ${MAX_FAILED} % of the requests fail, by the application or by the load balancer before it.`,
  firstCheck: 'which of the two fails, on the board; then the application\'s log, its last deployment, and whether its database answers.',
  runbook: 'requests-fail',
  symptom: Symptom.FAILING,
};
const DOWN: AlarmAdvice = {
  why: `More than ${ALL_FAILED} % of the requests fail: customers have nothing that works.`,
  firstCheck: 'whether units are healthy; if they are, what all pages need and the health check does not ask for: most often the database.',
  runbook: 'application-is-down',
  symptom: Symptom.DOWN,
};
const SLOW: AlarmAdvice = {
  why: `One answer in a hundred takes longer than ${MAX_LATENCY} s.`,
  firstCheck: 'whether the units or the database are saturated; then which pages are slow, in the access log.',
  runbook: 'answers-are-slow',
};
const UNANSWERED: AlarmAdvice = {
  why: `The load balancer itself answers more than ${MAX_OWN_FAILED} % of the requests, by an error: units are missing, close connections or take too long.`,
  firstCheck: 'how many units are healthy, and whether they restart or are out of memory.',
  runbook: 'requests-fail',
};

const ABOVE = {
  comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
  // Without requests there is nothing to measure, and nothing wrong.
  treatMissingDataOverride: TreatMissingData.NOT_BREACHING,
};

/** The golden signals at the load balancer, for the team; which tier fails, and connections, for engineers. */
export function monitorBalancer(monitoring: MonitoringFacade, balancer: ApplicationLoadBalancer, indicators: BalancerIndicators): void {
  monitoring.monitorCustom({
    humanReadableName: 'Load balancer',
    alarmFriendlyName: 'Load-Balancer',
    metricGroups: [
      traffic(indicators), errors(monitoring, indicators), latency(balancer), tiers(monitoring, indicators), connections(balancer),
    ],
  });
}

function traffic(indicators: BalancerIndicators): CustomMetricGroup {
  return {
    title: 'Traffic: requests per minute',
    addToSummaryDashboard: true,
    graphWidgetAxis: CountAxisFromZero,
    metrics: [indicators.requests],
  };
}

function errors(monitoring: MonitoringFacade, indicators: BalancerIndicators): CustomMetricGroup {
  return {
    title: 'Errors: failed requests (%)',
    addToSummaryDashboard: true,
    graphWidgetAxis: PercentageAxisFromZero,
    metrics: [{
      metric: shareOf(monitoring, 'failed', indicators.failed, indicators, 'Failed'),
      alarmFriendlyName: 'Failed',
      addAlarm: { [Severity.CRITICAL]: { ...ABOVE, ...MINUTES, threshold: MAX_FAILED, ...withAdvice(FAILING) } },
    }],
  };
}

function latency({ metrics }: ApplicationLoadBalancer): CustomMetricGroup {
  const percentile = (statistic: string, label: string) => metrics.targetResponseTime({ statistic, label });
  const slow: CustomThreshold = {
    ...ABOVE, ...QUARTER_OF_AN_HOUR, threshold: MAX_LATENCY, minSampleCountToEvaluateDatapoint: MIN_ANSWERS, ...withAdvice(SLOW),
  };
  return {
    title: 'Latency: time to answer (s)',
    addToSummaryDashboard: true,
    graphWidgetAxis: TimeAxisSecondsFromZero,
    metrics: [
      percentile('p50', 'half of the answers'),
      percentile('p90', 'nine in ten'),
      { metric: percentile('p99', '99 in a hundred'), alarmFriendlyName: 'Slow', addAlarm: { [Severity.WARNING]: slow } },
    ],
  };
}

function tiers(monitoring: MonitoringFacade, indicators: BalancerIndicators): CustomMetricGroup {
  const { failedByUnits, failedByBalancer } = indicators;
  return {
    title: 'Who fails (% of the requests)',
    graphWidgetAxis: PercentageAxisFromZero,
    metrics: [
      {
        metric: shareOf(monitoring, 'failed', indicators.failed, indicators, 'All'),
        alarmFriendlyName: 'Down',
        addAlarm: { [Severity.CRITICAL]: { ...ABOVE, ...MINUTES, threshold: ALL_FAILED, ...withAdvice(DOWN) } },
      },
      shareOf(monitoring, 'unit5xx', failedByUnits, indicators, 'Units'),
      {
        metric: shareOf(monitoring, 'balancerOwn5xx', failedByBalancer, indicators, 'Balancer'),
        alarmFriendlyName: 'Unanswered',
        addAlarm: { [Severity.WARNING]: { ...ABOVE, ...MINUTES, threshold: MAX_OWN_FAILED, ...withAdvice(UNANSWERED) } },
      },
    ],
  };
}

function connections({ metrics }: ApplicationLoadBalancer): CustomMetricGroup {
  return {
    title: 'Connections',
    graphWidgetAxis: CountAxisFromZero,
    metrics: [
      metrics.activeConnectionCount({ label: 'Active' }),
      metrics.newConnectionCount({ label: 'New' }),
      metrics.rejectedConnectionCount({ label: 'Rejected' }),
    ],
  };
}

/** In percent of the requests; 0 in a minute with too few. */
function shareOf(
  monitoring: MonitoringFacade, id: string, failures: IMetric, { requests }: BalancerIndicators, label: string,
): MetricWithAlarmSupport {
  return monitoring.createMetricFactory().createMetricMath(
    `IF(requests >= ${MIN_REQUESTS}, 100 * FILL(${id}, 0) / requests, 0)`, { requests, [id]: failures }, label, undefined, MINUTES.period);
}
