import { Duration } from 'aws-cdk-lib';
import { budgetOf, rounded } from './slo-expressions';

import { Severity } from '../../../core';
import { ISlo } from '../contract';

/** One alarm on the pace at which the error budget burns. */
export interface Burn {
  readonly name: string;
  /** Long enough to be sure. */
  readonly long: Duration;
  /** Short enough to be over soon after the failure is. */
  readonly short: Duration;
  /** How many times faster than bearable. */
  readonly rate: number;
  readonly severity: string;
}

/** A pair of windows, and the share of the error budget that may go within the long one. */
interface Pair extends Omit<Burn, 'rate'> {
  readonly share: number;
}

/** Google, "The Site Reliability Workbook", chapter 5 "Alerting on SLOs", table 5-8: two pages and a ticket. */
const PAIRS: Pair[] = [
  { name: 'Fast-Burn', long: Duration.hours(1), short: Duration.minutes(5), share: 0.02, severity: Severity.CRITICAL },
  { name: 'Steady-Burn', long: Duration.hours(6), short: Duration.minutes(30), share: 0.05, severity: Severity.CRITICAL },
  { name: 'Slow-Burn', long: Duration.days(3), short: Duration.hours(6), share: 0.1, severity: Severity.WARNING },
];

/**
 * The alarms of an objective. The rates are for its own window, such that the same share of its budget is gone: for 30 days
 * 14.4, 6 and 1. None is below 1, at which the promise is just kept. Left out is what a lax objective can never burn at: were
 * everything bad, a budget of 10 % would burn 10 times faster, not 14.4.
 */
export function burnsOf(slo: ISlo): Burn[] {
  return PAIRS
    .map(({ share, ...pair }) => ({ ...pair, rate: Math.max(1, rounded(share * slo.window.toHours() / pair.long.toHours())) }))
    .filter(({ rate }) => rate * budgetOf(slo) < 1);
}

/** Percent of the error budget that goes within the long window at that rate. */
export function goneWithin({ window }: ISlo, { rate, long }: Burn): number {
  return Number((100 * rate * long.toHours() / window.toHours()).toFixed(1));
}
