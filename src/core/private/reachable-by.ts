import { CfnResource, IResolvable, Lazy, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { IConnectable, ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct, IConstruct } from 'constructs';
import { IWorkload } from '../contract';

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
 * Groups and resources are plain text, not `Ref` or `Fn::GetAtt`: an intrinsic function would make the store depend on
 * its clients, which depend on the store already. The text is a logical id; `<logical id>.<attribute>` for a group that a
 * resource makes, such as a cluster's own; either after `<template file>#` when it is in another template; or the id itself
 * (`sg-0123`) of a group that no template makes.
 *
 * @internal
 */
export interface ReachableBy {
  /** Construct path of the workload; or `internet`. */
  readonly workload?: string;
  /** The security groups that the workload comes from. */
  readonly securityGroups: string[];
  /** The resources that may be in those groups, as may be what is below the workload's path. Absent: whatever is in them. */
  readonly resources?: IResolvable;
  /** The workload names its senders: only `resources` may be in the groups, and, when there are none, nothing that a template makes. */
  readonly exact?: boolean;
}

/** Resources of a workload that send nothing over the network: they would only fill the metadata. */
const INERT = /^AWS::(ApplicationAutoScaling|CloudWatch|ElasticLoadBalancingV2|IAM|KMS|Logs|S3|SecretsManager|SNS|SQS|SSM|EC2::SecurityGroup)/;

/**
 * Declares that a workload may reach a data store. To be called where the security-group rule is made.
 *
 * @param store the resource that keeps the data; for a cluster, the cluster rather than its instances
 * @param by who may reach it, by its security groups. When it is a construct other than a security group, then only its
 * `networkSenders` may be in those groups, or the resources below it when it names none.
 */
export function declareReachable(store: CfnResource, by: IConnectable & Pick<IWorkload, 'networkSenders'>): void {
  const securityGroups = by.connections.securityGroups.map(group => groupText(store, group));
  if (!Construct.isConstruct(by) || isSecurityGroup(by)) return add(store, { securityGroups });
  add(store, {
    workload: by.node.path,
    securityGroups,
    resources: sendersOf(store, () => by.networkSenders ?? loudBelow(by)),
    ...by.networkSenders === undefined ? {} : { exact: true },
  });
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

/** Told when the template is written: a workload that attaches its stores while it is being made has more to come. */
function sendersOf(store: CfnResource, senders: () => CfnResource[]): IResolvable {
  return Lazy.any({ produce: () => senders().map(resource => textOf(store, resource)) }, { omitEmptyArray: true });
}

function loudBelow(workload: IConstruct): CfnResource[] {
  return workload.node.findAll().filter(CfnResource.isCfnResource).filter(resource => !INERT.test(resource.cfnResourceType));
}

/** What imports a group takes any text for its id. */
const GROUP_ID = /^sg-[0-9a-f]{4,17}$/;

function groupText(store: CfnResource, group: ISecurityGroup): string {
  if (!Token.isUnresolved(group.securityGroupId) && !GROUP_ID.test(group.securityGroupId)) {
    throw new Error(`[${group.node.path}] 'securityGroupId' must be the id of a security group, got ${JSON.stringify(group.securityGroupId)}: give such as 'sg-0123456789abcdef0'`);
  }
  const token = Tokenization.reverse(group.securityGroupId);
  if (!Reference.isReference(token) || !CfnResource.isCfnResource(token.target)) return group.securityGroupId;
  const maker = textOf(store, token.target);
  return token.target.cfnResourceType === 'AWS::EC2::SecurityGroup' ? maker : `${maker}.${token.displayName}`;
}

function textOf(store: CfnResource, resource: CfnResource): string {
  const owner = Stack.of(resource);
  return owner === Stack.of(store) ? resource.logicalId : `${owner.templateFile}#${resource.logicalId}`;
}
