import { EksClusterMonitoring, EksClusterMonitoringProps } from '../../src/segments';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
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

  test('leaves nodes that no longer report without an opinion, and knows that what did not happen is well', () => {
    expect(['Failed-Nodes', 'Node-CPU', 'Node-Memory', 'Node-Disk'].map(name => alarmed().alarm(`lab-${name}-Warning`).TreatMissingData))
      .toEqual(['missing', 'missing', 'missing', 'missing']);
    expect(['Pod-Restarts', 'Unschedulable-Pods'].map(name => alarmed().alarm(`lab-${name}-Warning`).TreatMissingData))
      .toEqual(['notBreaching', 'notBreaching']);
  });

  test('shows nodes, pods and the API server', () => {
    expect(monitored().alarmNames).toEqual([]);
    expect(titlesOf(alarmed().detail)).toEqual([
      'Nodes', 'Saturation of the nodes (%)', 'Pods', 'API server: requests', 'API server: errors (%)', 'API server: latency',
    ]);
    expect(titlesOf(alarmed().summary)).toEqual(['Nodes', 'Saturation of the nodes (%)', 'Pods']);
    expect(alarmed().detail).toMatch(/"value":85/);
  });

  testRefusals([
    ['a cluster without a name', () => monitored({ clusterName: '' }),
      '[Stack/Monitoring] \'clusterName\' must not be empty, got "": its metrics go by it'],
    ['a share above all requests', () => monitored({ addMaxApiErrorsPercentAlarm: { Warning: { maxErrorPercent: 101, minRequestCount: 1 } } }),
      '[Stack/Monitoring] \'addMaxApiErrorsPercentAlarm\' must have a \'maxErrorPercent\' between 0 and 100, got 101 for Warning: it is a share in percent'],
    ['a share of no request', () => monitored({ addMaxApiErrorsPercentAlarm: { Warning: { maxErrorPercent: 1, minRequestCount: 0 } } }),
      '[Stack/Monitoring] \'addMaxApiErrorsPercentAlarm\' must have a \'minRequestCount\' of at least 1, got 0 for Warning: there is no share of none'],
    ['fewer failed nodes than none', () => monitored({ addMaxFailedNodeCountAlarm: { Warning: { maxErrorCount: -1 } } }),
      '[Stack/Monitoring] \'addMaxFailedNodeCountAlarm\' must have a \'maxErrorCount\' of at least 0, got -1 for Warning: there is never less than none, and the alarm would always be raised'],
    ['more than all of the CPU, the memory and the disk', () => monitored({
      addNodeCpuUsageAlarm: { Warning: { maxUsagePercent: 101 } },
      addNodeMemoryUsageAlarm: { Warning: { maxUsagePercent: 102 } },
      addNodeDiskSpaceUsageAlarm: { Warning: { maxUsagePercent: 103 } },
    }),
    ['[Stack/Monitoring] 3 props need mending:',
      '  - \'addNodeCpuUsageAlarm\' must have a \'maxUsagePercent\' between 0 and 100, got 101 for Warning: it is a share in percent',
      '  - \'addNodeMemoryUsageAlarm\' must have a \'maxUsagePercent\' between 0 and 100, got 102 for Warning: it is a share in percent',
      '  - \'addNodeDiskSpaceUsageAlarm\' must have a \'maxUsagePercent\' between 0 and 100, got 103 for Warning: it is a share in percent'].join('\n')],
    ['fewer restarts than none', () => monitored({ addMaxPodRestartCountAlarm: { Warning: { maxRestartCount: -1 } } }),
      '[Stack/Monitoring] \'addMaxPodRestartCountAlarm\' must have a \'maxRestartCount\' of at least 0, got -1 for Warning: there is never less than none, and the alarm would always be raised'],
    ['fewer pods than none', () => monitored({ addMaxUnschedulablePodCountAlarm: { Warning: { maxPodCount: -1 } } }),
      '[Stack/Monitoring] \'addMaxUnschedulablePodCountAlarm\' must have a \'maxPodCount\' of at least 0, got -1 for Warning: there is never less than none, and the alarm would always be raised'],
  ]);
});
