import { Application } from './application';
import { Behaviour } from './behaviour';
import { Queue } from './queue';
import { TargetSpec } from './system';

/** Over how many seconds the use of a unit is smoothed before its answers' times are worked out. */
const SMOOTHING = 10;
/** A second of chance is no steady state: use above this is taken for this. */
const HIGHEST_USE = 0.995;

/** Units that began together, and so share one fate. */
export class Group {
  public readonly queue = new Queue();
  public healthy = true;
  /** It failed its checks, and is to be replaced even if it recovers. */
  public condemned = false;
  /** Its replacement is on the way, and takes its place. */
  public replaced = false;
  /** When what is left of it ends, while it takes no more requests. */
  public drainsUntil?: number;
  /** Share of its capacity that was used in the last second. */
  public cpu = 0;
  /** Share of what came in the last second that it refused. */
  public refusedShare = 0;
  private use = 0;
  private checks = 0;

  constructor(
    public units: number,
    public readonly runsSince: number,
    public readonly servesFrom: number,
    private readonly application: Application,
    private readonly behaviour: Behaviour,
  ) {}

  public serves(now: number): boolean {
    return now >= this.servesFrom && this.drainsUntil === undefined;
  }

  /** Share of a unit's requests that one of these gets: less than 1 in a slow start. */
  public weight(now: number, slowStart: number): number {
    return this.units * (slowStart === 0 ? 1 : Math.min(1, (now - this.servesFrom + 1) / slowStart));
  }

  /** Requests that it can answer in this second. */
  public capacity(now: number): number {
    const cold = now < this.servesFrom + this.behaviour.coldSeconds;
    return this.units * this.application.rpsPerUnit * (cold ? this.behaviour.coldShare : 1);
  }

  /** Takes in what fits, and says how much it refused. */
  public admit(now: number, arriving: number): number {
    const room = this.units * (this.application.workers + this.application.backlog) + this.capacity(now) - this.queue.length;
    const admitted = Math.max(0, Math.min(arriving, room));
    this.queue.add(now, admitted);
    this.refusedShare = arriving > 0 ? (arriving - admitted) / arriving : 0;
    this.use += (Math.min(HIGHEST_USE, arriving / this.capacity(now)) - this.use) / SMOOTHING;
    return arriving - admitted;
  }

  /** Workers that hold a connection to the database. */
  public busyWorkers(): number {
    const { workers, waitsPerRequest, rpsPerUnit } = this.application;
    if (this.queue.length > this.units) return this.units * workers;
    const inService = this.use / (1 - this.use) + this.use * rpsPerUnit * waitsPerRequest;
    return this.units * Math.min(workers, inService);
  }

  /**
   * Share of the requests that did not have to queue for a second and yet are answered later than that: of one server
   * with random arrivals and work (M/M/1), exp(-(capacity - arrivals) * time).
   */
  public slowShare(seconds: number): number {
    if (seconds <= 0) return 1;
    return Math.exp(-this.application.rpsPerUnit * (1 - this.use) * seconds);
  }

  /** One round of health checks: a check waits as long as a request, and is refused as a request is. */
  public check(targets: TargetSpec, throughput: number, chance: number): void {
    const wait = this.queue.length / Math.max(1e-9, throughput);
    const passes = !this.application.checksQueue || (wait <= targets.timeout && chance >= this.refusedShare);
    this.checks = passes === this.healthy ? 0 : this.checks + 1;
    if (this.checks < (this.healthy ? targets.unhealthyThreshold : targets.healthyThreshold)) return;
    this.healthy = passes;
    this.checks = 0;
  }

  /** Whether nothing tells it from other groups any more. */
  public settled(now: number, slowStart: number, newFor: number): boolean {
    return this.healthy && !this.condemned && this.drainsUntil === undefined && this.checks === 0 && this.queue.length < 1e-6
      && now >= this.servesFrom + Math.max(this.behaviour.coldSeconds, slowStart) && now >= this.runsSince + newFor;
  }
}
