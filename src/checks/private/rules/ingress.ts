import { entrancesOf } from './entrances';
import { labelOf, toFinding } from './findings';
import { Topology } from './topology';
import { Resource } from '../../../template/private/assembly';
import { ReachabilityFinding } from '../../reachability-finding';
import { Cidr, cover, isInternet, isWiderThanVpc, overlaps, parseCidr } from '../network/cidr';
import { admits } from '../network/ports';
import { Group, Rule } from '../network/security-groups';
import { exposures, Store, subnetBlocks, subnetName } from '../stores/stores';

/** One rule of one of a store's groups that admits its port. */
interface Edge {
  readonly store: Store;
  readonly group: Group;
  readonly rule: Rule;
  /** The rule in words, with its group. */
  readonly text: string;
  readonly port?: number;
}

/** Who the security groups of the data stores let in. */
export function findIngress(topology: Topology): ReachabilityFinding[] {
  return topology.stores.all.flatMap(store => store.groups.flatMap(group => [
    ...foreignGroup(store, group, topology),
    ...edgesOf(store, group, topology).flatMap(edge => judge(edge, topology)),
  ]));
}

function edgesOf(store: Store, group: Group, topology: Topology): Edge[] {
  const ports = store.ports.length === 0 ? [undefined] : store.ports;
  return topology.groups.ingressOf(group).flatMap(rule => {
    const open = ports.filter(port => admits(rule.ports, port));
    return open.length === 0 ? [] : [{ store, group, rule, text: `sg ${group.label} ${rule.label}`, port: open[0] }];
  });
}

/** A closed store in a group whose members or rules the templates do not tell. */
function foreignGroup(store: Store, group: Group, topology: Topology): ReachabilityFinding[] {
  const { declarations } = topology;
  if (group.kind === 'template' || !declarations.isClosed(store) || declarations.allows(store, [group.label])) { return []; }
  return group.kind === 'default'
    ? [toFinding('reachability-undeclared-workload', store.resource, group.label, ['whatever names no group of its own', `sg ${group.label}`])]
    : [toFinding('reachability-unknown-source', store.resource, group.label, [`sg ${group.label}, whose rules are not in the templates`])];
}

function judge(edge: Edge, topology: Topology): ReachabilityFinding[] {
  const { source } = edge.rule;
  switch (source.kind) {
    case 'cidr': return judgeAddresses(edge, source.cidr, topology);
    case 'prefixList': return topology.declarations.allows(edge.store, [source.id]) ? []
      : [toFinding('reachability-wide-ingress', edge.store.resource, source.label, [source.label, edge.text], edge.port)];
    case 'group': return judgeGroup(edge, source.group, topology);
    case 'unknown': return topology.declarations.allows(edge.store, [source.label]) ? []
      : [toFinding('reachability-unknown-source', edge.store.resource, source.label, [source.label, edge.text], edge.port)];
  }
}

function judgeAddresses(edge: Edge, cidr: Cidr, topology: Topology): ReachabilityFinding[] {
  const { store, text, port } = edge;
  if (topology.declarations.allows(store, [cidr.text])) { return []; }
  const entered = (subnet: Store['subnets'][number] | undefined) => subnet === undefined || topology.acls.admits(subnet, cidr, port);
  const ways = isInternet(cidr) ? exposures(store, topology.routes, cidr.family).filter(way => entered(way.subnet)) : [];
  if (ways.length > 0) {
    return topology.declarations.allows(store, ['internet']) ? []
      : [withNote(store, cidr, toFinding('reachability-internet', store.resource, 'internet', [...ways[0].hops, text], port))];
  }
  if (store.subnets.length > 0 && !store.subnets.some(entered)) { return []; }
  const isWide = isInternet(cidr) || isWiderThanVpc(cidr) || coversVpc(edge, cidr, topology);
  if (!isWide && !topology.declarations.isClosed(store)) { return []; }
  const rule = isWide ? 'reachability-wide-ingress' : 'reachability-undeclared-workload';
  return [toFinding(rule, store.resource, `addresses ${cidr.text}`, [`addresses ${cidr.text}`, ...behind(edge, cidr, topology), text], port)];
}

