import { Door, doorsTo } from './door';
import { Resource } from '../../../../template/private/assembly';
import { names } from '../../../../template/private/mentions';
import { Value } from '../../../../template/private/resolver';
import { isInternet } from '../../network/cidr';
import { portsText } from '../../network/ports';
import { Group, Rule } from '../../network/security-groups';
import { subnetName } from '../../stores/stores';
import { labelOf } from '../findings';
import { Topology } from '../topology';

export const BALANCERS = ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancing::LoadBalancer'];

/** What the internet can address by the network: public addresses, balancers that face it, and what leads to private ones. */
export function networkDoors(topology: Topology): Door[] {
  const { assembly, workloads } = topology;
  const addressed = workloads.all.filter(({ type }) => !BALANCERS.includes(type)).flatMap(workload => {
    const hops = openHops(workload, topology, workloads.hasPublicAddress(workload));
    return hops === undefined ? [] : [{ door: workload, at: workload, hops }];
  });
  const balancers = assembly.ofType(...BALANCERS).flatMap(balancer => {
    const reason = facesInternet(balancer, topology);
    return reason === undefined ? [] : [{ door: balancer, at: balancer, hops: balancerHops(balancer, topology), reason }];
  });
  return [...addressed, ...balancers, ...acceleratorDoors(topology), ...endpointServiceDoors(topology), ...serviceDoors(topology)];
}

/** Why the internet can address a balancer. ELB's own default is internet-facing. */
export function facesInternet(balancer: Resource, topology: Topology): string | undefined {
  if (!topology.resolver.mustBe(balancer, 'Scheme', ['internal'], 'internet-facing')) { return 'Scheme internet-facing'; }
  const accelerator = acceleratorOf(balancer, topology);
  return accelerator === undefined ? undefined : `behind ${labelOf(accelerator)}`;
}

function balancerHops(balancer: Resource, topology: Topology): string[] {
  return openHops(balancer, topology, true) ?? ['internet'];
}

function acceleratorOf(balancer: Resource, { assembly, resolver }: Topology): Resource | undefined {
  return assembly.ofType('AWS::GlobalAccelerator::EndpointGroup').find(group => names(group, 'EndpointConfigurations.EndpointId', balancer, resolver));
}

/** An accelerator in front of an instance keeps the visitor's address: the instance's own group has to let it in. */
function acceleratorDoors({ assembly, resolver, workloads, groups }: Topology): Door[] {
  return assembly.ofType('AWS::GlobalAccelerator::EndpointGroup').flatMap(group =>
    doorsTo(group, group, ['EndpointConfigurations.EndpointId'], resolver, 'Global Accelerator')
      .filter(({ at }) => at.type === 'AWS::EC2::Instance' && workloads.groupsOf(at).flatMap(each => groups.ingressOf(each))
        .some(({ source }) => source.kind === 'cidr' && isInternet(source.cidr))));
}

/** PrivateLink that takes in whoever asks, of any account. */
function endpointServiceDoors({ assembly, resolver }: Topology): Door[] {
  const isOpen = (service: Resource) => resolver.mayBe(service, 'AcceptanceRequired', ['false'], 'true')
    && assembly.ofType('AWS::EC2::VPCEndpointServicePermissions').some(permission => names(permission, 'ServiceId', service, resolver)
      && resolver.mayBe(permission, 'AllowedPrincipals', ['*']));
  return assembly.ofType('AWS::EC2::VPCEndpointService').filter(isOpen).flatMap(service =>
    doorsTo(service, service, ['NetworkLoadBalancerArns', 'GatewayLoadBalancerArns'], resolver, 'AllowedPrincipals *, no acceptance'));
}

/** Types that have a public address unless they refuse it, and the property that does. */
const PUBLIC_BY_ITSELF: { [type: string]: string } = {
  'AWS::AppRunner::Service': 'NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible',
  'AWS::DMS::ReplicationInstance': 'PubliclyAccessible',
};

function serviceDoors({ assembly, resolver }: Topology): Door[] {
  return Object.entries(PUBLIC_BY_ITSELF).flatMap(([type, path]) => assembly.ofType(type)
    .filter(service => resolver.mayBe(service, path, ['true'], 'true'))
    .map(service => ({ door: service, at: service, hops: ['internet', `${path.split('.').pop()} true`] })));
}

/** The path from the internet through a public subnet and an open group, if there is one. */
export function openHops(resource: Resource, topology: Topology, hasPublicIpv4: boolean): string[] | undefined {
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

export function rulesOf(groups: Group[], topology: Topology): { rule: Rule; text: string }[] {
  return groups.flatMap(group => topology.groups.ingressOf(group).map(rule => ({
    rule,
    text: `sg ${group.label} ingress ${portsText(rule.ports)} from ${rule.source.label}`,
  })));
}
