import { CfnResource, Stack, STACK_RESOURCE_LIMIT_CONTEXT } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Resources that a template may have (CloudFormation quotas, "Resources"); nobody can raise it. */
export const MAX_RESOURCES = 500;

const STACK_FULL = 'cdk-platform-patterns:stack-full';
const KEPT = Symbol.for('cdk-platform-patterns.KeepsRoom');

/** How many types the message names: those that make most of the template. */
const TOLD = 3;

/**
 * Refuses a stack that has more resources than CloudFormation takes, and says the way out: CDK, which counts after it, and
 * CloudFormation say only that it is so. The limit is CDK's, `@aws-cdk/core:stackResourceLimit`, when an app sets it.
 *
 * @param scope what is below a stack: however many ask, the stack is told of once
 */
export function keepRoom(scope: IConstruct): void {
  const stack = Stack.of(scope);
  if (KEPT in stack) return;
  Object.defineProperty(stack, KEPT, { value: true });
  stack.node.addValidation({ validate: () => problemsOf(stack) });
}

function problemsOf(stack: Stack): string[] {
  const limit = Number(stack.node.tryGetContext(STACK_RESOURCE_LIMIT_CONTEXT) ?? MAX_RESOURCES);
  const made = stack.node.findAll().filter(CfnResource.isCfnResource).filter(resource => resource.stack === stack);
  if (limit === 0 || made.length <= limit) return [];
  const types = made.filter(isWritten).map(resource => resource.cfnResourceType);
  if (types.length <= limit) return [];
  return [`a stack may have ${limit} resources, got ${types.length} (${most(types)}, …): give each platform a stack of its own, and each team's application one after it; move what you added beside them to another stack, or to a nested one [${STACK_FULL}]`];
}

/** Whether CDK writes it into the template, such as a policy only with statements: the resource keeps that to itself. */
function isWritten(resource: CfnResource): boolean {
  return 'Resources' in (resource as unknown as { _toCloudFormation(): object })._toCloudFormation();
}

function most(types: string[]): string {
  const counts = new Map<string, number>();
  types.forEach(type => counts.set(type, (counts.get(type) ?? 0) + 1));
  return [...counts].sort(([, a], [, b]) => b - a).slice(0, TOLD).map(([type, count]) => `${type} ${count}`).join(', ');
}
