import { planBounds, TARGET_UTILIZATION, targetRequests } from './bounds';
import { Decisions, percent } from './decisions';
import { planFloors } from './floors';
import { planSteps } from './steps';
import { planWarmPool } from './warm-pool';
import { ComputeCapacity, EnvironmentProfile, Traffic } from '../../core';

/** The sizes of the application tier. */
export function planCompute(traffic: Traffic, profile: EnvironmentProfile, decisions: Decisions): ComputeCapacity {
  const bounds = planBounds(traffic, profile, decisions);
  return {
    ...bounds,
    ...planTargets(traffic, decisions),
    steps: planSteps(traffic, bounds, decisions),
    scheduledFloors: planFloors(traffic, bounds, decisions),
    warmPoolUnits: planWarmPool(traffic, profile, bounds, decisions),
  };
}

function planTargets(traffic: Traffic, decisions: Decisions) {
  return {
    targetRequestsPerMinute: decisions.take('scaling target, requests', targetRequests(traffic), 'requests per minute and unit',
      `${percent(TARGET_UTILIZATION)} of what a unit answers, so that it has room while a new one starts`),
    targetCpuPercent: decisions.take('scaling target, CPU', TARGET_UTILIZATION * 100, '%',
      'the same share, for requests that cost more than usual'),
  };
}
