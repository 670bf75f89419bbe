import { Annotations } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';

const WILDCARD_WARNING = '@aws-cdk/aws-cloudfront-origins:wildcardKeyPolicyForOac';

/**
 * CDK warns that the key's policy admits any distribution of the account: the key cannot name the one, whose origin is
 * the bucket, which needs the key. The bucket's own policy names it, and without the bucket the key is of no use.
 */
export function acceptAnyDistribution(key: IKey): void {
  // CDK warns at the scope of the key, and older releases of it look for an acknowledgment above that scope alone.
  for (const scope of key.node.scopes.slice(-3, -1)) {
    Annotations.of(scope).acknowledgeWarning(WILDCARD_WARNING, 'The bucket policy names the one distribution');
  }
}
