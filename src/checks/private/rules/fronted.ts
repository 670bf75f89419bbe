import { ruleInto, targetGroupsOf } from './doors/leads';
import { BALANCERS } from './doors/network';
import { doorsOf, wayFrom } from './entrances';
import { labelOf, toFinding } from './findings';
import { Topology } from './topology';
import { Resource } from '../../../template/private/assembly';
import { names } from '../../../template/private/mentions';
import { ReachabilityFinding } from '../../reachability-finding';
import { admits } from '../network/ports';
import { Store } from '../stores/stores';

/** Private stores behind a balancer that the internet comes to. Of closed ones the rules about clients tell it. */
export function findFronted(topology: Topology): ReachabilityFinding[] {
  const { stores, declarations, assembly } = topology;
  return stores.all
    .filter(store => !declarations.isClosed(store) && !declarations.allows(store, ['internet']))
    .flatMap(store => assembly.ofType(...BALANCERS).flatMap(balancer => throughBalancer(balancer, store, topology)));
}

function throughBalancer(balancer: Resource, store: Store, topology: Topology): ReachabilityFinding[] {
  const ports = store.ports.length === 0 ? [undefined] : store.ports;
  const rule = ruleTo(balancer, store, topology, ports);
  if (rule === undefined || topology.declarations.isFrontDoor(balancer)) { return []; }
  const door = doorsOf(topology).find(each => wayFrom(each, balancer, topology) !== undefined);
  if (door === undefined || topology.declarations.isFrontDoor(door.door)) { return []; }
  const hops = [...wayFrom(door, balancer, topology)!, labelOf(balancer), rule];
  return [toFinding('reachability-internet', store.resource, 'internet', hops, ports.length === 1 ? ports[0] : undefined)];
}

/** The rule that lets in a balancer which carries the store's port. On layer 4 its own group or its targets' port tells that; above, both. */
function ruleTo(balancer: Resource, store: Store, topology: Topology, ports: (number | undefined)[]): string | undefined {
  const isLow = isLayer4(balancer, topology);
  const aims = portsOf(balancer, topology).some(port => port === undefined || ports.includes(undefined) || ports.includes(port));
  return ruleInto(store.groups, balancer, topology, rule =>
    ports.some(port => admits(rule.ports, port)) && (isLow ? aims || rule.source.kind === 'group' : aims && rule.source.kind === 'group'));
}

function isLayer4(balancer: Resource, { resolver }: Topology): boolean {
  return balancer.type === BALANCERS[0] ? !resolver.mustBe(balancer, 'Type', ['application'], 'application')
    : resolver.mayBe(balancer, 'Listeners.Protocol', ['TCP', 'SSL']);
}

/** Ports of the targets that no service or group of instances is; `undefined` for one that only the deployment tells. */
function portsOf(balancer: Resource, topology: Topology): (number | undefined)[] {
  const { resolver } = topology;
  const values = balancer.type === BALANCERS[0]
    ? targetGroupsOf(balancer, topology).filter(group => !isTaken(group, topology)).flatMap(group => ['Port', 'Targets.Port'].flatMap(path => resolver.at(group, path)))
    : resolver.at(balancer, 'Listeners.InstancePort');
  return values.map(value => value.kind === 'literal' ? Number(value.text) : undefined);
}

function isTaken(group: Resource, { assembly, resolver }: Topology): boolean {
  return assembly.ofType('AWS::ECS::Service').some(service => names(service, 'LoadBalancers', group, resolver))
    || assembly.ofType('AWS::AutoScaling::AutoScalingGroup').some(instances => names(instances, 'TargetGroupARNs', group, resolver));
}
