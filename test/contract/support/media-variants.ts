import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ElasticWebChoice } from './elastic-web';
import { EnvironmentProfile, Media, Sessions, SignedUrls } from '../../../src';
import { PUBLIC_KEY } from '../../support/public-key';

/** Every media library and session store that is no default, and private media. */
export const MEDIA_VARIANTS: ElasticWebChoice[] = [
  { name: 'file system, DynamoDB', props: () => ({ media: Media.fileSystem(), sessions: Sessions.dynamoDb() }) },
  {
    name: 'development, file system, DynamoDB',
    props: () => ({ profile: EnvironmentProfile.development(), media: Media.fileSystem(), sessions: Sessions.dynamoDb() }),
  },
  {
    name: 'private media',
    props: stack => {
      const privateKey = Secret.fromSecretNameV2(stack, 'PrivateKey', 'media/private-key');
      return { media: Media.bucket({ signedUrls: SignedUrls.byPublicKeys([PUBLIC_KEY], { privateKey }) }) };
    },
  },
  { name: 'existing bucket', props: stack => ({ media: Media.fromBucket(Bucket.fromBucketName(stack, 'Images', 'images'), { writable: true }) }) },
];
