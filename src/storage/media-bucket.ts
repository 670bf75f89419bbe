import { Duration } from 'aws-cdk-lib';
import { IOrigin, S3OriginAccessControl } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership, Transition } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { IMedia, MediaContext, IMediaLibrary } from './contract';
import { logAccess } from './private/access-logs';
import { BucketLibrary } from './private/bucket-library';
import { emptyOnDeletion } from './private/emptied-bucket';
import { DEFAULT_PREFIX, PREFIX_RULE } from './private/prefix';
import { acceptAnyDistribution } from './private/served-by-one';
import { SignedUrls } from './signed-urls';
import { acknowledge } from '../core/private/acknowledge';
import { nameInAllRegions, pathInStack } from '../core/private/naming';
import { ORIGIN_SHIELD_RULE } from '../core/private/regions';
import { tokenIn, wholeDuration } from '../core/private/units';
import { Rule, validate } from '../core/private/validation';

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
  /**
   * Cheaper classes of storage that files move to by age: Intelligent-Tiering at any age, Standard-IA and One Zone-IA after
   * 30 days (S3 user guide, "Transitioning objects"), or Glacier Instant Retrieval. Not those that a file has to be
   * restored from first, and each class once, by an age in whole days.
   *
   * @default - none: S3 Standard, since files behind a cache are few GB, and reading them costs nothing
   */
  readonly transitions?: Transition[];
  /**
   * How long a replaced or deleted file can be brought back, in whole days.
   *
   * @default Duration.days(90)
   */
  readonly noncurrentVersionExpiration?: Duration;
  /**
   * Makes the files private: the edge answers signed requests alone.
   *
   * @default - the files are public at the edge, as images of a shop are
   */
  readonly signedUrls?: SignedUrls;
  /**
   * The Region of CloudFront's Origin Shield for the files: one more cache, which all edge locations ask before they ask
   * the bucket. AWS suggests the Region of the bucket, or the one next to it that has it (CloudFront developer guide, "Use
   * Amazon CloudFront Origin Shield"). It is charged for each request that passes it.
   *
   * @default - none: S3 takes what the edge locations ask
   */
  readonly originShieldRegion?: string;
}

/** Longest name of an origin access control (CloudFront API reference). */
const MAX_OAC_NAME = 64;
/** Classes that are read at once, with the age in days from which S3 takes a file into them. */
const AT_ONCE: { readonly [storageClass: string]: number } = { INTELLIGENT_TIERING: 0, STANDARD_IA: 30, ONEZONE_IA: 30, GLACIER_IR: 0 };

/** A token must be in days, too: nothing is rounded that is not known. */
const TRANSITION_AGE: Rule<Pick<Transition, 'transitionAfter'>> = wholeDuration('transitionAfter', 'days', 'S3 counts in days');

const RULES: Rule<MediaBucketProps>[] = [
  PREFIX_RULE,
  ORIGIN_SHIELD_RULE,
  ({ transitions = [] }) => {
    const ageless = transitions.find(({ transitionAfter, transitionDate }) => transitionAfter === undefined || transitionDate !== undefined);
    return ageless === undefined ? undefined
      : `'transitions' must be by age alone, got ${ageless.transitionDate === undefined ? 'no age' : 'a date'} for ${ageless.storageClass.value}: give 'transitionAfter', such as Duration.days(30)`;
  },
  ({ transitions = [] }) => transitions.map(TRANSITION_AGE).find(problem => problem !== undefined),
  ({ transitions = [] }) => {
    const classes = transitions.map(({ storageClass }) => storageClass.value);
    const twice = classes.find((each, index) => classes.indexOf(each) < index);
    return twice === undefined ? undefined : `'transitions' must be to each class once, got ${twice} more than once: leave all but one out`;
  },
  ({ transitions = [] }) => {
    const late = transitions.find(({ storageClass }) => !(storageClass.value in AT_ONCE));
    return late === undefined ? undefined
      : `'transitions' must be to classes that are read at once, got ${late.storageClass.value}: give ${Object.keys(AT_ONCE).join(', ')}, the edge waits for no restore`;
  },
  ({ transitions = [] }) => {
    const early = transitions.find(({ storageClass, transitionAfter }) => transitionAfter !== undefined && !transitionAfter.isUnresolved()
      && transitionAfter.toDays({ integral: false }) < (AT_ONCE[storageClass.value] ?? 0));
    return early === undefined ? undefined
      : `'transitions' must leave a file 30 days before ${early.storageClass.value}, got ${early.transitionAfter?.toDays({ integral: false })} days: S3 takes none that is younger, Intelligent-Tiering does`;
  },
  ({ noncurrentVersionExpiration: after }) => after === undefined || after.isUnresolved() || isWholeDays(after) ? undefined
    : `'noncurrentVersionExpiration' must be at least 1 whole day, got ${after.toDays({ integral: false })} days: S3 counts in days`,
  tokenIn('noncurrentVersionExpiration', 'days'),
];

function isWholeDays(duration: Duration): boolean {
  const days = duration.toDays({ integral: false });
  return days >= 1 && Number.isInteger(days);
}


/** The choice of a media bucket. */
export class MediaBucket implements IMedia {
  constructor(private readonly props: MediaBucketProps) {
    validate('Media.bucket', props, RULES);
  }

  public bind(scope: Construct, context: MediaContext): IMediaLibrary {
    const { bucket, origin } = new PrivateBucket(scope, 'Bucket', this.props, context);
    return new BucketLibrary(bucket.node.scope as Construct, {
      title: 'Media bucket',
      bucket,
      encryptionKey: context.encryptionKey,
      origin,
      prefix: this.props.prefix ?? DEFAULT_PREFIX,
      isWritable: this.props.writable === true,
      signedUrls: this.props.signedUrls,
    });
  }
}

/** A bucket that only the content-delivery network reads. */
class PrivateBucket extends Construct {
  public readonly bucket: Bucket;
  public readonly origin: IOrigin;

  constructor(scope: Construct, id: string, props: MediaBucketProps, context: MediaContext) {
    super(scope, id);
    this.bucket = this.createBucket(props, context);
    emptyOnDeletion(this, this.bucket, context.profile, context.encryptionKey);
    logAccess(this.bucket, context.accessLogs, `s3/${pathInStack(this)}/`);
    acknowledge(this.bucket, ['S3BucketReplicationEnabled'],
      'S3 keeps every object in at least 3 zones, and versions undo a deletion; a copy in another Region is a decision on cost');
    acceptAnyDistribution(context.encryptionKey);
    const originAccessControl = new S3OriginAccessControl(this, 'OriginAccessControl', {
      originAccessControlName: nameInAllRegions(this, MAX_OAC_NAME),
    });
    this.origin = S3BucketOrigin.withOriginAccessControl(this.bucket, { originAccessControl, originShieldRegion: props.originShieldRegion });
  }

  private createBucket({ transitions, noncurrentVersionExpiration }: MediaBucketProps, { encryptionKey, profile }: MediaContext): Bucket {
    return new Bucket(this, 'Resource', {
      encryption: BucketEncryption.KMS,
      encryptionKey,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [{
        id: 'Tidy',
        transitions,
        noncurrentVersionExpiration: noncurrentVersionExpiration ?? Duration.days(90),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      }],
      removalPolicy: profile.removalPolicy,
    });
  }
}
