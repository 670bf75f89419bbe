import { App, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { keepRoom } from '../../src/core/private/resources/room';

const WAY_OUT = 'give each platform a stack of its own, and each team\'s application one after it; move what you added beside them to another stack, or to a nested one [cdk-platform-patterns:stack-full]';

function fill(scope: Construct, count: number, type = 'Test::Resource'): void {
  for (let index = 0; index < count; index++) new CfnResource(scope, `${type.slice(6)}${index}`, { type });
}

/** What the synthesis of a stack with so many resources says, or nothing. */
function said(count: number, { limit, add = () => {} }: { limit?: unknown; add?: (stack: Stack) => void } = {}): string | undefined {
  const context = limit === undefined ? {} : { '@aws-cdk/core:stackResourceLimit': limit };
  const stack = new Stack(new App({ context, analyticsReporting: false }), 'Stack');
  keepRoom(stack);
  fill(stack, count);
  add(stack);
  try {
    (stack.node.root as App).synth();
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}

const emptyPolicy = (stack: Stack) => {
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  return new Policy(stack, 'Policy', { roles: [role] });
};

describe('a stack', () => {
  test('may have 500 resources', () => {
    expect(said(500)).toBeUndefined();
  });

  test('that has more is refused with the way out, before CDK refuses it without one', () => {
    expect(said(498, { add: stack => fill(stack, 3, 'Test::Other') })).toBe(
      `Validation failed with the following errors:\n  [Stack] a stack may have 500 resources, got 501 (Test::Resource 498, Test::Other 3, …): ${WAY_OUT}`);
  });

  test('that is asked for twice is told of once', () => {
    expect(said(501, { add: keepRoom })!.match(/a stack may have/g)).toHaveLength(1);
  });

  test('has the limit that the app sets, as CDK has; 0 is none', () => {
    expect(said(3, { limit: 2 })).toContain('a stack may have 2 resources, got 3');
    expect(said(3, { limit: '2' })).toContain('a stack may have 2 resources, got 3');
    expect(said(501, { limit: 0 })).toBeUndefined();
    expect(said(501, { limit: 1000 })).toBeUndefined();
  });

  test('is not filled by what is in a nested stack, but for that stack itself', () => {
    const nested = (stack: Stack) => fill(new NestedStack(stack, 'Nested'), 100);
    expect(said(499, { add: nested })).toBeUndefined();
    expect(said(500, { add: nested })).toContain('a stack may have 500 resources, got 501');
  });

  test('is not filled by what CDK does not write, such as a policy without statements', () => {
    expect(said(499, { add: stack => { emptyPolicy(stack); } })).toBeUndefined();
    expect(said(499, { add: stack => emptyPolicy(stack).addStatements(new PolicyStatement({ actions: ['s3:*'], resources: ['*'] })) }))
      .toContain('got 501');
  });
});
