import { Decisions, held, HEADROOM, percent, rounded } from './decisions';
import { Demand } from './demand';
import { CacheCapacity } from '../../core';

/** A session is read and written once per request; 1 ECPU per kB moved, and a session holds up to 4 kB. */
const ECPU_PER_REQUEST = 8;
/** Limits that ElastiCache serverless takes (CacheUsageLimits: ECPUPerSecond and DataStorage). */
const CACHE = { ecpuPerSecond: { min: 1000, max: 15_000_000 }, dataGb: { min: 1, max: 5000 } };
const SERVERLESS = 'ElastiCache serverless';
/** Requests of one visit and hours that its session is kept: how many sessions exist at once. */
const VISIT = { requests: 10, sessionHours: 4, sessionKb: 4 };

/** The limits of the session store. */
export function planCache({ peakRps }: Demand, decisions: Decisions): CacheCapacity {
  const { ecpuPerSecond, dataGb } = CACHE;
  const ecpu = Math.max(ecpuPerSecond.min, Math.ceil(peakRps * ECPU_PER_REQUEST * HEADROOM));
  const sessionsGb = peakRps / VISIT.requests * VISIT.sessionHours * 3600 * VISIT.sessionKb / 1e6;
  const gb = Math.max(dataGb.min, Math.ceil(sessionsGb * HEADROOM));
  return {
    maxEcpuPerSecond: decisions.take('maximum ECPU', Math.min(ecpuPerSecond.max, ecpu), 'ECPU per second',
      `${rounded(peakRps)} requests per second that read and write a session of up to ${VISIT.sessionKb} kB, and ${percent(HEADROOM - 1)} headroom${held(ecpu, ecpuPerSecond.max, SERVERLESS)}`),
    maxDataGb: decisions.take('maximum session data', Math.min(dataGb.max, gb), 'GB',
      `sessions of ${VISIT.sessionKb} kB for ${VISIT.sessionHours} hours, one for every ${VISIT.requests} requests of the peak${held(gb, dataGb.max, SERVERLESS)}`),
  };
}
