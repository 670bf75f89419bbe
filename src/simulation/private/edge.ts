import { Application } from './application';
import { Behaviour } from './behaviour';
import { WaitingRule } from './system';

/** What became of the requests of one second at the edge. */
export interface EdgeOutcome {
  /** On their way to the load balancer. */
  readonly passed: number;
  /** Answered from the edge's caches. */
  readonly hits: number;
  /** Shown a page that asks them to wait, and what they would have asked for had they got in. */
  readonly held: number;
  /** Refused by the firewall. */
  readonly refused: number;
}

/** The firewall's rule for all requests together, and the caches. */
export class EdgeModel {
  private readonly counts: number[];
  private counted = 0;
  private over = 0;
  private blocking = false;
  /** Visitors who came, and those who got in, of the last visits' time; older ones fade. */
  private came = 0;
  private gotIn = 0;

  constructor(
    private readonly ttl: number, private readonly rule: WaitingRule | undefined,
    private readonly application: Application, private readonly behaviour: Behaviour,
  ) {
    this.counts = new Array(rule?.window ?? 1).fill(0);
  }

  public pass(now: number, requests: number): EdgeOutcome {
    const { admitted, turnedAway } = this.gate(now, requests);
    const page = this.rule?.page ?? false;
    const hits = this.hits(admitted);
    return { passed: admitted - hits, hits, held: page ? turnedAway : 0, refused: page ? 0 : turnedAway };
  }

  private gate(now: number, requests: number): { admitted: number; turnedAway: number } {
    if (this.rule === undefined) return { admitted: requests, turnedAway: 0 };
    if (!this.rule.newcomersOnly) {
      const admitted = this.admit(now, requests);
      return { admitted, turnedAway: requests - admitted };
    }
    const newcomers = requests / this.application.requestsPerVisit;
    const letIn = this.admit(now, newcomers);
    const fading = 1 - 1 / this.application.visit;
    this.came = this.came * fading + newcomers;
    this.gotIn = this.gotIn * fading + letIn;
    // Those who did not get in ask for nothing more.
    const following = (requests - newcomers) * (this.came > 0 ? this.gotIn / this.came : 1);
    return { admitted: letIn + following, turnedAway: requests - letIn - following };
  }

  private admit(now: number, matching: number): number {
    const { limit, window } = this.rule!;
    return this.decide(now, matching) ? Math.min(matching, limit / window * this.behaviour.wafPasses) : matching;
  }

  /** Whether the rule acts: the rate of the window has been over the limit, or not yet under it, for the delay. */
  private decide(now: number, matching: number): boolean {
    const { limit, window } = this.rule!;
    const slot = now % window;
    this.counted += matching - this.counts[slot];
    this.counts[slot] = matching;
    this.over = (this.counted > limit) === this.blocking ? 0 : this.over + 1;
    if (this.over > this.behaviour.wafDelay) {
      this.blocking = !this.blocking;
      this.over = 0;
    }
    return this.blocking;
  }

  /** Each cache fetches a page when it is asked for one that it keeps no longer: of Poisson arrivals, 1 of each 1 + rate * lifetime. */
  private hits(requests: number): number {
    const anonymous = requests * this.application.anonymousShare;
    const perLifetime = anonymous / (this.application.pages * this.behaviour.edgeLocations) * this.ttl;
    return anonymous * perLifetime / (1 + perLifetime);
  }
}
