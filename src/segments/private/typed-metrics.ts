import { Duration } from 'aws-cdk-lib';
import { IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { BaseMetricFactoryProps, MetricFactory, MetricStatistic } from 'cdk-monitoring-constructs';

/** Where the metrics of a service are, and by what those of one resource go. */
export interface MetricSource {
  readonly namespace: string;
  readonly dimensions: { [name: string]: string };
}

/** One metric of it. */
export interface MetricOptions {
  readonly name: string;
  readonly statistic: MetricStatistic;
  readonly label: string;
  /** Without it, the factory's own: 5 minutes. */
  readonly period?: Duration;
}

/**
 * Makes metrics of one resource, by their class: cdk-monitoring-constructs declares a union of the two, which the public API
 * of a jsii library cannot show.
 */
export class MetricMaker {
  constructor(private readonly factory: MetricFactory, private readonly source: MetricSource, private readonly where: BaseMetricFactoryProps) {}

  /** A metric as the service measures it. */
  public metric({ name, statistic, label, period }: MetricOptions): Metric {
    const { source: { namespace, dimensions }, where: { region, account } } = this;
    return this.factory.createMetric(name, statistic, label, dimensions, undefined, namespace, period, region, account) as Metric;
  }

  /** A metric that is worked out of others. */
  public math(expression: string, usingMetrics: { [id: string]: IMetric }, label: string, period?: Duration): MathExpression {
    return this.factory.createMetricMath(expression, usingMetrics, label, undefined, period) as MathExpression;
  }
}
