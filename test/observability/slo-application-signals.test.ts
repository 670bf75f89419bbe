import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { MathExpression, Metric, SearchExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { INDICATORS, Query, watched } from './slo-support';
import { Slo, SloCounts } from '../../src';
import { ACCOUNT } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { resources } from '../support/template';

interface RequestBasedSli {
  readonly RequestBasedSliMetric: { readonly MonitoredRequestCountMetric: { readonly BadCountMetric: Query[] } };
}

describe('an objective in Application Signals', () => {
  const TYPE = 'AWS::ApplicationSignals::ServiceLevelObjective';
  const propertiesOf = (template: Template) => resources(template, TYPE).map(({ Properties }) => Properties);
  const metric = (id: string, name: string, stat: string, returned: boolean) => ({
    Id: id, ReturnData: returned, MetricStat: { Metric: { Namespace: 'Test', MetricName: name, Dimensions: [{ Name: 'Service', Value: 'shop' }] }, Period: 60, Stat: stat },
  });

  test('is not there unless it is asked for', () => {
    expect(propertiesOf(watched(Slo.availability()).template)).toEqual([]);
  });

  test('counts requests, in the same window, with a burn rate for each alarm', () => {
    expect(propertiesOf(watched(Slo.availability({ window: Duration.days(28) }), { applicationSignals: true }).template)).toEqual([{
      Name: expect.stringMatching(/^Stack-Facade-Availability-Slo-[0-9a-f]{8}$/),
      Description: '99.9 % of requests are answered without an error',
      Goal: { AttainmentGoal: 99.9, Interval: { RollingInterval: { Duration: 28, DurationUnit: 'DAY' } } },
      BurnRateConfigurations: [{ LookBackWindowMinutes: 60 }, { LookBackWindowMinutes: 360 }, { LookBackWindowMinutes: 4320 }],
      RequestBasedSli: {
        RequestBasedSliMetric: {
          TotalRequestCountMetric: [metric('slo_total', 'Requests', 'Sum', true)],
          MonitoredRequestCountMetric: { BadCountMetric: [metric('slo_bad', 'Failed', 'Sum', true)] },
        },
      },
    }]);
  });

  test('takes metric math, of which the result alone is returned', () => {
    const [properties] = propertiesOf(watched(Slo.latency(), { applicationSignals: true }).template);
    expect(properties.RequestBasedSli).toMatchObject({
      RequestBasedSliMetric: {
        MonitoredRequestCountMetric: {
          BadCountMetric: [
            metric('sloTotal', 'Requests', 'Sum', false),
            metric('sloGood', 'Time', 'TC(:1)', false),
            { Id: 'slo_bad', Expression: 'sloTotal - FILL(sloGood, 0)', ReturnData: true },
          ],
        },
      },
    });
  });

  test('has what is used twice once', () => {
    const { requests, failed } = INDICATORS;
    const good = new MathExpression({ expression: 'asked - turned', usingMetrics: { asked: requests, turned: failed }, period: Duration.minutes(1) });
    const total = new MathExpression({ expression: 'asked + 0', usingMetrics: { asked: requests }, period: Duration.minutes(1) });
    const slo = Slo.of({ name: 'Own', promise: 'it works', objective: 99, counts: SloCounts.fromGood(total, good) });
    const [{ RequestBasedSli }] = propertiesOf(watched(slo, { applicationSignals: true }).template);
    const { RequestBasedSliMetric: { MonitoredRequestCountMetric: { BadCountMetric } } } = RequestBasedSli as RequestBasedSli;
    expect(BadCountMetric.map(({ Id }) => Id)).toEqual(['sloTotal', 'asked', 'sloGood', 'turned', 'slo_bad']);
  });

  test('names the account of what another one has, and no other', () => {
    const counts = SloCounts.fromBad((INDICATORS.requests as Metric).with({ account: '222222222222' }), (INDICATORS.failed as Metric).with({ account: ACCOUNT }));
    const slo = Slo.of({ name: 'Own', promise: 'it works', objective: 99, counts });
    const [properties] = propertiesOf(watched(slo, { applicationSignals: true }).template);
    expect(properties.RequestBasedSli).toEqual({
      RequestBasedSliMetric: {
        TotalRequestCountMetric: [{ ...metric('slo_total', 'Requests', 'Sum', true), AccountId: '222222222222' }],
        MonitoredRequestCountMetric: { BadCountMetric: [metric('slo_bad', 'Failed', 'Sum', true)] },
      },
    });
  });

  testRefusals([
    ['searches, as alarms do', () => {
      const total = new SearchExpression({ expression: 'SEARCH(\'{AWS/ApplicationELB,LoadBalancer} RequestCount\', \'Sum\')' });
      return watched(Slo.of({ name: 'Own', promise: 'it works', objective: 99, counts: SloCounts.fromBad(total, INDICATORS.failed) }), { applicationSignals: true });
    }, 'Search expressions are not supported in CloudWatch Alarms. Use search expressions only in dashboard graphs.'],
  ]);
});
