import { Duration } from 'aws-cdk-lib';
import { AlarmStatusWidget, GraphWidget, HorizontalAnnotation, IWidget, SingleValueWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmWithAnnotation, MonitoringHeaderWidget } from 'cdk-monitoring-constructs';
import { daysOf } from './slo-alarms';
import { burnsOf } from './slo-burn';
import { attained, budgetLeft, burnRate } from './slo-expressions';
import { Severity } from '../../../core';
import { ISlo } from '../contract';
import { SloCounts } from '../slo-counts';

const HEIGHT = 5;

/** What is promised, and how it goes. */
export function overview(slo: ISlo, counts: SloCounts, alarms: AlarmWithAnnotation[]): IWidget[] {
  const span = daysOf(slo.window);
  return [
    new MonitoringHeaderWidget({ family: 'Objective', title: `${slo.objective} % of ${slo.promise}` }),
    new SingleValueWidget({
      title: `Error budget left, last ${span} (%)`,
      metrics: [budgetLeft(slo, counts)],
      ...overWindow(slo),
    }),
    new SingleValueWidget({
      title: `Kept, last ${span} (%)`,
      metrics: [attained(counts, slo.window)],
      fullPrecision: true,
      ...overWindow(slo),
    }),
    new GraphWidget({
      title: 'Burn rate (1: the budget lasts its window)',
      left: [burnRate(slo, counts, Duration.hours(1))],
      leftYAxis: { min: 0, label: 'times', showUnits: false },
      leftAnnotations: burnsOf(slo).map(({ rate, long, severity }): HorizontalAnnotation => ({
        value: rate,
        label: `${rate} for ${long.toHumanString()} ${severity === Severity.CRITICAL ? 'wakes somebody' : 'is for working hours'}`,
      })),
      start: startOf(slo),
      width: 8,
      height: HEIGHT,
    }),
    new AlarmStatusWidget({ title: 'Alarms on the error budget', alarms: alarms.map(({ alarm }) => alarm), width: 6, height: HEIGHT }),
  ];
}

/** Day by day, against what is promised. */
export function history(slo: ISlo, counts: SloCounts): IWidget {
  return new GraphWidget({
    title: `Kept day by day (%): ${slo.promise}`,
    left: [attained(counts, Duration.days(1))],
    leftYAxis: { min: lowest(slo), max: 100, showUnits: false },
    leftAnnotations: [{ value: slo.objective, label: `${slo.objective} % is promised` }],
    start: startOf(slo),
    width: 24,
    height: HEIGHT,
  });
}

/** Twice as bad as promised is at the foot: on an axis from 0 the difference that matters would not be seen. */
function lowest({ objective }: ISlo): number {
  return Math.max(0, Number((100 - 2 * (100 - objective)).toFixed(6)));
}

/** One value of the whole window, whatever the board shows. */
function overWindow(slo: ISlo) {
  return { start: startOf(slo), setPeriodToTimeRange: true, width: 5, height: HEIGHT };
}

function startOf({ window }: ISlo): string {
  return `-P${window.toDays()}D`;
}
