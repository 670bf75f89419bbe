import { ApplicationLoad } from '../../core';

/** What all applications together ask of what they share. */
export interface Demand {
  readonly baselineRps: number;
  /** The peaks of all: nobody promises that they do not come at once. */
  readonly peakRps: number;
  /** Requests per second of the peaks that are ready at all times. */
  readonly standingRps: number;
  /** The shortest, in seconds: what the steepest ramp takes. Infinite when no traffic has one. */
  readonly rampUpSeconds: number;
  /** Connections that all units open at the peak, at the most. */
  readonly connections: number;
  /** How many connections come about, in words. */
  readonly units: string;
  /** Whether some application's connections are to be pooled however few they are. */
  readonly pooled: boolean;
}

/** An application, with the most units that it grows to. */
export interface SizedLoad extends ApplicationLoad {
  readonly maxUnits: number;
}

/** The sum of what applications are to carry. */
export function demandOf(loads: SizedLoad[]): Demand {
  const sum = (numberOf: (load: SizedLoad) => number) => loads.map(numberOf).reduce((one, other) => one + other, 0);
  return {
    baselineRps: sum(({ traffic }) => traffic.baselineRps),
    peakRps: sum(({ traffic }) => traffic.peakRps),
    standingRps: sum(({ traffic }) => traffic.peakRps * traffic.standingHeadroom),
    rampUpSeconds: Math.min(...loads.map(({ traffic: { rampUp } }) => rampUp === undefined ? Infinity : rampUp.toMilliseconds() / 1000)),
    connections: sum(({ maxUnits, unit }) => maxUnits * unit.connections),
    units: loads.map(({ maxUnits, unit }) => `${maxUnits} ${unit.mostExecutions === undefined ? 'units' : 'executions'} with ${unit.connections} each`).join(', '),
    pooled: loads.some(({ unit }) => unit.pooled === true),
  };
}
