import { GraphWidgetProps, HorizontalAnnotation, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  CountAxisFromZero, DefaultSummaryWidgetHeight, Monitoring, MonitoringHeaderWidget, MonitoringNamingStrategy, MonitoringScope,
  PercentageAxisFromZero, PercentageAxisFromZeroToHundred, TimeAxisSecondsFromZero,
} from 'cdk-monitoring-constructs';
import { EksClusterMetricFactory } from './eks-cluster-metric-factory';
import { EksClusterMonitoringProps } from './eks-cluster-thresholds';
import { Alarms } from './private/alarms';
import { row } from './private/graphs';
import { missingIsWell } from './private/missing';

/** What marks the alarms on the graphs. */
interface Marks {
  readonly nodes: HorizontalAnnotation[];
  readonly usage: HorizontalAnnotation[];
  readonly restarts: HorizontalAnnotation[];
  readonly unschedulable: HorizontalAnnotation[];
  readonly api: HorizontalAnnotation[];
}

/** Nodes, pods and API server of a Kubernetes cluster on EKS. */
export class EksClusterMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: EksClusterMetricFactory;
  private readonly marks: Marks;

  /**
   * @param scope the facade
   * @param props the cluster, and what to alarm on
   */
  constructor(scope: MonitoringScope, props: EksClusterMonitoringProps) {
    super(scope, props);
    const naming = new MonitoringNamingStrategy({ fallbackConstructName: props.clusterName, ...props });
    this.title = naming.resolveHumanReadableName();
    this.metrics = new EksClusterMetricFactory(scope.createMetricFactory(), props);
    const alarms = new Alarms(this, this.createAlarmFactory(naming.resolveAlarmFriendlyName()));
    this.marks = {
      nodes: this.watchNodes(alarms, props),
      usage: this.watchUsage(alarms, props),
      ...this.watchPods(alarms, props),
      api: this.watchApi(alarms, props),
    };
    props.useCreatedAlarms?.consume(this.createdAlarms());
  }

  public summaryWidgets(): IWidget[] {
    const [nodes, usage, pods] = this.graphs();
    return [this.header(), row(...[nodes, usage, pods].map(graph => ({ ...graph, height: DefaultSummaryWidgetHeight })))];
  }

  public widgets(): IWidget[] {
    const graphs = this.graphs();
    return [this.header(), row(...graphs.slice(0, 3)), row(...graphs.slice(3))];
  }

  private watchNodes(alarms: Alarms, { addFailedNodeCountAlarm }: EksClusterMonitoringProps): HorizontalAnnotation[] {
    return alarms.above({
      metric: this.metrics.metricFailedNodeCount(),
      suffix: 'Failed-Nodes',
      says: 'Nodes suffer from a condition.',
      alarms: addFailedNodeCountAlarm,
      limit: ({ maxErrorCount }) => maxErrorCount,
    });
  }

  private watchUsage(alarms: Alarms, props: EksClusterMonitoringProps): HorizontalAnnotation[] {
    const { metrics } = this;
    const watched = [
      { metric: metrics.metricAverageNodeCpuInPercent(), suffix: 'Node-CPU', says: 'The nodes are busy.', alarms: props.addNodeCpuAlarm },
      { metric: metrics.metricMaxNodeMemoryInPercent(), suffix: 'Node-Memory', says: 'A node is short of memory.', alarms: props.addNodeMemoryAlarm },
      { metric: metrics.metricMaxNodeDiskInPercent(), suffix: 'Node-Disk', says: 'The disk of a node is nearly full.', alarms: props.addNodeDiskAlarm },
    ];
    return watched.flatMap(each => alarms.above({ ...each, limit: ({ maxUsagePercent }) => maxUsagePercent }));
  }

  private watchPods(alarms: Alarms, props: EksClusterMonitoringProps): Pick<Marks, 'restarts' | 'unschedulable'> {
    return {
      restarts: alarms.above({
        metric: this.metrics.metricPodRestartCount(),
        suffix: 'Pod-Restarts',
        says: 'Containers end and are started once more.',
        alarms: missingIsWell(props.addPodRestartCountAlarm),
        limit: ({ maxRestartCount }) => maxRestartCount,
      }),
      unschedulable: alarms.above({
        metric: this.metrics.metricUnschedulablePodCount(),
        suffix: 'Unschedulable-Pods',
        says: 'Pods find no node with room.',
        alarms: missingIsWell(props.addUnschedulablePodCountAlarm),
        limit: ({ maxPodCount }) => maxPodCount,
      }),
    };
  }

  private watchApi(alarms: Alarms, { addApiErrorsAlarm = {} }: EksClusterMonitoringProps): HorizontalAnnotation[] {
    return Object.entries(addApiErrorsAlarm).flatMap(([disambiguator, threshold]) => alarms.above({
      metric: this.metrics.metricApiErrorsInPercent(threshold.minRequestCount),
      suffix: 'API-Errors',
      says: 'The API server fails.',
      alarms: missingIsWell({ [disambiguator]: threshold }),
      limit: ({ maxErrorPercent }) => maxErrorPercent,
    }));
  }

  private header(): IWidget {
    return new MonitoringHeaderWidget({ family: 'Kubernetes cluster', title: this.title });
  }

  private graphs(): GraphWidgetProps[] {
    const { metrics, marks } = this;
    return [
      { title: 'Nodes', left: [metrics.metricNodeCount(), metrics.metricFailedNodeCount()], leftYAxis: CountAxisFromZero, leftAnnotations: marks.nodes },
      {
        title: 'Saturation of the nodes (%)',
        left: [metrics.metricAverageNodeCpuInPercent(), metrics.metricMaxNodeMemoryInPercent(), metrics.metricMaxNodeDiskInPercent()],
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
