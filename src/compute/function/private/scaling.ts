import { CfnScalableTarget, CfnScalingPolicy, Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { LIVE } from './go-live';
import { LiveVersion } from './live-version';
import { ComputeCapacity, ScheduledFloor } from '../../../core';
import { floorsToCome } from '../../../core/private/time/scheduled-floors';

/**
 * Keeps executions ready: as many as the plan says at all times, more as they become busy, and ahead of known events. None where the plan has
 * none. The number stands nowhere but in the scalable target, so that no deployment sets it back.
 */
export function keepReady(scope: Construct, fn: CfnFunction, live: LiveVersion, capacity: ComputeCapacity): void {
  const { minUnits, maxUnits, targetCpuPercent, scheduledFloors } = capacity;
  if (minUnits === 0) return;
  const floors = floorsToCome(scope, scheduledFloors);
  const target = new CfnScalableTarget(scope, 'Executions', {
    serviceNamespace: 'lambda',
    scalableDimension: 'lambda:function:ProvisionedConcurrency',
    resourceId: `function:${fn.ref}:${LIVE}`,
    minCapacity: minUnits,
    maxCapacity: maxUnits,
    scheduledActions: floors.length === 0 ? undefined : floors.map(floor => actionOf(floor, maxUnits)),
  });
  target.node.addDependency(live.standReady(scope));
  if (minUnits === maxUnits) return;
  new CfnScalingPolicy(scope, 'Busy', {
    policyName: 'Busy',
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.ref,
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: 'LambdaProvisionedConcurrencyUtilization' },
      // A share, where other services have percent (Lambda developer guide, "Managing provisioned concurrency with Application Auto Scaling").
      targetValue: targetCpuPercent / 100,
    },
  });
}

function actionOf({ name, minUnits, at, weekDays = '*', hour = 0, minute = 0, timeZone }: ScheduledFloor, maxUnits: number): CfnScalableTarget.ScheduledActionProperty {
  return {
    scheduledActionName: name,
    schedule: (at === undefined ? Schedule.cron({ weekDay: weekDays, hour: `${hour}`, minute: `${minute}` }) : Schedule.at(at)).expressionString,
    timezone: at === undefined ? timeZone : undefined,
    scalableTargetAction: { minCapacity: Math.min(minUnits, maxUnits) },
  };
}
