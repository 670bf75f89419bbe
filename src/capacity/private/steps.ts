import { Bounds } from './bounds';
import { Decisions, HEADROOM, rounded } from './decisions';
import { ApplicationLoad, ScalingStep } from '../../core';

/**
 * Seconds from too much load until a unit that it started serves, at the pessimistic end: 86 until scaling is triggered on
 * 20-second metrics (AWS's benchmark of 2026-06-18), 60 for the start of a container, 20 for two health checks.
 */
export const SECONDS_TO_SERVE = 86 + 60 + 20;
/** CPU from which on the targets alone, which aim at 60 %, are behind. */
const BEHIND = 75;
/** CPU from which on a unit is as good as saturated: how much load there is, it no longer tells. */
const SATURATED = 90;

/**
 * The steps for a ramp that is too sharp for the targets alone. The first answers what the ramp brings until new units
 * serve, and goes half the way to the most at the furthest, since it may be noise. The second goes all the way: CPU ends at
 * 100 %, however much load there is, and what is too much goes within minutes, while what is too little fails requests.
 */
export function planSteps({ traffic, unit }: ApplicationLoad, { minUnits, maxUnits }: Bounds, decisions: Decisions): ScalingStep[] {
  const { rampUp, baselineRps, peakRps } = traffic;
  const { requestsPerSecond: perUnit } = unit;
  const missing = maxUnits - minUnits;
  if (rampUp === undefined || missing === 0) return [];
  const seconds = rampUp.toMilliseconds() / 1000;
  const meanwhile = (peakRps - baselineRps) * Math.min(1, SECONDS_TO_SERVE / seconds);
  const needed = Math.ceil((minUnits * BEHIND / 100 + meanwhile / perUnit) * HEADROOM) - minUnits;
  const first = Math.min(Math.ceil(missing / 2), Math.max(1, needed));
  return [
    step(BEHIND, first, `${rounded(meanwhile)} requests per second come on top in the ${SECONDS_TO_SERVE} until a new unit serves, when the base grows to the peak within ${rounded(seconds)} seconds; half the way to the maximum at the most`),
    step(SATURATED, missing, `the ${missing} units from the minimum to the maximum at once: CPU ends at 100 %, and does not tell how much load there is`),
  ];

  function step(fromCpuPercent: number, units: number, reason: string): ScalingStep {
    const addPercent = decisions.take(`step at ${fromCpuPercent} % CPU`, Math.ceil(units / minUnits * 100), '% more units', reason);
    return { fromCpuPercent, addPercent };
  }
}
