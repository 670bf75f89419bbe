import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { EnvironmentProfile } from '../../environment-profile';

/** The customer-managed key that encrypts all that a platform stores: one key, rotated every year. */
export function createPlatformKey(scope: Construct, profile: EnvironmentProfile): Key {
  const key = new Key(scope, 'Key', {
    description: `${scope.node.path}: data, logs and notifications`,
    enableKeyRotation: true,
    removalPolicy: profile.removalPolicy,
  });
  const { partition, region, account } = Stack.of(scope);
  const use = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
  key.addToResourcePolicy(new PolicyStatement({
    sid: 'CloudWatchLogs',
    principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
    actions: use,
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` } },
  }));
  key.addToResourcePolicy(new PolicyStatement({
    sid: 'CloudWatchAlarmsToTopic',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceAccount': account } },
  }));
  return key;
}
