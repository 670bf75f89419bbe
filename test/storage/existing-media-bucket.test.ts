import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { library, publicKey } from './support';
import { ExistingMediaBucketProps, Media, Reachability, SignedUrls, Tier } from '../../src';
import { warnings } from '../data/support';
import { addPlatform, EAST, eastStack, once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { saidBy } from '../support/said-by';
import { only, propertiesOf, resources, text } from '../support/template';

/** A bucket of another app, and a platform that serves it. */
function foreign(props?: ExistingMediaBucketProps, encryptionKeyArn?: string) {
  const stack = eastStack();
  const bucket = Bucket.fromBucketAttributes(stack, 'Images', {
    bucketArn: 'arn:aws:s3:::images',
    encryptionKey: encryptionKeyArn === undefined ? undefined : Key.fromKeyArn(stack, 'ImagesKey', encryptionKeyArn),
  });
  const platform = addPlatform(stack, { media: Media.fromBucket(bucket, props) });
  return { stack, platform, template: Template.fromStack(stack) };
}

/** A bucket of another stack of the app, and a platform that serves it. */
function ofTheApp() {
  const app = new App({ analyticsReporting: false });
  const store = new Stack(app, 'Store', { env: EAST });
  const bucket = new Bucket(store, 'Images', { encryption: BucketEncryption.KMS, blockPublicAccess: BlockPublicAccess.BLOCK_ALL });
  const stack = new Stack(app, 'Stack', { env: EAST });
  addPlatform(stack, { media: Media.fromBucket(bucket, { prefix: 'uploads' }) });
  return { app, store, stack };
}

const elsewhere = once(() => foreign());
const KEY = 'arn:aws:kms:us-east-1:111111111111:key/00000000-0000-0000-0000-000000000000';
const DISTRIBUTIONS = 'arn:aws:cloudfront::111111111111:distribution/*';
const asked = (action: string, resource: string) => `{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"${action}","Resource":"${resource}","Condition":{"ArnLike":{"AWS:SourceArn":"${DISTRIBUTIONS}"}}}`;
/** Not of the bucket: that nobody is notified; and what newer releases of CDK say of any reference between stacks. */
const OTHERS = /\[ack: (cdk-platform-patterns:nobody-notified|@aws-cdk\/core:crossStackReferencesDefaultStrong)\]$/;
const mediaWarnings = (stack: Stack) => warnings(stack).filter(warning => !OTHERS.test(warning));

describe('an existing bucket', () => {
  test('is served, and no other is made', () => {
    const { template, platform } = elsewhere();
    expect(platform.media.pathPattern).toBe('/media/*');
    expect(platform.media.environment).toEqual({ MEDIA_BASE_URL: '/media', MEDIA_BUCKET: 'images' });
    expect(resources(template, 'AWS::S3::Bucket').map(({ id }) => id)).toEqual([expect.stringContaining('AccessLogs')]);
    const { Origins } = propertiesOf(template, 'AWS::CloudFront::Distribution').DistributionConfig as { Origins: { DomainName: unknown; OriginAccessControlId?: unknown }[] };
    expect(Origins.filter(({ OriginAccessControlId }) => OriginAccessControlId !== undefined).map(({ DomainName }) => text(DomainName)))
      .toEqual(['images.s3.us-east-1.amazonaws.com']);
  });

  test('of another app comes with a warning that says what its policy needs, and with none of CDK\'s', () => {
    expect(mediaWarnings(elsewhere().stack)).toEqual([
      `[Stack/Shop/Media/ExistingBucket] the bucket is not of this app, so that the edge is refused (403) until its owner adds a statement to the bucket's policy: ${asked('s3:GetObject', 'arn:aws:s3:::images/media/*')}. A customer-managed key, which the bucket was imported without, needs one for kms:Decrypt too [ack: cdk-platform-patterns:bucket-policy]`,
    ]);
  });

  test('of another app with a key comes with a warning that says what the key needs too', () => {
    expect(mediaWarnings(foreign({ prefix: 'uploads' }, KEY).stack)).toEqual([
      expect.stringContaining(`${asked('s3:GetObject', 'arn:aws:s3:::images/uploads/*')}; and to the policy of its key: ${asked('kms:Decrypt', '*')} [ack`),
    ]);
  });

  test('of another stack of the app lets the edge read below the prefix, by its policy and its key, and needs no warning', () => {
    const { app, store, stack } = ofTheApp();
    expect(mediaWarnings(stack)).toEqual([]);
    expect(mediaWarnings(store)).toEqual([]);
    const template = Template.fromStack(store);
    const byEdge = (document: unknown) => (document as { Statement: { Principal: { Service?: string }; Condition?: { ArnLike: { 'AWS:SourceArn': unknown } } }[] }).Statement
      .filter(({ Principal }) => Principal.Service === 'cloudfront.amazonaws.com')
      .map(({ Condition, ...statement }) => ({ ...statement, from: text(Condition?.ArnLike['AWS:SourceArn']) }));
    const from = DISTRIBUTIONS;
    expect(byEdge(propertiesOf(template, 'AWS::S3::BucketPolicy').PolicyDocument)).toEqual([expect.objectContaining({
      Action: 's3:GetObject', from, Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [only(template, 'AWS::S3::Bucket').id, 'Arn'] }, '/uploads/*']] },
    })]);
    expect(byEdge(propertiesOf(template, 'AWS::KMS::Key').KeyPolicy)).toEqual([expect.objectContaining({ Action: 'kms:Decrypt', from })]);
    expect(Reachability.analyze(app.synth().stacks.map(each => each.templateFullPath))).toEqual([]);
  });

  test('is written below the prefix alone, when it is writable', () => {
    const statements = resources(foreign({ writable: true }, KEY).template, 'AWS::IAM::ManagedPolicy')
      .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: { Resource: unknown }[] }).Statement);
    expect(statements).toContainEqual(expect.objectContaining({
      Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'], Resource: 'arn:aws:s3:::images/media/*',
    }));
    expect(statements).toContainEqual(expect.objectContaining({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: KEY }));
    expect(JSON.stringify(resources(elsewhere().template, 'AWS::IAM::ManagedPolicy'))).not.toContain('arn:aws:s3:::images');
  });

  test('says what it is', () => {
    expect(saidBy(elsewhere().platform.media)).toEqual({
      id: 'Shop/Media/ExistingBucket',
      title: 'Existing media bucket',
      purpose: 'Serves images and other files at the edge, without a copy on any unit',
      tier: Tier.DATA,
      facts: { path: '/media/*', application: 'links only' },
    });
  });

  test('says that it is private, when it is', () => {
    const { block } = library(scope => Media.fromBucket(Bucket.fromBucketName(scope, 'Images', 'images'), { signedUrls: SignedUrls.byPublicKeys([publicKey()]) }));
    expect(block.describe().facts).toMatchObject({ access: 'by signed URLs alone' });
    expect(block.trustedKeyGroups).toHaveLength(1);
  });

  testRefusals([['a prefix with a slash', () => Media.fromBucket(Bucket.fromBucketName(eastStack(), 'Images', 'images'), { prefix: 'media/' }),
    '[Media.fromBucket] \'prefix\' must be a path without a slash at either end, got "media/": give letters, digits, dashes and underscores, such as \'media\' or \'static/images\'']]);
});
