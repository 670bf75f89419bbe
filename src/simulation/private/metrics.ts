import { Agenda } from './agenda';
import { Behaviour } from './behaviour';
import { Random } from './random';
import { AlarmSpec, MetricSource } from './system';

/** What the metrics see of one second. */
export interface Sample {
  /** 0 to 1. */
  readonly cpu: number;
  readonly requests: number;
  readonly inService: number;
}

type Listener = (value: number, now: number) => void;

/** A metric: gathers a period, and tells it late. */
export class Meter {
  private readonly listeners: Listener[] = [];
  private readonly phase: number;
  private cpu = 0;
  private requests = 0;
  private units = 0;
  private seconds = 0;

  constructor(private readonly source: MetricSource, private readonly agenda: Agenda, private readonly behaviour: Behaviour, random: Random) {
    // Periods begin on the clock, and a spike begins anywhere in one.
    this.phase = Math.floor(random.next() * source.period);
  }

  public tell(listener: Listener): void {
    this.listeners.push(listener);
  }

  public sample(now: number, { cpu, requests, inService }: Sample): void {
    this.cpu += cpu;
    this.requests += requests;
    this.units += inService;
    this.seconds++;
    if ((now + 1 + this.phase) % this.source.period !== 0) return;
    const value = this.value();
    this.agenda.put(now + 1 + this.behaviour[this.source.delay], late => this.listeners.forEach(listener => listener(value, late)));
    this.cpu = this.requests = this.units = this.seconds = 0;
  }

  private value(): number {
    const { kind } = this.source;
    if (kind === 'cpu') return 100 * this.cpu / this.seconds;
    return kind === 'requests' ? this.requests : this.requests / Math.max(1, this.units / this.seconds);
  }
}

const BREACHES: { [comparison: string]: (value: number, threshold: number) => boolean } = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** M of the last N data points beyond the threshold. */
export class Alarm {
  /** Whether it is in the state ALARM. */
  public on = false;
  private readonly recent: boolean[] = [];
  private actedAt = -Infinity;

  constructor(private readonly spec: AlarmSpec, private readonly repeat: number, private readonly act: Listener) {}

  public datapoint(value: number, now: number): void {
    const { comparison, threshold, evaluationPeriods, datapointsToAlarm } = this.spec;
    this.recent.push(BREACHES[comparison](value, threshold));
    if (this.recent.length > evaluationPeriods) this.recent.shift();
    const was = this.on;
    this.on = this.recent.filter(Boolean).length >= datapointsToAlarm;
    if (!this.on || (was && now - this.actedAt < this.repeat)) return;
    this.actedAt = now;
    this.act(value, now);
  }
}
