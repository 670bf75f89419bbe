import { BehaviorOptions, CachePolicy, ErrorResponse, S3OriginAccessControl, ViewerProtocolPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { EnvironmentProfile } from '../../core';
import { acknowledge } from '../../core/private/acknowledge';
import { nameInAllRegions, pathInStack } from '../../core/private/naming';
import { InlineCustomResource } from '../../core/private/resources/inline-function';

/** Where the page is, at the edge and in its bucket. */
const FOLDER = '_platform';
/** The beginning of the page's path: no other path may begin so, with a page or without, as one may be given later. */
export const MAINTENANCE_PATH = `/${FOLDER}/`;
const KEY = `${FOLDER}/maintenance.html`;
/** Longest name of an origin access control (CloudFront API reference). */
const MAX_NAME = 64;

/** Failures of the balancer, and of the way to it: no unit is healthy, none answers, or not in time. */
const FAILURES = [502, 503, 504];
/** Errors that CloudFront always keeps, for 10 s by default (CloudFront developer guide, "HTTP 4xx and 5xx status codes that CloudFront caches"). */
const KEPT_ERRORS = [404, 405, 414, 500, 501, ...FAILURES];

/** Puts a page into a bucket, and takes every version of it away with the resource. */
const HANDLER = `import boto3, cfnresponse

def handler(event, context):
    given = event['ResourceProperties']
    bucket, key = given['Bucket'], given['Key']
    try:
        page = boto3.resource('s3').Bucket(bucket)
        if event['RequestType'] == 'Delete':
            page.object_versions.filter(Prefix=key).delete()
        else:
            page.put_object(Key=key, Body=given['Page'].encode(), ContentType='text/html; charset=utf-8', CacheControl='public, max-age=60')
        cfnresponse.send(event, context, cfnresponse.SUCCESS, {}, bucket + '/' + key)
    except Exception as error:
        print(error)
        cfnresponse.send(event, context, cfnresponse.FAILED, {}, bucket + '/' + key, reason=str(error))
`;

/** What the page needs besides itself. */
export interface MaintenancePageContext {
  readonly encryptionKey: IKey;
  readonly profile: EnvironmentProfile;
  readonly accessLogs: IBucket;
}

/** The behavior of the page's path. The bucket is another origin than the application, which fails when the page is asked for. */
export function maintenanceBehavior(scope: Construct, page: string, context: MaintenancePageContext): { [path: string]: BehaviorOptions } {
  const holder = new Construct(scope, 'MaintenancePage');
  const bucket = createBucket(holder, context.accessLogs);
  putPage(holder, bucket, page, context);
  const originAccessControl = new S3OriginAccessControl(holder, 'OriginAccessControl', { originAccessControlName: nameInAllRegions(holder, MAX_NAME) });
  return {
    [`${MAINTENANCE_PATH}*`]: {
      origin: S3BucketOrigin.withOriginAccessControl(bucket, { originAccessControl }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
    },
  };
}

/**
 * An error of one request is never the answer to another: a page that failed for one user, perhaps with a cookie of his,
 * would be everyone's for 10 s. Failures show the page, with the status that they have: a program that asks still learns
 * that it failed.
 */
export function errorResponses(page: boolean): ErrorResponse[] {
  return KEPT_ERRORS.map(httpStatus => ({
    httpStatus,
    ttl: Duration.seconds(0),
    ...page && FAILURES.includes(httpStatus) ? { responseHttpStatus: httpStatus, responsePagePath: `/${KEY}` } : {},
  }));
}

function createBucket(holder: Construct, accessLogs: IBucket): Bucket {
  const bucket = new Bucket(holder, 'Resource', {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    versioned: true,
    lifecycleRules: [{ id: 'Tidy', noncurrentVersionExpiration: Duration.days(7), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    // The template holds the page.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  (bucket.node.defaultChild as CfnBucket).loggingConfiguration = {
    destinationBucketName: accessLogs.bucketName,
    logFilePrefix: `s3/${pathInStack(holder)}/`,
  };
  acknowledge(bucket, ['S3DefaultEncryptionKMS'], 'It holds one page, which everyone may read: it is to be shown also when a key cannot be used');
  acknowledge(bucket, ['S3BucketReplicationEnabled'], 'It holds one page, which the template holds too');
  return bucket;
}

function putPage(holder: Construct, bucket: Bucket, page: string, { encryptionKey, profile }: MaintenancePageContext): void {
  const object = bucket.arnForObjects(KEY);
  new InlineCustomResource(holder, 'Page', {
    resourceType: 'Custom::MaintenancePage',
    description: 'Puts the maintenance page into its bucket',
    code: HANDLER,
    statements: [
      new PolicyStatement({ actions: ['s3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'], resources: [object] }),
      new PolicyStatement({ actions: ['s3:ListBucketVersions'], resources: [bucket.bucketArn] }),
    ],
    properties: { Bucket: bucket.bucketName, Key: KEY, Page: page },
    encryptionKey,
    profile,
  });
}
