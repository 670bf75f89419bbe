import { Agenda } from './agenda';
import { Application } from './application';
import { BalancerModel, DatabaseModel, SessionsModel } from './backend';
import { Behaviour } from './behaviour';
import { EdgeModel } from './edge';
import { Fleet, World } from './fleet';
import { Random } from './random';
import { Recorder } from './recorder';
import { Scaling } from './scaling';
import { occurrences } from './schedule';
import { FleetSpec, ScheduledAction, System } from './system';
import { Arrivals } from '../arrivals';
import { SpikeResult } from '../spike-result';

/** What a replay is made with. */
export interface Assumptions {
  readonly application: Application;
  readonly behaviour: Behaviour;
  readonly objective: number;
  readonly seed: number;
}

/** A week and a day: actions of every week before the beginning have left their mark. */
const LOOK_BACK = 8 * 86_400;

/** Use that a fleet without a target is taken to have settled at. */
const SETTLED_USE = 0.6;

/** One run of arrivals through the parts, second by second, with the events of the agenda between. */
export function replay(system: System, arrivals: Arrivals, assumptions: Assumptions): SpikeResult {
  const { application, behaviour, objective, seed } = assumptions;
  const agenda = new Agenda();
  // Chance of its own for each part, so that arrivals are the same whatever the system does with them.
  const [visitors, clocks, checks] = [0, 1, 2].map(part => new Random(seed * 3 + part));
  const world: World = { application, behaviour, agenda, random: checks, objective, patience: system.patience };
  const before = initialRate(arrivals);
  const edge = new EdgeModel(kept(system.edgeTtl, application.anonymousTtl), system.waitingRule, application, behaviour);
  const balancer = new BalancerModel(system.reservedCapacityUnits, behaviour, before);
  const fleet = new Fleet(system.fleet, system.targets, world, settled(system.fleet, before, application));
  const database = system.database && new DatabaseModel(system.database, application, behaviour, before);
  const sessions = system.sessions && new SessionsModel(system.sessions, application, behaviour);
  const scaling = new Scaling(system.fleet, fleet, { ...world, random: clocks });
  schedule(system.fleet.schedule, arrivals, fleet, world);

  const recorder = new Recorder(application.rpsPerUnit);
  for (let now = 0; now < arrivals.seconds; now++) {
    agenda.runUntil(now);
    const requests = visitors.poisson(arrivals.rateAt(now));
    const atEdge = edge.pass(now, requests);
    const passed = balancer.pass(atEdge.passed);
    const dependencies = { connections: 0, sessions: sessions?.refused(passed) ?? 0 };
    const outcome = fleet.serve(now, passed, (_, wanted, connections) => {
      if (database === undefined) return { share: 1, wait: 0 };
      const { share, wait, refused } = database.serve(wanted, connections);
      dependencies.connections = refused;
      return { share, wait };
    });
    const inService = fleet.inService(now);
    scaling.sample(now, { cpu: fleet.cpu, requests: passed, inService });
    recorder.second(now, { requests, atEdge, balancer: atEdge.passed - passed, outcome, dependencies }, {
      units: fleet.units, inService, cpuPercent: 100 * fleet.cpu, acu: database?.acu ?? 0,
    });
  }
  return recorder.result(fleet.unitSeconds, database?.acuSeconds ?? 0);
}

/** How long the edge keeps a page that the application lets it keep for a time. */
function kept({ min, max }: System['edgeTtl'], ttl: number): number {
  return Math.min(max, Math.max(min, ttl));
}

function initialRate(arrivals: Arrivals): number {
  const seconds = Math.min(60, arrivals.seconds);
  let total = 0;
  for (let now = 0; now < seconds; now++) total += arrivals.rateAt(now);
  return total / seconds;
}

/** Units of a fleet that has carried the first minute's traffic for long. */
function settled({ initial, min, max, targetTracking, stepScaling }: FleetSpec, rps: number, { rpsPerUnit }: Application): number {
  if (min === max || targetTracking.length + stepScaling.length === 0) return initial;
  const byTarget = targetTracking.map(({ metric, target }) => metric.kind === 'cpu' ? rps / rpsPerUnit / (target / 100) : rps * 60 / target);
  return Math.ceil(Math.max(min, ...(byTarget.length > 0 ? byTarget : [rps / rpsPerUnit / SETTLED_USE])));
}

function schedule(actions: ScheduledAction[], arrivals: Arrivals, fleet: Fleet, { agenda, behaviour }: World): void {
  const start = arrivals.start.getTime();
  const taken = actions.flatMap(action => occurrences(action.expression, action.timeZone, start - LOOK_BACK * 1000, start + arrivals.seconds * 1000)
    .map(moment => ({ action, at: (moment - start) / 1000 })));
  taken.sort((one, other) => one.at - other.at);
  for (const { action, at } of taken) {
    const take = (now: number) => {
      fleet.bound(action.min ?? fleet.min, action.max ?? fleet.max, now);
      if (action.desired !== undefined) fleet.ask(action.desired, now);
    };
    // What was scheduled before the beginning was done in time.
    agenda.put(at < 0 ? 0 : at + behaviour.scheduleDelay, take);
  }
}
