import { Annotations, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Where CloudFront reads web ACLs and certificates (CloudFront developer guide). */
const REGION = 'us-east-1';
const WARNING = 'cdk-platform-patterns:region-unknown';

/**
 * What belongs to CloudFront lives in us-east-1: another Region is refused, an unknown one gets a warning.
 *
 * @param scope where it would be made
 * @param what what would be made
 * @param reason why it must be there
 * @throws Error when the stack is in another Region
 */
export function requireUsEast1(scope: Construct, what: string, reason = `CloudFront reads ${what}`): void {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region)) {
    Annotations.of(scope).addWarningV2(WARNING,
      `[${scope.node.path}] ${what} can be made in ${REGION} alone, and the stack's Region is not known: deploy it there, or say so by 'env: { region: '${REGION}' }' of the stack`);
  } else if (region !== REGION) {
    throw new Error(`[${scope.node.path}] 'env.region' of the stack must be ${REGION}, where ${reason}, got ${region}: deploy the platform's stack to ${REGION}`);
  }
}
