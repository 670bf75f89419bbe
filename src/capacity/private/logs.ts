import { Decisions, rounded } from './decisions';
import { Demand } from './demand';
import { EnvironmentProfile, LogCapacity } from '../../core';

/** What the application writes for a request: a line of the web server and one of its own (an assumption). */
const KB_PER_REQUEST = 0.5;
const HOURS_PER_MONTH = 730;

/** How long logs are kept, and how much they come to. */
export function planLogs({ baselineRps, peakRps }: Demand, profile: EnvironmentProfile, decisions: Decisions): LogCapacity {
  const gbOf = (rps: number, hours: number) => Number((rps * KB_PER_REQUEST / 1e6 * hours * 3600).toFixed(2));
  const gbPerMonth = gbOf(baselineRps, HOURS_PER_MONTH);
  return {
    retentionDays: decisions.take('log retention', profile.logRetention, 'days', `that of ${profile.name}`),
    gbPerMonth: decisions.take('application log', gbPerMonth, 'GB a month',
      `${rounded(baselineRps)} requests per second all month, ${KB_PER_REQUEST} kB each; an hour at the peak adds ${gbOf(peakRps, 1)}`),
  };
}
