import { ReachabilityFinding } from '../reachability-finding';
import { Resource } from '../template/assembly';

/** The rules by name, with what to do about each. */
export const FIXES = {
  'reachability-internet': 'Remove the rule, route, flag or statement that the path names; let clients in by their security group.',
  'reachability-public-placement': 'Keep the store in subnets without a route to an internet gateway, with every public flag off and every public access block on.',
  'reachability-wide-ingress': 'Admit the security groups of the clients instead of addresses.',
  'reachability-undeclared-workload': 'Remove the rule, or declare the workload: attach it by its platform block, or name it in the \'allow\' of Reachability.',
  'reachability-unknown-source': 'Write the source so that the template tells it, or name it in the \'allow\' of Reachability.',
  'reachability-entrance': 'Make the load balancer internal and the workload private, or name it with the source \'internet\' in the \'allow\' of Reachability.',
} as const;

export type RuleName = keyof typeof FIXES;

/** A finding about a resource; `hops` is the path up to it. */
export function toFinding(ruleName: RuleName, resource: Resource, source: string, hops: string[], port?: number): ReachabilityFinding {
  return {
    ruleName,
    store: resource.logicalId,
    storeType: resource.type,
    source,
    witness: [...hops, labelOf(resource)].join(' -> '),
    fix: FIXES[ruleName],
    templatePath: resource.template.path,
    ...port === undefined ? {} : { port },
  };
}

export function labelOf(resource: Resource): string {
  return `${resource.type} ${resource.logicalId}`;
}