/** A store of a kind that never gets a public IPv4 address waits for somebody else's, such as a relay in its subnet. */
function withNote({ type }: Store, { family }: Cidr, finding: ReachabilityFinding): ReachabilityFinding {
  return type.publicFlag !== undefined || family === 6 ? finding
    : { ...finding, note: `${type.type} has no public address of its own, so that whoever comes needs a relay in its network` };
}

/** Whether the block covers one of the VPC's, also one that was added to it: by itself, or with the other rules of the group. */
function coversVpc({ store, port, group }: Edge, cidr: Cidr, topology: Topology): boolean {
  const { resolver, assembly } = topology;
  const vpcs = store.subnets.flatMap(subnet => subnet.kind === 'resource' ? resolver.resources(subnet.resource, 'VpcId', 'AWS::EC2::VPC') : []);
  const added = assembly.ofType('AWS::EC2::VPCCidrBlock').filter(block =>
    resolver.resources(block, 'VpcId', 'AWS::EC2::VPC').some(owner => vpcs.some(vpc => vpc.key === owner.key)));
  const together = topology.groups.ingressOf(group).filter(rule => admits(rule.ports, port))
    .flatMap(({ source }) => source.kind === 'cidr' ? [source.cidr] : []);
  return [...vpcs, ...added].flatMap(owner => resolver.at(owner, 'CidrBlock', 'Ipv6CidrBlock'))
    .flatMap(value => value.kind === 'literal' ? parseCidr(value.text) ?? [] : [])
    .some(block => cover([cidr], block) || (overlaps(cidr, block) && cover(together.filter(each => !cover([each], block)), block)));
}

/** Who has such an address: a network that a route joins to the store's subnets, else a workload of the templates. */
function behind(edge: Edge, cidr: Cidr, topology: Topology): string[] {
  const { store } = edge;
  for (const subnet of store.subnets) {
    const route = topology.routes.extensions(subnet).find(each => each.destination === undefined || overlaps(each.destination, cidr));
    if (route !== undefined) { return [`${route.kind} ${route.gateway} (route ${route.destinationText} of subnet ${subnetName(subnet)})`]; }
  }
  for (const workload of topology.workloads.all.filter(each => topology.stores.of(each) === undefined)) {
    const block = subnetBlocks(topology.workloads.subnetsOf(workload), topology.resolver).find(each => overlaps(each.cidr, cidr));
    if (block !== undefined) { return [`such as ${labelOf(workload)} in subnet ${subnetName(block.subnet)} (${block.cidr.text})`]; }
  }
  return [];
}

/** Only a closed store says who may come. */
function judgeGroup(edge: Edge, group: Group, topology: Topology): ReachabilityFinding[] {
  const { store, text, port } = edge;
  const { declarations } = topology;
  if (!declarations.isClosed(store)) { return []; }
  if (group.kind !== 'template') {
    return declarations.declares(store, group) ? []
      : [toFinding('reachability-undeclared-workload', store.resource, `sg ${group.label}`, [`whatever is in sg ${group.label}`, text], port)];
  }
  const members = topology.workloads.membersOf(group);
  if (members.length === 0 && !declarations.declares(store, group)) {
    return [toFinding('reachability-undeclared-workload', store.resource, `sg ${group.label}`, [`whatever will be in sg ${group.label}`, text], port)];
  }
  return members
    .filter(member => !declarations.declares(store, group, member) && !isOwn(store, member, topology))
    .map(member => {
      const [way] = entrancesOf(member, topology);
      return toFinding('reachability-undeclared-workload', store.resource, labelOf(member), [...way?.hops ?? [], labelOf(member), text], port);
    });
}

/** A store's own parts, and a proxy that serves it: the proxy is a store itself, with clients of its own to declare. */
function isOwn(store: Store, member: Resource, topology: Topology): boolean {
  if (topology.stores.of(member) === store) { return true; }
  const { resolver } = topology;
  return member.type === 'AWS::RDS::DBProxy' && topology.assembly.ofType('AWS::RDS::DBProxyTargetGroup').some(target =>
    resolver.resources(target, 'DBProxyName', member.type).some(proxy => proxy.key === member.key)
    && [...resolver.resources(target, 'DBClusterIdentifiers', store.resource.type), ...resolver.resources(target, 'DBInstanceIdentifiers', store.resource.type)]
      .some(served => served.key === store.resource.key));
}
