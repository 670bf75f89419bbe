import { TARGET_UTILIZATION, targetRequests, unitsFor } from './bounds';
import { Decisions, HEADROOM, percent, rounded, standing } from './decisions';
import { planFloors } from './floors';
import { ApplicationLoad, ComputeCapacity, EnvironmentProfile } from '../../core';

const EXECUTIONS = 'executions';

/**
 * The sizes of a function, whose units are its concurrent executions. AWS starts them with the requests, so nothing scales them:
 * what is decided is how many stand ready at all times, which start in no request's time, and how many there may be.
 *
 * @param most the most that the account lets one function have
 */
export function planExecutions(load: ApplicationLoad, most: number, profile: EnvironmentProfile, decisions: Decisions): ComputeCapacity {
  const { traffic, unit } = load;
  const { baselineRps, peakRps, standingHeadroom } = traffic;
  const perExecution = `${rounded(unit.requestsPerSecond)} per execution`;
  const atBase = Math.ceil(baselineRps / unit.requestsPerSecond / TARGET_UTILIZATION);
  const ready = Math.max(profile.minimumUnits, atBase, unitsFor(peakRps * standingHeadroom, unit));
  // What may fail with a zone may also wait for a start.
  const minUnits = profile.multiAz ? ready : 0;
  const maxUnits = Math.max(minUnits, unitsFor(peakRps, unit));
  if (maxUnits > most) throw new Error(tooMany(load, maxUnits, most));
  decisions.take('provisioned concurrency', minUnits, EXECUTIONS, profile.multiAz
    ? `${rounded(baselineRps)} requests per second at ${percent(TARGET_UTILIZATION)} of ${perExecution}, and at least ${profile.minimumUnits} in ${profile.name}${standing(standingHeadroom)}`
    : `${profile.name} has no standbys, so that a request may wait until its execution has started`);
  decisions.take('reserved concurrency', maxUnits, EXECUTIONS, `${rounded(peakRps)} requests per second at ${perExecution}, and ${percent(HEADROOM - 1)} headroom`);
  decisions.take('scaling target, provisioned concurrency', TARGET_UTILIZATION * 100, '%',
    'the share of the executions standing ready that is busy, so that there is room while more are made ready');
  return {
    minUnits,
    maxUnits,
    targetRequestsPerMinute: targetRequests(unit),
    targetCpuPercent: TARGET_UTILIZATION * 100,
    steps: [],
    scheduledFloors: profile.multiAz ? planFloors(load, { minUnits, maxUnits }, decisions, EXECUTIONS) : [],
    warmPoolUnits: 0,
  };
}

function tooMany({ traffic: { peakRps }, unit }: ApplicationLoad, executions: number, most: number): string {
  return `[CapacityPlan.of] the peak of ${rounded(peakRps)} requests per second needs ${executions} concurrent executions of ${rounded(1000 / unit.requestsPerSecond)} ms each, more than the ${most} that the account leaves to one function: have the quota 'Concurrent executions' of AWS Lambda raised and say so by 'accountConcurrency', measure a shorter 'load.duration', or run the application on containers`;
}
