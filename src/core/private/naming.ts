import { createHash } from 'crypto';
import { Aws, Fn, Stack, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { US_EAST_1 } from './regions';

/**
 * The construct's path below its stack, joined by dashes: unique within the stack, and stable as long as no id changes.
 */
export function pathInStack(scope: Construct): string {
  const above = Stack.of(scope).node.scopes.length;
  return scope.node.scopes.slice(above).map(each => each.node.id).join('-');
}

/** A namespace in another stack, by the ids that a construct has below its own: a stack may hold parts of several platforms. */
export function namespaceIn(stack: Stack, scope: Construct): Construct {
  const ids = scope.node.scopes.slice(topLevelStack(scope).node.scopes.length).map(({ node }) => node.id);
  return ids.reduce<Construct>((above, id) => above.node.tryFindChild(id) as Construct | undefined ?? new Construct(above, id), stack);
}

/**
 * A name that is unique within account and Region: the stack's name, then the path within the stack.
 *
 * For the few resources that CloudFormation cannot name itself. The stack's name (not its construct path) keeps two
 * deployments of one stack class apart, within one Region: for resources that all Regions share, see
 * {@link nameInAllRegions}. A name that is cut, or made of ids that hold more than letters and digits, ends in a hash:
 * otherwise the ids `A-B` and `A`, `B` would make one name.
 */
export function nameInAccount(scope: Construct, maxLength: number): string {
  return named(pathInAccount(scope), maxLength);
}

/** As {@link nameInAccount}, and always ending in a hash of lower case: for names in which capitals do not count. */
export function hashedNameInAccount(scope: Construct, maxLength: number): string {
  return hashed(pathInAccount(scope), maxLength);
}

/**
 * As {@link nameInAccount}, and unique in all Regions of the account: elsewhere than in us-east-1 the Region follows the
 * stack's name. For what CloudFront has, for dashboards, and for what a platform of another Region has in us-east-1.
 */
export function nameInAllRegions(scope: Construct, maxLength: number): string {
  const [, ...ids] = pathInAccount(scope);
  return named([stackNameInAllRegions(topLevelStack(scope)), ...ids], maxLength);
}

/**
 * As {@link nameInAllRegions} of a child that may not be there.
 *
 * @param id the child's
 */
export function nameBelow(scope: Construct, id: string, maxLength: number): string {
  const [, ...ids] = pathInAccount(scope);
  return named([stackNameInAllRegions(topLevelStack(scope)), ...ids, id], maxLength);
}

/** The stack's name, with its Region when that is known and another than us-east-1. */
export function stackNameInAllRegions({ stackName, region }: Stack): string {
  return Token.isUnresolved(region) || region === US_EAST_1 ? stackName : `${stackName}-${region}`;
}

/**
 * A name for a resource that outlives its stack: ends in the first part of the stack's own id, so that a stack that is
 * deleted and made again does not run into what the first one left.
 */
export function nameOfRetained(scope: Construct, maxLength: number): string {
  const stackId = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  return `${nameInAccount(scope, maxLength - 9)}-${Fn.select(0, Fn.split('-', stackId))}`;
}

function named(path: string[], maxLength: number): string {
  const name = path.join('-');
  return name.length <= maxLength && path.slice(1).every(id => /^[A-Za-z0-9]+$/.test(id)) ? name : hashed(path, maxLength);
}

function hashed(path: string[], maxLength: number): string {
  const hash = createHash('sha256').update(JSON.stringify(path)).digest('hex').slice(0, 8);
  return `${path.join('-').replace(/[^A-Za-z0-9-]/g, '-').slice(0, maxLength - hash.length - 1)}-${hash}`;
}

/** The name of the stack that is deployed, and the ids below it. */
function pathInAccount(scope: Construct): string[] {
  const top = topLevelStack(scope);
  return [top.stackName, ...scope.node.scopes.slice(top.node.scopes.length).map(each => each.node.id)];
}

/** The stack that is deployed by itself, which a nested one is in. */
export function topLevelStack(scope: IConstruct): Stack {
  const stack = Stack.of(scope);
  return stack.nestedStackParent === undefined ? stack : topLevelStack(stack.nestedStackParent);
}
