import { Duration } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { MathExpression, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import { AGE, guarded, INDICATORS, Query, watched, Watched } from './slo-support';
import { EnvironmentProfile, ISlo, Severity, Slo, SloCounts, SloMonitoring, Symptom } from '../../src';
import { filled } from '../support/filled';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { Resource, resources, text } from '../support/template';

const HALF = 'AWS::CloudWatch::Alarm';
const WHOLE = 'AWS::CloudWatch::CompositeAlarm';
const AVAILABILITY = once(() => watched(Slo.availability()));

const halves = ({ template }: Watched) => resources(template, HALF);
const wholes = ({ template }: Watched) => resources(template, WHOLE);
const nameOf = ({ Properties }: Resource) => text(Properties.AlarmName);
const queriesOf = ({ Properties }: Resource) => Properties.Metrics as Query[];
/** Name, threshold and seconds of each half. */
const windowsOf = (those: Watched) => halves(those).map(half =>
  [nameOf(half), half.Properties.Threshold, ...new Set(queriesOf(half).flatMap(({ MetricStat }) => MetricStat?.Period ?? []))]);
/** What the first half computes: the expressions, then the metrics. */
const computed = (those: Watched) => queriesOf(halves(those)[0])
  .map(({ Id, Expression, MetricStat }) => Expression ?? `${Id} = ${MetricStat!.Stat} of ${MetricStat!.Metric.MetricName}`);

describe('the alarms of an objective', () => {
  test('look at a long and a short window each', () => {
    expect(windowsOf(AVAILABILITY())).toEqual([
      ['Shop-Availability-Fast-Burn-Long', 14.4, 3600],
      ['Shop-Availability-Fast-Burn-Short', 14.4, 300],
      ['Shop-Availability-Steady-Burn-Long', 6, 21600],
      ['Shop-Availability-Steady-Burn-Short', 6, 1800],
      ['Shop-Availability-Slow-Burn-Long', 1, 259200],
      ['Shop-Availability-Slow-Burn-Short', 1, 21600],
    ]);
  });

  test('judge one period as long as the window, and nothing where there is no data', () => {
    filled(halves(AVAILABILITY())).forEach(({ Properties }) => expect(Properties).toMatchObject({
      EvaluationPeriods: 1, DatapointsToAlarm: 1, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching',
    }));
  });

  test.each<[string, ISlo, string[]]>([
    ['failed requests', Slo.availability(), [guarded('0.001'), 'sloTotal = Sum of Requests', 'sloBad = Sum of Failed']],
    ['failed requests of another objective', Slo.availability({ objective: 99.95, minimumTraffic: 100, minimumBad: 10 }),
      [guarded('0.0005', 100, 10), 'sloTotal = Sum of Requests', 'sloBad = Sum of Failed']],
    ['a budget that computers write with an exponent', Slo.availability({ objective: 99.99999 }),
      [guarded('0.0000001'), 'sloTotal = Sum of Requests', 'sloBad = Sum of Failed']],
    ['slow requests', Slo.latency({ threshold: Duration.millis(500) }),
      [guarded('0.01'), 'sloTotal = Sum of Requests', 'sloTotal - FILL(sloGood, 0)', 'sloGood = TC(:0.5) of Time']],
    ['looks at old data', Slo.freshness({ age: AGE, threshold: Duration.minutes(15) }),
      [guarded('0.01', 1, 1), 'sloTotal = SampleCount of Age', 'sloTotal - FILL(sloGood, 0)', 'sloGood = TC(:900) of Age']],
    ['looks at old data in milliseconds', Slo.freshness({ age: AGE, threshold: Duration.minutes(15), ageUnit: Unit.MILLISECONDS }),
      [guarded('0.01', 1, 1), 'sloTotal = SampleCount of Age', 'sloTotal - FILL(sloGood, 0)', 'sloGood = TC(:900000) of Age']],
  ])('compute %s', (_, slo, expected) => {
    expect(computed(watched(slo))).toEqual(expected);
  });

  test('take metric math of one\'s own, over their windows, without a warning', () => {
    const { requests, failed } = INDICATORS;
    const all = new MathExpression({ expression: 'FILL(asked, 0) + FILL(turned, 0)', usingMetrics: { asked: requests, turned: failed }, period: Duration.minutes(1) });
    const own = watched(Slo.of({ name: 'Own', promise: 'it works', objective: 99, counts: SloCounts.fromBad(all, failed) }), { indicators: undefined });
    expect(computed(own)).toEqual([guarded('0.01'), 'FILL(asked, 0) + FILL(turned, 0)', 'asked = Sum of Requests', 'turned = Sum of Failed', 'sloBad = Sum of Failed']);
    expect(windowsOf(own).map(([, , ...seconds]) => seconds)).toEqual([[3600], [300], [21600], [1800], [259200], [21600]]);
    expect(Annotations.fromStack(own.stack).findWarning('*', Match.anyValue())).toEqual([]);
  });

  test('are raised when both halves are, by severity', () => {
    const those = AVAILABILITY();
    const [fastLong, fastShort, steadyLong, steadyShort, slowLong, slowShort] = halves(those).map(({ id }) => `ALARM("\${${id}.Arn}")`);
    expect(wholes(those).map(whole => [nameOf(whole), text(whole.Properties.AlarmRule)])).toEqual([
      ['Shop-Availability-Fast-Burn-Critical', `(${fastLong} AND ${fastShort})`],
      ['Shop-Availability-Steady-Burn-Critical', `(${steadyLong} AND ${steadyShort})`],
      ['Shop-Availability-Slow-Burn-Warning', `(${slowLong} AND ${slowShort})`],
    ]);
  });

  test('tell people where their severity goes, and again when it is over; their halves tell nobody', () => {
    const those = AVAILABILITY();
    const topics = wholes(those).map(({ Properties }) => [Properties.ActionsEnabled, text(Properties.AlarmActions), text(Properties.OKActions)]);
    const [pager, desk] = resources(those.template, 'AWS::SNS::Topic').map(({ id }) => `[\${${id}}]`);
    expect(topics).toEqual([[true, pager, pager], [true, pager, pager], [true, desk, desk]]);
    halves(those).forEach(({ Properties }) => {
      expect(Properties.ActionsEnabled).toBe(false);
      expect([Properties.AlarmActions, Properties.OKActions, Properties.InsufficientDataActions]).toEqual([undefined, undefined, undefined]);
    });
  });

  test('tell nobody where the profile wants it so', () => {
    const silent = watched(Slo.availability(), {}, EnvironmentProfile.development());
    expect(wholes(silent).map(({ Properties }) => Properties.ActionsEnabled)).toEqual([false, false, false]);
  });

  test('say what is promised, how much is gone, what to do first, and where to read', () => {
    const [fast, , slow] = wholes(AVAILABILITY()).map(({ Properties }) => text(Properties.AlarmDescription));
    const runbook = ' \r\nDocumentation: https://github.com/cdk-platform-patterns/cdk-platform-patterns/blob/main/docs/runbooks/error-budget-burns.md';
    expect(fast).toBe(`99.9 % of requests are answered without an error: that is promised over 30 days, and its error budget burns more than 14.4 times faster than it may; within 1 hour 2 % of it is gone. First check: since when does it burn (burn rate on the service board), and what was deployed or changed then? Take that back first, look for the cause after.${runbook}`);
    expect(slow).toBe(`99.9 % of requests are answered without an error: that is promised over 30 days, and its error budget burns faster than it may; within 3 days 10 % of it is gone. First check: since when does it burn (burn rate on the service board), and what was deployed or changed then? Mend it before the budget is gone.${runbook}`);
    [...wholes(AVAILABILITY()), ...halves(AVAILABILITY())].forEach(({ Properties }) => {
      expect(text(Properties.AlarmDescription)).toMatch(/First check: .*error-budget-burns\.md$/s);
      expect(text(Properties.AlarmDescription).length).toBeLessThan(700);
    });
    expect(text(halves(AVAILABILITY())[1].Properties.AlarmDescription)).toContain('Within 5 minutes the error budget burned more than 14.4 times faster than it may. One half of the alarm Fast-Burn, it tells nobody.');
  });

  test.each<[string, ISlo, [string, number][]]>([
    ['28 days, at which the slow one would forgive what breaks the promise', Slo.availability({ window: Duration.days(28) }), [['Fast', 13.44], ['Steady', 5.6], ['Slow', 1]]],
    ['a week', Slo.availability({ window: Duration.days(7) }), [['Fast', 3.36], ['Steady', 1.4], ['Slow', 1]]],
    ['an objective that can just burn that fast', Slo.availability({ objective: 93.1 }), [['Fast', 14.4], ['Steady', 6], ['Slow', 1]]],
    ['an objective that can never burn 14.4 times too fast', Slo.availability({ objective: 93 }), [['Steady', 6], ['Slow', 1]]],
    ['an objective that can never burn 6 times too fast', Slo.availability({ objective: 83 }), [['Slow', 1]]],
  ])('have the rates of %s', (_, slo, rates) => {
    expect(windowsOf(watched(slo)).map(([name, rate]) => [name, rate]))
      .toEqual(rates.flatMap(([burn, rate]) => ['Long', 'Short'].map(half => [`Shop-Availability-${burn}-Burn-${half}`, rate])));
  });

  test('acknowledge that their halves tell nobody, for these alone', () => {
    const those = AVAILABILITY();
    const acknowledged = (alarms: Resource[]) => alarms.map(alarm =>
      those.facade.node.findChild(nameOf(alarm)).node.metadata.filter(({ data }) => JSON.stringify(data).includes('CloudWatchAlarmAction')).length);
    expect(acknowledged(halves(those))).toEqual([3, 3, 3, 3, 3, 3]);
    expect(acknowledged(wholes(those))).toEqual([0, 0, 0]);
  });
});

describe('the facade knows of an objective', () => {
  test('the alarms that tell people, not their halves', () => {
    const { facade } = AVAILABILITY();
    expect(facade.createdAlarms().map(({ alarmName, alarmLabel, disambiguator }) => [alarmName, alarmLabel, disambiguator])).toEqual([
      ['Shop-Availability-Fast-Burn-Critical', 'Availability Fast-Burn Critical', Severity.CRITICAL],
      ['Shop-Availability-Steady-Burn-Critical', 'Availability Steady-Burn Critical', Severity.CRITICAL],
      ['Shop-Availability-Slow-Burn-Warning', 'Availability Slow-Burn Warning', Severity.WARNING],
    ]);
    expect(facade.createdAlarms().map(({ customParams }) => customParams!.advice.runbook)).toEqual(['error-budget-burns', 'error-budget-burns', 'error-budget-burns']);
    expect(facade.createdAlarmsWithDisambiguator(Severity.CRITICAL)).toHaveLength(2);
  });

  test.each<[string, ISlo, string, string[]]>([
    ['failing requests', Slo.availability(), Symptom.FAILING, ['Fast', 'Steady']],
    ['slow requests', Slo.latency(), Symptom.SLOW, ['Fast', 'Steady']],
    ['nothing of old data', Slo.freshness({ age: AGE, threshold: Duration.hours(1) }), Symptom.FAILING, []],
  ])('that customers notice %s while somebody is woken', (_, slo, symptom, burns) => {
    const { facade } = watched(slo);
    expect(facade.createdAlarmsWithTag(symptom).map(({ alarmName }) => alarmName)).toEqual(burns.map(burn => `Shop-${slo.name}-${burn}-Burn-Critical`));
  });

  test('a rule by which other alarms can ask for it', () => {
    const { stack, template, facade } = AVAILABILITY();
    const [alarm] = facade.createdAlarms();
    const rules = [alarm.alarmRuleWhenAlarming, alarm.alarmRuleWhenOk, alarm.alarmRuleWhenInsufficientData];
    const [{ id }] = resources(template, WHOLE);
    expect(rules.map(rule => text(stack.resolve(rule.renderAlarmRule())))).toEqual(['ALARM', 'OK', 'INSUFFICIENT_DATA'].map(state => `${state}("\${${id}.Arn}")`));
  });
});

describe('an objective that implements the contract itself', () => {
  const own: ISlo = {
    name: 'Uploads',
    promise: 'uploads arrive',
    objective: 99.5,
    window: Duration.days(30),
    minimumTraffic: 3,
    minimumBad: 2,
    symptom: Symptom.DOWN,
    countsOf: () => SloCounts.fromGood(INDICATORS.requests, INDICATORS.failed),
  };

  test('is watched as any', () => {
    const those = watched(own, { indicators: undefined });
    expect(computed(those)).toEqual([guarded('0.005', 3, 2), 'sloTotal = Sum of Requests', 'sloTotal - FILL(sloGood, 0)', 'sloGood = Sum of Failed']);
    expect(those.facade.createdAlarmsWithTag(Symptom.DOWN)).toHaveLength(2);
  });

  testRefusals([
    ['the same', () => watched({ ...own, objective: 100 }),
      '[Stack/Facade] \'objective\' must be above 0 and below 100, got 100: it is in percent, and 100 % would leave no error budget: every failure would break it; give a number such as 99.9'],
    ['requests that nobody counts', () => watched(Slo.availability(), { indicators: undefined }),
      '[Slo.availability] \'indicators\' must be given, got none: requests are what this objective counts; give SloMonitoring the indicators of what receives them, or use Slo.of with counts of your own'],
  ]);
});

test('several objectives of one platform stand side by side', () => {
  const those = watched(Slo.availability());
  those.facade.addSegment(new SloMonitoring(those.facade, { slo: Slo.availability({ name: 'Checkout' }), indicators: INDICATORS }));
  expect(those.facade.createdAlarms().map(({ alarmName }) => alarmName).filter(name => /Fast/.test(name)))
    .toEqual(['Shop-Availability-Fast-Burn-Critical', 'Shop-Checkout-Fast-Burn-Critical']);
});
