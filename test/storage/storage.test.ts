import { Duration, Lazy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { StorageClass } from 'aws-cdk-lib/aws-s3';
import { EnvironmentProfile, Media, MediaBucketProps, Tier } from '../../src';
import { AccessLogs } from '../../src/storage/private/access-logs';
import { bound } from '../support/blocks';
import { once } from '../support/platform';
import { Refusal, testRefusals } from '../support/refusals';
import { saidBy } from '../support/said-by';
import { only, resources, text } from '../support/template';

const BUCKET = 'AWS::S3::Bucket';
const PRIVATE = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };

function media(props?: MediaBucketProps, profile?: EnvironmentProfile) {
  return bound((scope, context) => Media.bucket(props).bind(scope, {
    ...context, subnets: {}, accessLogs: new AccessLogs(scope, 'AccessLogs', context.profile, context.encryptionKey).bucket,
  }), profile);
}

const production = once(() => media());
const development = once(() => media({}, EnvironmentProfile.development()));
const writable = once(() => media({ prefix: 'static/images', writable: true }));

const statementsOf = (bucket: string) => resources(production().template, 'AWS::S3::BucketPolicy')
  .filter(({ Properties }) => text(Properties.Bucket) === `\${${bucket}}`)
  .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: unknown[] }).Statement);
const [logs, library] = [0, 1].map(index => once(() => resources(production().template, BUCKET)[index]));

describe('a media bucket', () => {
  test('serves /media/ by default', () => {
    const { block, stack } = production();
    expect(block.pathPattern).toBe('/media/*');
    expect(stack.resolve(block.environment)).toEqual({ MEDIA_BASE_URL: '/media', MEDIA_BUCKET: { Ref: library().id } });
    expect(block.secrets).toEqual({});
  });

  test('serves the prefix that is given', () => {
    expect(writable().block.pathPattern).toBe('/static/images/*');
    expect(writable().block.environment).toMatchObject({ MEDIA_BASE_URL: '/static/images' });
  });

  test('is private, versioned, and encrypted with the platform\'s key', () => {
    expect(library().Properties).toMatchObject({
      PublicAccessBlockConfiguration: PRIVATE,
      VersioningConfiguration: { Status: 'Enabled' },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: {
            SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': [only(production().template, 'AWS::KMS::Key').id, 'Arn'] },
          },
        }],
      },
    });
  });

  test('logs who reads it', () => {
    expect(library().Properties.LoggingConfiguration).toEqual({ DestinationBucketName: { Ref: logs().id }, LogFilePrefix: 's3/Slot-Bucket/' });
  });

  test('refuses requests without TLS', () => {
    expect(statementsOf(library().id)).toContainEqual(expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }));
  });

  test('tidies old versions and broken uploads, and never a file', () => {
    expect(library().Properties.LifecycleConfiguration).toEqual({
      Rules: [{ Id: 'Tidy', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 90 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }],
    });
  });

  test('moves files to the classes and keeps versions as long as it is told', () => {
    const { template } = media({
      transitions: [{ storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(0) }],
      noncurrentVersionExpiration: Duration.days(7),
    });
    expect(resources(template, BUCKET)[1].Properties.LifecycleConfiguration).toMatchObject({
      Rules: [{ Transitions: [{ StorageClass: 'INTELLIGENT_TIERING', TransitionInDays: 0 }], NoncurrentVersionExpiration: { NoncurrentDays: 7 } }],
    });
  });

  test('grants the application nothing by default', () => {
    expect(resources(production().template).filter(({ Type }) => ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].includes(Type))).toEqual([]);
  });

  test('lets the application write below its prefix alone when it is writable', () => {
    writable().template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
            Effect: 'Allow',
            Resource: { 'Fn::Join': ['', [Match.anyValue(), '/static/images/*']] },
          },
          Match.objectLike({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }),
        ],
      },
    });
  });

  test('says what it is', () => {
    expect(saidBy(production().block)).toEqual({
      id: 'Slot/Bucket',
      title: 'Media bucket',
      purpose: 'Serves images and other files at the edge, without a copy on any unit',
      tier: Tier.DATA,
      facts: { path: '/media/*', application: 'links only' },
    });
    expect(writable().block.describe().facts).toMatchObject({ application: 'reads and writes' });
  });

  test('takes tokens', () => {
    const days = Duration.days(Lazy.number({ produce: () => 0 }));
    expect(() => Media.bucket({
      prefix: Lazy.string({ produce: () => '/' }),
      noncurrentVersionExpiration: days,
      transitions: [{ storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: days }],
    })).not.toThrow();
  });

  const after = (storageClass: StorageClass, days: number) => Media.bucket({ transitions: [{ storageClass, transitionAfter: Duration.days(days) }] });
  testRefusals([
    ['a class that a file has to be restored from', () => after(StorageClass.DEEP_ARCHIVE, 90),
      '[Media.bucket] \'transitions\' must be to classes that are read at once, got DEEP_ARCHIVE: give INTELLIGENT_TIERING, STANDARD_IA, ONEZONE_IA, GLACIER_IR, the edge waits for no restore'],
    ['a class before S3 takes a file into it', () => after(StorageClass.INFREQUENT_ACCESS, 29),
      '[Media.bucket] \'transitions\' must leave a file 30 days before STANDARD_IA, got 29 days: S3 takes none that is younger, Intelligent-Tiering does'],
    ...[0, 1.5].map((days): Refusal => [`versions that are kept for ${days} days`, () => Media.bucket({ noncurrentVersionExpiration: Duration.hours(days * 24) }),
      `[Media.bucket] 'noncurrentVersionExpiration' must be at least 1 whole day, got ${days} days: S3 counts in days`]),
  ]);

  testRefusals(['/media', 'media/', '', 'a b'].map(prefix => [`the prefix '${prefix}'`, () => Media.bucket({ prefix }),
    `[Media.bucket] 'prefix' must be a path without a slash at either end, got "${prefix}": give letters, digits, dashes and underscores, such as 'media' or 'static/images'`]));
});

