import { Duration } from 'aws-cdk-lib';
import { BASE, Candidate } from './stacks';
import { Arrivals, Outlook, SpikeResult, SpikeSimulation, SpikeSimulationOptions } from '../../src/simulation';

export const OUTLOOKS = [Outlook.OPTIMISTIC, Outlook.EXPECTED, Outlook.PESSIMISTIC];

/** A day at the base with an hour of 30 times as much, which it rises to in that time. */
export function dayOf(rampUp: Duration): Arrivals {
  return Arrivals.ramp({ baselineRps: BASE, rampUp });
}

/** The worst of several replays that differ by chance alone, in each respect. */
export function worst(template: string, arrivals: Arrivals, seeds: number, options: SpikeSimulationOptions): SpikeResult {
  const results = Array.from({ length: seeds }, (_, index) => SpikeSimulation.ofTemplate(template, { ...options, seed: index + 1 }).replay(arrivals));
  return results.reduce((one, other) => ({
    ...one,
    failedShare: Math.max(one.failedShare, other.failedShare),
    slowShare: Math.max(one.slowShare, other.slowShare),
    heldShare: Math.max(one.heldShare, other.heldShare),
    worstMinuteShare: Math.max(one.worstMinuteShare, other.worstMinuteShare),
    secondsToRecover: Math.max(one.secondsToRecover, other.secondsToRecover),
    unitHours: Math.max(one.unitHours, other.unitHours),
    peakUnits: Math.max(one.peakUnits, other.peakUnits),
  }));
}

/** One value of each outlook, side by side. */
export function ends({ template, application }: Candidate, arrivals: Arrivals, seeds: number): SpikeResult[] {
  return OUTLOOKS.map(outlook => worst(template, arrivals, seeds, { outlook, application }));
}

/** Texts of the three ends in one cell. */
export function cell(results: SpikeResult[], of: (result: SpikeResult) => string): string {
  const texts = results.map(of);
  return new Set(texts).size === 1 ? texts[0] : texts.join(' / ');
}
