import { CapacityDecision, CapacityPlan, ComputeCapacity, EnvironmentProfile, Traffic } from '../../src';
import { AURORA_MYSQL } from '../../src/data/private/engines/mysql';

/** A plan of one application. */
export interface PlanOfOne extends Pick<CapacityPlan, 'database' | 'cache' | 'logs' | 'toString'> {
  readonly compute: ComputeCapacity;
  readonly decisions: CapacityDecision[];
}

/** The sizes of one application, of units that answer so much and open four tenths as many connections, in front of Aurora MySQL. */
export function planOf(traffic: Traffic, profile = EnvironmentProfile.production(), requestsPerSecond = 25): PlanOfOne {
  const unit = { requestsPerSecond, connections: Math.ceil(requestsPerSecond * 0.4) };
  const plan = CapacityPlan.of([{ name: 'Shop', traffic, unit }], profile, AURORA_MYSQL);
  const { database, cache, logs, decisions } = plan;
  return { compute: plan.computeOf('Shop'), database, cache, logs, decisions, toString: () => plan.toString() };
}
