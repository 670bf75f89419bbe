import { toFinding } from './findings';
import { Topology } from './topology';
import { describe, Value } from '../../../template/private/resolver';
import { ReachabilityFinding } from '../../reachability-finding';
import { Store, subnetName } from '../stores/stores';

/** Stores that stand where the internet can knock, though today a single barrier keeps it out. */
export function findPlacement(topology: Topology): ReachabilityFinding[] {
  const network = topology.stores.all
    .filter(store => !topology.declarations.allows(store, ['internet']))
    .flatMap(store => [...flagged(store), ...inPublicSubnets(store, topology), ...withoutVpc(store, topology)]);
  return [...network, ...serverlessSearch(topology)];
}

function flagged(store: Store): ReachabilityFinding[] {
  return store.flag.state === 'on' ? [toFinding('reachability-public-placement', store.resource, 'internet', ['internet', store.flag.label])] : [];
}

function inPublicSubnets(store: Store, topology: Topology): ReachabilityFinding[] {
  return store.subnets.flatMap(subnet => ([4, 6] as const)
    .flatMap(family => topology.routes.publicRoutes(subnet, family))
    .slice(0, 1)
    .map(route => toFinding('reachability-public-placement', store.resource, 'internet',
      ['internet', `igw ${route.gateway}`, `subnet ${subnetName(subnet)} (route ${route.destinationText})`])));
}

/** A search domain outside a VPC has a public endpoint. */
function withoutVpc(store: Store, topology: Topology): ReachabilityFinding[] {
  const isSearch = store.type.groups?.startsWith('VPCOptions') === true && topology.resolver.possible(store.resource, 'VPCOptions').includes(undefined);
  return isSearch ? [toFinding('reachability-public-placement', store.resource, 'internet', ['internet', 'public endpoint (no VPCOptions)'])] : [];
}

function serverlessSearch(topology: Topology): ReachabilityFinding[] {
  return topology.assembly.ofType('AWS::OpenSearchServerless::SecurityPolicy')
    .filter(policy => topology.resolver.mayBe(policy, 'Type', ['network']) && topology.resolver.at(policy, 'Policy').some(allowsPublic))
    .map(policy => toFinding('reachability-public-placement', policy, 'internet', ['internet', 'AllowFromPublic true']));
}

/** The policy is JSON text, sometimes joined from pieces that are known only when deployed. */
function allowsPublic(policy: Value): boolean {
  return /AllowFromPublic"?\s*:\s*"?(true|\$\{)/.test(describe(policy));
}
