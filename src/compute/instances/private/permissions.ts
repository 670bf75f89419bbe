import { Stack } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { METRICS } from './agent';
import { acknowledgeWildcards, skipChecks } from '../../../core/private/acknowledge';
import { managedPolicyRole } from '../../../core/private/resources/managed-policy-role';
import { InstanceCodeLocation } from '../instance-code';

const NO_RESOURCE = 'Session Manager\'s channels and CloudWatch\'s metrics take no resource; metrics are bound to the agent\'s namespace';

/** What an instance may do by itself: be reached by Session Manager, report, and say that it is ready. */
export function createInstanceRole(scope: Construct, groupName: string, logGroup: ILogGroup): Role {
  const role = managedPolicyRole(scope, 'Role', 'ec2.amazonaws.com');
  const { partition, region, account } = Stack.of(scope);
  const group = `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/${groupName}`;
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ['autoscaling:CompleteLifecycleAction'], resources: [group] }));
  role.addToPrincipalPolicy(new PolicyStatement({
    actions: [
      'ssm:UpdateInstanceInformation', 'ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel',
      'ssmmessages:OpenControlChannel', 'ssmmessages:OpenDataChannel',
    ],
    resources: ['*'],
  }));
  role.addToPrincipalPolicy(new PolicyStatement({
    actions: ['cloudwatch:PutMetricData'],
    resources: ['*'],
    conditions: { StringEquals: { 'cloudwatch:namespace': METRICS.namespace } },
  }));
  logGroup.grantWrite(role);
  acknowledgeWildcards(role, [group], 'The name is that of one group; the wildcard is the identifier that AWS gives it, which is not known before the instances start');
  acknowledgeWildcards(role, ['*'], NO_RESOURCE);
  skipChecks(role.node.findChild('Policy'), ['CKV_AWS_111'], NO_RESOURCE);
  return role;
}

/**
 * Lets EC2 Auto Scaling start instances whose volumes are encrypted with the key.
 *
 * AWS asks for the service-linked role as principal. KMS refuses a policy with a principal that does not exist, and in an
 * empty account that role is only made by the first group. Hence the way of AWS's own key for EBS: any principal of the
 * account, by way of EC2 alone; here only the service-linked roles that start instances.
 */
export function letAutoScalingUse(key: IKey, scope: Construct): void {
  const { partition, region, account } = Stack.of(scope);
  const roles = ['autoscaling', 'spot', 'ec2fleet'].map(service => `arn:${partition}:iam::${account}:role/aws-service-role/${service}.amazonaws.com/*`);
  const byEc2 = {
    StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': `ec2.${region}.amazonaws.com` },
    ArnLike: { 'aws:PrincipalArn': roles },
  };
  key.addToResourcePolicy(new PolicyStatement({
    sid: 'VolumesOfAutoScaling',
    principals: [new AnyPrincipal()],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    resources: ['*'],
    conditions: byEc2,
  }));
  key.addToResourcePolicy(new PolicyStatement({
    sid: 'GrantsOfAutoScaling',
    principals: [new AnyPrincipal()],
    actions: ['kms:CreateGrant'],
    resources: ['*'],
    // For EBS, which keeps the grant as long as the volume is in use; nobody can hand on the key to a principal of theirs.
    conditions: { ...byEc2, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  }));
  skipChecks(key, ['CKV_AWS_33'], 'Any principal is the service-linked roles that start instances, of this account, by way of EC2 alone: KMS refuses to name a role that does not exist yet');
}

/** The archive of the code alone, and what else is in its bucket not. */
export function letRead(role: Role, { bucket, objectKey, objectVersion }: InstanceCodeLocation): void {
  role.addToPrincipalPolicy(new PolicyStatement({
    actions: [objectVersion === undefined ? 's3:GetObject' : 's3:GetObjectVersion'],
    resources: [bucket.arnForObjects(objectKey)],
  }));
  bucket.encryptionKey?.grantDecrypt(role);
}
