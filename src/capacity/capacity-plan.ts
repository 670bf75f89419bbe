import { CacheCapacity, ComputeCapacity, DatabaseCapacity, EnvironmentProfile, Traffic } from '../core';

/** One number of a plan, and why it is that number. */
export interface CapacityDecision {
  /** What was decided, such as `maximum units`. */
  readonly name: string;
  /** The number. */
  readonly value: number;
  /** Its unit, such as `units` or `ACU`. */
  readonly unit: string;
  /** How it follows from traffic and profile. */
  readonly reason: string;
}

/** Utilization that scaling aims at: a unit has room for the minutes that a new one takes to start. */
const TARGET_UTILIZATION = 0.6;
/** Share of capacity above the expected peak; an estimate of a peak is rarely exact. */
const HEADROOM = 1.25;
/** Tasks of an ECS service, quota "Tasks per service" (Amazon ECS service quotas). */
const MAX_UNITS = 5000;
/** Requests per second that one ACU serves; an assumption for a classic page of 5 to 10 short queries. */
const RPS_PER_ACU = 50;
/** Aurora serverless v2 capacity range (Aurora user guide, "Aurora Serverless v2 capacity"). */
const ACU = { step: 0.5, floor: 0.5, max: 256 };
/** Smallest ACU that AWS recommends with Performance Insights on (Aurora user guide, "Performance and scaling"). */
const ACU_WITH_INSIGHTS = 2;
/** A session is read and written once per request; 1 ECPU per kB moved, and a session holds up to 4 kB. */
const ECPU_PER_REQUEST = 8;
/** Limits that ElastiCache serverless takes (CacheUsageLimits: ECPUPerSecond and DataStorage). */
const CACHE = { ecpuPerSecond: { min: 1000, max: 15_000_000 }, dataGb: { min: 1, max: 5000 } };
const SERVERLESS = 'ElastiCache serverless';
/** Requests of one visit and hours that its session is kept: how many sessions exist at once. */
const VISIT = { requests: 10, sessionHours: 4, sessionKb: 4 };

/** Turns traffic into sizes. Each number carries its reason. */
export class CapacityPlan {
  /**
   * The sizes for a traffic.
   *
   * @param traffic what is to be carried
   * @param profile how much runs at the least
   * @throws Error when the peak needs more than 5,000 units
   */
  public static of(traffic: Traffic, profile: EnvironmentProfile): CapacityPlan {
    return new CapacityPlan(traffic, profile);
  }

  /** Sizes of the application tier. */
  public readonly compute: ComputeCapacity;
  /** Sizes of the database. */
  public readonly database: DatabaseCapacity;
  /** Sizes of the session store. */
  public readonly cache: CacheCapacity;
  /** Every number with its reason. */
  public readonly decisions: CapacityDecision[] = [];

  private constructor(private readonly traffic: Traffic, private readonly profile: EnvironmentProfile) {
    this.compute = this.planCompute();
    this.database = this.planDatabase();
    this.cache = this.planCache();
  }

  private planCompute(): ComputeCapacity {
    const { baselineRps, peakRps, requestsPerSecondPerUnit: perUnit } = this.traffic;
    const atBase = Math.ceil(baselineRps / perUnit / TARGET_UTILIZATION);
    const atPeak = Math.ceil(peakRps / perUnit * HEADROOM);
    const minUnits = Math.max(this.profile.minimumUnits, atBase);
    const maxUnits = Math.max(minUnits, atPeak);
    if (maxUnits > MAX_UNITS) {
      throw new Error(`[CapacityPlan.of] the peak of ${peakRps} requests per second needs ${maxUnits} units of ${perUnit} requests per second, more than the ${MAX_UNITS} of an ECS service: use larger units and raise 'requestsPerSecondPerUnit' of the traffic`);
    }
    return {
      minUnits: this.decide('minimum units', minUnits, 'units',
        `${baselineRps} requests per second at ${TARGET_UTILIZATION * 100} % of ${perUnit} per unit, and at least ${this.profile.minimumUnits} in ${this.profile.name}`),
      maxUnits: this.decide('maximum units', maxUnits, 'units',
        `${peakRps} requests per second at ${perUnit} per unit, and ${percent(HEADROOM - 1)} headroom`),
      targetRequestsPerMinute: this.decide('scaling target, requests', Math.max(1, Math.floor(perUnit * 60 * TARGET_UTILIZATION)), 'requests per minute and unit',
        `${percent(TARGET_UTILIZATION)} of what a unit answers, so that it has room while a new one starts`),
      targetCpuPercent: this.decide('scaling target, CPU', TARGET_UTILIZATION * 100, '%',
        'the same share, for requests that cost more than usual'),
      steps: [],
      scheduledFloors: [],
      warmPoolUnits: 0,
    };
  }

  private planDatabase(): DatabaseCapacity {
    const { baselineRps, peakRps } = this.traffic;
    const floor = this.profile.multiAz ? ACU_WITH_INSIGHTS : ACU.floor;
    const atBase = Math.max(floor, acus(baselineRps / RPS_PER_ACU));
    const atPeak = Math.max(atBase, acus(peakRps / RPS_PER_ACU * HEADROOM), 1);
    return {
      minAcu: this.decide('minimum ACU', Math.min(ACU.max, atBase), 'ACU',
        `${baselineRps} requests per second at ${RPS_PER_ACU} per ACU, and at least ${floor} in ${this.profile.name}${held(atBase, ACU.max, 'Aurora')}`),
      maxAcu: this.decide('maximum ACU', Math.min(ACU.max, atPeak), 'ACU',
        `${peakRps} requests per second at ${RPS_PER_ACU} per ACU, and ${percent(HEADROOM - 1)} headroom${held(atPeak, ACU.max, 'Aurora')}`),
      connections: 0,
      proxy: false,
    };
  }

  private planCache(): CacheCapacity {
    const { peakRps } = this.traffic;
    const { ecpuPerSecond, dataGb } = CACHE;
    const ecpu = Math.max(ecpuPerSecond.min, Math.ceil(peakRps * ECPU_PER_REQUEST * HEADROOM));
    const sessionsGb = peakRps / VISIT.requests * VISIT.sessionHours * 3600 * VISIT.sessionKb / 1e6;
    const gb = Math.max(dataGb.min, Math.ceil(sessionsGb * HEADROOM));
    return {
      maxEcpuPerSecond: this.decide('maximum ECPU', Math.min(ecpuPerSecond.max, ecpu), 'ECPU per second',
        `${peakRps} requests per second that read and write a session of up to ${VISIT.sessionKb} kB, and ${percent(HEADROOM - 1)} headroom${held(ecpu, ecpuPerSecond.max, SERVERLESS)}`),
      maxDataGb: this.decide('maximum session data', Math.min(dataGb.max, gb), 'GB',
        `sessions of ${VISIT.sessionKb} kB for ${VISIT.sessionHours} hours, one for every ${VISIT.requests} requests of the peak${held(gb, dataGb.max, SERVERLESS)}`),
    };
  }

  private decide(name: string, value: number, unit: string, reason: string): number {
    this.decisions.push({ name, value, unit, reason });
    return value;
  }
}

function acus(amount: number): number {
  return Math.ceil(amount / ACU.step) * ACU.step;
}

/** What a reason ends in when a service does not go as far as is needed. */
function held(needed: number, most: number, service: string): string {
  return needed > most ? `; that would be ${needed}, and ${service} goes up to ${most}` : '';
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
