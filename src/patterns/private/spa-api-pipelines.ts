import { Stack } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { IPipeline } from '../../access';
import { IReleasable } from '../../core';
import { acknowledgeWildcards } from '../../core/private/acknowledge';

/**
 * Lets a pipeline release an application.
 *
 * @param namespace the application's
 * @param prop the path of the prop that names the pipeline
 */
export function letRelease(namespace: Construct, prop: string, pipeline: IPipeline | undefined, release: IReleasable | undefined): void {
  if (pipeline === undefined) return;
  if (release === undefined) {
    throw new Error(`[${namespace.node.path}] '${prop}' must be left out of an application that nobody releases by itself, got one: what runs it has no 'release'`);
  }
  const scope = new Construct(namespace, 'Pipeline');
  const grantee = pipeline.bind(scope);
  release.grantRelease(grantee);
  release.grantView(grantee);
  acknowledgeOwn(scope);
}

/** Of roles that the platform has made: what is brought is its owner's. */
function acknowledgeOwn(scope: Construct): void {
  for (const policy of scope.node.findAll().filter((each): each is ManagedPolicy => each instanceof ManagedPolicy)) {
    const { Statement } = Stack.of(policy).resolve(policy.document) as { Statement: { Resource: unknown }[] };
    const wildcards = Statement.flatMap(({ Resource }) => Resource as string[]).filter(resource => JSON.stringify(resource).includes('*'));
    acknowledgeWildcards(policy, wildcards, 'A release takes it: builds have files of any names, ECS counts deployments below the service, and what registers or describes takes no resource');
  }
}
