import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Resource, resources } from '../support/template';

/** The warnings that a synthesis prints. */
export function warnings(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

/** What each resource of a type waits for without naming it. */
export function dependsOn(template: Template, type: string): string[][] {
  return resources(template, type).map(({ DependsOn = [] }) => [...DependsOn].sort());
}

/** The rights of the role that writes operating-system metrics. */
export function monitoringPolicy(template: Template): Resource {
  return policyOf(template, /MonitoringRolePolicy/);
}

/** The one managed policy whose logical id matches. */
export function policyOf(template: Template, id: RegExp): Resource {
  const found = resources(template, 'AWS::IAM::ManagedPolicy').filter(policy => id.test(policy.id));
  if (found.length !== 1) throw new Error(`expected one policy like ${id}, found ${found.length}`);
  return found[0];
}

/** The statements of a policy. */
export function statementsOf({ Properties }: Resource): { [element: string]: unknown }[] {
  return (Properties.PolicyDocument as { Statement: { [element: string]: unknown }[] }).Statement;
}
