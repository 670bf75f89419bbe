import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { IApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CustomMetricGroup, MetricStatistic, MonitoringFacade } from 'cdk-monitoring-constructs';
import { METRICS, ROOT_VOLUME } from './agent';

const NAMES = { humanReadableName: 'Application', alarmFriendlyName: 'Application' };
/** From which on an instance has no room left for what comes next; the same for containers. */
const BUSY = {
  threshold: 85, comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD, evaluationPeriods: 3, datapointsToAlarm: 3,
};

/** Size and state of the group, load of the instances, and alarms on what users would notice next. */
export function monitorInstances(monitoring: MonitoringFacade, group: AutoScalingGroup, targets?: IApplicationTargetGroup): void {
  monitoring.monitorAutoScalingGroup({ ...NAMES, autoScalingGroup: group });
  monitoring.monitorEC2Instances({ ...NAMES, autoScalingGroup: group });
  monitoring.monitorCustom({
    ...NAMES,
    metricGroups: [...loadOf(monitoring, group), ...targets === undefined ? [] : [healthOf(monitoring, targets)]],
  });
}

function loadOf(monitoring: MonitoringFacade, group: AutoScalingGroup): CustomMetricGroup[] {
  const factory = monitoring.createMetricFactory();
  const dimensions = { AutoScalingGroupName: group.autoScalingGroupName };
  const ofAgent = (metric: string, label: string, more = {}) =>
    factory.createMetric(metric, MetricStatistic.MAX, label, { ...dimensions, ...more }, undefined, METRICS.namespace);
  const busy = (additionalDescription: string) => ({ Warning: { ...BUSY, additionalDescription } });
  return [{
    title: 'CPU (%)',
    metrics: [{
      alarmFriendlyName: 'CPU',
      metric: factory.createMetric('CPUUtilization', MetricStatistic.AVERAGE, 'average', dimensions, undefined, 'AWS/EC2'),
      addAlarm: busy('The instances have been busy for minutes: scaling is at its maximum, or too slow.'),
    }],
  }, {
    title: 'Memory and disk of the fullest instance (%)',
    metrics: [
      { alarmFriendlyName: 'Memory', metric: ofAgent(METRICS.memory, 'memory'), addAlarm: busy('An instance is short of memory.') },
      { alarmFriendlyName: 'Disk', metric: ofAgent(METRICS.disk, 'disk', ROOT_VOLUME), addAlarm: busy('A disk is nearly full.') },
    ],
  }];
}

function healthOf(monitoring: MonitoringFacade, targets: IApplicationTargetGroup): CustomMetricGroup {
  return {
    title: 'Instances that answer',
    metrics: [{
      alarmFriendlyName: 'HealthyUnits',
      metric: monitoring.createMetricFactory().adaptMetric(targets.metrics.healthyHostCount()),
      addAlarm: {
        Critical: {
          threshold: 1,
          comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
          evaluationPeriods: 2,
          datapointsToAlarm: 2,
          treatMissingDataOverride: TreatMissingData.BREACHING,
          additionalDescription: 'No instance answers the health check.',
        },
      },
    }],
  };
}
