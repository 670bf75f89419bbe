import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { BaseMetricFactory, BaseMetricFactoryProps, MetricFactory, MetricStatistic } from 'cdk-monitoring-constructs';
import { MetricMaker } from './private/typed-metrics';

/** Which cluster's metrics. */
export interface EksClusterMetricFactoryProps extends BaseMetricFactoryProps {
  /** Name of the cluster. */
  readonly clusterName: string;
}

/**
 * Metrics of a Kubernetes cluster on EKS, from two places. Those of the control plane (`AWS/EKS`) every cluster of Kubernetes
 * 1.28 and newer has, without charge (EKS user guide, "Monitor cluster data with Amazon CloudWatch"). Those of nodes and pods
 * (`ContainerInsights`) are there when the add-on `amazon-cloudwatch-observability` is (CloudWatch user guide, "Amazon EKS and
 * Kubernetes Container Insights with enhanced observability metrics"); here over the whole cluster.
 */
export class EksClusterMetricFactory extends BaseMetricFactory {
  private readonly controlPlane: MetricMaker;
  private readonly insights: MetricMaker;

  /**
   * @param metricFactory what makes the metrics
   * @param props the cluster
   */
  constructor(metricFactory: MetricFactory, props: EksClusterMetricFactoryProps) {
    super(metricFactory, props);
    const dimensions = { ClusterName: props.clusterName };
    this.controlPlane = new MetricMaker(metricFactory, { namespace: 'AWS/EKS', dimensions }, props);
    this.insights = new MetricMaker(metricFactory, { namespace: 'ContainerInsights', dimensions }, props);
  }

  /** Nodes. */
  public metricNodeCount(): Metric {
    return this.insights.metric({ name: 'cluster_node_count', statistic: MetricStatistic.AVERAGE, label: 'Nodes' });
  }

  /** Nodes that suffer from a condition, such as memory pressure or not being ready. */
  public metricFailedNodeCount(): Metric {
    return this.insights.metric({ name: 'cluster_failed_node_count', statistic: MetricStatistic.MAX, label: 'Failed' });
  }

  /** CPU of the nodes in use, on average, in percent. */
  public metricAverageNodeCpuUsageInPercent(): Metric {
    return this.insights.metric({ name: 'node_cpu_utilization', statistic: MetricStatistic.AVERAGE, label: 'CPU, average' });
  }

  /** Memory in use of the fullest node, in percent. */
  public metricMaxNodeMemoryUsageInPercent(): Metric {
    return this.insights.metric({ name: 'node_memory_utilization', statistic: MetricStatistic.MAX, label: 'Memory, fullest node' });
  }

  /** Disk in use of the fullest node, in percent. */
  public metricMaxNodeDiskSpaceUsageInPercent(): Metric {
    return this.insights.metric({ name: 'node_filesystem_utilization', statistic: MetricStatistic.MAX, label: 'Disk, fullest node' });
  }

  /** Containers that were started once more, of all pods. */
  public metricPodRestartCount(): Metric {
    return this.insights.metric({ name: 'pod_number_of_container_restarts', statistic: MetricStatistic.SUM, label: 'Restarts' });
  }

  /** Pods that no node has room for. */
  public metricUnschedulablePodCount(): Metric {
    return this.controlPlane.metric({ name: 'scheduler_pending_pods_UNSCHEDULABLE', statistic: MetricStatistic.MAX, label: 'Without a node' });
  }

  /** Requests to the API server. */
  public metricApiRequestCount(): Metric {
    return this.controlPlane.metric({ name: 'apiserver_request_total', statistic: MetricStatistic.SUM, label: 'Requests' });
  }

  /** Requests that the API server answered by an error of its own (HTTP 5xx). */
  public metricApiErrorCount(): Metric {
    return this.controlPlane.metric({ name: 'apiserver_request_total_5XX', statistic: MetricStatistic.SUM, label: '5xx' });
  }

  /** Requests that the API server refused since there were too many (HTTP 429). */
  public metricApiThrottleCount(): Metric {
    return this.controlPlane.metric({ name: 'apiserver_request_total_429', statistic: MetricStatistic.SUM, label: 'Throttled' });
  }

  /**
   * Share of the API server's answers that are errors of its own, in percent; 0 in a period with too few requests.
   *
   * @param minRequestCount requests of a period below which the share says nothing
   */
  public metricApiErrorsInPercent(minRequestCount: number): MathExpression {
    return this.controlPlane.math(
      `IF(FILL(requests, 0) >= ${minRequestCount}, 100 * FILL(failed, 0) / FILL(requests, 1), 0)`,
      { requests: this.metricApiRequestCount(), failed: this.metricApiErrorCount() },
      '5xx (%)',
    );
  }

  /** Time that the API server takes for one in a hundred reads of an object, in seconds. */
  public metricP99ApiReadLatencyInSeconds(): Metric {
    return this.controlPlane.metric({ name: 'apiserver_request_duration_seconds_GET_P99', statistic: MetricStatistic.AVERAGE, label: 'Reads, p99' });
  }
}
