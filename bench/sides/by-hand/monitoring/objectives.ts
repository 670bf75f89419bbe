import { Duration, Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget, GraphWidget, GraphWidgetProps, IAlarm, IMetric, IWidget, MathExpression, SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationLoadBalancer, HttpCodeElb, HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Alarms, Severity, Symptom } from './alarms';
import { Boards, heading, math } from './sections';

interface Objective {
  readonly name: string;
  readonly target: number;
  /** Share of the requests that may be bad. */
  readonly budget: number;
  readonly text: string;
  readonly symptom: Symptom;
  readonly bad: IMetric;
}

const WINDOWS: { name: string; rate: number; severity: Severity; long: [string, Duration]; short: [string, Duration]; spent: number }[] = [
  { name: 'Fast-Burn', rate: 14.4, severity: 'Critical', long: ['1 hour', Duration.hours(1)], short: ['5 minutes', Duration.minutes(5)], spent: 2 },
  { name: 'Steady-Burn', rate: 6, severity: 'Critical', long: ['6 hours', Duration.hours(6)], short: ['30 minutes', Duration.minutes(30)], spent: 5 },
  { name: 'Slow-Burn', rate: 1, severity: 'Warning', long: ['3 days', Duration.days(3)], short: ['6 hours', Duration.hours(6)], spent: 10 },
];
const MONTH = Duration.days(30);
const START = '-P30D';
const KEPT = '100 - 100 * FILL(sloBad, 0) / sloTotal';

/** Two objectives: alarms on the rate at which their budgets burn, and what is left of them. */
export function addObjectives(stack: Stack, alarms: Alarms, boards: Boards, { metrics }: ApplicationLoadBalancer): void {
  const balancerOwn5xx = metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, { label: 'Failed by the balancer' });
  const balancerSent = metrics.requestCount({ label: 'Sent to units' });
  const unit5xx = metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, { label: 'Failed by units' });
  const sloGood = metrics.targetResponseTime({ statistic: 'TC(:1)', label: 'Answered within 1000 ms' });
  const balancerOwn503 = metrics.httpCodeElb(HttpCodeElb.ELB_503_COUNT, { label: 'No unit for them' });
  const sloTotal = math('Requests', 'FILL(balancerSent, 0) + FILL(balancerOwn503, 0)', { balancerSent, balancerOwn503 });
  const objectives: Objective[] = [{
    name: 'Availability',
    target: 99.9,
    budget: 0.001,
    text: 'requests are answered without an error',
    symptom: 'Failing',
    bad: math('Failed', 'FILL(unit5xx, 0) + FILL(balancerOwn5xx, 0)', { unit5xx, balancerOwn5xx }),
  }, {
    name: 'Latency',
    target: 99,
    budget: 0.01,
    text: 'requests are answered within 1 second',
    symptom: 'Slow',
    bad: math('Bad', 'sloTotal - FILL(sloGood, 0)', { sloTotal, sloGood }),
  }];
  for (const objective of objectives) {
    const burning = createBurnAlarms(alarms, objective, sloTotal);
    for (const board of [boards.platform, boards.service]) {
      board.addWidgets(heading(`Objective **${objective.target} % of ${objective.text}**`));
      board.addWidgets(...summary(stack, objective, sloTotal, burning));
    }
    boards.platform.addWidgets(dayByDay(stack, objective, sloTotal));
  }
}

function createBurnAlarms(alarms: Alarms, objective: Objective, sloTotal: IMetric): IAlarm[] {
  return WINDOWS.map(({ name, rate, severity, long, short, spent }) => {
    const halves = ([['Long', long], ['Short', short]] as const).map(([half, [words, period]]) => alarms.create({
      name: `${objective.name}-${name}-${half}`,
      metric: burnRate(objective, sloTotal, period),
      threshold: rate,
      points: [1, 1],
      says: `Within ${words} the error budget burned more than ${rate} times faster than it may. One half of the alarm ${name}, it tells nobody. First check: is the other half raised, too?`,
      runbook: 'error-budget-burns',
    }));
    return alarms.both(`${objective.name}-${name}`, severity, severity === 'Critical' ? objective.symptom : undefined,
      `${objective.target} % of ${objective.text}: that is promised over 30 days, and its error budget burns more than ${rate} times faster than it may; within ${long[0]} ${spent} % of it is gone. First check: since when does it burn, and what was deployed or changed then?`,
      halves);
  });
}

function burnRate({ budget, bad }: Objective, sloTotal: IMetric, period: Duration): MathExpression {
  return math('Burn rate', `IF(FILL(sloTotal, 0) >= 20 AND FILL(sloBad, 0) >= 5, FILL(sloBad, 0) / FILL(sloTotal, 0) / ${budget}, 0)`,
    { sloTotal, sloBad: bad }, period);
}

function summary({ region }: Stack, objective: Objective, sloTotal: IMetric, alarms: IAlarm[]): IWidget[] {
  const using = { sloTotal, sloBad: objective.bad };
  const value = { region, width: 5, height: 5, setPeriodToTimeRange: true, start: START };
  return [
    new SingleValueWidget({
      ...value, title: 'Error budget left, last 30 days (%)', metrics: [math('Left', `${KEPT} / ${objective.budget}`, using, MONTH)],
    }),
    new SingleValueWidget({ ...value, title: 'Kept, last 30 days (%)', fullPrecision: true, metrics: [math('Good', KEPT, using, MONTH)] }),
    new GraphWidget({
      region,
      title: 'Burn rate (1: the budget lasts its window)',
      width: 8,
      height: 5,
      start: START,
      left: [burnRate(objective, sloTotal, Duration.hours(1))],
      leftAnnotations: WINDOWS.map(({ rate, severity, long: [words] }) => ({
        value: rate, label: `${rate} for ${words} ${severity === 'Critical' ? 'wakes somebody' : 'is for working hours'}`,
      })),
      leftYAxis: { min: 0, label: 'times', showUnits: false },
    }),
    new AlarmStatusWidget({ title: 'Alarms on the error budget', alarms, width: 6, height: 5 }),
  ];
}

function dayByDay({ region }: Stack, { target, text, bad }: Objective, sloTotal: IMetric): IWidget {
  const props: GraphWidgetProps = {
    left: [math('Good', KEPT, { sloTotal, sloBad: bad }, Duration.days(1))],
    leftAnnotations: [{ value: target, label: `${target} % is promised` }],
    leftYAxis: { min: 2 * target - 100, max: 100, showUnits: false },
  };
  return new GraphWidget({ ...props, region, title: `Kept day by day (%): ${text}`, width: 24, height: 5, start: START });
}
