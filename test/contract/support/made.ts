import { Stack } from 'aws-cdk-lib';
import { PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Compute, Domain, DomainInZoneOptions, ICompute, InstanceCode, InstancesProps, PasswordRotation } from '../../../src';

export function instances(stack: Stack, more: Partial<InstancesProps> = {}): ICompute {
  return Compute.instances({ code: InstanceCode.fromBucket(Bucket.fromBucketName(stack, 'Releases', 'releases'), 'shop-1.zip', 'v1'), ...more });
}

export function alternatingUsers(stack: Stack): PasswordRotation {
  const secret = Secret.fromSecretCompleteArn(stack, 'WebUser', 'arn:aws:secretsmanager:us-east-1:111111111111:secret:web-abcdef');
  return PasswordRotation.alternatingUsers({ secret });
}

export function inExistingZone(stack: Stack): Domain {
  return Domain.inZone(PublicHostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789', zoneName: 'example.com' }), 'shop.example.com');
}

export function inZone(stack: Stack, options: DomainInZoneOptions = {}): Domain {
  return Domain.inZone(new PublicHostedZone(stack, 'Zone', { zoneName: 'example.com' }), 'shop.example.com', options);
}
