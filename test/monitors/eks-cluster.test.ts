import { EksClusterMonitoring, EksClusterMonitoringProps } from '../../src';
import { once } from '../support/platform';
import { titlesOf, Watched } from '../support/watched';

function monitored(props: Partial<EksClusterMonitoringProps> = {}): Watched {
  return new Watched(monitoring => monitoring.addSegment(new EksClusterMonitoring(monitoring, { clusterName: 'lab', ...props })));
}

const alarmed = once(() => monitored({
  addMaxApiErrorsPercentAlarm: { Warning: { maxErrorPercent: 1, minRequestCount: 100 } },
  addMaxFailedNodeCountAlarm: { Warning: { maxErrorCount: 0 } },
  addNodeCpuUsageAlarm: { Warning: { maxUsagePercent: 80 } },
  addNodeMemoryUsageAlarm: { Warning: { maxUsagePercent: 85 } },
  addNodeDiskSpaceUsageAlarm: { Warning: { maxUsagePercent: 90 } },
  addMaxPodRestartCountAlarm: { Warning: { maxRestartCount: 5 } },
  addMaxUnschedulablePodCountAlarm: { Warning: { maxPodCount: 1 } },
}));

describe('monitoring of an EKS cluster', () => {
  test.each([
    ['Failed-Nodes', 'ContainerInsights', 'cluster_failed_node_count', 'Maximum', 0],
    ['Node-CPU', 'ContainerInsights', 'node_cpu_utilization', 'Average', 80],
    ['Node-Memory', 'ContainerInsights', 'node_memory_utilization', 'Maximum', 85],
    ['Node-Disk', 'ContainerInsights', 'node_filesystem_utilization', 'Maximum', 90],
    ['Pod-Restarts', 'ContainerInsights', 'pod_number_of_container_restarts', 'Sum', 5],
    ['Unschedulable-Pods', 'AWS/EKS', 'scheduler_pending_pods_UNSCHEDULABLE', 'Maximum', 1],
  ])('has the alarm %s over the whole cluster', (name, namespace, metric, statistic, threshold) => {
    expect(alarmed().alarm(`lab-${name}-Warning`)).toMatchObject({ Threshold: threshold, ComparisonOperator: 'GreaterThanThreshold' });
    expect(alarmed().measures(`lab-${name}-Warning`)).toEqual([expect.stringMatching(`^\\w+: ${namespace} ${metric} ${statistic}$`)]);
    expect(alarmed().dimensions(`lab-${name}-Warning`)).toEqual([[{ Name: 'ClusterName', Value: 'lab' }]]);
  });

  test('has an alarm on errors of the API server, once enough is asked', () => {
    expect(alarmed().expression('lab-API-Errors-Warning')).toBe('IF(FILL(requests, 0) >= 100, 100 * FILL(failed, 0) / FILL(requests, 1), 0)');
    expect(alarmed().measures('lab-API-Errors-Warning'))
      .toEqual(['requests: AWS/EKS apiserver_request_total Sum', 'failed: AWS/EKS apiserver_request_total_5XX Sum']);
    expect(alarmed().alarm('lab-API-Errors-Warning')).toMatchObject({ Threshold: 1, TreatMissingData: 'notBreaching' });
    expect(alarmed().alarmNames).toHaveLength(7);
  });

  test('leaves a node that no longer reports without an opinion', () => {
    expect(alarmed().alarm('lab-Failed-Nodes-Warning').TreatMissingData).toBe('missing');
  });

  test('shows nodes, pods and the API server', () => {
    expect(monitored().alarmNames).toEqual([]);
    expect(titlesOf(alarmed().detail)).toEqual([
      'Nodes', 'Saturation of the nodes (%)', 'Pods', 'API server: requests', 'API server: errors (%)', 'API server: latency',
    ]);
    expect(titlesOf(alarmed().summary)).toEqual(['Nodes', 'Saturation of the nodes (%)', 'Pods']);
    expect(alarmed().detail).toMatch(/"value":85/);
  });
});
