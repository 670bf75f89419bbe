import { Resource } from '../../../template/private/assembly';
import { ReachabilityFinding } from '../../reachability-finding';

/** The rules by name: what each says, and what to do about it. */
export const RULES = {
  'reachability-internet': {
    description: 'The internet reaches a data store',
    fix: 'Remove the rule, route, flag or statement that the path names; let clients in by their security group.',
  },
  'reachability-public-placement': {
    description: 'A data store stands one barrier away from the internet',
    fix: 'Keep the store in subnets without a route to an internet gateway, with every public flag off and every public access block on.',
  },
  'reachability-wide-ingress': {
    description: 'A data store admits addresses as wide as a network',
    fix: 'Admit the security groups of the clients instead of addresses.',
  },
  'reachability-undeclared-workload': {
    description: 'A client that was not declared reaches a data store',
    fix: 'Remove the rule, or declare the client: attach it by its platform block, or name it in the \'allow\' of Reachability.',
  },
  'reachability-unknown-source': {
    description: 'The templates do not tell who can reach a data store',
    fix: 'Write the source so that the templates tell it, or name it in the \'allow\' of Reachability.',
  },
  'reachability-entrance': {
    description: 'The internet reaches a client of a closed data store',
    fix: 'Close the door that the path begins with (an internal load balancer, a private client, an API that asks who calls), or name either with the source \'internet\' in the \'allow\' of Reachability.',
  },
} as const;

export type RuleName = keyof typeof RULES;

/** A finding about a resource; `hops` is the path up to it. */
export function toFinding(ruleName: RuleName, resource: Resource, source: string, hops: string[], port?: number): ReachabilityFinding {
  return {
    ruleName,
    store: resource.logicalId,
    storeType: resource.type,
    source,
    witness: [...hops, labelOf(resource)].join(' -> '),
    fix: RULES[ruleName].fix,
    templatePath: resource.template.path,
    ...port === undefined ? {} : { port },
  };
}

export function labelOf(resource: Resource): string {
  return `${resource.type} ${resource.logicalId}`;
}
