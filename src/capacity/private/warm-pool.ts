import { Bounds } from './bounds';
import { Decisions, rounded } from './decisions';
import { ApplicationLoad, EnvironmentProfile, Traffic } from '../../core';

/**
 * Seconds from too much load until an instance serves that has to be made: 86 until scaling is triggered (AWS's benchmark
 * of 2026-06-18), 180 to launch, to install and to start what it runs (an assumption), 20 for two health checks.
 */
const SECONDS_TO_LAUNCH = 86 + 180 + 20;

/**
 * Instances that are kept stopped: what the ramp asks for before the first that is launched for it serves. None without
 * standbys: what may fail with a zone may also wait for a launch. Of units that cannot be stopped nothing is decided.
 */
export function planWarmPool(
  { traffic, unit: { keptStopped = true } }: ApplicationLoad, { multiAz, name }: EnvironmentProfile, bounds: Bounds, decisions: Decisions,
): number {
  if (!keptStopped) return 0;
  const [units, reason] = multiAz || traffic.rampUp === undefined ? forRamp(traffic, bounds)
    : [0, `${name} has no standbys, so that a ramp may wait until instances are launched`];
  return decisions.take('warm pool', units, 'instances', reason);
}

function forRamp({ rampUp }: Traffic, { minUnits, maxUnits }: Bounds): [number, string] {
  const seconds = rampUp === undefined ? Infinity : rampUp.toMilliseconds() / 1000;
  const units = Math.ceil((maxUnits - minUnits) * Math.min(1, SECONDS_TO_LAUNCH / seconds));
  const reason = rampUp === undefined ? 'traffic that keeps to its level'
    : `of the ${maxUnits - minUnits} between minimum and maximum, what a ramp of ${rounded(seconds)} seconds asks for before the ${SECONDS_TO_LAUNCH} are over that a new instance takes to serve; stopped, each costs its volume alone`;
  return [units, reason];
}
