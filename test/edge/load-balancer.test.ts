import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { ListenerAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { EnvironmentProfile, IRequestIndicators, Symptom } from '../../src';
import { LoadBalancer } from '../../src/edge/private/load-balancer';
import { ground } from '../support/blocks';
import { compileMath, Value } from '../support/metric-math';
import { once } from '../support/platform';
import { propertiesOf } from '../support/template';
import { Query, titlesOf, Watched } from '../support/watched';

/** What the balancer counted in a minute, by metric. */
interface Minute {
  readonly [metric: string]: number;
}

function balancer() {
  const { stack, scope, context } = ground(EnvironmentProfile.development());
  const loadBalancer = new LoadBalancer(scope, 'LoadBalancer', {
    ...context, subnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS }, accessLogs: new Bucket(stack, 'Logs'),
  });
  loadBalancer.listener.addAction('Nothing', { action: ListenerAction.fixedResponse(404) });
  return { stack, loadBalancer };
}

/** The queries of one alarm on an expression over the indicators. */
function queriesOf(expression: string, metricsOf: (indicators: IRequestIndicators) => MathExpression['usingMetrics'], period = Duration.minutes(5)): Query[] {
  const { stack, loadBalancer } = balancer();
  new MathExpression({ expression, usingMetrics: metricsOf(loadBalancer.indicators), period }).createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
  return propertiesOf(Template.fromStack(stack), 'AWS::CloudWatch::Alarm').Metrics as Query[];
}

const measured = (queries: Query[]) => queries.map(({ Id, Expression, MetricStat }) =>
  `${Id}: ${Expression ?? `${MetricStat!.Metric.MetricName} ${MetricStat!.Stat} ${MetricStat!.Period}`}`);

describe('the indicators of the load balancer', () => {
  test('stand together in one alarm, each metric once and over one period', () => {
    const queries = queriesOf('IF(requests > 100, (failed + requests - within) / requests, 0)',
      indicators => ({ requests: indicators.requests, failed: indicators.failed, within: indicators.within(Duration.seconds(1)) }));
    expect(measured(queries).slice(1)).toEqual([
      'requests: FILL(balancerSent, 0) + FILL(balancerOwn503, 0)',
      'balancerSent: RequestCount Sum 300',
      'balancerOwn503: HTTPCode_ELB_503_Count Sum 300',
      'failed: FILL(unit5xx, 0) + FILL(balancerOwn5xx, 0)',
      'unit5xx: HTTPCode_Target_5XX_Count Sum 300',
      'balancerOwn5xx: HTTPCode_ELB_5XX_Count Sum 300',
      'within: TargetResponseTime TC(:1) 300',
    ]);
  });

  test('count what units were sent and what there was no unit for', () => {
    expect(measured(queriesOf('requests', ({ requests }) => ({ requests })))).toEqual([
      expect.stringMatching(/^\w+: requests$/),
      'requests: FILL(balancerSent, 0) + FILL(balancerOwn503, 0)',
      'balancerSent: RequestCount Sum 300',
      'balancerOwn503: HTTPCode_ELB_503_Count Sum 300',
    ]);
    expect(measured(queriesOf('failed', ({ failed }) => ({ failed }))).slice(1)).toEqual([
      'failed: FILL(unit5xx, 0) + FILL(balancerOwn5xx, 0)',
      'unit5xx: HTTPCode_Target_5XX_Count Sum 300',
      'balancerOwn5xx: HTTPCode_ELB_5XX_Count Sum 300',
    ]);
  });

  test.each([[Duration.millis(250), 'TC(:0.25)'], [Duration.seconds(2), 'TC(:2)']])('count answers within %s by a trimmed count', (threshold, statistic) => {
    const { loadBalancer: { indicators } } = balancer();
    expect(indicators.within(threshold)).toMatchObject({ metricName: 'TargetResponseTime', statistic });
  });

  test('are of a minute until whoever uses them says otherwise', () => {
    const { requests, failed } = balancer().loadBalancer.indicators;
    [requests, failed].forEach(({ period }) => expect(period.toSeconds()).toBe(60));
    expect(requests.with({ period: Duration.hours(1) }).period.toHours()).toBe(1);
  });
});

const watched = once(() => {
  const { stack, loadBalancer } = balancer();
  return new Watched(monitoring => loadBalancer.monitorWith(monitoring), stack);
});

