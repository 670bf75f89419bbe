import { Duration, TimeZone } from 'aws-cdk-lib';
import {
  AdjustmentType, CfnScalingPolicy, MetricAggregationType, Schedule, ScalableTarget, StepScalingAction,
} from 'aws-cdk-lib/aws-applicationautoscaling';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnService, FargateService, ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ComputeCapacity, ScalingStep, ScheduledFloor } from '../../../core';
import { nameInAccount } from '../../../core/private/naming';
import { floorsToCome } from '../../../core/private/time/scheduled-floors';

/** Seconds between two values of the service's CPU: the finest that ECS offers (API reference, `MetricConfiguration`). */
const RESOLUTION = 20;
/** The CPU metric at that resolution, for target tracking (ECS developer guide, "Faster auto scaling"). */
const CPU_METRIC = 'ECSServiceAverageCPUUtilizationHighResolution';
const COOLDOWN = { scaleOutCooldown: Duration.seconds(30), scaleInCooldown: Duration.minutes(5) };
/**
 * An alarm that stays on repeats its step each minute (CloudWatch user guide, "Alarm actions"): a cooldown of a whole
 * minute could swallow every other one.
 */
const STEP_COOLDOWN = Duration.seconds(45);
/** Longest name of an alarm (CloudWatch API reference). */
const MAX_ALARM_NAME = 255;

/**
 * Lets a service grow and shrink: on the requests and the CPU of its units, by steps on sharp ramps, and ahead of known
 * events. CPU is looked at every 20 seconds: AWS measured 109 s from the load to the new units, and 386 s at 60 seconds.
 *
 * @param service the service
 * @param targetGroups where its units stand behind the load balancer
 * @param capacity between which bounds, and how
 */
export function scaleService(service: FargateService, targetGroups: ApplicationTargetGroup[], capacity: ComputeCapacity): void {
  const { minUnits, maxUnits, targetRequestsPerMinute, targetCpuPercent, steps, scheduledFloors } = capacity;
  const scaling = service.autoScaleTaskCount({ minCapacity: minUnits, maxCapacity: maxUnits });
  scaling.scaleOnRequestCount('Requests', { requestsPerTarget: targetRequestsPerMinute, targetGroup: targetGroups[0], ...COOLDOWN });
  scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: targetCpuPercent, ...COOLDOWN });
  useHighResolution(service, scaling);
  if (targetGroups.length > 1) countRequestsOfAll(scaling, targetGroups);
  if (steps.length > 0) addSteps(service, targetOf(scaling), steps);
  floorsToCome(service, scheduledFloors).forEach(floor => addFloor(scaling, floor));
}

/** By overrides: the releases of CDK that this library supports know neither the property nor the metric. */
function useHighResolution(service: FargateService, scaling: ScalableTaskCount): void {
  (service.node.defaultChild as CfnService).addPropertyOverride('Monitoring', {
    MetricConfigurations: [{ MetricNames: ['CPUUtilization'], ResolutionSeconds: RESOLUTION }],
  });
  policyOf(scaling, 'Cpu').addPropertyOverride(
    'TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType', CPU_METRIC);
}

function targetOf(scaling: ScalableTaskCount): ScalableTarget {
  return scaling.node.findChild('Target') as ScalableTarget;
}

function policyOf(scaling: ScalableTaskCount, id: string): CfnScalingPolicy {
  return targetOf(scaling).node.findChild(id).node.defaultChild as CfnScalingPolicy;
}

/**
 * AWS's own metric of requests per unit knows one target group, and after a deployment the requests go to the other. The
 * group that is not in use has no requests and no units, so their sum is what each unit answers.
 */
function countRequestsOfAll(scaling: ScalableTaskCount, targetGroups: ApplicationTargetGroup[]): void {
  const policy = policyOf(scaling, 'Requests');
  const tracking = policy.targetTrackingScalingPolicyConfiguration as CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty;
  const { targetValue, scaleInCooldown, scaleOutCooldown } = tracking;
  const metrics = targetGroups.map(({ targetGroupFullName }, index) => ({
    id: `requests${index}`,
    metricStat: {
      metric: {
        namespace: 'AWS/ApplicationELB', metricName: 'RequestCountPerTarget', dimensions: [{ name: 'TargetGroup', value: targetGroupFullName }],
      },
      stat: 'Sum',
    },
    returnData: false,
  }));
  const sum = { id: 'requests', expression: metrics.map(({ id }) => `FILL(${id}, 0)`).join(' + '), label: 'Requests per unit', returnData: true };
  policy.targetTrackingScalingPolicyConfiguration = {
    targetValue, scaleInCooldown, scaleOutCooldown, customizedMetricSpecification: { metrics: [...metrics, sum] },
  };
}

/** Steps are upwards alone: the targets bring the units back down once the ramp is over. */
function addSteps(service: FargateService, scalingTarget: ScalableTarget, steps: ScalingStep[]): void {
  const threshold = steps[0].fromCpuPercent;
  const action = new StepScalingAction(scalingTarget, 'Steps', {
    scalingTarget,
    adjustmentType: AdjustmentType.PERCENT_CHANGE_IN_CAPACITY,
    metricAggregationType: MetricAggregationType.AVERAGE,
    cooldown: STEP_COOLDOWN,
    minAdjustmentMagnitude: 1,
  });
  steps.forEach(({ fromCpuPercent, addPercent }, index) => action.addAdjustment({
    adjustment: addPercent,
    lowerBound: fromCpuPercent - threshold,
    upperBound: index + 1 < steps.length ? steps[index + 1].fromCpuPercent - threshold : undefined,
  }));
  const alarm = new CfnAlarm(action, 'Alarm', {
    alarmName: nameInAccount(action, MAX_ALARM_NAME),
    alarmDescription: 'The units are busier than scaling aims at: units are added in steps.',
    namespace: 'AWS/ECS',
    metricName: 'CPUUtilization',
    dimensions: [{ name: 'ClusterName', value: service.cluster.clusterName }, { name: 'ServiceName', value: service.serviceName }],
    statistic: 'Average',
    period: RESOLUTION,
    // One value is enough: units too many cost minutes of their price, units too late cost requests.
    evaluationPeriods: 1,
    threshold,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'notBreaching',
    alarmActions: [action.scalingPolicyArn],
  });
  // CloudWatch takes periods of 10, 20 and 30 seconds (API reference, `PutMetricAlarm`); cfn-lint 1.58 has no 20 in its list.
  alarm.addMetadata('cfn-lint', { config: { ignore_checks: ['E3615'] } });
}

function addFloor(scaling: ScalableTaskCount, { name, minUnits, at, weekDays, hour, minute, timeZone }: ScheduledFloor): void {
  scaling.scaleOnSchedule(name, {
    schedule: at === undefined
      ? Schedule.cron({ weekDay: weekDays ?? '*', hour: `${hour ?? 0}`, minute: `${minute ?? 0}` })
      : Schedule.at(at),
    minCapacity: minUnits,
    timeZone: at === undefined && timeZone !== undefined ? TimeZone.of(timeZone) : undefined,
  });
}
