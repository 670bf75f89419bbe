import { Decisions, held, HEADROOM, percent, rounded, standing } from './decisions';
import { SECONDS_TO_SERVE } from './steps';
import { DatabaseCapacity, EnvironmentProfile, Traffic } from '../../core';

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
const BYTES_PER_ACU = 2 * 1024 ** 3;
/**
 * Seconds that a request holds its PHP worker at the peak, and the worker its connection; an assumption, which makes 10
 * workers of a unit that answers 25 requests per second.
 */
const SECONDS_PER_REQUEST = 0.4;
/** Share of the connections that a database takes which the application may use; operators and replication need some. */
const USABLE_CONNECTIONS = 0.8;
/**
 * Connections that a database opens per second at the most without a proxy: PHP opens one for each request when it keeps
 * none, and a TLS handshake with an RSA key takes about 1 ms of CPU, so this many keep one vCPU busy (an assumption).
 */
const CHURN = 1000;

/** The sizes of the database. */
export function planDatabase(traffic: Traffic, profile: EnvironmentProfile, maxUnits: number, decisions: Decisions): DatabaseCapacity {
  const { minAcu, maxAcu } = planAcu(traffic, profile, connectionsOf(traffic, maxUnits), decisions);
  const { peakRps } = traffic;
  const workers = workersOf(traffic);
  const connections = decisions.take('database connections', connectionsOf(traffic, maxUnits), 'connections',
    `${maxUnits} units with ${workers} PHP workers each, since a request holds its worker for ${SECONDS_PER_REQUEST} s at the peak`);
  const limit = maxConnections(maxAcu);
  const proxy = connections > limit * USABLE_CONNECTIONS || peakRps > CHURN;
  decisions.take('RDS Proxy', proxy ? 1 : 0, '(1 on, 0 off)',
    `${connections} connections of the ${limit} that ${maxAcu} ACU take, and up to ${rounded(peakRps)} opened per second: on above ${percent(USABLE_CONNECTIONS)} of the one, or ${CHURN} of the other`);
  return { minAcu, maxAcu, connections, proxy };
}

/**
 * Connections that Aurora MySQL takes by default, from the memory of the largest capacity: `max_connections` of its default
 * parameter group, `GREATEST({log(DBInstanceClassMemory/805306368)*45},{log(DBInstanceClassMemory/8187281408)*1000})` with
 * the logarithm to the base 2 (Aurora user guide, "Maximum connections to an Aurora MySQL DB instance").
 */
export function maxConnections(maxAcu: number): number {
  const memory = maxAcu * BYTES_PER_ACU;
  return Math.floor(Math.max(Math.log2(memory / 805_306_368) * 45, Math.log2(memory / 8_187_281_408) * 1000));
}

function planAcu(traffic: Traffic, profile: EnvironmentProfile, connections: number, decisions: Decisions) {
  const { baselineRps, peakRps, standingHeadroom } = traffic;
  const floor = profile.multiAz ? ACU_WITH_INSIGHTS : ACU.floor;
  const peak = peakRps / RPS_PER_ACU * HEADROOM;
  const following = profile.multiAz ? acus(peak / growthOf(traffic)) : 0;
  const atBase = Math.max(floor, acus(baselineRps / RPS_PER_ACU), acus(peak * standingHeadroom), following);
  const atPeak = Math.max(atBase, acus(peak), 1);
  const holding = acuThatHolds(connections);
  const forRamp = following > floor ? `; and what grows to ${acus(peak)} ACU while units start` : '';
  const forConnections = holding > atPeak ? `; and as many as take ${connections} connections` : '';
  return {
    minAcu: decisions.take('minimum ACU', Math.min(ACU.max, atBase), 'ACU',
      `${rounded(baselineRps)} requests per second at ${RPS_PER_ACU} per ACU, and at least ${floor} in ${profile.name}${standing(standingHeadroom)}${forRamp}${held(atBase, ACU.max, 'Aurora')}`),
    maxAcu: decisions.take('maximum ACU', Math.min(ACU.max, Math.max(atPeak, holding)), 'ACU',
      `${rounded(peakRps)} requests per second at ${RPS_PER_ACU} per ACU, and ${percent(HEADROOM - 1)} headroom${forConnections}${held(atPeak, ACU.max, 'Aurora')}`),
  };
}

/** How many times its least capacity the database can reach in time, when a peak comes unannounced. */
function growthOf({ rampUp }: Traffic): number {
  if (rampUp === undefined) return Infinity;
  const secondsAfterUnits = rampUp.toMilliseconds() / 1000 - SECONDS_TO_SERVE;
  return Math.max(GROWTH_ON_RAMP, Math.exp(GROWTH_PER_SECOND * secondsAfterUnits));
}

/** The least capacity that takes so many connections, or the largest there is: most costs nothing before it is used. */
function acuThatHolds(connections: number): number {
  let acu = 1;
  while (acu < ACU.max && maxConnections(acu) * USABLE_CONNECTIONS < connections) acu += ACU.step;
  return acu;
}

function connectionsOf(traffic: Traffic, maxUnits: number): number {
  return maxUnits * workersOf(traffic);
}

function workersOf({ requestsPerSecondPerUnit }: Traffic): number {
  return Math.ceil(requestsPerSecondPerUnit * SECONDS_PER_REQUEST);
}

function acus(amount: number): number {
  return Math.ceil(amount / ACU.step) * ACU.step;
}
