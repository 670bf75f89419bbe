import { Match } from '@aws-cdk/integ-tests-alpha';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnTask } from 'aws-cdk-lib/aws-datasync';
import { CfnReplicationTask } from 'aws-cdk-lib/aws-dms';
import { PublicHostedZone, CfnHealthCheck, CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Domain, ElasticWebPlatform, Owner } from '../src';
import { PlatformCase } from './support/platform-case';
import { step } from './support/step';
import { CutOver, DatabaseMigration, FileMigration, LegacySite } from '../src/migration';

/**
 * A platform that data and users come to: a fifth of the DNS answers lead to it at first, all of them after the resize, and
 * with the new image the migration is gone.
 *
 * MIGRATION_DOMAIN names a zone of the account's own for a run in a sandbox, where its certificate must be validated.
 */
const test = new PlatformCase('ElasticWebPlatformMigration');

const zone = new PublicHostedZone(test.stack, 'Zone', { zoneName: process.env.MIGRATION_DOMAIN ?? 'shop.example.com' });
const legacySecret = new Secret(test.stack, 'LegacyDatabase');
const legacyImages = new Bucket(test.stack, 'LegacyImages', { enforceSSL: true, blockPublicAccess: BlockPublicAccess.BLOCK_ALL });

const platform = new ElasticWebPlatform(test.stack, 'Shop', {
  compute: test.fargate,
  traffic: test.traffic,
  profile: test.profile,
  domain: Domain.inZone(zone, zone.zoneName),
  owner: Owner.team({ name: 'Storefront', contact: 'storefront@example.com' }),
  migration: step() === 'new-image' ? undefined : {
    database: DatabaseMigration.fromMysql({ sourceSecret: legacySecret, sourceDatabase: 'shop', sourceCidr: '198.51.100.7/32' }),
    files: FileMigration.fromS3({ bucket: legacyImages, subdirectory: '/images' }),
    cutOver: CutOver.weighted({
      platformShare: step() === 'resized' ? 100 : 20, legacy: LegacySite.addresses(['198.51.100.7']), legacyHealthCheckPath: '/healthz',
    }),
  },
});

test.prove(platform, proof => {
  // A replication that fails or stops is seen, and so is a side that does not answer.
  const watching = platform.node.findChild('Migration').node.findChild('Monitoring');
  const alarms = proof.all(CfnAlarm).filter(({ node }) => node.scopes.includes(watching));
  if (alarms.length !== 8) throw new Error(`expected 8 alarms of the migration, found ${alarms.length}`);
  alarms.forEach(alarm => proof.assert('cloudwatch', 'describeAlarms', { AlarmNames: [alarm.ref] }, {
    MetricAlarms: [Match.objectLike({ ActionsEnabled: true, AlarmActions: [platform.alarmTopics.topics[0].topicArn] })],
  }));

  // One replication and one transfer stand ready.
  [proof.only(CfnReplicationTask), proof.only(CfnTask)].forEach(task =>
    proof.assert('cloudformation', 'describeStackResource', { StackName: test.stack.stackName, LogicalResourceId: test.stack.getLogicalId(task) }, {
      StackResourceDetail: Match.objectLike({ ResourceStatus: 'CREATE_COMPLETE', PhysicalResourceId: Match.stringLikeRegexp(':task[:/]') }),
    }));

  // A fifth of the answers lead to the platform, as long as it is well; the rest to where the application runs today.
  proof.assert('route53', 'listResourceRecordSets', { HostedZoneId: zone.hostedZoneId }, {
    ResourceRecordSets: Match.arrayWith([
      Match.objectLike({ Type: 'A', SetIdentifier: 'legacy', Weight: 80, HealthCheckId: Match.stringLikeRegexp('.+') }),
      Match.objectLike({ Type: 'A', SetIdentifier: 'platform', Weight: 20, HealthCheckId: Match.stringLikeRegexp('.+') }),
    ]),
  });
  const isPlatforms = ({ node }: CfnHealthCheck) => node.path.includes('/Platform/');
  if (!proof.all(CfnHealthCheck).some(isPlatforms)) throw new Error('expected a health check of the platform');
  proof.all(CfnHealthCheck).forEach(check => proof.assert('route53', 'getHealthCheck', { HealthCheckId: check.attrHealthCheckId }, {
    HealthCheck: {
      HealthCheckConfig: Match.objectLike(isPlatforms(check)
        ? { Type: 'CLOUDWATCH_METRIC', AlarmIdentifier: { Name: Match.stringLikeRegexp('targetgroup/.+ app/.+'), Region: test.stack.region } }
        : { Type: 'HTTPS', ResourcePath: '/healthz' }),
    },
  }));
  if (proof.all(CfnRecordSet).some(({ type }) => type === 'AAAA')) throw new Error('no IPv6 before the platform has every answer');
});
