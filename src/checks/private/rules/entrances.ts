import { apiDoors } from './doors/apis';
import { Door } from './doors/door';
import { functionDoors } from './doors/functions';
import { leadsFrom, ruleFrom } from './doors/leads';
import { BALANCERS, facesInternet, networkDoors } from './doors/network';
import { labelOf, toFinding } from './findings';
import { Topology } from './topology';
import { Resource } from '../../../template/private/assembly';
import { ReachabilityFinding } from '../../reachability-finding';
import { Store } from '../stores/stores';

/** A way from the internet to a workload, through a door that somebody has to answer for. */
export interface Entrance {
  readonly door: Resource;
  readonly hops: string[];
}

/** Steps after the door: a balancer, another behind it, the workload. */
const FARTHEST = 4;

/**
 * The workloads that are declared to reach a store are its only way in; so their own doors are looked at as well.
 * CloudFront's VPC origins are no door of theirs: they reach private balancers, by the distribution alone.
 */
export function findEntrances(topology: Topology): ReachabilityFinding[] {
  const workloads = new Map(topology.stores.all
    .flatMap(store => declaredClients(store, topology))
    .map(workload => [workload.key, workload]));
  const entrances = [...workloads.values()].flatMap(workload => entrancesOf(workload, topology).map(entrance => ({ workload, entrance })));
  return entrances
    .filter(({ workload, entrance }) => ![workload, entrance.door].some(each => topology.declarations.isFrontDoor(each)))
    .map(({ workload, entrance }) => toFinding('reachability-entrance', workload, 'internet', entrance.hops));
}

/** Who is declared to reach a store, and is let in by one of its groups. */
function declaredClients(store: Store, topology: Topology): Resource[] {
  const sources = store.groups.flatMap(group => topology.groups.ingressOf(group)).map(rule => rule.source);
  return sources.flatMap(source => source.kind !== 'group' ? [] : topology.workloads.membersOf(source.group)
    .filter(member => topology.stores.of(member) === undefined && topology.declarations.declares(store, source.group, member)));
}

/** The ways from the internet to a workload: to its own address, or through what sends to it, one for each door. */
export function entrancesOf(workload: Resource, topology: Topology): Entrance[] {
  const ways = doorsOf(topology).flatMap(door => {
    const hops = wayFrom(door, workload, topology);
    return hops === undefined ? [] : [{ door: door.door, hops }];
  });
  const first = ways.filter((way, index) => ways.findIndex(({ door }) => door === way.door) === index);
  return first.sort((one, other) => Number(other.door === workload) - Number(one.door === workload));
}

const doorsByTopology = new WeakMap<Topology, Door[]>();

/** All doors of the templates. */
export function doorsOf(topology: Topology): Door[] {
  const known = doorsByTopology.get(topology);
  if (known !== undefined) { return known; }
  const doors = [networkDoors, functionDoors, apiDoors].flatMap(find => find(topology));
  doorsByTopology.set(topology, doors);
  return doors;
}

/** The shortest path from a door to a resource. Only balancers and what has a public address itself pass requests on. */
export function wayFrom(door: Door, goal: Resource, topology: Topology): string[] | undefined {
  let reached = [{ at: door.at, hops: door.hops }];
  const seen = new Set([door.at.key]);
  for (let step = 0; step < FARTHEST && reached.length > 0; step++) {
    const arrived = reached.find(({ at }) => at.key === goal.key);
    if (arrived !== undefined) { return arrived.hops; }
    for (const { at, hops } of reached) {
      const rule = relays(at, door, goal) ? ruleFrom(at, goal, topology) : undefined;
      if (rule !== undefined) { return [...hops, inWords(at, door, hops, topology), rule]; }
    }
    reached = reached.flatMap(({ at, hops }) => nextFrom(at, door, topology).map(({ to, hops: more }) => ({ at: to, hops: [...hops, ...more] })))
      .filter(({ at }) => !seen.has(at.key) && seen.add(at.key));
  }
  return undefined;
}

/** A balancer sends to another only as its target. */
function relays(at: Resource, door: Door, goal: Resource): boolean {
  return BALANCERS.includes(at.type) ? !BALANCERS.includes(goal.type) : at.key === door.at.key;
}

/** Where requests go on: by what leads there, or from a proxy in front of a balancer. */
function nextFrom(at: Resource, door: Door, topology: Topology): { to: Resource; hops: string[] }[] {
  const isProxy = at.key === door.at.key && !BALANCERS.includes(at.type);
  const balancers = (isProxy ? topology.assembly.ofType(...BALANCERS) : []).flatMap(to => {
    const rule = ruleFrom(at, to, topology);
    return rule === undefined ? [] : [{ to, hops: [labelOf(at), rule] }];
  });
  return [...leadsFrom(at, topology), ...balancers];
}

/** A resource on the way; a balancer with the reason why the internet comes to it. */
function inWords(at: Resource, door: Door, hops: string[], topology: Topology): string {
  if (door.at !== at || !BALANCERS.includes(at.type) || door.door !== at) { return labelOf(at); }
  const barrier = hops.length === 1 ? ', its security groups are the only barrier' : '';
  return `${labelOf(at)} (${facesInternet(at, topology)}${barrier})`;
}
