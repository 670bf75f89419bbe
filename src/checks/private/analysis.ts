import { ReachabilityFinding } from '../reachability-finding';
import { findEntrances } from './rules/entrances';
import { findFronted } from './rules/fronted';
import { findIngress } from './rules/ingress';
import { findWaysPastNetwork } from './rules/past-network';
import { findPlacement } from './rules/placement';
import { findPublicPolicies } from './rules/policies';
import { toTopology } from './rules/topology';
import { findUnread } from './rules/unread';
import { Allowance } from './stores/declarations';
import { Assembly } from '../../template/private/assembly';

/** What is found in template files. */
export function analyzeFiles(paths: string[], allowed: readonly Allowance[]): ReachabilityFinding[] {
  return findAll(Assembly.fromFiles(paths), allowed);
}

/** What is found in a template's text. */
export function analyzeJson(json: string, allowed: readonly Allowance[]): ReachabilityFinding[] {
  return findAll(Assembly.fromJson(json), allowed);
}

const FINDERS = [findIngress, findPlacement, findPublicPolicies, findEntrances, findFronted, findWaysPastNetwork, findUnread];

/** Each path once, though several rules of a group or parts of a store may tell it. */
function findAll(assembly: Assembly, allowed: readonly Allowance[]): ReachabilityFinding[] {
  const topology = toTopology(assembly, allowed);
  const findings = FINDERS.flatMap(find => find(topology));
  return [...new Map(findings.map(finding => [`${finding.ruleName} ${finding.witness}`, finding])).values()];
}
