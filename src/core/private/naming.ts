import { Aws, Fn, Names, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * The construct's path below its stack, joined by dashes: unique within the stack, and stable as long as no id changes.
 */
export function pathInStack(scope: Construct): string {
  const above = Stack.of(scope).node.scopes.length;
  return scope.node.scopes.slice(above).map(each => each.node.id).join('-');
}

/**
 * A name that is unique within account and region: the stack's name, then the path within the stack.
 *
 * For the few resources that CloudFormation cannot name itself. The stack's name (not its construct path) keeps two
 * deployments of one stack class apart.
 */
export function nameInAccount(scope: Construct, maxLength: number): string {
  const top = topLevelStack(scope);
  const name = Token.isUnresolved(top.stackName)
    ? Names.uniqueResourceName(scope, { maxLength, separator: '-' })
    : [top.stackName, ...scope.node.scopes.slice(top.node.scopes.length).map(each => each.node.id)].join('-');
  const allowed = name.replace(/[^A-Za-z0-9-]/g, '-');
  return allowed.length <= maxLength ? allowed : shortened(scope, allowed, maxLength);
}

/**
 * A name for a resource that outlives its stack: ends in the first part of the stack's own id, so that a stack that is
 * deleted and made again does not run into what the first one left.
 */
export function nameOfRetained(scope: Construct, maxLength: number): string {
  const stackId = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  return `${nameInAccount(scope, maxLength - 9)}-${Fn.select(0, Fn.split('-', stackId))}`;
}

function topLevelStack(scope: Construct): Stack {
  const stack = Stack.of(scope);
  return stack.nestedStackParent === undefined ? stack : topLevelStack(stack.nestedStackParent);
}

function shortened(scope: Construct, name: string, maxLength: number): string {
  const hash = Names.nodeUniqueId(scope.node).slice(-8);
  return `${name.slice(0, maxLength - hash.length - 1)}-${hash}`;
}
