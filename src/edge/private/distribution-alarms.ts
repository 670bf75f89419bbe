import { Duration } from 'aws-cdk-lib';
import { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { ComparisonOperator, IMetric, MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { CustomMetricGroup, IMetricAdjuster, MetricWithAlarmSupport, MonitoringFacade, TimeAxisMillisFromZero } from 'cdk-monitoring-constructs';
import { Severity, Symptom } from '../../core';
import { MAX_FAILED, MIN_REQUESTS, QUARTER_OF_AN_HOUR } from '../../core/private/alarms/thresholds';
import { withAdvice, AlarmAdvice } from '../../core/private/alarms/with-advice';
import { US_EAST_1 } from '../../core/private/regions';

/** What is watched of a distribution, and from where. */
export interface WatchedDistribution {
  readonly distribution: IDistribution;
  /** Whether alarms can be made: in us-east-1 alone. */
  readonly alarms: boolean;
  /** Whether it has the metrics that CloudFront charges for. */
  readonly additionalMetrics: boolean;
  /** Requests that are answered by 503 on purpose, by what does it: each a count, whose sum is no failure. */
  readonly closed: { readonly [name: string]: IMetric };
}

const NAMES = { humanReadableName: 'Edge', alarmFriendlyName: 'Edge' };

/** Milliseconds that one in a hundred of the answers that are not cached may take: a second more than at the load balancer. */
const MAX_LATENCY = 3000;
/** Requests of 5 minutes below which one in a hundred is none at all. */
const MIN_REQUESTS_FOR_LATENCY = 100;

const FAILING: AlarmAdvice = {
  why: `More than ${MAX_FAILED} % of the answers at the edge are errors of the service (HTTP 5xx), those of maintenance and of the waiting page aside.`,
  firstCheck: 'whether the load balancer fails as well: if not, the edge does not reach it; then the last change of the edge, and AWS Health for CloudFront.',
  runbook: 'requests-fail',
  symptom: Symptom.FAILING,
};
const SLOW: AlarmAdvice = {
  why: `One in a hundred of the answers that the edge does not keep takes longer than ${MAX_LATENCY / 1000} s.`,
  firstCheck: 'whether the load balancer is slow as well: if not, look at media and at the way between the edge and the balancer.',
  runbook: 'answers-are-slow',
};

/** Counts a period with too few requests as one without failures, and says nothing of one whose requests have not arrived yet. */
class WithEnoughRequests implements IMetricAdjuster {
  constructor(private readonly distribution: IDistribution, private readonly minRequests: number) {}

  public adjustMetric(metric: MetricWithAlarmSupport): MetricWithAlarmSupport {
    return new MathExpression({
      expression: `IF(requests >= ${this.minRequests}, watched, 0)`,
      usingMetrics: { watched: metric, requests: metricOf(this.distribution, 'Requests', Stats.SUM, 'Requests') },
      label: metric.label,
      period: metric.period,
    });
  }
}

/**
 * Answers of 503 that somebody wants, those of maintenance and of the waiting page, are neither requests nor failures. They are counted elsewhere
 * than CloudFront's requests, so that a few may stand in the minute before or after: as many again as the share that is borne do not count.
 */
class WithoutWanted implements IMetricAdjuster {
  constructor(private readonly distribution: IDistribution, private readonly wanted: WatchedDistribution['closed']) {}

  public adjustMetric(metric: MetricWithAlarmSupport): MetricWithAlarmSupport {
    const closed = Object.keys(this.wanted).map(name => `FILL(${name}, 0)`).join(' + ');
    const others = `(requests - (${closed}))`;
    return new MathExpression({
      expression: `IF(${others} >= ${MIN_REQUESTS}, (watched * requests - ${100 + MAX_FAILED} * (${closed})) / ${others}, 0)`,
      usingMetrics: { watched: metric, requests: metricOf(this.distribution, 'Requests', Stats.SUM, 'Requests'), ...this.wanted },
      label: metric.label,
      period: metric.period,
    });
  }
}

/** How often a function of CloudFront ran. */
export function invocationsOf(functionName: string): Metric {
  return new Metric({
    namespace: 'AWS/CloudFront', metricName: 'FunctionInvocations', statistic: Stats.SUM, region: US_EAST_1, dimensionsMap: { FunctionName: functionName, Region: 'Global' },
  });
}

/** Traffic, errors and hits of a distribution, and what the edge waits for. */
export function monitorDistribution(monitoring: MonitoringFacade, watched: WatchedDistribution): void {
  const { distribution, alarms, additionalMetrics, closed } = watched;
  const failing = {
    // In percent, as CloudFront reports it.
    maxErrorRate: MAX_FAILED,
    metricAdjuster: new WithoutWanted(distribution, closed),
    period: Duration.minutes(1),
    evaluationPeriods: 6,
    datapointsToAlarm: 3,
    treatMissingDataOverride: TreatMissingData.NOT_BREACHING,
    ...withAdvice(FAILING),
  };
  monitoring.monitorCloudFrontDistribution({
    ...NAMES,
    distribution,
    additionalMetricsEnabled: additionalMetrics,
    ...alarms ? { addFault5xxRate: { [Severity.CRITICAL]: failing } } : {},
  });
  if (additionalMetrics) monitoring.monitorCustom({ ...NAMES, metricGroups: [originLatency(watched)] });
}

function originLatency({ distribution, alarms }: WatchedDistribution): CustomMetricGroup {
  const percentile = (statistic: string, label: string) => metricOf(distribution, 'OriginLatency', statistic, label);
  const slowest = percentile('p99', '99 in a hundred');
  const slow = {
    threshold: MAX_LATENCY,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    metricAdjuster: new WithEnoughRequests(distribution, MIN_REQUESTS_FOR_LATENCY),
    ...QUARTER_OF_AN_HOUR,
    treatMissingDataOverride: TreatMissingData.NOT_BREACHING,
    ...withAdvice(SLOW),
  };
  return {
    title: 'Latency: time to the first byte of what is not cached (ms)',
    addToSummaryDashboard: true,
    graphWidgetAxis: TimeAxisMillisFromZero,
    metrics: [
      percentile('p50', 'half of the answers'),
      percentile('p90', 'nine in ten'),
      alarms ? { metric: slowest, alarmFriendlyName: 'Origin-Latency', addAlarm: { [Severity.WARNING]: slow } } : slowest,
    ],
  };
}

/** CloudFront's metrics are in us-east-1 (CloudFront developer guide). */
function metricOf({ distributionId }: IDistribution, metricName: string, statistic: string, label: string): Metric {
  return new Metric({
    namespace: 'AWS/CloudFront', metricName, statistic, label, region: US_EAST_1, dimensionsMap: { DistributionId: distributionId, Region: 'Global' },
  });
}
