import { Decisions, HEADROOM, percent, rounded, standing } from './decisions';
import { ApplicationLoad, ComputeCapacity, EnvironmentProfile, UnitLoad } from '../../core';

/** Utilization that scaling aims at: a unit has room for the minutes that a new one takes to start. */
export const TARGET_UTILIZATION = 0.6;
/** Tasks of an ECS service, quota "Tasks per service" (Amazon ECS service quotas). */
const MAX_UNITS = 5000;

/** The least and the most units. */
export type Bounds = Pick<ComputeCapacity, 'maxUnits' | 'minUnits'>;

/** Requests per minute and unit that scaling aims at: whole, and at least 1. */
export function targetRequests({ requestsPerSecond }: UnitLoad): number {
  return Math.max(1, Math.floor(requestsPerSecond * 60 * TARGET_UTILIZATION));
}

/** Units that answer that many requests per second, with the headroom. */
export function unitsFor(rps: number, { requestsPerSecond }: UnitLoad): number {
  return Math.ceil(rps / requestsPerSecond * HEADROOM);
}

/** The least is what the base needs, the profile wants and stands ready of the peak; the most is what the peak needs. */
export function planBounds({ traffic, unit }: ApplicationLoad, profile: EnvironmentProfile, decisions: Decisions): Bounds {
  const { baselineRps, peakRps, standingHeadroom } = traffic;
  const { requestsPerSecond: perUnit } = unit;
  // The target is rounded down: by the exact share alone, it could ask for one unit more than the least at the base.
  const atBase = Math.ceil(Math.max(baselineRps / perUnit / TARGET_UTILIZATION, baselineRps * 60 / targetRequests(unit)));
  const minUnits = Math.max(profile.minimumUnits, atBase, unitsFor(peakRps * standingHeadroom, unit));
  const maxUnits = Math.max(minUnits, unitsFor(peakRps, unit));
  if (maxUnits > MAX_UNITS) {
    throw new Error(`[CapacityPlan.of] the peak of ${rounded(peakRps)} requests per second needs ${maxUnits} units of ${perUnit} requests per second, more than the ${MAX_UNITS} of an ECS service: use larger units and raise 'load.requestsPerSecond' of what runs the application`);
  }
  return {
    minUnits: decisions.take('minimum units', minUnits, 'units',
      `${rounded(baselineRps)} requests per second at ${percent(TARGET_UTILIZATION)} of ${perUnit} per unit, and at least ${profile.minimumUnits} in ${profile.name}${standing(standingHeadroom)}`),
    maxUnits: decisions.take('maximum units', maxUnits, 'units',
      `${rounded(peakRps)} requests per second at ${perUnit} per unit, and ${percent(HEADROOM - 1)} headroom`),
  };
}
