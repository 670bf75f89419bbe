import { Agenda } from './agenda';
import { Application } from './application';
import { Behaviour } from './behaviour';
import { Group } from './group';
import { Random } from './random';
import { FleetSpec, TargetSpec } from './system';

/** The parts of a replay that many objects share. */
export interface World {
  readonly application: Application;
  readonly behaviour: Behaviour;
  readonly agenda: Agenda;
  readonly random: Random;
  /** Seconds after which an answer is slow, and after which nobody waits for it. */
  readonly objective: number;
  readonly patience: number;
}

/** What became of the requests of one second at the units. */
export interface Outcome {
  answered: number;
  slow: number;
  timedOut: number;
  refused: number;
  lost: number;
  noUnits: number;
}

/** What stands behind the units: how much of what they would answer it lets them, and how long it keeps them waiting. */
export interface Backend {
  (now: number, wanted: number, connections: number): { share: number; wait: number };
}

/** The units of the application, from being asked for to being gone. */
export class Fleet {
  public desired: number;
  public min: number;
  public max: number;
  /** Seconds of units that were paid for. */
  public unitSeconds = 0;
  private readonly groups: Group[] = [];
  private starting = 0;
  private cancelled = 0;
  private warm: number;
  private lostNow = 0;

  constructor(private readonly spec: FleetSpec, private readonly targets: TargetSpec, private readonly world: World, initial: number) {
    this.min = spec.min;
    this.max = spec.max;
    this.warm = spec.warmUnits;
    this.desired = Math.min(this.max, Math.max(this.min, initial));
    if (this.desired > 0) this.groups.push(new Group(this.desired, -3600, -3600, world.application, world.behaviour));
  }

  /** Units that take requests. */
  public inService(now: number): number {
    return sum(this.groups.filter(group => group.serves(now)), group => group.units);
  }

  /** Units that run long enough to be reckoned with by EC2 Auto Scaling. */
  public warmedUp(now: number): number {
    return sum(this.groups.filter(group => group.serves(now) && now >= group.runsSince + this.spec.warmup), group => group.units);
  }

  /** Units that run or are about to. */
  public get units(): number {
    return this.starting + sum(this.groups, group => group.units);
  }

  /** CPU use of the units that run, new and idle ones too, 0 to 1. */
  public get cpu(): number {
    const running = this.groups.filter(group => group.drainsUntil === undefined);
    return sum(running, group => group.units * group.cpu) / Math.max(1, sum(running, group => group.units));
  }

  /** Asks for that many units, within the bounds. */
  public ask(desired: number, now: number): void {
    this.desired = Math.min(this.max, Math.max(this.min, desired));
    const there = this.starting + sum(this.groups.filter(group => !group.replaced && group.drainsUntil === undefined), group => group.units);
    if (this.desired > there) this.launch(this.desired - there, now);
    if (this.desired < there) this.release(there - this.desired, now);
  }

  public bound(min: number, max: number, now: number): void {
    this.min = min;
    this.max = Math.max(min, max);
    this.ask(this.desired, now);
  }

  /** One second of requests. */
  public serve(now: number, arriving: number, backend: Backend): Outcome {
    const outcome: Outcome = { answered: 0, slow: 0, timedOut: 0, refused: 0, lost: this.lostNow, noUnits: 0 };
    this.lostNow = 0;
    this.route(now, arriving, outcome);
    this.work(now, backend, outcome);
    this.retire(now, outcome);
    this.merge(now);
    this.unitSeconds += this.units;
    return outcome;
  }

  /** The balancer sends to those that are well, and to all when none is. */
  private route(now: number, arriving: number, outcome: Outcome): void {
    const serving = this.groups.filter(group => group.serves(now));
    const well = serving.filter(group => group.healthy);
    const open = well.length > 0 ? well : serving;
    const weights = sum(open, group => group.weight(now, this.targets.slowStart));
    if (open.length === 0) outcome.noUnits += arriving;
    for (const group of open) {
      outcome.refused += group.admit(now, arriving * group.weight(now, this.targets.slowStart) / weights);
    }
    serving.filter(group => !open.includes(group)).forEach(group => group.admit(now, 0));
  }

  private work(now: number, backend: Backend, outcome: Outcome): void {
    const { objective, patience, application } = this.world;
    const busy = this.groups.filter(group => now >= group.servesFrom);
    const wanted = sum(busy, group => Math.min(group.capacity(now), group.queue.length));
    const { share, wait } = backend(now, wanted, sum(busy, group => group.busyWorkers()));
    for (const group of busy) {
      const capacity = group.capacity(now);
      const { prompt, waited, slow, late } = group.queue.take(now, capacity * share, objective, patience);
      const quick = prompt * (1 - group.slowShare(objective - application.waitsPerRequest - wait));
      outcome.answered += quick + waited;
      outcome.slow += slow + prompt - quick;
      outcome.timedOut += late;
      group.cpu = Math.min(1, (prompt + waited + slow + late) / capacity);
      if (group.serves(now)) this.checkHealth(group, now, capacity * share);
    }
  }

