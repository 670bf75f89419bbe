import { Duration } from 'aws-cdk-lib';
import { IDistribution, IOrigin, S3OriginAccessControl } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LIVE } from './release-code';
import { FILTER } from './site-indicators';
import { BindContext } from '../../../core';
import { acknowledge } from '../../../core/private/acknowledge';
import { arnOf } from '../../../core/private/distribution-arn';
import { nameInAllRegions, pathInStack } from '../../../core/private/naming';
import { logAccess } from '../access-logs';
import { emptyOnDeletion } from '../emptied-bucket';
import { acceptAnyDistribution } from '../served-by-one';

/** What the store of a site needs. */
export interface SiteStoreContext extends BindContext {
  /** Receives the access logs. */
  readonly accessLogs: IBucket;
}

/** Longest name of an origin access control (CloudFront API reference). */
const MAX_OAC_NAME = 64;
/** How long what a release replaced, or took away, can be brought back. */
const BROUGHT_BACK = Duration.days(30);

/** A bucket with the builds of a site, and what is served of them, which only the content-delivery network reads. */
export class SiteStore extends Construct {
  public readonly bucket: Bucket;
  public readonly origin: IOrigin;

  constructor(scope: Construct, id: string, private readonly context: SiteStoreContext) {
    super(scope, id);
    const { profile, encryptionKey, accessLogs } = context;
    this.bucket = this.createBucket();
    emptyOnDeletion(this, this.bucket, profile, encryptionKey);
    logAccess(this.bucket, accessLogs, `s3/${pathInStack(this)}/`);
    acknowledge(this.bucket, ['S3BucketReplicationEnabled'],
      'S3 keeps every object in at least 3 zones, versions undo a deletion, and the team can build a release again');
    acceptAnyDistribution(encryptionKey);
    this.origin = S3BucketOrigin.withOriginAccessControl(this.bucket, {
      originAccessControl: new S3OriginAccessControl(this, 'OriginAccessControl', { originAccessControlName: nameInAllRegions(this, MAX_OAC_NAME) }),
      originPath: `/${LIVE}`,
    });
  }

  /**
   * Lets the distribution know which files are missing: without the right to list, S3 calls them forbidden. Nobody reads the list by it: the
   * edge asks for no address of the bucket itself, and passes no query on.
   */
  public tellWhatIsMissing(distribution: IDistribution): void {
    this.bucket.addToResourcePolicy(new PolicyStatement({
      principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
      actions: ['s3:ListBucket'],
      resources: [this.bucket.bucketArn],
      conditions: { StringEquals: { 'AWS:SourceArn': arnOf(distribution) } },
    }));
  }

  private createBucket(): Bucket {
    const { encryptionKey, profile } = this.context;
    return new Bucket(this, 'Resource', {
      encryption: BucketEncryption.KMS,
      encryptionKey,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [{ id: 'Tidy', noncurrentVersionExpiration: BROUGHT_BACK, abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      metrics: [{ id: FILTER, prefix: `${LIVE}/` }],
      removalPolicy: profile.removalPolicy,
    });
  }
}
