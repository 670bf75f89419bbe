import { AlarmBehavior, FargateService } from 'aws-cdk-lib/aws-ecs';
import { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import {
  CountAxisFromZero, CustomMetricGroup, MetricFactory, MetricStatistic, MonitoringFacade, PercentageAxisFromZero,
} from 'cdk-monitoring-constructs';
import { ComputeCapacity } from '../../../core';
import { ComputeContext } from '../../../workload';
import { atMaximum, SATURATED, UNIT_ALARMS, unitNames } from '../../../workload/private/unit-alarms';
import { answersOf, healthOf, watchAfterFirst } from '../../../workload/private/unit-health';

/** What the cluster reports of its services once Container Insights are on, as they are here. */
const INSIGHTS = 'ECS/ContainerInsights';

/**
 * Watches a service that stands behind no load balancer, or behind one: saturation, units and deployments for the team, the
 * rest for engineers.
 */
export function monitorService(
  monitoring: MonitoringFacade, service: FargateService, { capacity, label }: ComputeContext, targetGroups?: ApplicationTargetGroup[],
): void {
  const factory = monitoring.createMetricFactory();
  const tag = service.node.addr;
  monitoring.monitorCustom({
    ...unitNames(label),
    metricGroups: [
      saturationOf(service),
      ...targetGroups === undefined ? [] : [healthOf(monitoring, targetGroups, service)],
      deploymentsOf(factory, service, capacity),
      diskOf(factory, service),
      ...targetGroups === undefined ? [] : [answersOf(monitoring, targetGroups, tag)],
    ],
  });
  watchAfterFirst(monitoring, service);
  if (targetGroups !== undefined) goBackOnFailures(monitoring, service, tag);
}

function saturationOf(service: FargateService): CustomMetricGroup {
  return {
    title: 'Saturation: CPU and memory of the units (%)',
    addToSummaryDashboard: true,
    graphWidgetAxis: PercentageAxisFromZero,
    metrics: [
      { metric: service.metricCpuUtilization({ label: 'CPU' }), alarmFriendlyName: UNIT_ALARMS.cpu, addAlarm: SATURATED.cpu },
      { metric: service.metricMemoryUtilization({ label: 'Memory' }), alarmFriendlyName: UNIT_ALARMS.memory, addAlarm: SATURATED.memory },
    ],
  };
}

/** While a deployment is under way there are two deployments, with units of either. */
function deploymentsOf(factory: MetricFactory, service: FargateService, capacity: ComputeCapacity): CustomMetricGroup {
  const wanted = insight(factory, service, 'DesiredTaskCount', 'Wanted');
  return {
    title: 'Deployments: units wanted, running and starting',
    addToSummaryDashboard: true,
    graphWidgetAxis: CountAxisFromZero,
    metrics: [
      { metric: wanted, alarmFriendlyName: UNIT_ALARMS.atMaximum, addAlarm: atMaximum(capacity) },
      insight(factory, service, 'RunningTaskCount', 'Running'),
      insight(factory, service, 'PendingTaskCount', 'Starting'),
      insight(factory, service, 'DeploymentCount', 'Deployments'),
    ],
  };
}

function diskOf(factory: MetricFactory, service: FargateService): CustomMetricGroup {
  const metric = factory.createMetricMath('100 * used / reserved', {
    used: insight(factory, service, 'EphemeralStorageUtilized', 'Used', MetricStatistic.MAX),
    reserved: insight(factory, service, 'EphemeralStorageReserved', 'Reserved', MetricStatistic.MAX),
  }, 'Disk');
  return {
    title: 'Disk of the fullest unit (%)',
    graphWidgetAxis: PercentageAxisFromZero,
    metrics: [{ metric, alarmFriendlyName: UNIT_ALARMS.disk, addAlarm: SATURATED.disk }],
  };
}

function insight(factory: MetricFactory, { serviceName, cluster }: FargateService, name: string, label: string, statistic = MetricStatistic.AVERAGE) {
  return factory.createMetric(name, statistic, label, { ClusterName: cluster.clusterName, ServiceName: serviceName }, undefined, INSIGHTS);
}

/**
 * Has ECS take a deployment back when the units answer with errors. The service knows the alarm by its name, which is
 * made of the path, and the alarm knows the target groups alone: neither needs the other's attributes.
 */
function goBackOnFailures(monitoring: MonitoringFacade, service: FargateService, tag: string): void {
  const alarms = monitoring.createdAlarmsWithTag(tag);
  service.enableDeploymentAlarms(alarms.map(({ alarmName }) => alarmName), { behavior: AlarmBehavior.ROLLBACK_ON_ALARM });
  // ECS looks for the alarm when a deployment begins, the first one too.
  service.node.addDependency(...alarms.map(({ alarm }) => alarm));
}
