import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { DatabaseContext, EnvironmentProfile, IAttachable, IDatabase } from '../../src';
import { Bound, bound, ground } from '../support/blocks';
import { Resource, resources } from '../support/template';

/** Subnets of the ground. */
export const PRIVATE = { subnetType: SubnetType.PRIVATE_WITH_EGRESS };

/** What a small site needs. */
export const CAPACITY = { minAcu: 4, maxAcu: 40, connections: 100, proxy: false };

/** The template of a database that nothing is attached to. */
export function unattached(choice: IDatabase): Template {
  const { stack, scope, context } = ground();
  choice.bind(scope, { ...context, subnets: PRIVATE, workloadSubnets: PRIVATE, capacity: CAPACITY });
  return Template.fromStack(stack);
}

/** A database of a small site, with what differs, attached to a workload and watched. */
export function boundDatabase(
  choose: IDatabase | ((scope: Construct) => IDatabase), differs: Partial<DatabaseContext> = {}, profile?: EnvironmentProfile,
): Bound<IAttachable> {
  return bound((scope, context) => {
    const choice = typeof choose === 'function' ? choose(scope) : choose;
    const database = choice.bind(scope, { ...context, subnets: PRIVATE, workloadSubnets: PRIVATE, capacity: CAPACITY, ...differs });
    database.monitorWith(new MonitoringFacade(scope, 'Monitoring', { alarmFactoryDefaults: { alarmNamePrefix: 'Test', actionsEnabled: true } }));
    return database;
  }, profile);
}

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
