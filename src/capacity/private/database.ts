import { Decisions, held, HEADROOM, percent, rounded, standing } from './decisions';
import { Demand } from './demand';
import { SECONDS_TO_SERVE } from './steps';
import { DatabaseCapacity, EnvironmentProfile, IConnectionLimit } from '../../core';

/** Requests per second that one ACU serves; an assumption for a classic page of 5 to 10 short queries. */
const RPS_PER_ACU = 50;
/** Aurora serverless v2 capacity range (Aurora user guide, "Aurora Serverless v2 capacity"). */
const ACU = { step: 0.5, floor: 0.5, max: 256 };
/** Smallest ACU that AWS recommends with Performance Insights on (Aurora user guide, "Performance and scaling"). */
const ACU_WITH_INSIGHTS = 2;
/**
 * How far Aurora grows while units start: three doublings in 140 seconds, at the 1.5 % a second that are the pessimistic end
 * of what is known (an estimate). When units come at once, the database has to follow at once.
 */
const GROWTH_ON_RAMP = 8;
/** The same in general: the share of its capacity that Aurora adds in a second. */
const GROWTH_PER_SECOND = 0.015;
const GIB_PER_ACU = 2;
/** Share of the connections that a database takes which the application may use; operators and replication need some. */
const USABLE_CONNECTIONS = 0.8;
/**
 * Connections that a database opens per second at the most without a proxy: an application opens one for each request when it
 * keeps none, and a TLS handshake with an RSA key takes about 1 ms of CPU, so this many keep one vCPU busy (an assumption).
 */
const CHURN = 1000;

/**
 * The sizes of the database.
 *
 * @param limit how many connections it takes; when nobody knows, the proxy is decided by how fast connections are opened alone
 */
export function planDatabase(demand: Demand, profile: EnvironmentProfile, decisions: Decisions, limit?: IConnectionLimit): DatabaseCapacity {
  const { peakRps, units, pooled } = demand;
  const { minAcu, maxAcu } = planAcu(demand, profile, decisions, limit);
  const connections = decisions.take('database connections', demand.connections, 'connections', `${units}, as many as serve requests at once at the peak`);
  const most = limit?.maxConnections(maxAcu * GIB_PER_ACU);
  const tooMany = most !== undefined && connections > most * USABLE_CONNECTIONS;
  const proxy = pooled || tooMany || peakRps > CHURN;
  decisions.take('RDS Proxy', proxy ? 1 : 0, '(1 on, 0 off)',
    `${connections} connections${most === undefined ? '' : ` of the ${most} that ${maxAcu} ACU take`}, and up to ${rounded(peakRps)} opened per second: on above ${percent(USABLE_CONNECTIONS)} of the one, or ${CHURN} of the other${pooled ? '; and always for a function, whose executions bring connections of their own with the requests' : ''}`);
  return { minAcu, maxAcu, connections, proxy, ...pooled && tooMany ? { needsProxy: true } : {} };
}

function planAcu(demand: Demand, profile: EnvironmentProfile, decisions: Decisions, limit?: IConnectionLimit) {
  const { baselineRps, peakRps, standingRps, connections, pooled } = demand;
  const floor = profile.multiAz ? ACU_WITH_INSIGHTS : ACU.floor;
  const peak = peakRps / RPS_PER_ACU * HEADROOM;
  const following = profile.multiAz ? acus(peak / growthOf(demand)) : 0;
  const atBase = Math.max(floor, acus(baselineRps / RPS_PER_ACU), acus(standingRps / RPS_PER_ACU * HEADROOM), following);
  const atPeak = Math.max(atBase, acus(peak), 1);
  // A pool lets many connections share few: for it the database need not grow.
  const holding = limit === undefined || pooled ? 0 : acuThatHolds(connections, limit);
  const forRamp = following > floor ? `; and what grows to ${acus(peak)} ACU while units start` : '';
  const forConnections = holding > atPeak ? `; and as many as take ${connections} connections` : '';
  return {
    minAcu: decisions.take('minimum ACU', Math.min(ACU.max, atBase), 'ACU',
      `${rounded(baselineRps)} requests per second at ${RPS_PER_ACU} per ACU, and at least ${floor} in ${profile.name}${standing(standingRps / peakRps)}${forRamp}${held(atBase, ACU.max, 'Aurora')}`),
    maxAcu: decisions.take('maximum ACU', Math.min(ACU.max, Math.max(atPeak, holding)), 'ACU',
      `${rounded(peakRps)} requests per second at ${RPS_PER_ACU} per ACU, and ${percent(HEADROOM - 1)} headroom${forConnections}${held(atPeak, ACU.max, 'Aurora')}`),
  };
}

/** How many times its least capacity the database can reach in time, when a peak comes unannounced. */
function growthOf({ rampUpSeconds }: Demand): number {
  return Math.max(GROWTH_ON_RAMP, Math.exp(GROWTH_PER_SECOND * (rampUpSeconds - SECONDS_TO_SERVE)));
}

/** The least capacity that takes so many connections, or the largest there is: most costs nothing before it is used. */
function acuThatHolds(connections: number, limit: IConnectionLimit): number {
  let acu = 1;
  while (acu < ACU.max && limit.maxConnections(acu * GIB_PER_ACU) * USABLE_CONNECTIONS < connections) acu += ACU.step;
  return acu;
}

function acus(amount: number): number {
  return Math.ceil(amount / ACU.step) * ACU.step;
}
