import { Duration, Token } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import {
  CountAxisFromZero, CustomMetricGroup, MetricFactory, MetricStatistic, MetricWithAlarmSupport, MonitoringFacade, PercentageAxisFromZero,
  TimeAxisMillisFromZero,
} from 'cdk-monitoring-constructs';
import { Construct, IConstruct } from 'constructs';
import { Severity } from '../../../core';
import { MAX_FAILED, MIN_REQUESTS, QUARTER_OF_AN_HOUR } from '../../../core/private/alarms/thresholds';
import { AlarmAdvice, withAdvice } from '../../../core/private/alarms/with-advice';
import { ComputeContext } from '../../../workload';
import { atMaximum, UNHURRIED, UNIT_ALARMS, UnitAlarms, unitNames } from '../../../workload/private/unit-alarms';
import { answersOf, healthOf, watchAfterFirst } from '../../../workload/private/unit-health';

/** What of a function is watched. */
export interface WatchedFunction {
  readonly fn: CfnFunction;
  readonly timeoutSeconds: number;
  /** Once it is behind a balancer. */
  readonly targetGroups?: ApplicationTargetGroup[];
  /** By which it is. */
  readonly units?: IConstruct;
}

/** Percent of the timeout from which on requests are about to be cut off. */
const NEAR_TIMEOUT = 80;

const ERRORS: AlarmAdvice = {
  why: `For a quarter of an hour more than ${MAX_FAILED} % of the invocations have failed: the function throws, ends, or takes longer than its timeout.`,
  firstCheck: 'the application\'s log for errors and for `Task timed out`, and whether a version has just gone live.',
  runbook: 'requests-fail',
};
const THROTTLES: AlarmAdvice = {
  why: 'For a quarter of an hour requests have been turned away, since there were as many executions as there may be.',
  firstCheck: 'whether the executions are at their reserved concurrency, on the board; then whether requests have become slow, each of which holds an execution.',
  runbook: 'application-is-saturated',
};
const SLOW: AlarmAdvice = {
  why: `For a quarter of an hour the slowest requests have taken more than ${NEAR_TIMEOUT} % of the function's timeout, after which they are cut off.`,
  firstCheck: 'what they wait for: the database, or the API of somebody else; then whether the last version is slower.',
  runbook: 'answers-are-slow',
};
const SPILLOVER: AlarmAdvice = {
  why: `For a quarter of an hour more than ${MAX_FAILED} % of the requests have found none of the executions that stand ready, and may have waited for one to start.`,
  firstCheck: 'whether traffic has grown beyond the base that was described, and whether executions are still being made ready after a new version.',
  runbook: 'application-is-saturated',
};

const LONG = {
  period: UNHURRIED,
  ...QUARTER_OF_AN_HOUR,
  comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
  // No invocation, so none fails.
  treatMissingDataOverride: TreatMissingData.NOT_BREACHING,
};
const above = (threshold: number, advice: AlarmAdvice): UnitAlarms => ({ [Severity.WARNING]: { ...LONG, threshold, ...withAdvice(advice) } });

/** Executions, health and failures for the team, the rest for engineers. */
export function monitorFunction(
  monitoring: MonitoringFacade, scope: Construct, { fn, timeoutSeconds, targetGroups, units }: WatchedFunction, { capacity, label }: ComputeContext,
): void {
  const metrics = new FunctionMetrics(monitoring.createMetricFactory(), fn.ref);
  monitoring.monitorCustom({
    ...unitNames(label),
    metricGroups: [
      {
        title: 'Executions at once, and those of them that stood ready',
        addToSummaryDashboard: true,
        graphWidgetAxis: CountAxisFromZero,
        metrics: [
          { metric: metrics.of('ConcurrentExecutions', MetricStatistic.MAX, 'At once'), alarmFriendlyName: UNIT_ALARMS.atMaximum, addAlarm: atMaximum(capacity) },
          metrics.of('ProvisionedConcurrentExecutions', MetricStatistic.MAX, 'Ready and busy'),
        ],
      },
      ...targetGroups === undefined || units === undefined ? [] : [healthOf(monitoring, targetGroups, units)],
      failuresOf(metrics, capacity.minUnits > 0),
      throttlesOf(metrics),
      ...Token.isUnresolved(timeoutSeconds) ? [] : [durationOf(metrics, timeoutSeconds)],
      ...targetGroups === undefined ? [] : [answersOf(monitoring, targetGroups)],
    ],
  });
  if (units !== undefined) watchAfterFirst(monitoring, units);
  const lambdaFunction = LambdaFunction.fromFunctionAttributes(scope, 'Watched', { functionArn: fn.attrArn, sameEnvironment: true });
  monitoring.monitorLambdaFunction({ ...unitNames(label), lambdaFunction, addToSummaryDashboard: false });
}

/** Of all versions together: one that goes live is the same function. */
class FunctionMetrics {
  constructor(private readonly factory: MetricFactory, private readonly functionName: string) {}

  public of(name: string, statistic: MetricStatistic, label: string): MetricWithAlarmSupport {
    return this.factory.createMetric(name, statistic, label, { FunctionName: this.functionName }, undefined, 'AWS/Lambda');
  }

  /** In percent of the invocations, of enough. */
  public share(name: string, id: string, label: string): MetricWithAlarmSupport {
    const sum = (metric: string) => this.of(metric, MetricStatistic.SUM, metric).with({ period: UNHURRIED });
    return this.factory.createMetricMath(`(invocations >= ${MIN_REQUESTS}) * 100 * FILL(${id}, 0) / invocations`,
      { [id]: sum(name), invocations: sum('Invocations') }, label, undefined, UNHURRIED);
  }
}

function failuresOf(metrics: FunctionMetrics, standsReady: boolean): CustomMetricGroup {
  const spillover = {
    metric: metrics.share('ProvisionedConcurrencySpilloverInvocations', 'spilled', 'Found none ready'),
    alarmFriendlyName: 'None-Ready',
    addAlarm: above(MAX_FAILED, SPILLOVER),
  };
  return {
    title: 'Invocations that failed, and those that found no execution ready (%)',
    addToSummaryDashboard: true,
    graphWidgetAxis: PercentageAxisFromZero,
    metrics: [
      { metric: metrics.share('Errors', 'failed', 'Failed'), alarmFriendlyName: 'Function-Errors', addAlarm: above(MAX_FAILED, ERRORS) },
      ...standsReady ? [spillover] : [],
    ],
  };
}

function throttlesOf(metrics: FunctionMetrics): CustomMetricGroup {
  return {
    title: 'Requests turned away',
    graphWidgetAxis: CountAxisFromZero,
    metrics: [{ metric: metrics.of('Throttles', MetricStatistic.SUM, 'Turned away'), alarmFriendlyName: 'Throttles', addAlarm: above(0, THROTTLES) }],
  };
}

function durationOf(metrics: FunctionMetrics, timeoutSeconds: number): CustomMetricGroup {
  const near = Duration.seconds(timeoutSeconds).toMilliseconds() * NEAR_TIMEOUT / 100;
  return {
    title: 'Duration of the slowest in a hundred (ms)',
    graphWidgetAxis: TimeAxisMillisFromZero,
    metrics: [{ metric: metrics.of('Duration', MetricStatistic.P99, 'P99'), alarmFriendlyName: 'Duration', addAlarm: above(near, SLOW) }],
  };
}
