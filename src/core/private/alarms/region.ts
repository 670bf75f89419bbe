import { Stack, Token } from 'aws-cdk-lib';
import { IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';

/** The Region that is named and is not the scope's: an alarm is in the Region of its metrics (CloudWatch user guide). */
export function otherRegion(scope: IConstruct, region: string | undefined): string | undefined {
  const own = Stack.of(scope).region;
  return [region, own].some(each => Token.isUnresolved(each)) || region === own ? undefined : region;
}

/** The Regions that a metric, and what an expression is made of, name. */
export function regionsOf(metric: IMetric): string[] {
  if (metric instanceof MathExpression) return Object.values(metric.usingMetrics).flatMap(regionsOf);
  return metric instanceof Metric && metric.region !== undefined ? [metric.region] : [];
}
