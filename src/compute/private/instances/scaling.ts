import { Duration } from 'aws-cdk-lib';
import { AutoScalingGroup, CfnScalingPolicy, CfnScheduledAction, CfnWarmPool } from 'aws-cdk-lib/aws-autoscaling';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { ComputeCapacity, ScalingStep } from '../../../core';
import { floorsToCome } from '../../../core/private/scheduled-floors';

/** How the group grows and shrinks: towards its targets, in steps when a ramp is sharp, and ahead of known events. */
export function scale(scope: Construct, group: AutoScalingGroup, targets: ApplicationTargetGroup, capacity: ComputeCapacity): void {
  track(scope, 'Requests', group, capacity.targetRequestsPerMinute, {
    predefinedMetricType: 'ALBRequestCountPerTarget',
    resourceLabel: `${targets.firstLoadBalancerFullName}/${targets.targetGroupFullName}`,
  });
  track(scope, 'Cpu', group, capacity.targetCpuPercent, { predefinedMetricType: 'ASGAverageCPUUtilization' });
  if (capacity.steps.length > 0) addSteps(new Construct(scope, 'Ramp'), group, capacity.steps);
  addFloors(new Construct(scope, 'Floors'), group, capacity);
}

function track(
  scope: Construct, id: string, group: AutoScalingGroup, targetValue: number, metric: CfnScalingPolicy.PredefinedMetricSpecificationProperty,
): void {
  new CfnScalingPolicy(scope, id, {
    autoScalingGroupName: group.autoScalingGroupName,
    policyType: 'TargetTrackingScaling',
    targetTrackingConfiguration: { targetValue, predefinedMetricSpecification: metric },
  });
}

/** Instances that are stopped with the application installed: they start in tens of seconds, and cost their volumes alone. */
export function keepWarm(scope: Construct, group: AutoScalingGroup, units: number): void {
  new CfnWarmPool(scope, 'WarmPool', {
    autoScalingGroupName: group.autoScalingGroupName,
    poolState: 'Stopped',
    // Only the same number twice is a size; one of the two alone lets the pool grow with the group's maximum.
    minSize: units,
    maxGroupPreparedCapacity: units,
  });
}

/** CPU utilization of the group, minute by minute: what detailed monitoring is paid for. */
export function cpuOf(group: AutoScalingGroup): Metric {
  return new Metric({
    namespace: 'AWS/EC2',
    metricName: 'CPUUtilization',
    dimensionsMap: { AutoScalingGroupName: group.autoScalingGroupName },
    period: Duration.minutes(1),
  });
}

function addSteps(scope: Construct, group: AutoScalingGroup, steps: ScalingStep[]): void {
  const [{ fromCpuPercent: threshold }] = steps;
  const policy = new CfnScalingPolicy(scope, 'Policy', {
    autoScalingGroupName: group.autoScalingGroupName,
    policyType: 'StepScaling',
    adjustmentType: 'PercentChangeInCapacity',
    minAdjustmentMagnitude: 1,
    metricAggregationType: 'Average',
    stepAdjustments: steps.map(({ fromCpuPercent, addPercent }, index) => ({
      metricIntervalLowerBound: fromCpuPercent - threshold,
      metricIntervalUpperBound: index + 1 < steps.length ? steps[index + 1].fromCpuPercent - threshold : undefined,
      scalingAdjustment: addPercent,
    })),
  });
  const alarm = new Alarm(scope, 'Alarm', {
    alarmDescription: 'Adds units at once: the CPU of those there are is busier than the targets allow for',
    metric: cpuOf(group),
    threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction({ bind: () => ({ alarmActionArn: policy.ref }) });
}

/** A floor raises or lowers the group's minimum; between its minimum and its maximum, the targets decide. */
function addFloors(scope: Construct, group: AutoScalingGroup, { scheduledFloors, maxUnits }: ComputeCapacity): void {
  for (const { name, minUnits, at, weekDays = '*', hour = 0, minute = 0, timeZone } of floorsToCome(scope, scheduledFloors)) {
    new CfnScheduledAction(scope, name, {
      autoScalingGroupName: group.autoScalingGroupName,
      minSize: Math.min(minUnits, maxUnits),
      ...at === undefined ? { recurrence: `${minute} ${hour} * * ${weekDays}`, timeZone } : { startTime: startTime(at) },
    });
  }
}

/** The form that CloudFormation takes: without fractions of a second. */
function startTime(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, 'Z');
}
