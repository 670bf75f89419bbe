import { GraphWidgetProps, HorizontalAnnotation, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  CountAxisFromZero, Monitoring, MonitoringScope, PercentageAxisFromZero, PercentageAxisFromZeroToHundred, TimeAxisSecondsFromZero,
} from 'cdk-monitoring-constructs';
import { EksClusterMetricFactory } from './eks-cluster-metric-factory';
import { EksClusterMonitoringProps } from './eks-cluster-monitoring-props';
import { Alarms } from './private/alarms';
import { MISSING } from './private/missing';
import { Marks, MonitorShell } from './private/monitor-shell';
import { countOf, minimumOf, named, percentOf } from './private/rules';
import { Rule } from '../core/private/validation';

const RULES: Rule<EksClusterMonitoringProps>[] = [
  named('clusterName'),
  percentOf('addMaxApiErrorsPercentAlarm', 'maxErrorPercent'),
  minimumOf('addMaxApiErrorsPercentAlarm', 'minRequestCount'),
  countOf('addMaxFailedNodeCountAlarm', 'maxErrorCount'),
  percentOf('addNodeCpuUsageAlarm'),
  percentOf('addNodeMemoryUsageAlarm'),
  percentOf('addNodeDiskSpaceUsageAlarm'),
  countOf('addMaxPodRestartCountAlarm', 'maxRestartCount'),
  countOf('addMaxUnschedulablePodCountAlarm', 'maxPodCount'),
];

/** Nodes, pods and API server of a Kubernetes cluster on EKS. */
export class EksClusterMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: EksClusterMetricFactory;
  private readonly shell: MonitorShell;
  private readonly marks: Marks<'nodes' | 'usage' | 'restarts' | 'unschedulable' | 'api'>;

  /**
   * @param scope the facade
   * @param props the cluster, and what to alarm on
   * @throws Error when a prop or a threshold cannot be
   */
  constructor(scope: MonitoringScope, props: EksClusterMonitoringProps) {
    super(scope, props);
    this.shell = new MonitorShell(this, scope, props, { family: 'Kubernetes cluster', fallbackName: props.clusterName, rules: RULES });
    this.title = this.shell.title;
    this.metrics = new EksClusterMetricFactory(scope.createMetricFactory(), props);
    this.marks = this.shell.watch(alarms => ({
      nodes: this.watchNodes(alarms, props),
      usage: this.watchUsage(alarms, props),
      ...this.watchPods(alarms, props),
      api: this.watchApi(alarms, props),
    }));
  }

  public summaryWidgets(): IWidget[] {
    const [nodes, usage, pods] = this.graphs();
    return this.shell.summary(nodes, usage, pods);
  }

  public widgets(): IWidget[] {
    const graphs = this.graphs();
    return this.shell.detail(graphs.slice(0, 3), graphs.slice(3));
  }

  private watchNodes(alarms: Alarms, { addMaxFailedNodeCountAlarm }: EksClusterMonitoringProps): HorizontalAnnotation[] {
    return alarms.above({
      metric: this.metrics.metricFailedNodeCount(),
      suffix: 'Failed-Nodes',
      says: 'Nodes suffer from a condition.',
      missing: MISSING.SAYS_NOTHING,
      alarms: addMaxFailedNodeCountAlarm,
      limit: ({ maxErrorCount }) => maxErrorCount,
    });
  }

  private watchUsage(alarms: Alarms, props: EksClusterMonitoringProps): HorizontalAnnotation[] {
    const { metrics } = this;
    const watched = [
      { metric: metrics.metricAverageNodeCpuUsageInPercent(), suffix: 'Node-CPU', says: 'The nodes are busy.', alarms: props.addNodeCpuUsageAlarm },
      { metric: metrics.metricMaxNodeMemoryUsageInPercent(), suffix: 'Node-Memory', says: 'A node is short of memory.', alarms: props.addNodeMemoryUsageAlarm },
      { metric: metrics.metricMaxNodeDiskSpaceUsageInPercent(), suffix: 'Node-Disk', says: 'The disk of a node is nearly full.', alarms: props.addNodeDiskSpaceUsageAlarm },
    ];
    return watched.flatMap(each => alarms.above({ ...each, missing: MISSING.SAYS_NOTHING, limit: ({ maxUsagePercent }) => maxUsagePercent }));
  }

  private watchPods(alarms: Alarms, props: EksClusterMonitoringProps): Marks<'restarts' | 'unschedulable'> {
    return {
      restarts: alarms.above({
        metric: this.metrics.metricPodRestartCount(),
        suffix: 'Pod-Restarts',
        says: 'Containers end and are started once more.',
        missing: MISSING.IS_WELL,
        alarms: props.addMaxPodRestartCountAlarm,
        limit: ({ maxRestartCount }) => maxRestartCount,
      }),
      unschedulable: alarms.above({
        metric: this.metrics.metricUnschedulablePodCount(),
        suffix: 'Unschedulable-Pods',
        says: 'Pods find no node with room.',
        missing: MISSING.IS_WELL,
        alarms: props.addMaxUnschedulablePodCountAlarm,
        limit: ({ maxPodCount }) => maxPodCount,
      }),
    };
  }

  private watchApi(alarms: Alarms, { addMaxApiErrorsPercentAlarm }: EksClusterMonitoringProps): HorizontalAnnotation[] {
    return alarms.above({
      metric: ({ minRequestCount }) => this.metrics.metricApiErrorsInPercent(minRequestCount),
      suffix: 'API-Errors',
      says: 'The API server fails.',
      missing: MISSING.IS_WELL,
      alarms: addMaxApiErrorsPercentAlarm,
      limit: ({ maxErrorPercent }) => maxErrorPercent,
    });
  }

  private graphs(): GraphWidgetProps[] {
    const { metrics, marks } = this;
    return [
      { title: 'Nodes', left: [metrics.metricNodeCount(), metrics.metricFailedNodeCount()], leftYAxis: CountAxisFromZero, leftAnnotations: marks.nodes },
      {
        title: 'Saturation of the nodes (%)',
        left: [
          metrics.metricAverageNodeCpuUsageInPercent(), metrics.metricMaxNodeMemoryUsageInPercent(), metrics.metricMaxNodeDiskSpaceUsageInPercent(),
        ],
        leftYAxis: PercentageAxisFromZeroToHundred,
        leftAnnotations: marks.usage,
      },
      {
        title: 'Pods',
        left: [metrics.metricPodRestartCount(), metrics.metricUnschedulablePodCount()],
        leftYAxis: CountAxisFromZero,
        leftAnnotations: [...marks.restarts, ...marks.unschedulable],
      },
      { title: 'API server: requests', left: [metrics.metricApiRequestCount(), metrics.metricApiThrottleCount()], leftYAxis: CountAxisFromZero },
      { title: 'API server: errors (%)', left: [metrics.metricApiErrorsInPercent(1)], leftYAxis: PercentageAxisFromZero, leftAnnotations: marks.api },
      { title: 'API server: latency', left: [metrics.metricP99ApiReadLatencyInSeconds()], leftYAxis: TimeAxisSecondsFromZero },
    ];
  }
}
