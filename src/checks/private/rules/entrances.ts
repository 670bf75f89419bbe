import { labelOf, toFinding } from './findings';
import { Topology } from './topology';
import { Resource } from '../../../template/private/assembly';
import { Value } from '../../../template/private/resolver';
import { ReachabilityFinding } from '../../reachability-finding';
import { isInternet, overlaps } from '../network/cidr';
import { portsText } from '../network/ports';
import { Group, Rule } from '../network/security-groups';
import { Store, subnetBlocks, subnetName } from '../stores/stores';

const BALANCERS = ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancing::LoadBalancer'];

/** A way from the internet to a workload, through a door that somebody has to answer for. */
interface Entrance {
  readonly door: Resource;
  readonly hops: string[];
}

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

/** The ways from the internet to a workload: to its own public address, or through a balancer that faces the internet. */
export function entrancesOf(workload: Resource, topology: Topology): Entrance[] {
  const direct = openHops(workload, topology, topology.workloads.hasPublicAddress(workload));
  const own = direct === undefined ? [] : [{ door: workload, hops: direct }];
  const balancers = topology.assembly.ofType(...BALANCERS).filter(balancer => balancer.key !== workload.key);
  return [...own, ...balancers.flatMap(balancer => throughBalancer(balancer, workload, topology))];
}

function throughBalancer(balancer: Resource, workload: Resource, topology: Topology): Entrance[] {
  const reason = facesInternet(balancer, topology);
  const rule = reason === undefined ? undefined : ruleFrom(balancer, workload, topology);
  if (reason === undefined || rule === undefined) { return []; }
  const open = openHops(balancer, topology, true) ?? ['internet'];
  const barrier = open.length === 1 ? ', its security groups are the only barrier' : '';
  return [{ door: balancer, hops: [...open, `${labelOf(balancer)} (${reason}${barrier})`, rule] }];
}

/** Why the internet can address a balancer. ELB's own default is internet-facing. */
function facesInternet(balancer: Resource, topology: Topology): string | undefined {
  if (!topology.resolver.mustBe(balancer, 'Scheme', ['internal'], 'internet-facing')) { return 'Scheme internet-facing'; }
  const accelerator = topology.assembly.ofType('AWS::GlobalAccelerator::EndpointGroup').find(group =>
    topology.resolver.resources(group, 'EndpointConfigurations.EndpointId', balancer.type).some(each => each.key === balancer.key));
  return accelerator === undefined ? undefined : `behind ${labelOf(accelerator)}`;
}

/** How a balancer's requests get into a workload's groups. */
function ruleFrom(balancer: Resource, workload: Resource, topology: Topology): string | undefined {
  const own = new Set(topology.workloads.groupsOf(balancer).map(group => group.key));
  const blocks = subnetBlocks(topology.workloads.subnetsOf(balancer), topology.resolver);
  const admitsBalancer = ({ source }: Rule) => (source.kind === 'group' && own.has(source.group.key))
    || (source.kind === 'cidr' && (isInternet(source.cidr) || blocks.some(({ cidr }) => overlaps(cidr, source.cidr))));
  return rulesOf(topology.workloads.groupsOf(workload), topology).find(({ rule }) => admitsBalancer(rule))?.text;
}

/** The path from the internet through a public subnet and an open group, if there is one. */
function openHops(resource: Resource, topology: Topology, hasPublicIpv4: boolean): string[] | undefined {
  const subnets = topology.workloads.subnetsOf(resource);
  for (const { rule, text } of rulesOf(topology.workloads.groupsOf(resource), topology)) {
    if (rule.source.kind !== 'cidr' || !isInternet(rule.source.cidr)) { continue; }
    const { family } = rule.source.cidr;
    const way = family === 6 || hasPublicIpv4 ? publicWay(subnets, family, topology) : undefined;
    if (way !== undefined) { return [...way, text]; }
  }
  return undefined;
}

/** Subnets that are not in the templates may be public. */
function publicWay(subnets: Value[], family: 4 | 6, topology: Topology): string[] | undefined {
  for (const subnet of subnets) {
    const [route] = topology.routes.publicRoutes(subnet, family);
    if (route !== undefined) { return ['internet', `igw ${route.gateway}`, `subnet ${subnetName(subnet)} (route ${route.destinationText})`]; }
  }
  const outside = subnets.find(subnet => subnet.kind !== 'resource');
  return outside === undefined || family === 6 ? undefined : ['internet', `subnet ${subnetName(outside)} (not in the templates)`];
}

function rulesOf(groups: Group[], topology: Topology): { rule: Rule; text: string }[] {
  return groups.flatMap(group => topology.groups.ingressOf(group).map(rule => ({
    rule,
    text: `sg ${group.label} ingress ${portsText(rule.ports)} from ${rule.source.label}`,
  })));
}
