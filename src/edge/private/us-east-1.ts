import { Annotations, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { US_EAST_1 } from '../../core/private/regions';

const WARNING = 'cdk-platform-patterns:region-unknown';

/**
 * What belongs to CloudFront lives in us-east-1: another Region is refused, an unknown one gets a warning.
 *
 * @param scope where it would be made
 * @param what what would be made
 * @throws Error when the stack is in another Region
 */
export function requireUsEast1(scope: Construct, what: string): void {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region)) {
    warnOfUnknownRegion(scope, what);
  } else if (region !== US_EAST_1) {
    throw new Error(`[${scope.node.path}] the scope's stack must be in ${US_EAST_1}, where CloudFront reads ${what}, got ${region}: bind it in a stack there, as a platform in any Region does by itself`);
  }
}

/**
 * Whether alarms on metrics of us-east-1 can be made there: an alarm is in the Region of its metric, where a board shows
 * metrics of any Region.
 *
 * @param scope where they would be made
 */
export function alarmsInUsEast1(scope: Construct): boolean {
  const { region } = Stack.of(scope);
  return Token.isUnresolved(region) || region === US_EAST_1;
}

/**
 * A platform whose Region is not known has everything in its one stack: the form of it that us-east-1 takes.
 *
 * @param scope where it is made
 * @param what what is made
 */
export function warnOfUnknownRegion(scope: Construct, what: string): void {
  Annotations.of(scope).addWarningV2(WARNING,
    `[${scope.node.path}] ${what} can be made in ${US_EAST_1} alone, and the stack's Region is not known: deploy it there, or give the stack its Region, such as 'env: { region: '${US_EAST_1}' }'; with another one, what has to be in ${US_EAST_1} is put into stacks of its own`);
}
