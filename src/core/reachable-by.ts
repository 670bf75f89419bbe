import { CfnResource, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { IConnectable, ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/**
 * Key of the template metadata by which a resource says who may reach it; the `Reachability` check reads it.
 *
 * Its value is a list of `ReachableBy`. A data store that carries the key is closed: whatever is not in the list, and
 * can reach it, is a violation. An empty list means that nobody may.
 */
export const REACHABLE_BY = 'cdk-platform-patterns:reachable-by';

/** Stands for the whole internet in a declaration: a front door that is meant to be open. */
export const INTERNET = 'internet';

/**
 * One entry of the metadata.
 *
 * Groups are plain text, not `Ref` or `Fn::GetAtt`: an intrinsic function would make the store depend on its clients,
 * which depend on the store already. The text is the group's logical id; `<template file>#<logical id>` when the group
 * is in another template; or the id itself (`sg-0123`) of a group that no template makes.
 *
 * @internal
 */
export interface ReachableBy {
  /** Construct path of the workload, which alone may be in the groups; or `internet`. Absent: whoever is in the groups. */
  readonly workload?: string;
  /** The security groups that the workload comes from. */
  readonly securityGroups: string[];
}

/**
 * Declares that a workload may reach a data store. To be called where the security-group rule is made.
 *
 * @param store the resource that keeps the data; for a cluster, the cluster rather than its instances
 * @param by who may reach it, by its security groups. When it is a construct other than a security group, then only
 * the resources below it may be in those groups, as far as the template tells construct paths.
 */
export function declareReachable(store: CfnResource, by: IConnectable): void {
  const groups = by.connections.securityGroups.map(group => groupText(store, group));
  const workload = Construct.isConstruct(by) && !isSecurityGroup(by) ? by.node.path : undefined;
  add(store, { workload, securityGroups: groups });
}

/**
 * Declares a front door that is meant to be open: an internet-facing load balancer, or a workload with a public address.
 *
 * @param door the load balancer's or the workload's resource
 */
export function declareReachableFromInternet(door: CfnResource): void {
  add(door, { workload: INTERNET, securityGroups: [] });
}

/**
 * Closes a data store without naming anyone: from now on only what `declareReachable` names may reach it.
 *
 * @param store the resource that keeps the data
 */
export function declareClosed(store: CfnResource): void {
  store.addMetadata(REACHABLE_BY, entriesOf(store));
}

function add(resource: CfnResource, entry: ReachableBy): void {
  resource.addMetadata(REACHABLE_BY, [...entriesOf(resource), entry]);
}

function entriesOf(resource: CfnResource): ReachableBy[] {
  return (resource.getMetadata(REACHABLE_BY) as ReachableBy[] | undefined) ?? [];
}

function isSecurityGroup(by: IConnectable): by is ISecurityGroup {
  return 'securityGroupId' in by;
}

function groupText(store: CfnResource, group: ISecurityGroup): string {
  const token = Tokenization.reverse(group.securityGroupId);
  if (!Reference.isReference(token) || !CfnResource.isCfnResource(token.target)) { return group.securityGroupId; }
  const owner = Stack.of(token.target);
  return owner === Stack.of(store) ? token.target.logicalId : `${owner.templateFile}#${token.target.logicalId}`;
}
