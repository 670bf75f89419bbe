import { BALANCERS, rulesOf } from './network';
import { Resource } from '../../../../template/private/assembly';
import { mentionedAt, names } from '../../../../template/private/mentions';
import { isInternet, overlaps } from '../../network/cidr';
import { Group, Rule } from '../../network/security-groups';
import { subnetBlocks } from '../../stores/stores';
import { labelOf } from '../findings';
import { Topology } from '../topology';

/** A step of a request from one resource to the next. */
export interface Lead {
  readonly to: Resource;
  /** What passes it on, in words. */
  readonly hops: string[];
}

/** Where a request goes on from a resource that it has reached, apart from security groups. */
export function leadsFrom(from: Resource, topology: Topology): Lead[] {
  const { assembly, resolver } = topology;
  if (BALANCERS.includes(from.type)) { return targetsOf(from, topology); }
  if (from.type === 'AWS::ElasticLoadBalancingV2::Listener') { return mentionedAt(from, 'LoadBalancerArn', resolver).map(to => ({ to, hops: [] })); }
  if (from.type === 'AWS::ApiGateway::VpcLink') {
    return mentionedAt(from, 'TargetArns', resolver).map(to => ({ to, hops: [labelOf(from)] }));
  }
  if (from.type !== 'AWS::EC2::NetworkInterface') { return []; }
  const attached = assembly.ofType('AWS::EC2::NetworkInterfaceAttachment').filter(each => names(each, 'NetworkInterfaceId', from, resolver))
    .flatMap(each => mentionedAt(each, 'InstanceId', resolver));
  const holders = assembly.ofType('AWS::EC2::Instance').filter(instance => names(instance, 'NetworkInterfaces.NetworkInterfaceId', from, resolver));
  return [...attached, ...holders].map(to => ({ to, hops: [labelOf(from)] }));
}

/** Target groups of a balancer's listeners and their rules. */
export function targetGroupsOf(balancer: Resource, { assembly, resolver }: Topology): Resource[] {
  const listeners = assembly.ofType('AWS::ElasticLoadBalancingV2::Listener').filter(listener => names(listener, 'LoadBalancerArn', balancer, resolver));
  const rules = assembly.ofType('AWS::ElasticLoadBalancingV2::ListenerRule')
    .filter(rule => listeners.some(listener => names(rule, 'ListenerArn', listener, resolver)));
  return [...listeners.flatMap(listener => mentionedAt(listener, 'DefaultActions', resolver)), ...rules.flatMap(rule => mentionedAt(rule, 'Actions', resolver))]
    .filter(({ type }) => type === 'AWS::ElasticLoadBalancingV2::TargetGroup');
}

/** What a balancer sends to by name and without a security group of its own choice: another balancer, or a function. */
function targetsOf(balancer: Resource, topology: Topology): Lead[] {
  return targetGroupsOf(balancer, topology).flatMap(group => mentionedAt(group, 'Targets.Id', topology.resolver))
    .filter(({ type }) => BALANCERS.includes(type) || /^AWS::(Lambda|Serverless)::Function$/.test(type))
    .map(to => ({ to, hops: [labelOf(balancer)] }));
}

/** How requests of one resource get into the groups of another: by its group, or by its subnets' addresses. */
export function ruleFrom(from: Resource, to: Resource, topology: Topology): string | undefined {
  return ruleInto(topology.workloads.groupsOf(to), from, topology, () => true);
}

/** The first rule of groups that admits a resource and fits. */
export function ruleInto(groups: Group[], from: Resource, topology: Topology, fits: (rule: Rule) => boolean): string | undefined {
  const own = new Set(topology.workloads.groupsOf(from).map(group => group.key));
  const blocks = subnetBlocks(topology.workloads.subnetsOf(from), topology.resolver);
  const admits = ({ source }: Rule) => (source.kind === 'group' && own.has(source.group.key))
    || (source.kind === 'cidr' && (isInternet(source.cidr) || blocks.some(({ cidr }) => overlaps(cidr, source.cidr))));
  return rulesOf(groups, topology).find(({ rule }) => admits(rule) && fits(rule))?.text;
}
