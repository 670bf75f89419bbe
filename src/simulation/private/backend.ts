import { Application } from './application';
import { Behaviour } from './behaviour';
import { DatabaseSpec, SessionsSpec } from './system';

/** Use of its capacity that Aurora keeps below, by growing. */
const AURORA_AIM = 0.7;
/** Share of a request's time in which it holds a connection of the proxy: the queries, not the rendering. */
const QUERY_SHARE = 0.5;
/** Use above this is taken for this when the wait for an answer is worked out. */
const HIGHEST_USE = 0.98;

/** A database that answers so many requests a second, and grows if it is serverless. */
export class DatabaseModel {
  /** Seconds of ACU that were paid for. */
  public acuSeconds = 0;
  private exact: number;
  private pressedFor = 0;

  constructor(
    private readonly spec: DatabaseSpec, private readonly application: Application, private readonly behaviour: Behaviour, initialRps: number,
  ) {
    this.exact = this.within(initialRps / application.rpsPerAcu / AURORA_AIM);
  }

  /** In steps of half an ACU. */
  public get acu(): number {
    return Math.max(this.spec.minAcu, Math.floor(this.exact * 2) / 2);
  }

  /** Share of the wanted requests that it answers in this second; then it grows or shrinks. */
  public serve(wanted: number, connections: number): { share: number; wait: number; refused: number } {
    const { spec, application } = this;
    const capacity = this.acu * application.rpsPerAcu;
    const pooled = spec.proxyShare === undefined ? Infinity : spec.connections * spec.proxyShare;
    const byPool = pooled / Math.max(1e-9, connections * QUERY_SHARE);
    const share = Math.min(1, capacity / Math.max(1e-9, wanted), byPool);
    const use = Math.min(HIGHEST_USE, wanted * share / capacity);
    const refused = spec.proxyShare === undefined ? Math.max(0, 1 - spec.connections / Math.max(1, connections)) : 0;
    this.grow(wanted);
    this.acuSeconds += this.acu;
    return { share, wait: application.waitsPerRequest * use / (1 - use), refused };
  }

  private grow(wanted: number): void {
    const { auroraGrowth, auroraReaction, auroraShrink } = this.behaviour;
    const needed = wanted / this.application.rpsPerAcu / AURORA_AIM;
    this.pressedFor = needed > this.exact ? this.pressedFor + 1 : 0;
    if (this.pressedFor > auroraReaction) this.exact = this.within(Math.min(needed, this.exact * (1 + auroraGrowth)));
    if (needed < this.exact) this.exact = this.within(Math.max(needed, this.exact * (1 - auroraShrink)));
  }

  private within(acu: number): number {
    return Math.min(this.spec.maxAcu, Math.max(this.spec.minAcu, acu));
  }
}

/** A serverless cache: throttles above its limit, and above what it has grown to. */
export class SessionsModel {
  private supported: number;

  constructor(private readonly spec: SessionsSpec, private readonly application: Application, private readonly behaviour: Behaviour) {
    this.supported = Math.max(spec.minEcpu, behaviour.cacheEcpu);
  }

  /** Share of the requests that fail for want of their session in this second. */
  public refused(requests: number): number {
    const needed = requests * this.application.ecpuPerRequest;
    const limit = Math.min(this.supported, this.spec.maxEcpu);
    if (needed > this.supported / 2) this.supported *= 2 ** (1 / this.behaviour.cacheDoubling);
    return needed > limit ? 1 - limit / needed : 0;
  }
}

/** A load balancer that grows with what it carries. */
export class BalancerModel {
  private capacity: number;

  constructor(reservedUnits: number, private readonly behaviour: Behaviour, initialRps: number) {
    this.capacity = Math.max(behaviour.balancerRps, reservedUnits * behaviour.balancerRpsPerUnit, initialRps * 2);
  }

  /** Requests of this second that it lets through. */
  public pass(requests: number): number {
    const passed = Math.min(requests, this.capacity);
    // It keeps room: what it carries is at most half of what it could.
    if (requests > this.capacity / 2) this.capacity *= 2 ** (1 / this.behaviour.balancerDoubling);
    return passed;
  }
}
