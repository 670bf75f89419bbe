import { Fleet, World } from './fleet';
import { Alarm, Meter, Sample } from './metrics';
import { FleetSpec, MetricSource, Step, StepScaling, TargetTracking } from './system';

/** Target tracking's own alarms: so many data points above the target (Application Auto Scaling user guide)… */
const HIGH_DATAPOINTS = 3;
/** …and a quarter of an hour below nine tenths of it. */
const LOW = { seconds: 900, share: 0.9 };

/** A scale-out of a policy, whose cooldown may still run. */
interface Raise {
  readonly at: number;
  /** Units before it. */
  readonly from: number;
  readonly added: number;
}

/** What one policy did last. */
interface Memory {
  raise?: Raise;
  loweredAt: number;
}

/** What target tracking knows of one of its policies. */
interface Tracked {
  readonly policy: TargetTracking;
  readonly memory: Memory;
  low?: Alarm;
  latest: number;
}

/** The scaling policies of a fleet, with their metrics and alarms. */
export class Scaling {
  private readonly meters = new Map<string, Meter>();
  private readonly tracked: Tracked[];

  constructor(private readonly spec: FleetSpec, private readonly fleet: Fleet, private readonly world: World) {
    this.tracked = spec.targetTracking.map(policy => this.track(policy));
    spec.stepScaling.forEach(policy => this.step(policy));
  }

  public sample(now: number, sample: Sample): void {
    this.meters.forEach(meter => meter.sample(now, sample));
  }

  private track(policy: TargetTracking): Tracked {
    const tracked: Tracked = { policy, memory: { loweredAt: -Infinity }, latest: 0 };
    const { metric, target } = policy;
    const points = LOW.seconds / metric.period;
    const high = this.alarm(metric, 'GreaterThanThreshold', target, HIGH_DATAPOINTS, (value, now) => this.trackUp(tracked, value, now));
    tracked.low = this.alarm(metric, 'LessThanThreshold', target * LOW.share, points, (_, now) => this.trackDown(tracked, now));
    this.meter(metric).tell((value, now) => {
      tracked.latest = value;
      high.datapoint(value, now);
      tracked.low!.datapoint(value, now);
    });
    return tracked;
  }

  private alarm(metric: MetricSource, comparison: string, threshold: number, points: number, act: (value: number, now: number) => void): Alarm {
    const spec = { metric, comparison, threshold, evaluationPeriods: points, datapointsToAlarm: points };
    return new Alarm(spec, this.world.behaviour.alarmRepeat, (value, now) => this.soon(now, later => act(value, later)));
  }

  private soon(now: number, act: (now: number) => void): void {
    this.world.agenda.put(now + this.world.behaviour.scalingDelay, act);
  }

  private trackUp({ policy, memory }: Tracked, value: number, now: number): void {
    const wanted = Math.ceil(this.counted(now) * value / policy.target - 1e-9);
    this.raise(memory, policy.outCooldown, wanted, now);
  }

  /** All policies that may scale in have to agree, and the one that wants most units decides. */
  private trackDown({ policy, memory }: Tracked, now: number): void {
    if (!policy.scalesIn || now < memory.loweredAt + policy.inCooldown || this.cooling(memory, policy.outCooldown, now)) return;
    if (this.tracked.some(other => other.policy.scalesIn && !other.low!.on)) return;
    const units = this.counted(now);
    const wanted = Math.max(...this.tracked.map(other => Math.ceil(units * other.latest / other.policy.target - 1e-9)), 1);
    if (wanted >= this.fleet.desired) return;
    this.tracked.forEach(other => { other.memory.loweredAt = now; });
    this.fleet.ask(wanted, now);
  }

  private step(policy: StepScaling): void {
    const memory: Memory = { loweredAt: -Infinity };
    const alarm = new Alarm(policy.alarm, this.world.behaviour.alarmRepeat, (value, now) => this.soon(now, later => {
      const step = stepAt(policy.steps, value - policy.alarm.threshold);
      if (step !== undefined) this.take(policy, step, memory, later);
    }));
    this.meter(policy.alarm.metric).tell((value, now) => alarm.datapoint(value, now));
  }

  private take(policy: StepScaling, step: Step, memory: Memory, now: number): void {
    // While a cooldown runs, what the policy has just added is part of what it would add.
    const cooling = this.cooling(memory, policy.cooldown, now);
    const current = this.spec.kind === 'instances' ? this.counted(now) : cooling ? memory.raise!.from : this.fleet.desired;
    const wanted = adjusted(policy, step, current);
    if (wanted > current) this.raise(memory, policy.cooldown, wanted, now);
    if (wanted < this.fleet.desired && step.change < 0 && now >= memory.loweredAt + policy.cooldown) {
      memory.loweredAt = now;
      this.fleet.ask(wanted, now);
    }
  }

  private raise(memory: Memory, cooldown: number, wanted: number, now: number): void {
    const { desired } = this.fleet;
    if (wanted <= desired) return;
    if (this.cooling(memory, cooldown, now) && wanted - memory.raise!.from <= memory.raise!.added) return;
    this.fleet.ask(wanted, now);
    memory.raise = { at: now, from: desired, added: wanted - desired };
  }

  private cooling({ raise }: Memory, cooldown: number, now: number): boolean {
    return raise !== undefined && now < raise.at + cooldown;
  }

  /** Units that a policy reckons with: those whose use the metric shows. */
  private counted(now: number): number {
    return this.spec.kind === 'instances' ? this.fleet.warmedUp(now) : this.fleet.inService(now);
  }

  private meter(metric: MetricSource): Meter {
    const key = JSON.stringify(metric);
    const { agenda, behaviour, random } = this.world;
    const meter = this.meters.get(key) ?? new Meter(metric, agenda, behaviour, random);
    this.meters.set(key, meter);
    return meter;
  }
}

function stepAt(steps: Step[], above: number): Step | undefined {
  return steps.find(({ from, to }) => above >= from && above < to)
    // At the very bound of steps that end at 0, as those for scaling in do.
    ?? steps.find(({ from, to }) => above >= from && above <= to);
}

/** Application Auto Scaling user guide, "Scaling adjustment types": rounded towards zero, and by one at the least. */
function adjusted({ adjustment, minChange }: StepScaling, { change }: Step, current: number): number {
  if (adjustment === 'ExactCapacity') return change;
  const exact = adjustment === 'ChangeInCapacity' ? change : current * change / 100;
  if (exact === 0) return current;
  const rounded = Math.sign(exact) * Math.max(1, Math.floor(Math.abs(exact) + 1e-9));
  return current + Math.sign(exact) * Math.max(Math.abs(rounded), minChange);
}
