import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ElasticWebChoice } from './elastic-web';
import { Media } from '../../../src';
import { CutOver, FileMigration, LegacySite } from '../../../src/migration';
import { AGENT, fromMysql, inZone } from '../../migration/support';

/** Platforms that data and users come to from elsewhere. */
export const MIGRATION_VARIANTS: ElasticWebChoice[] = [
  {
    name: 'migration',
    props: stack => ({
      domain: inZone(stack),
      migration: {
        database: fromMysql(stack),
        files: FileMigration.fromNfs({ serverHostname: 'files.example.com', subdirectory: '/srv/images', agentArns: [AGENT] }),
        cutOver: CutOver.weighted({ platformShare: 20, legacy: LegacySite.addresses(['198.51.100.7', '198.51.100.8'], ['2001:db8::7']) }),
      },
    }),
  },
  {
    name: 'migration of files into a file system',
    props: stack => ({
      media: Media.fileSystem(),
      migration: {
        files: FileMigration.fromSmb({
          serverHostname: 'files.example.com',
          subdirectory: '/images',
          agentArns: [AGENT],
          user: 'reader',
          passwordSecret: Secret.fromSecretNameV2(stack, 'Password', 'files'),
        }),
      },
    }),
  },
  {
    name: 'migration of files between buckets',
    props: stack => ({ migration: { files: FileMigration.fromS3({ bucket: Bucket.fromBucketName(stack, 'Old', 'old-images') }) } }),
  },
];
