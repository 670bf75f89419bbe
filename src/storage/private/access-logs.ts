import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { emptyOnDeletion } from './emptied-bucket';
import { EnvironmentProfile } from '../../core';
import { acknowledge, skipChecks } from '../../core/private/acknowledge';

const NO_LOG_OF_LOGS = 'It receives the access logs of the edge and the load balancer: a log of its own would be logged again, without end';

/** The bucket that receives access logs of CloudFront, the load balancer and other buckets. */
export class AccessLogs extends Construct {
  /** The bucket. */
  public readonly bucket: Bucket;

  constructor(scope: Construct, id: string, profile: EnvironmentProfile, encryptionKey: IKey) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Resource', {
      // Log delivery of the load balancer and of S3 works with S3's own key alone (ELB user guide, "Access logs").
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      // CloudFront's standard logs are delivered by ACL (CloudFront developer guide, "Standard logging").
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      lifecycleRules: [{
        id: 'Expire',
        expiration: Duration.days(profile.logRetention),
        noncurrentVersionExpiration: Duration.days(7),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      }],
      removalPolicy: profile.removalPolicy,
    });
    this.letServicesDeliver();
    emptyOnDeletion(this, this.bucket, profile, encryptionKey);
    acknowledge(this.bucket, ['S3DefaultEncryptionKMS'],
      'Access logs of load balancers and buckets are delivered to buckets with S3-managed keys alone');
    acknowledge(this.bucket, ['S3BucketReplicationEnabled'],
      'Access logs are read where they are made, and expire');
    // Unlike cdk-nag, Checkov asks for a log of every bucket.
    skipChecks(this.bucket, ['CKV_AWS_18'], NO_LOG_OF_LOGS);
  }

  private letServicesDeliver(): void {
    const { account } = Stack.of(this);
    // The path holds the account of the load balancer: those of others cannot write here (ELB user guide, "Access logs").
    this.bucket.addToResourcePolicy(new PolicyStatement({
      principals: [new ServicePrincipal('logdelivery.elasticloadbalancing.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [this.bucket.arnForObjects(`*/AWSLogs/${account}/*`)],
    }));
    this.bucket.addToResourcePolicy(new PolicyStatement({
      principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [this.bucket.arnForObjects('*')],
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }));
  }
}

/** Sends a bucket's access logs to the log bucket, whose policy admits them already, whatever CDK's feature flags say. */
export function logAccess(bucket: Bucket, accessLogs: IBucket, prefix: string): void {
  (bucket.node.defaultChild as CfnBucket).loggingConfiguration = {
    destinationBucketName: accessLogs.bucketName,
    logFilePrefix: prefix,
  };
}

/** Says why the log bucket has no log, where no other bucket sends it one: cdk-nag asks nothing of a bucket that receives some. */
export function acknowledgeNoLogOfLogs(accessLogs: IBucket): void {
  acknowledge(accessLogs, ['AwsSolutions-S1', 'S3BucketLoggingEnabled'], NO_LOG_OF_LOGS);
}
