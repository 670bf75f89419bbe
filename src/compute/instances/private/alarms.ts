import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CountAxisFromZero, CustomMetricGroup, MetricStatistic, MonitoringFacade, PercentageAxisFromZero } from 'cdk-monitoring-constructs';
import { METRICS, ROOT_VOLUME } from './agent';
import { ComputeCapacity } from '../../../core';
import { ComputeContext } from '../../../workload';
import { atMaximum, SATURATED, UNIT_ALARMS, unitNames } from '../../../workload/private/unit-alarms';
import { answersOf, healthOf, watchAfterFirst } from '../../../workload/private/unit-health';

/** Saturation, health and number of the instances for the team; states of the group and of the hardware for engineers. */
export function monitorInstances(
  monitoring: MonitoringFacade, group: AutoScalingGroup, { capacity, label }: ComputeContext, targetGroups?: ApplicationTargetGroup[],
): void {
  const names = unitNames(label);
  const ofGroup = metricsOf(monitoring, group);
  monitoring.monitorCustom({
    ...names,
    metricGroups: [
      saturationOf(ofGroup),
      ...targetGroups === undefined ? [] : [healthOf(monitoring, targetGroups, group)],
      sizeOf(ofGroup, capacity),
      ...targetGroups === undefined ? [] : [answersOf(monitoring, targetGroups)],
    ],
  });
  watchAfterFirst(monitoring, group);
  monitoring.monitorAutoScalingGroup({ ...names, autoScalingGroup: group, addToSummaryDashboard: false });
  monitoring.monitorEC2Instances({ ...names, autoScalingGroup: group, addToSummaryDashboard: false });
}

type MetricsOfGroup = ReturnType<typeof metricsOf>;

/** Of a namespace, over the whole group, since instances come and go. */
function metricsOf(monitoring: MonitoringFacade, { autoScalingGroupName }: AutoScalingGroup) {
  const factory = monitoring.createMetricFactory();
  return (namespace: string, name: string, statistic: MetricStatistic, label: string, more: { [name: string]: string } = {}) =>
    factory.createMetric(name, statistic, label, { AutoScalingGroupName: autoScalingGroupName, ...more }, undefined, namespace);
}

/** Of memory and disk that of the fullest instance: one that is full fails, however empty the others are. */
function saturationOf(metric: MetricsOfGroup): CustomMetricGroup {
  const { namespace, memory, disk } = METRICS;
  return {
    title: 'Saturation: CPU, memory and disk of the units (%)',
    addToSummaryDashboard: true,
    graphWidgetAxis: PercentageAxisFromZero,
    metrics: [
      { metric: metric('AWS/EC2', 'CPUUtilization', MetricStatistic.AVERAGE, 'CPU'), alarmFriendlyName: UNIT_ALARMS.cpu, addAlarm: SATURATED.cpu },
      {
        metric: metric(namespace, memory, MetricStatistic.MAX, 'Memory, fullest unit'),
        alarmFriendlyName: UNIT_ALARMS.memory,
        addAlarm: SATURATED.memory,
      },
      {
        metric: metric(namespace, disk, MetricStatistic.MAX, 'Disk, fullest unit', ROOT_VOLUME),
        alarmFriendlyName: UNIT_ALARMS.disk,
        addAlarm: SATURATED.disk,
      },
    ],
  };
}

function sizeOf(metric: MetricsOfGroup, capacity: ComputeCapacity): CustomMetricGroup {
  const ofScaling = (name: string, label: string) => metric('AWS/AutoScaling', name, MetricStatistic.AVERAGE, label);
  return {
    title: 'Deployments: units wanted, running and starting',
    addToSummaryDashboard: true,
    graphWidgetAxis: CountAxisFromZero,
    metrics: [
      { metric: ofScaling('GroupDesiredCapacity', 'Wanted'), alarmFriendlyName: UNIT_ALARMS.atMaximum, addAlarm: atMaximum(capacity) },
      ofScaling('GroupInServiceInstances', 'Running'),
      ofScaling('GroupPendingInstances', 'Starting'),
    ],
  };
}
