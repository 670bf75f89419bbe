import { ComparisonOperator, IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { CustomMetricGroup, MetricStatistic, MonitoringFacade } from 'cdk-monitoring-constructs';

/** When to warn of a metric. */
interface Symptom {
  readonly name: string;
  readonly above: number;
  readonly says: string;
}

/**
 * Watches every node of a replication group: after a failover the primary is another one. One alarm tells of a symptom,
 * whichever node has it.
 */
export function monitorNodes(monitoring: MonitoringFacade, groupId: string, nodes: number): void {
  const factory = monitoring.createMetricFactory();
  // ElastiCache numbers the nodes of a group from 001.
  const members = Array.from({ length: nodes }, (_, index) => String(index + 1).padStart(3, '0'));
  const eachNode = (name: string, statistic: keyof typeof MetricStatistic) => members.map(member =>
    factory.createMetric(name, MetricStatistic[statistic], member, { CacheClusterId: `${groupId}-${member}` }, undefined, 'AWS/ElastiCache'));
  monitoring.monitorCustom({
    humanReadableName: 'Sessions',
    alarmFriendlyName: 'Sessions',
    metricGroups: [
      watched(monitoring, 'Engine CPU (%)', eachNode('EngineCPUUtilization', 'MAX'), {
        name: 'CPU-Usage-RedisEngine', above: 80, says: 'A node is busy with commands: choose a larger nodeType.',
      }),
      watched(monitoring, 'Memory in use (%)', eachNode('DatabaseMemoryUsagePercentage', 'MAX'), {
        name: 'Memory-Usage', above: 80, says: 'A node is about to be full, and then drops sessions: choose a larger nodeType.',
      }),
      watched(monitoring, 'Evicted items', eachNode('Evictions', 'SUM'), {
        name: 'Items-Evicted', above: 0, says: 'A node drops sessions to make room: choose a larger nodeType.',
      }),
      { title: 'Connections', metrics: eachNode('CurrConnections', 'AVERAGE') },
    ],
  });
}

function watched(
  monitoring: MonitoringFacade, title: string, nodes: ReturnType<ReturnType<MonitoringFacade['createMetricFactory']>['createMetric']>[], { name, above, says }: Symptom,
): CustomMetricGroup {
  const terms: { [id: string]: IMetric } = Object.fromEntries(nodes.map((metric, index) => [`node${index + 1}`, metric]));
  // Of a single series, MAX would be the greatest value of the whole time.
  const metric = nodes.length === 1 ? nodes[0]
    : monitoring.createMetricFactory().createMetricMath(`MAX([${Object.keys(terms).join(', ')}])`, terms, 'Highest');
  return {
    title,
    metrics: [{
      metric,
      alarmFriendlyName: name,
      addAlarm: {
        Warning: {
          threshold: above,
          comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
          evaluationPeriods: 3,
          datapointsToAlarm: 3,
          additionalDescription: says,
        },
      },
    }, ...nodes.length === 1 ? [] : nodes],
  };
}
