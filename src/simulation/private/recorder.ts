import { EdgeOutcome } from './edge';
import { Outcome } from './fleet';
import { SpikeMinute, SpikeResult } from '../spike-result';

/** What became of the requests of one second. */
interface Second {
  readonly requests: number;
  readonly atEdge: EdgeOutcome;
  /** Requests that the balancer refused. */
  readonly balancer: number;
  readonly outcome: Outcome;
  /** Shares of the answers that are failures, for want of a connection or of a session. */
  readonly dependencies: { readonly connections: number; readonly sessions: number };
}

type State = Pick<SpikeMinute, 'units' | 'inService' | 'cpuPercent' | 'acu'>;

/** Share of bad requests from which on a second counts as bad, and seconds after which a spell is over. */
const BAD = { share: 0.01, gap: 60 };

/** Adds up what happens. */
export class Recorder {
  private readonly causes = new Map<string, number>();
  private readonly timeline: SpikeMinute[] = [];
  private requests = 0;
  private slow = 0;
  private held = 0;
  private hits = 0;
  private minute = { requests: 0, failed: 0, slow: 0 };
  /** Requests that came to an end in this minute, of whichever minute they are: a page may be given up on long after it was asked for. */
  private ended = 0;
  private worst = 0;
  private spell = { from: 0, to: -Infinity };
  private longest = 0;
  private peakUnits = 0;

  constructor(private readonly rpsPerUnit: number) {}

  public second(now: number, { requests, atEdge, balancer, outcome, dependencies }: Second, state: State): void {
    const { connections, sessions } = dependencies;
    const done = outcome.answered + outcome.slow;
    const withoutConnection = done * connections;
    const withoutSession = (done - withoutConnection) * sessions;
    const failed = this.fail({
      'refused by the firewall': atEdge.refused,
      'the load balancer grows too slowly': balancer,
      'no unit is in service': outcome.noUnits,
      'the units\' queues are full': outcome.refused,
      'given up on': outcome.timedOut,
      'lost with their unit': outcome.lost,
      'no connection to the database is free': withoutConnection,
      'the session store throttles': withoutSession,
    });
    const slow = done === 0 ? 0 : outcome.slow * (done - withoutConnection - withoutSession) / done;
    this.ended += atEdge.hits + atEdge.held + failed + done - withoutConnection - withoutSession;
    this.add(requests, atEdge, failed, slow);
    this.judge(now, requests, failed + slow);
    this.peakUnits = Math.max(this.peakUnits, state.units);
    if ((now + 1) % 60 === 0) this.closeMinute(now, state);
  }

  public result(unitSeconds: number, acuSeconds: number): SpikeResult {
    const share = (amount: number) => this.requests === 0 ? 0 : amount / this.requests;
    const failures = Object.fromEntries([...this.causes].filter(([, amount]) => amount > 0).map(([cause, amount]) => [cause, share(amount)]));
    const peak = Math.max(0, ...this.timeline.map(({ requests }) => requests / 60));
    return {
      requests: this.requests,
      failedShare: Object.values(failures).reduce((total, each) => total + each, 0),
      slowShare: share(this.slow),
      heldShare: share(this.held),
      edgeShare: share(this.hits),
      failures,
      worstMinuteShare: this.worst,
      secondsToRecover: this.longest,
      peakUnits: this.peakUnits,
      unitHours: unitSeconds / 3600,
      peakSizedUnitHours: Math.ceil(peak / this.rpsPerUnit) * this.timeline.length / 60,
      acuHours: acuSeconds / 3600,
      timeline: this.timeline,
    };
  }

  private fail(amounts: { [cause: string]: number }): number {
    let total = 0;
    for (const cause in amounts) {
      const amount = amounts[cause];
      if (amount <= 0) continue;
      this.causes.set(cause, (this.causes.get(cause) ?? 0) + amount);
      total += amount;
    }
    return total;
  }

  private add(requests: number, { hits, held }: EdgeOutcome, failed: number, slow: number): void {
    this.requests += requests;
    this.slow += slow;
    this.hits += hits;
    this.held += held;
    this.minute.requests += requests;
    this.minute.failed += failed;
    this.minute.slow += slow;
  }

  private judge(now: number, requests: number, bad: number): void {
    if (bad <= requests * BAD.share || bad < 1e-6) return;
    if (now - this.spell.to > BAD.gap) this.spell.from = now;
    this.spell.to = now;
    this.longest = Math.max(this.longest, now - this.spell.from + 1);
  }

  private closeMinute(now: number, state: State): void {
    if (this.ended > 0) this.worst = Math.max(this.worst, Math.min(1, (this.minute.failed + this.minute.slow) / this.ended));
    this.ended = 0;
    this.timeline.push({ minute: Math.floor(now / 60), ...this.minute, ...state });
    this.minute = { requests: 0, failed: 0, slow: 0 };
  }
}
