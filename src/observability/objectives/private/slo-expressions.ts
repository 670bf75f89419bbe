import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { math, Terms } from './slo-math';
import { ISlo } from '../contract';
import { SloCounts } from '../slo-counts';

/** The share of what may be bad, 0 to 1. */
export function budgetOf({ objective }: ISlo): number {
  // 100 - 99.9 is 0.09999999999999432.
  return rounded((100 - objective) / 100);
}

/** Without the last digits, in which a computer's sums are wrong. */
export function rounded(value: number): number {
  return Number(value.toPrecision(10));
}

/** Metric math takes no exponents: 0.0000001, not 1e-7. */
function decimal(value: number): string {
  return value.toFixed(12).replace(/\.?0+$/, '');
}

/**
 * How many times faster than bearable the error budget burns. It is 0 where there is too little to judge by. What is missing
 * counts as 0, since services leave out counts of nothing: an alarm without a value would look further back for one.
 */
export function burnRate(slo: ISlo, counts: SloCounts, period: Duration): MathExpression {
  const guard = `FILL(sloTotal, 0) >= ${slo.minimumTraffic} AND FILL(sloBad, 0) >= ${slo.minimumBad}`;
  return math(`IF(${guard}, FILL(sloBad, 0) / FILL(sloTotal, 0) / ${decimal(budgetOf(slo))}, 0)`, termsOf(counts), { label: 'Burn rate', period });
}

/** The percentage that was good. */
export function attained(counts: SloCounts, period: Duration): MathExpression {
  return math('100 - 100 * FILL(sloBad, 0) / sloTotal', termsOf(counts), { label: 'Good', period });
}

/** The percentage of the error budget that is left; below 0 the promise is broken. */
export function budgetLeft(slo: ISlo, counts: SloCounts): MathExpression {
  const expression = `100 - 100 * FILL(sloBad, 0) / sloTotal / ${decimal(budgetOf(slo))}`;
  return math(expression, termsOf(counts), { label: 'Left', period: slo.window });
}

function termsOf({ total, bad }: SloCounts): Terms {
  return { sloTotal: total, sloBad: bad };
}
