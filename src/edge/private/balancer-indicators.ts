import { Duration } from 'aws-cdk-lib';
import { IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { HttpCodeElb, HttpCodeTarget, IApplicationLoadBalancerMetrics } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IRequestIndicators } from '../../core';

/** The finest that a load balancer measures, and what an alarm on it should look at: whoever needs another one says so. */
const PERIOD = Duration.minutes(1);

/**
 * What is asked of a load balancer, counted. Its own count of requests has those for which it chose a unit, answered or not: what
 * it answered with 502 or 504 is in it, and what it had no unit for (503) is not (Application Load Balancers user guide,
 * "CloudWatch metrics": `RequestCount`). Without any unit there is no count at all. The ids are the balancer's own, since CDK refuses an id that stands for two
 * metrics in one alarm.
 */
export class BalancerIndicators implements IRequestIndicators {
  constructor(private readonly metrics: IApplicationLoadBalancerMetrics) {}

  public get requests(): MathExpression {
    return new MathExpression({
      expression: 'FILL(balancerSent, 0) + FILL(balancerOwn503, 0)',
      usingMetrics: { balancerSent: this.sent, balancerOwn503: this.withoutUnit },
      label: 'Requests',
      period: PERIOD,
    });
  }

  public get failed(): MathExpression {
    return new MathExpression({
      expression: 'FILL(unit5xx, 0) + FILL(balancerOwn5xx, 0)',
      usingMetrics: { unit5xx: this.failedByUnits, balancerOwn5xx: this.failedByBalancer },
      label: 'Failed',
      period: PERIOD,
    });
  }

  /** 5xx answers of units. */
  public get failedByUnits(): IMetric {
    return this.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, { label: 'Failed by units', period: PERIOD });
  }

  /** 5xx answers that no unit gave: there was none, it closed the connection, or took too long. */
  public get failedByBalancer(): IMetric {
    return this.metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, { label: 'Failed by the balancer', period: PERIOD });
  }

  public within(threshold: Duration): IMetric {
    return this.metrics.targetResponseTime({
      // `Stats.tc` of CDK knows percentages alone; this one is of values, which are in seconds.
      statistic: `TC(:${threshold.toMilliseconds() / 1000})`,
      label: `Answered within ${threshold.toMilliseconds()} ms`,
      period: PERIOD,
    });
  }

  private get withoutUnit(): IMetric {
    return this.metrics.httpCodeElb(HttpCodeElb.ELB_503_COUNT, { label: 'No unit for them', period: PERIOD });
  }

  private get sent(): IMetric {
    return this.metrics.requestCount({ label: 'Sent to units', period: PERIOD });
  }
}