  private checkHealth(group: Group, now: number, throughput: number): void {
    const { spec, targets, world } = this;
    if ((now - group.servesFrom) % targets.interval !== 0) return;
    group.check(targets, throughput, world.random.next());
    if (group.healthy || group.condemned || !spec.replacesUnhealthy || now < group.runsSince + spec.healthGrace) return;
    group.condemned = true;
    world.agenda.put(now + world.behaviour.unhealthyStop, later => this.replace(group, later));
  }

  /** New tasks come before the old ones go; a group of instances ends the old one first. */
  private replace(group: Group, now: number): void {
    if (group.replaced || group.drainsUntil !== undefined || group.units === 0) return;
    group.replaced = true;
    if (this.spec.kind === 'instances') this.end(group);
    this.launch(group.units, now, () => this.end(group));
  }

  private end(group: Group): void {
    const index = this.groups.indexOf(group);
    if (index < 0) return;
    this.lostNow += group.queue.drop();
    this.groups.splice(index, 1);
  }

  private launch(count: number, now: number, whenServing?: (now: number) => void): void {
    const { behaviour, agenda } = this.world;
    this.starting += count;
    const fromPool = Math.min(count, this.warm);
    this.warm -= fromPool;
    const rate = Math.max(1, Math.floor(behaviour.launchRate));
    for (let begun = 0; begun < count; begun += rate) {
      const units = Math.min(rate, count - begun);
      const delay = begun / rate + (begun < fromPool ? behaviour.warmStart : this.startDelay());
      agenda.put(now + Math.ceil(delay), later => this.started(units, later, begun + units >= count ? whenServing : undefined));
    }
  }

  private startDelay(): number {
    const { fargateStart, ecsInstanceTaskStart, instanceStart } = this.world.behaviour;
    return { fargate: fargateStart, tasks: ecsInstanceTaskStart, instances: instanceStart }[this.spec.kind];
  }

  private started(units: number, now: number, whenServing?: (now: number) => void): void {
    const cancelled = Math.min(units, this.cancelled);
    this.cancelled -= cancelled;
    const count = units - cancelled;
    const { interval, healthyThreshold } = this.targets;
    const { application, behaviour, agenda } = this.world;
    const servesFrom = now + Math.ceil(interval * Math.max(1, healthyThreshold * behaviour.firstChecks));
    if (count > 0) {
      this.starting -= count;
      this.groups.push(new Group(count, now, servesFrom, application, behaviour));
    }
    if (whenServing !== undefined) agenda.put(servesFrom, whenServing);
  }

  /** Those that are not there yet go first, then the youngest. */
  private release(count: number, now: number): void {
    const unborn = Math.min(count, this.starting);
    this.starting -= unborn;
    this.cancelled += unborn;
    let left = count - unborn;
    for (const group of [...this.groups].reverse()) {
      if (left === 0 || group.replaced || group.drainsUntil !== undefined) continue;
      const units = Math.min(left, group.units);
      left -= units;
      this.drain(group, units, now);
    }
  }

  private drain(group: Group, units: number, now: number): void {
    const { application, behaviour } = this.world;
    const leaving = new Group(units, group.runsSince, group.servesFrom, application, behaviour);
    leaving.drainsUntil = now + this.targets.deregistration;
    group.queue.move(units / group.units, leaving.queue);
    group.units -= units;
    if (group.units === 0) this.groups.splice(this.groups.indexOf(group), 1);
    this.groups.push(leaving);
    this.warm = Math.min(this.spec.warmUnits, this.warm + units);
  }

  private retire(now: number, outcome: Outcome): void {
    for (const group of this.groups.filter(each => each.drainsUntil !== undefined && now >= each.drainsUntil)) {
      outcome.lost += group.queue.drop();
      this.groups.splice(this.groups.indexOf(group), 1);
    }
  }

  private merge(now: number): void {
    if (this.groups.length < 2) return;
    const { warmup, healthGrace } = this.spec;
    const settled = this.groups.filter(group => group.settled(now, this.targets.slowStart, Math.max(warmup, healthGrace)));
    for (const group of settled.slice(1)) {
      settled[0].units += group.units;
      this.groups.splice(this.groups.indexOf(group), 1);
    }
  }
}

function sum<T>(items: T[], of: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
}
