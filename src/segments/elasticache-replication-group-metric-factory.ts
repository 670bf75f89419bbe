import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { BaseMetricFactory, BaseMetricFactoryProps, MetricFactory, MetricStatistic } from 'cdk-monitoring-constructs';
import { REPLICATION_GROUP_RULES } from './private/factory-rules';
import { MetricMaker } from './private/typed-metrics';
import { validate } from '../core/private/validation';

/** Which nodes' metrics. */
export interface ElastiCacheReplicationGroupMetricFactoryProps extends BaseMetricFactoryProps {
  /** Id of the replication group, with cluster mode disabled. */
  readonly replicationGroupId: string;
  /** Nodes of the group, its primary included, 1 to 6. */
  readonly nodes: number;
}

/**
 * Metrics of the nodes of an ElastiCache replication group (ElastiCache user guide, "Metrics for Valkey and Redis OSS"). A
 * failover makes another node the primary, so that each metric is over all of them.
 */
export class ElastiCacheReplicationGroupMetricFactory extends BaseMetricFactory {
  private readonly nodes: { name: string; make: MetricMaker }[];

  /**
   * @param metricFactory what makes the metrics
   * @param props the nodes
   * @throws Error when there are no nodes, or more than a group has
   */
  constructor(metricFactory: MetricFactory, props: ElastiCacheReplicationGroupMetricFactoryProps) {
    super(metricFactory, props);
    validate('ElastiCacheReplicationGroupMetricFactory', props, REPLICATION_GROUP_RULES);
    // ElastiCache numbers the nodes of a group from 001.
    const names = Array.from({ length: props.nodes }, (_, index) => String(index + 1).padStart(3, '0'));
    this.nodes = names.map(name => {
      const dimensions = { CacheClusterId: `${props.replicationGroupId}-${name}` };
      return { name, make: new MetricMaker(metricFactory, { namespace: 'AWS/ElastiCache', dimensions }, props) };
    });
  }

  /** How busy the engine of the busiest node is, in percent of the one CPU that runs commands. */
  public metricMaxEngineCpuUsageInPercent(): MathExpression {
    return this.highest(this.metricsOfNodesEngineCpuUsageInPercent());
  }

  /** How full the fullest node is, in percent of the memory for data. */
  public metricMaxMemoryUsageInPercent(): MathExpression {
    return this.highest(this.metricsOfNodesMemoryUsageInPercent());
  }

  /** Items that a node evicted to make room, of the node that evicted most. */
  public metricMaxEvictedItemsCount(): MathExpression {
    return this.highest(this.metricsOfNodesEvictedItemsCount());
  }

  /** How busy the engine of each node is, in percent. */
  public metricsOfNodesEngineCpuUsageInPercent(): Metric[] {
    return this.ofNodes('EngineCPUUtilization', MetricStatistic.MAX);
  }

  /** How full each node is, in percent. */
  public metricsOfNodesMemoryUsageInPercent(): Metric[] {
    return this.ofNodes('DatabaseMemoryUsagePercentage', MetricStatistic.MAX);
  }

  /** Items that each node evicted to make room. */
  public metricsOfNodesEvictedItemsCount(): Metric[] {
    return this.ofNodes('Evictions', MetricStatistic.SUM);
  }

  /** Connections of clients to each node. */
  public metricsOfNodesConnectionCount(): Metric[] {
    return this.ofNodes('CurrConnections', MetricStatistic.AVERAGE);
  }

  private ofNodes(name: string, statistic: MetricStatistic): Metric[] {
    return this.nodes.map(node => node.make.metric({ name, statistic, label: node.name }));
  }

  /** Of a single series, MAX would be the greatest value of the whole time. */
  private highest(metrics: Metric[]): MathExpression {
    const terms = Object.fromEntries(metrics.map((metric, index) => [`node${index + 1}`, metric]));
    const ids = Object.keys(terms);
    return this.nodes[0].make.math(ids.length === 1 ? ids[0] : `MAX([${ids.join(', ')}])`, terms, 'Highest');
  }
}