describe('the monitoring of the load balancer', () => {
  test('wakes somebody when requests fail, three minutes of six, once there are enough', () => {
    const alarm = watched().alarm('Load-Balancer-Failed-Critical');
    expect(alarm).toMatchObject({
      Threshold: 5, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 6, DatapointsToAlarm: 3, TreatMissingData: 'notBreaching',
    });
    expect(measured(alarm.Metrics)).toEqual([
      expect.stringMatching(/^\w+: IF\(requests >= 20, 100 \* FILL\(failed, 0\) \/ requests, 0\)$/),
      'requests: FILL(balancerSent, 0) + FILL(balancerOwn503, 0)',
      'balancerSent: RequestCount Sum 60',
      'balancerOwn503: HTTPCode_ELB_503_Count Sum 60',
      'failed: FILL(unit5xx, 0) + FILL(balancerOwn5xx, 0)',
      'unit5xx: HTTPCode_Target_5XX_Count Sum 60',
      'balancerOwn5xx: HTTPCode_ELB_5XX_Count Sum 60',
    ]);
    expect(alarm.AlarmDescription).toMatch(/^More than 5 % of the requests fail, .* First check: .*\/requests-fail\.md$/s);
  });

  test('warns when one answer in a hundred is slow, of a hundred answers at the least', () => {
    const alarm = watched().alarm('Load-Balancer-Slow-Warning');
    expect(alarm).toMatchObject({ Threshold: 2, EvaluationPeriods: 3, DatapointsToAlarm: 3, TreatMissingData: 'notBreaching' });
    expect(watched().expression('Load-Balancer-Slow-Warning')).toBe('IF(sampleCount > 100, metric)');
    expect(watched().measures('Load-Balancer-Slow-Warning')).toEqual([
      'metric: AWS/ApplicationELB TargetResponseTime p99', 'sampleCount: AWS/ApplicationELB TargetResponseTime SampleCount',
    ]);
    expect(alarm.AlarmDescription).toContain('/answers-are-slow.md');
  });

  test('says that nothing works when nearly all fails, as without a database that the health check does not ask', () => {
    expect(watched().alarm('Load-Balancer-Down-Critical')).toMatchObject({ Threshold: 90, EvaluationPeriods: 6, DatapointsToAlarm: 3, TreatMissingData: 'notBreaching' });
    expect(watched().expression('Load-Balancer-Down-Critical')).toBe('IF(requests >= 20, 100 * FILL(failed, 0) / requests, 0)');
  });

  // As AWS counts: what had a unit chosen for it is a request, whatever became of it; 502, 503 and 504 are among the balancer's 5xx.
  test.each<[string, Minute, number]>([
    ['every unit hangs', { RequestCount: 600, HTTPCode_ELB_5XX_Count: 600 }, 100],
    ['there is no unit', { HTTPCode_ELB_5XX_Count: 600, HTTPCode_ELB_503_Count: 600 }, 100],
    ['every unit fails', { RequestCount: 600, HTTPCode_Target_5XX_Count: 600 }, 100],
    ['half of them hang, and half answer', { RequestCount: 600, HTTPCode_ELB_5XX_Count: 300 }, 50],
    ['half hang, until there is no unit for a quarter', { RequestCount: 450, HTTPCode_ELB_5XX_Count: 450, HTTPCode_ELB_503_Count: 150 }, 75],
    ['all is well', { RequestCount: 600 }, 0],
  ])('measures the whole of an outage: %s', (_, minute, share) => {
    const { Metrics } = watched().alarm('Load-Balancer-Down-Critical');
    const valueOf = (id: string): Value => {
      const { Expression, MetricStat } = Metrics.find(({ Id }) => Id === id)!;
      return Expression === undefined ? minute[MetricStat!.Metric.MetricName] : compileMath(Expression)(valueOf);
    };
    expect(valueOf(Metrics[0].Id)).toBe(share);
  });

  test('warns when the balancer has nobody to ask', () => {
    expect(watched().alarm('Load-Balancer-Unanswered-Warning')).toMatchObject({ Threshold: 1, EvaluationPeriods: 6, DatapointsToAlarm: 3 });
    expect(watched().expression('Load-Balancer-Unanswered-Warning')).toBe('IF(requests >= 20, 100 * FILL(balancerOwn5xx, 0) / requests, 0)');
    expect(watched().alarmNames).toHaveLength(4);
  });

  test('tells customers\' symptoms from causes', () => {
    expect(watched().withAdvice).toEqual({
      'Load-Balancer-Failed-Critical': `${Symptom.FAILING}, requests-fail`,
      'Load-Balancer-Down-Critical': `${Symptom.DOWN}, application-is-down`,
      'Load-Balancer-Slow-Warning': 'answers-are-slow',
      'Load-Balancer-Unanswered-Warning': 'requests-fail',
    });
  });

  test('shows the team the golden signals in plain words, and engineers more', () => {
    const signals = ['Traffic: requests per minute', 'Errors: failed requests (%)', 'Latency: time to answer (s)'];
    expect(titlesOf(watched().summary)).toEqual(signals);
    expect(titlesOf(watched().detail)).toEqual([...signals, 'Who fails (% of the requests)', 'Connections']);
    ['p50', 'p90', 'p99'].forEach(statistic => expect(watched().summary).toContain(`"stat":"${statistic}"`));
  });
});
