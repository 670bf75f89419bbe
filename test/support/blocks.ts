import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Connections, ISecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { IGrantable, IPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { eastStack } from './platform';
import { BindContext, EnvironmentProfile, IWorkload, Runtime } from '../../src';
import { closedSecurityGroup } from '../../src/core/private/resources/closed-security-group';

/** What every choice is bound with, and what those receive besides that are made for a runtime. */
export interface TestContext extends BindContext {
  readonly runtime: Runtime;
}

/** A stack with the parts that every choice is bound to. */
export interface Ground {
  readonly stack: Stack;
  readonly scope: Construct;
  readonly context: TestContext;
}

export function ground(profile = EnvironmentProfile.production()): Ground {
  const stack = eastStack();
  const vpc = new Vpc(stack, 'Vpc', { availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c', 'us-east-1d'] });
  return { stack, scope: new Construct(stack, 'Slot'), context: { vpc, profile, encryptionKey: new Key(stack, 'Key'), runtime: Runtime.php() } };
}

/** The least that counts as a workload: a security group and a role. */
export class TestWorkload extends Construct implements IWorkload, IGrantable {
  public readonly connections: Connections;
  public readonly grantPrincipal: IPrincipal;
  public readonly securityGroup: ISecurityGroup;

  constructor(scope: Construct, id: string, context: BindContext) {
    super(scope, id);
    this.securityGroup = closedSecurityGroup(this, context.vpc, id);
    this.connections = new Connections({ securityGroups: [this.securityGroup] });
    this.grantPrincipal = new Role(this, 'Role', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
  }
}

/** What a bound block is, and the template that it makes together with one workload that is attached to it. */
export interface Bound<T> {
  readonly block: T;
  readonly template: Template;
  readonly stack: Stack;
}

/** Binds a block and attaches a workload, if the block takes one. */
export function bound<T extends object>(bind: (scope: Construct, context: TestContext) => T, profile?: EnvironmentProfile): Bound<T> {
  const { stack, scope, context } = ground(profile);
  const block = bind(scope, context);
  if ('attachTo' in block && typeof block.attachTo === 'function') block.attachTo(new TestWorkload(stack, 'Application', context));
  return { block, template: Template.fromStack(stack), stack };
}
