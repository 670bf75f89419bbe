import { Duration } from 'aws-cdk-lib';
import { AutoScalingGroup, CfnScalingPolicy, CfnScheduledAction, CfnWarmPool } from 'aws-cdk-lib/aws-autoscaling';
import { Alarm, CfnAlarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { ALL_PROCESSORS, METRICS } from './agent';
import { ComputeCapacity, ScalingStep } from '../../../core';
import { floorsToCome } from '../../../core/private/time/scheduled-floors';

/** Seconds of CPU that a step is decided by, as for containers: two values of each instance. */
const STEP_PERIOD = 20;

/** How the group grows and shrinks: towards its targets, in steps when a ramp is sharp, and ahead of known events. */
export function scale(scope: Construct, group: AutoScalingGroup, targets: ApplicationTargetGroup, capacity: ComputeCapacity): void {
  // A group of one size follows no target, and cfn-lint refuses a policy that says so (E3712).
  if (capacity.minUnits !== capacity.maxUnits) followTargets(scope, group, targets, capacity);
  addFloors(new Construct(scope, 'Floors'), group, capacity);
}

function followTargets(scope: Construct, group: AutoScalingGroup, targets: ApplicationTargetGroup, capacity: ComputeCapacity): void {
  track(scope, 'Requests', group, capacity.targetRequestsPerMinute, {
    predefinedMetricSpecification: {
      predefinedMetricType: 'ALBRequestCountPerTarget',
      resourceLabel: `${targets.firstLoadBalancerFullName}/${targets.targetGroupFullName}`,
    },
  });
  // As often as the steps: units go when all targets agree, and one that hears of a ramp minutes later takes back what a step added.
  track(scope, 'Cpu', group, capacity.targetCpuPercent,
    capacity.steps.length > 0 ? frequentCpu(group) : { predefinedMetricSpecification: { predefinedMetricType: 'ASGAverageCPUUtilization' } });
  if (capacity.steps.length > 0) addSteps(new Construct(scope, 'Ramp'), group, capacity.steps);
}

type Target = Omit<CfnScalingPolicy.TargetTrackingConfigurationProperty, 'targetValue'>;

function track(scope: Construct, id: string, group: AutoScalingGroup, targetValue: number, metric: Target): void {
  new CfnScalingPolicy(scope, id, {
    autoScalingGroupName: group.autoScalingGroupName,
    policyType: 'TargetTrackingScaling',
    targetTrackingConfiguration: { targetValue, ...metric },
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

/** Target tracking takes periods of 10, 30 and 60 seconds (EC2 Auto Scaling API reference, `CustomizedMetricSpecification`). */
function frequentCpu(group: AutoScalingGroup): Target {
  const { namespace, metricName, dimensions } = cpuOf(group);
  return {
    customizedMetricSpecification: {
      namespace, metricName, dimensions: Object.entries(dimensions!).map(([name, value]) => ({ name, value: String(value) })), statistic: 'Average', period: 10,
    },
  };
}

/** CPU utilization of the group as the instances themselves report it: EC2 has it minute by minute, and later. */
function cpuOf(group: AutoScalingGroup): Metric {
  return new Metric({
    namespace: METRICS.namespace,
    metricName: METRICS.cpu,
    dimensionsMap: { AutoScalingGroupName: group.autoScalingGroupName, ...ALL_PROCESSORS },
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
  lookOften(alarm.node.defaultChild as CfnAlarm);
  alarm.addAlarmAction({ bind: () => ({ alarmActionArn: policy.ref }) });
}

/** By hand: aws-cdk-lib knows of 10 and of 30 seconds, and cfn-lint 1.58 too, but CloudWatch takes 20 as well (`PutMetricAlarm`). */
function lookOften(alarm: CfnAlarm): void {
  alarm.period = STEP_PERIOD;
  alarm.addMetadata('cfn-lint', { config: { ignore_checks: ['E3615'] } });
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
