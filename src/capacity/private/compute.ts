import { planBounds, TARGET_UTILIZATION, targetRequests } from './bounds';
import { Decisions, percent } from './decisions';
import { planExecutions } from './executions';
import { planFloors } from './floors';
import { planSteps } from './steps';
import { planWarmPool } from './warm-pool';
import { ApplicationLoad, ComputeCapacity, EnvironmentProfile } from '../../core';

/** The sizes of the application tier. */
export function planCompute(load: ApplicationLoad, profile: EnvironmentProfile, decisions: Decisions): ComputeCapacity {
  if (load.unit.mostExecutions !== undefined) return planExecutions(load, load.unit.mostExecutions, profile, decisions);
  const bounds = planBounds(load, profile, decisions);
  return {
    ...bounds,
    ...planTargets(load, decisions),
    steps: planSteps(load, bounds, decisions),
    scheduledFloors: planFloors(load, bounds, decisions),
    warmPoolUnits: planWarmPool(load, profile, bounds, decisions),
  };
}

function planTargets({ unit }: ApplicationLoad, decisions: Decisions) {
  return {
    targetRequestsPerMinute: decisions.take('scaling target, requests', targetRequests(unit), 'requests per minute and unit',
      `${percent(TARGET_UTILIZATION)} of what a unit answers, so that it has room while a new one starts`),
    targetCpuPercent: decisions.take('scaling target, CPU', TARGET_UTILIZATION * 100, '%',
      'the same share, for requests that cost more than usual'),
  };
}
