import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { IMedia, Media, MediaBucketProps } from '../../src';
import { addPlatform, eastStack } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { propertiesOf } from '../support/template';

type Origins = { readonly Origins: { readonly OriginShield?: unknown; readonly S3OriginConfig?: unknown }[] };

const images = (stack: Stack) => Bucket.fromBucketName(stack, 'Images', 'images');
const MEDIA: [string, (stack: Stack, props?: Pick<MediaBucketProps, 'originShieldRegion'>) => IMedia][] = [
  ['Media.bucket', (_, props) => Media.bucket(props)],
  ['Media.fromBucket', (stack, props) => Media.fromBucket(images(stack), props)],
];

describe.each(MEDIA)('the origin of %s', (name, make) => {
  const shieldsOf = (props?: Pick<MediaBucketProps, 'originShieldRegion'>) => {
    const stack = eastStack();
    addPlatform(stack, { media: make(stack, props) });
    const { Origins } = propertiesOf(Template.fromStack(stack), 'AWS::CloudFront::Distribution').DistributionConfig as Origins;
    return Origins.filter(({ S3OriginConfig }) => S3OriginConfig !== undefined).map(({ OriginShield }) => OriginShield);
  };

  test('has a shield where one is asked for, and none by default', () => {
    expect(shieldsOf({ originShieldRegion: 'us-east-2' })).toEqual([{ Enabled: true, OriginShieldRegion: 'us-east-2' }]);
    expect(shieldsOf()).toEqual([undefined]);
  });

  testRefusals([['a shield that is in no Region', () => make(eastStack(), { originShieldRegion: 'everywhere' }),
    `[${name}] 'originShieldRegion' must be the name of a Region, got "everywhere": give one with Origin Shield, near the platform, such as 'us-east-1'`]]);
});
