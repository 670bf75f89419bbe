import { Match } from '@aws-cdk/integ-tests-alpha';
import { CfnReplicationInstance, CfnReplicationTask } from 'aws-cdk-lib/aws-dms';
import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { PublicHostedZone, CfnHealthCheck, CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CutOver, DatabaseMigration, Domain, ElasticWebPlatform, FileMigration, LegacySite, Owner } from '../src';
import { PlatformCase } from './support/platform-case';
import { step } from './support/step';

/**
 * A platform that data and users come to: a fifth of the DNS answers lead to it at first, all of them after the resize, and
 * with the new image the migration is gone.
 *
 * MIGRATION_DOMAIN names a zone of the account's own for a run in a sandbox, where its certificate must be validated.
 */
const test = new PlatformCase('ElasticWebPlatformMigration');

const zone = new PublicHostedZone(test.stack, 'Zone', { zoneName: process.env.MIGRATION_DOMAIN ?? 'shop.example.com' });
const legacySecret = new Secret(test.stack, 'LegacyDatabase');
const legacyImages = new Bucket(test.stack, 'LegacyImages', { enforceSSL: true });

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
      platformShare: step() === 'resized' ? 100 : 20, legacy: LegacySite.addresses(['198.51.100.7']), healthCheckPath: '/healthz',
    }),
  },
});

test.prove(platform, proof => {
  // The database lets the replication in, and the replication goes nowhere but to the source, the database and AWS.
  const [group] = proof.all(CfnSecurityGroup).filter(({ groupDescription }) => groupDescription === 'Database migration');
  proof.assert('ec2', 'describeSecurityGroups', { GroupIds: [group.attrGroupId] }, {
    SecurityGroups: [Match.objectLike({ IpPermissions: [], IpPermissionsEgress: Match.arrayWith([Match.objectLike({ FromPort: 13306 })]) })],
  });

  // What DMS logs is encrypted and goes some day, though DMS would make the group itself.
  const { replicationInstanceIdentifier } = proof.only(CfnReplicationInstance);
  const [log] = proof.all(CfnLogGroup).filter(({ logGroupName }) => logGroupName === `dms-tasks-${replicationInstanceIdentifier}`);
  proof.assert('cloudwatch-logs', 'describeLogGroups', { logGroupNamePrefix: log.ref }, {
    logGroups: [Match.objectLike({ retentionInDays: 365, kmsKeyId: Match.stringLikeRegexp('^arn:') })],
  }, 'logs:DescribeLogGroups');

  // A task that fails is seen.
  const [rule] = proof.all(CfnRule).filter(({ eventPattern }) => JSON.stringify(eventPattern).includes('aws.dms'));
  proof.assert('eventbridge', 'describeRule', { Name: rule.ref }, {
    State: 'ENABLED', EventPattern: Match.stringLikeRegexp('REPLICATION_TASK_FAILED'),
  }, 'events:DescribeRule');
  if (proof.all(CfnReplicationTask).length !== 1) throw new Error('one replication is all that a platform has');

  // A fifth of the answers lead to the platform, as long as it is well; the rest to where the application runs today.
  proof.assert('route53', 'listResourceRecordSets', { HostedZoneId: zone.hostedZoneId }, {
    ResourceRecordSets: Match.arrayWith([
      Match.objectLike({ Type: 'A', SetIdentifier: 'legacy', Weight: 80, HealthCheckId: Match.stringLikeRegexp('.+') }),
      Match.objectLike({ Type: 'A', SetIdentifier: 'platform', Weight: 20, HealthCheckId: Match.stringLikeRegexp('.+') }),
    ]),
  });
  proof.all(CfnHealthCheck).forEach(check => proof.assert('route53', 'getHealthCheck', { HealthCheckId: check.attrHealthCheckId }, {
    HealthCheck: { HealthCheckConfig: Match.objectLike({ Type: 'HTTPS', ResourcePath: '/healthz' }) },
  }));
  if (proof.all(CfnRecordSet).some(({ type }) => type === 'AAAA')) throw new Error('no IPv6 before the platform has every answer');
});
