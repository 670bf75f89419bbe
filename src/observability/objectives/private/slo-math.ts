import { Duration } from 'aws-cdk-lib';
import { IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';

/** What an expression is made of. */
export type Terms = { readonly [id: string]: IMetric };

/** How a result is shown, and over what time. */
export interface MathOptions {
  readonly label: string;
  /** Five minutes, CDK's own, when it is nowhere used as it is. */
  readonly period?: Duration;
}

/** Metric math over one period of all that it is made of. */
export function math(expression: string, terms: Terms, { label, period = Duration.minutes(5) }: MathOptions): MathExpression {
  return new MathExpression({ expression, usingMetrics: allOver(terms, period), label, period });
}

/** The metric over another period, down to the last of what it is made of: CDK warns of each period that an expression overrides. */
export function over(metric: IMetric, period: Duration): IMetric {
  if (metric instanceof Metric) return metric.with({ period });
  if (!(metric instanceof MathExpression)) return metric;
  const { expression, usingMetrics, label, color, searchAccount, searchRegion } = metric;
  return new MathExpression({ expression, label, color, searchAccount, searchRegion, period, usingMetrics: allOver(usingMetrics, period) });
}

function allOver(terms: Terms, period: Duration): { [id: string]: IMetric } {
  return Object.fromEntries(Object.entries(terms).map(([id, metric]) => [id, over(metric, period)]));
}
