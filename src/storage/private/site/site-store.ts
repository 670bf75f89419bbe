import { Annotations, Duration } from 'aws-cdk-lib';
import { AccessLevel, IOrigin, S3OriginAccessControl } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LIVE } from './release-code';
import { FILTER } from './site-indicators';
import { BindContext } from '../../../core';
import { acknowledge } from '../../../core/private/acknowledge';
import { nameInAllRegions, pathInStack } from '../../../core/private/naming';
import { logAccess } from '../access-logs';
import { emptyOnDeletion } from '../emptied-bucket';

/** What the store of a site needs. */
export interface SiteStoreContext extends BindContext {
  /** Receives the access logs. */
  readonly accessLogs: IBucket;
}

/** Longest name of an origin access control (CloudFront API reference). */
const MAX_OAC_NAME = 64;
/** How long what a release replaced, or took away, can be brought back. */
const BROUGHT_BACK = Duration.days(30);
const ORIGINS = '@aws-cdk/aws-cloudfront-origins';

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
    this.acceptWarnings();
    this.origin = S3BucketOrigin.withOriginAccessControl(this.bucket, {
      originAccessControl: new S3OriginAccessControl(this, 'OriginAccessControl', { originAccessControlName: nameInAllRegions(this, MAX_OAC_NAME) }),
      // Without the right to list, S3 calls a file that is missing forbidden.
      originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
      originPath: `/${LIVE}`,
    });
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

  /**
   * CDK warns that the key's policy admits any distribution of the account: the bucket's own policy names the one. And that whoever asks for
   * the bucket's own address gets a list: the edge asks for what is below `live/`, without a query.
   */
  private acceptWarnings(): void {
    // CDK warns at the scope of the key, and older releases of it look for an acknowledgment above that scope alone.
    for (const scope of this.context.encryptionKey.node.scopes.slice(-3, -1)) {
      Annotations.of(scope).acknowledgeWarning(`${ORIGINS}:wildcardKeyPolicyForOac`, 'The bucket policy names the one distribution');
    }
    Annotations.of(this).acknowledgeWarning(`${ORIGINS}:listBucketSecurityRisk`, 'The edge asks for no address of the bucket, and passes no query on');
  }
}
