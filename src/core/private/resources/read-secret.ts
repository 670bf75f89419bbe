import { Stack } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/**
 * Lets somebody read a secret, by a policy of their own alone. `grantRead` of CDK names who reads it in the policy of the
 * secret's key, too: a platform would depend on an application in a stack of its own, which depends on the platform.
 */
export function letReadSecret(grantee: IGrantable, secret: ISecret): Grant {
  const { secretArn, secretFullArn, encryptionKey } = secret;
  const read = Grant.addToPrincipal({
    grantee,
    actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
    // An imported secret may be known without the six characters that AWS appends to its name.
    resourceArns: [secretFullArn === undefined ? `${secretArn}-??????` : secretArn],
  });
  if (encryptionKey === undefined) return read;
  return read.combine(Grant.addToPrincipal({
    grantee,
    actions: ['kms:Decrypt'],
    resourceArns: [encryptionKey.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(secret).region}.amazonaws.com` } },
  }));
}