describe('access logs', () => {
  test('are private, encrypted, versioned, and expire with the profile\'s logs', () => {
    expect(logs().Properties).toMatchObject({
      PublicAccessBlockConfiguration: PRIVATE,
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      LifecycleConfiguration: { Rules: [expect.objectContaining({ ExpirationInDays: 365, NoncurrentVersionExpiration: { NoncurrentDays: 7 } })] },
    });
    development().template.hasResourceProperties(BUCKET, { LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 7 })] } });
  });

  test('are delivered by the load balancer and by S3 of this account alone', () => {
    const allowed = statementsOf(logs().id).filter(statement => (statement as { Effect: string }).Effect === 'Allow');
    const below = (path: string) => ({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [logs().id, 'Arn'] }, path]] });
    expect(allowed).toEqual([
      {
        Action: 's3:PutObject',
        Effect: 'Allow',
        Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
        Resource: below('/*/AWSLogs/111111111111/*'),
      },
      {
        Action: 's3:PutObject',
        Effect: 'Allow',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Resource: below('/*'),
        Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } },
      },
    ]);
  });

  test('have no ACL but the ownership that CloudFront\'s delivery needs', () => {
    expect(logs().Properties.AccessControl).toBeUndefined();
    expect(logs().Properties.OwnershipControls).toEqual({ Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] });
  });
});

describe('both buckets', () => {
  test('are kept in production', () => {
    production().template.allResources(BUCKET, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    production().template.resourceCountIs('Custom::EmptiedBucket', 0);
  });

  test('are emptied and deleted with their stack in development', () => {
    development().template.allResources(BUCKET, { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
    expect(resources(development().template, 'Custom::EmptiedBucket').map(({ Properties }) => Properties.Bucket))
      .toEqual(resources(development().template, BUCKET).map(({ id }) => ({ Ref: id })));
  });
});
