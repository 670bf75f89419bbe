import { Annotations, Duration } from 'aws-cdk-lib';
import { IOrigin, S3OriginAccessControl } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { logAccess } from './access-logs';
import { BlockDescription, IMedia, IMediaLibrary, IWorkload, MediaContext, SecretReference, Tier } from '../core';
import { emptyOnDeletion } from './private/emptied-bucket';
import { acknowledge, acknowledgeWildcards } from '../core/private/acknowledge';
import { nameInAccount, pathInStack } from '../core/private/naming';
import { matches, Rule, validate } from '../core/private/validation';

/** Options of a media bucket. */
export interface MediaBucketProps {
  /**
   * First part of the path of every media file, in the bucket and at the edge: `media` serves the object
   * `media/cat.jpg` as `/media/cat.jpg`.
   *
   * @default 'media'
   */
  readonly prefix?: string;
  /**
   * Whether the application may add, replace and delete media files; users read them at the edge in any case.
   *
   * @default false
   */
  readonly writable?: boolean;
}

/** Longest name of an origin access control (CloudFront API reference). */
const MAX_OAC_NAME = 64;

const RULES: Rule<MediaBucketProps>[] = [
  matches('prefix', /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/, 'must be a path without a slash at either end',
    'give letters, digits, dashes and underscores, such as \'media\' or \'static/images\''),
];

const WILDCARD_WARNING = '@aws-cdk/aws-cloudfront-origins:wildcardKeyPolicyForOac';

/** The choice of a media bucket. */
export class MediaBucket implements IMedia {
  constructor(private readonly props: MediaBucketProps) {
    validate('Media.bucket', props, RULES);
  }

  public bind(scope: Construct, context: MediaContext): IMediaLibrary {
    return new MediaBucketLibrary(scope, 'Bucket', this.props, context);
  }
}

/** A private bucket behind the content-delivery network: no unit ever holds a copy. */
class MediaBucketLibrary extends Construct implements IMediaLibrary {
  public readonly environment: { [name: string]: string };
  public readonly secrets: { [name: string]: SecretReference } = {};
  public readonly pathPattern: string;
  public readonly origin: IOrigin;
  public readonly bucket: Bucket;
  private readonly prefix: string;

  constructor(scope: Construct, id: string, private readonly props: MediaBucketProps, context: MediaContext) {
    super(scope, id);
    this.prefix = props.prefix ?? 'media';
    this.bucket = new Bucket(this, 'Resource', {
      encryption: BucketEncryption.KMS,
      encryptionKey: context.encryptionKey,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [{
        id: 'Tidy',
        noncurrentVersionExpiration: Duration.days(90),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      }],
      removalPolicy: context.profile.removalPolicy,
    });
    emptyOnDeletion(this, this.bucket, context.profile, context.encryptionKey);
    logAccess(this.bucket, context.accessLogs, `s3/${pathInStack(this)}/`);
    acknowledge(this.bucket, ['S3BucketReplicationEnabled'],
      'S3 keeps every object in at least 3 zones, and versions undo a deletion; a copy in another Region is a decision on cost');
    this.acceptAnyDistribution(context.encryptionKey);
    this.environment = { MEDIA_BASE_URL: `/${this.prefix}`, MEDIA_BUCKET: this.bucket.bucketName };
    this.pathPattern = `/${this.prefix}/*`;
    const originAccessControl = new S3OriginAccessControl(this, 'OriginAccessControl', {
      originAccessControlName: nameInAccount(this, MAX_OAC_NAME),
    });
    this.origin = S3BucketOrigin.withOriginAccessControl(this.bucket, { originAccessControl });
  }

  public attachTo(workload: IWorkload): void {
    if (this.props.writable !== true) return;
    const objects = this.bucket.arnForObjects(`${this.prefix}/*`);
    workload.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({
      actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
      resources: [objects],
    }));
    this.bucket.encryptionKey?.grant(workload, 'kms:Decrypt', 'kms:GenerateDataKey');
    acknowledgeWildcards(workload, [objects], 'The application manages its media files, whatever their names, below their prefix alone');
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitoring.monitorS3Bucket({ bucket: this.bucket, humanReadableName: 'Media', alarmFriendlyName: 'Media' });
  }

  public describe(): BlockDescription {
    return {
      title: 'Media bucket',
      purpose: 'Serves images and other files at the edge, without a copy on any unit',
      tier: Tier.DATA,
      facts: { path: this.pathPattern, application: this.props.writable === true ? 'reads and writes' : 'links only' },
    };
  }

  /**
   * CDK warns that the key's policy admits any distribution of the account: the key cannot name the one, whose origin is
   * the bucket, which needs the key. The bucket's own policy names it, and without the bucket the key is of no use.
   */
  private acceptAnyDistribution(key: IKey): void {
    // CDK warns at the scope of the key, and older releases of it look for an acknowledgment above that scope alone.
    for (const scope of key.node.scopes.slice(-3, -1)) {
      Annotations.of(scope).acknowledgeWarning(WILDCARD_WARNING, 'The bucket policy names the one distribution');
    }
  }
}
