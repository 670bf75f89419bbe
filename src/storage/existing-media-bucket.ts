import { Annotations, Stack, Token } from 'aws-cdk-lib';
import { IOrigin, OriginBindConfig, OriginBindOptions, S3OriginAccessControl } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { IMedia, MediaContext, IMediaLibrary } from './contract';
import { acknowledgeNoLogOfLogs } from './private/access-logs';
import { BucketLibrary } from './private/bucket-library';
import { DEFAULT_PREFIX, PREFIX_RULE } from './private/prefix';
import { SignedUrls } from './signed-urls';
import { nameInAllRegions } from '../core/private/naming';
import { ORIGIN_SHIELD_RULE } from '../core/private/regions';
import { Rule, validate } from '../core/private/validation';

/** Options of a bucket that is there already. */
export interface ExistingMediaBucketProps {
  /**
   * First part of the path of every media file, in the bucket and at the edge: `uploads` serves the object
   * `uploads/cat.jpg` as `/uploads/cat.jpg`.
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

const RULES: Rule<ExistingMediaBucketProps>[] = [PREFIX_RULE, ORIGIN_SHIELD_RULE];
/** Longest name of an origin access control (CloudFront API reference). */
const MAX_OAC_NAME = 64;
const IMPORTED_WARNING = '@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac';
const POLICY_WARNING = 'cdk-platform-patterns:bucket-policy';

/** The choice of a bucket that is there already, with all that is in it. */
export class ExistingMediaBucket implements IMedia {
  constructor(private readonly bucket: IBucket, private readonly props: ExistingMediaBucketProps) {
    validate('Media.fromBucket', props, RULES);
  }

  public bind(scope: Construct, context: MediaContext): IMediaLibrary {
    const home = new Construct(scope, 'ExistingBucket');
    const prefix = this.props.prefix ?? DEFAULT_PREFIX;
    acknowledgeNoLogOfLogs(context.accessLogs);
    letEdgeRead(home, this.bucket, prefix);
    return new BucketLibrary(home, {
      title: 'Existing media bucket',
      bucket: this.bucket,
      encryptionKey: this.bucket.encryptionKey,
      origin: new ForeignBucketOrigin(home, this.bucket, this.props.originShieldRegion),
      prefix,
      isWritable: this.props.writable === true,
      signedUrls: this.props.signedUrls,
    });
  }
}

/** The bucket as an origin, whose policy is seen to above: CDK's own statement would name the distribution, which names the bucket. */
class ForeignBucketOrigin implements IOrigin {
  private readonly origin: IOrigin;

  constructor(scope: Construct, bucket: IBucket, originShieldRegion?: string) {
    const { bucketArn, bucketRegionalDomainName } = bucket;
    const originAccessControl = new S3OriginAccessControl(scope, 'OriginAccessControl', {
      originAccessControlName: nameInAllRegions(scope, MAX_OAC_NAME),
    });
    const reference = Bucket.fromBucketAttributes(scope, 'Reference', { bucketArn, bucketRegionalDomainName });
    this.origin = S3BucketOrigin.withOriginAccessControl(reference, { originAccessControl, originShieldRegion });
  }

  public bind(scope: Construct, options: OriginBindOptions): OriginBindConfig {
    // Older releases of CDK look for an acknowledgment above the scope alone.
    for (const each of scope.node.scopes.slice(-2)) {
      Annotations.of(each).acknowledgeWarning(IMPORTED_WARNING, 'The library adds what the policy needs, or says what that is');
    }
    return this.origin.bind(scope, options);
  }
}

/** Lets the distributions of this account read the bucket below the prefix, by its policy and its key; or says how to. */
function letEdgeRead(scope: Construct, bucket: IBucket, prefix: string): void {
  const { account, partition } = Stack.of(scope);
  const allow = (action: string, resource: string) => new PolicyStatement({
    principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
    actions: [action],
    resources: [resource],
    // Not the one distribution, which names the bucket: each would wait for the other to be made.
    conditions: { ArnLike: { 'AWS:SourceArn': `arn:${partition}:cloudfront::${account}:distribution/*` } },
  });
  const missing = [
    ...bucket.addToResourcePolicy(allow('s3:GetObject', bucket.arnForObjects(`${prefix}/*`))).statementAdded ? []
      : [`the bucket's policy: ${asText('s3:GetObject', `arn:aws:s3:::${known(bucket.bucketName, '<bucket>')}/${prefix}/*`, account)}`],
    ...bucket.encryptionKey?.addToResourcePolicy(allow('kms:Decrypt', '*')).statementAdded === false
      ? [`the policy of its key: ${asText('kms:Decrypt', '*', account)}`] : [],
  ];
  if (missing.length === 0) return;
  const unknownKey = bucket.encryptionKey === undefined ? '. A customer-managed key, which the bucket was imported without, needs one for kms:Decrypt too' : '';
  Annotations.of(scope).addWarningV2(POLICY_WARNING,
    `[${scope.node.path}] the bucket is not of this app, so that the edge is refused (403) until its owner adds a statement to ${missing.join('; and to ')}${unknownKey}`);
}

function asText(action: string, resource: string, account: string): string {
  return JSON.stringify({
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action: action,
    Resource: resource,
    Condition: { ArnLike: { 'AWS:SourceArn': `arn:aws:cloudfront::${known(account, '<account>')}:distribution/*` } },
  });
}

function known(text: string, otherwise: string): string {
  return Token.isUnresolved(text) ? otherwise : text;
}
