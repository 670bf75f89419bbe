import { IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { BaseMetricFactory, BaseMetricFactoryProps, MetricFactory, MetricStatistic } from 'cdk-monitoring-constructs';
import { NAT_GATEWAY_RULES } from './private/factory-rules';
import { MetricMaker } from './private/typed-metrics';
import { validate } from '../core/private/validation';

/** Which NAT gateways are measured. */
export interface NatGatewayMetricFactoryProps extends BaseMetricFactoryProps {
  /** Ids of the gateways, such as those of all zones of a network: 1 to 10, as many metrics as an alarm takes. */
  readonly natGatewayIds: string[];
}

/** Metrics over all NAT gateways of a network (VPC user guide, "Monitor NAT gateways using Amazon CloudWatch"). */
export class NatGatewayMetricFactory extends BaseMetricFactory {
  private readonly makers: MetricMaker[];

  /**
   * @param metricFactory what makes the metrics
   * @param props the gateways
   * @throws Error when there are none, or more than an alarm takes
   */
  constructor(metricFactory: MetricFactory, props: NatGatewayMetricFactoryProps) {
    super(metricFactory, props);
    validate('NatGatewayMetricFactory', props, NAT_GATEWAY_RULES);
    this.makers = props.natGatewayIds.map(NatGatewayId =>
      new MetricMaker(metricFactory, { namespace: 'AWS/NATGateway', dimensions: { NatGatewayId } }, props));
  }

  /** Connections that found no port free: above 0, too many are open to one destination. */
  public metricPortAllocationErrorCount(): MathExpression {
    return this.sum('ErrorPortAllocation', 'errors', 'No port free');
  }

  /** Packets that were dropped: above 0.01 % of all, AWS itself may have an issue. */
  public metricDroppedPacketCount(): MathExpression {
    return this.sum('PacketsDropCount', 'dropped', 'Dropped');
  }

  /** Bytes to destinations: they are charged for. */
  public metricNetworkBytesOut(): MathExpression {
    return this.sum('BytesOutToDestination', 'out', 'Out');
  }

  /** Bytes from destinations: they are charged for. */
  public metricNetworkBytesIn(): MathExpression {
    return this.sum('BytesInFromDestination', 'in', 'In');
  }

  /** Open connections of the busiest gateway: each has ports of its own. */
  public metricMaxActiveConnectionCount(): MathExpression {
    return this.over('ActiveConnectionCount', MetricStatistic.MAX, 'open', 'Busiest gateway', terms => `MAX([${terms.join(', ')}])`);
  }

  private sum(name: string, id: string, label: string): MathExpression {
    return this.over(name, MetricStatistic.SUM, id, label, terms => terms.join(' + '));
  }

  private over(name: string, statistic: MetricStatistic, id: string, label: string, expression: (terms: string[]) => string): MathExpression {
    const metrics: { [id: string]: IMetric } = Object.fromEntries(this.makers.map((maker, index) => [`${id}${index}`, maker.metric({ name, statistic, label })]));
    const terms = Object.keys(metrics).map(each => `FILL(${each}, 0)`);
    return this.makers[0].math(terms.length === 1 ? terms[0] : expression(terms), metrics, label);
  }
}
