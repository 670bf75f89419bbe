import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { BaseMetricFactory, MetricFactory, MetricStatistic } from 'cdk-monitoring-constructs';
import { MetricMaker } from './private/typed-metrics';
import { US_EAST_1 } from '../core/private/regions';

/** Which web ACL's metrics. */
export interface EdgeFirewallMetricFactoryProps {
  /** Name of the web ACL, of scope `CLOUDFRONT`, and of its metric: one and the same in a web ACL of this library. */
  readonly webAclName: string;
  /**
   * Account of the web ACL.
   *
   * @default - the account of whoever watches it
   */
  readonly account?: string;
}

const NAMESPACE = 'AWS/WAFV2';

/**
 * Metrics of a web ACL for CloudFront, which are in us-east-1 wherever they are shown (AWS WAF developer guide, "Monitoring with
 * Amazon CloudWatch").
 */
export class EdgeFirewallMetricFactory extends BaseMetricFactory {
  private readonly make: MetricMaker;
  private readonly webAclName: string;

  /**
   * @param metricFactory what makes the metrics
   * @param props the web ACL
   */
  constructor(metricFactory: MetricFactory, props: EdgeFirewallMetricFactoryProps) {
    super(metricFactory, { account: props.account, region: US_EAST_1 });
    this.webAclName = props.webAclName;
    this.make = new MetricMaker(metricFactory, { namespace: NAMESPACE, dimensions: { Rule: 'ALL', WebACL: props.webAclName } }, {
      account: props.account, region: US_EAST_1,
    });
  }

  /** Requests that were let through. */
  public metricAllowedRequestCount(): Metric {
    return this.make.metric({ name: 'AllowedRequests', statistic: MetricStatistic.SUM, label: 'Allowed' });
  }

  /** Requests that were refused, by any rule. */
  public metricBlockedRequestCount(): Metric {
    return this.make.metric({ name: 'BlockedRequests', statistic: MetricStatistic.SUM, label: 'Blocked' });
  }

  /**
   * Share of the requests that was refused, in percent; 0 in a period that had too few.
   *
   * @param minBlockedCount refused requests of a period below which their share says nothing
   */
  public metricBlockedRequestsInPercent(minBlockedCount: number): MathExpression {
    return this.make.math(
      `IF(FILL(blocked, 0) >= ${minBlockedCount}, 100 * FILL(blocked, 0) / (FILL(allowed, 0) + FILL(blocked, 0)), 0)`,
      { blocked: this.metricBlockedRequestCount(), allowed: this.metricAllowedRequestCount() },
      'Blocked (%)',
    );
  }

  /** Requests that were refused, one metric for each rule: for graphs, since an alarm takes no search. */
  public metricBlockedRequestCountByRule(): MathExpression {
    // A dimension without a value is any of its values.
    const dimensions = { Rule: undefined as unknown as string, WebACL: this.webAclName };
    return this.metricFactory.createMetricSearch(
      'MetricName="BlockedRequests"', dimensions, MetricStatistic.SUM, NAMESPACE, undefined, undefined, US_EAST_1, this.account) as MathExpression;
  }
}
