import { Duration } from 'aws-cdk-lib';
import { IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationTargetGroup, HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IRequestIndicators } from '../../core';

/** The finest that a load balancer measures, and what an alarm on it should look at: whoever needs another one says so. */
const PERIOD = Duration.minutes(1);

/**
 * What is asked of one application of several behind a load balancer, counted at its own target groups. What the balancer fails to
 * lead anywhere is not in them: whose it was is not known, so it counts for what the applications share.
 */
export class TargetGroupIndicators implements IRequestIndicators {
  constructor(private readonly targetGroups: ApplicationTargetGroup[]) {
    if (targetGroups.length === 0) {
      throw new Error('\'targetGroups\' of a workload must not be empty where several applications share a load balancer, got none: name the groups in IWebWorkload.targetGroups, so that its requests can be told apart');
    }
  }

  public get requests(): IMetric {
    return this.sumOf('requests', 'Requests', group => group.metrics.requestCount({ period: PERIOD }));
  }

  public get failed(): IMetric {
    return this.sumOf('failed', 'Failed', group => group.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, { period: PERIOD }));
  }

  public within(threshold: Duration): IMetric {
    return this.sumOf('soon', `Answered within ${threshold.toMilliseconds()} ms`, group => group.metrics.targetResponseTime({
      // `Stats.tc` of CDK knows percentages alone; this one is of values, which are in seconds.
      statistic: `TC(:${threshold.toMilliseconds() / 1000})`,
      period: PERIOD,
    }));
  }

  /** Over the group that is in use and the one that is not, which says nothing. */
  private sumOf(id: string, label: string, metricOf: (group: ApplicationTargetGroup) => IMetric): MathExpression {
    const usingMetrics = Object.fromEntries(this.targetGroups.map((group, index) => [`${id}${index}`, metricOf(group)]));
    return new MathExpression({
      expression: Object.keys(usingMetrics).map(name => `FILL(${name}, 0)`).join(' + '), usingMetrics, label, period: PERIOD,
    });
  }
}
