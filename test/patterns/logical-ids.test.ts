import { Template } from 'aws-cdk-lib/assertions';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage, CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { AuroraMysqlEngineVersion, MysqlEngineVersion } from 'aws-cdk-lib/aws-rds';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Compute, Database, Domain, Edge, EnvironmentProfile, Firewall, Media, Owner, Sessions, Traffic } from '../../src';
import { IMAGE, once, PlatformProps, platformTemplate } from '../support/platform';
import { resources } from '../support/template';

/** Kinds of resource whose replacement or deletion loses data, addresses or a name that others hold. */
const STATEFUL = [
  'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::ElastiCache::ServerlessCache', 'AWS::ElastiCache::ReplicationGroup', 'AWS::S3::Bucket',
  'AWS::KMS::Key', 'AWS::SecretsManager::Secret', 'AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::CloudFront::Distribution', 'AWS::SNS::Topic', 'AWS::Backup::BackupVault', 'AWS::ECS::Cluster', 'AWS::ECS::Service',
];
/** A profile decides how many zones, readers and copies there are: fewer in development, and none of another id. */
const BY_PROFILE = /Subnet3Subnet|Reader|BackupVault/;

const idsOf = (template: Template) => resources(template).filter(({ Type }) => STATEFUL.includes(Type)).map(({ Type, id }) => `${Type} ${id}`).sort();
const standard = once(() => idsOf(platformTemplate()));
const fixed = { database: Database.rdsMysql(), sessions: Sessions.valkeyNodes() };
const fixedIds = once(() => idsOf(platformTemplate(fixed)));

describe('the logical ids of what keeps state', () => {
  test('are there', () => {
    expect(standard().length).toBeGreaterThan(20);
    expect(fixedIds()).not.toEqual(standard());
  });

  test.each<[string, PlatformProps]>([
    ['another image', { compute: Compute.fargate({ image: ContainerImage.fromRegistry('other') }) }],
    ['another size, port and processor', {
      compute: Compute.fargate({
        image: IMAGE, size: { cpu: 4096, memoryLimitMiB: 8192, cpuArchitecture: CpuArchitecture.ARM64 }, port: 80, healthCheckPath: '/up',
      }),
    }],
    ['variables', { compute: Compute.fargate({ image: IMAGE, environment: { DB_USER: 'me' } }) }],
    ['another database version', { database: Database.auroraMysql({ version: AuroraMysqlEngineVersion.VER_3_08_0 }) }],
    ['another database name, port and capacity', { database: Database.auroraMysql({ databaseName: 'shop', port: 3306, minAcu: 1, maxAcu: 2 }) }],
    ['other limits of the sessions', { sessions: Sessions.valkeyServerless({ maxDataGb: 99, maxEcpuPerSecond: 5000 }) }],
    ['another media path that is written to', { media: Media.bucket({ prefix: 'images', writable: true }) }],
    ['another rate limit', { edge: Edge.cloudFront({ firewall: Firewall.managed({ rateLimit: 100 }) }) }],
    ['more traffic', { traffic: Traffic.spiky({ baselineRps: 200 }) }],
    ['an owner', { owner: Owner.team({ name: 'Storefront', contact: 'x' }) }],
  ])('are the same with %s', (_, props) => {
    expect(idsOf(platformTemplate(props))).toEqual(standard());
  });

  test.each<[string, PlatformProps]>([
    ['another version, port and name', { database: Database.rdsMysql({ version: MysqlEngineVersion.VER_8_0_43, port: 3306, databaseName: 'shop' }) }],
    ['another type and storage', { database: Database.rdsMysql({ instanceType: new InstanceType('t4g.medium'), allocatedStorageGib: 50 }) }],
    ['more nodes of another type', { sessions: Sessions.valkeyNodes({ numCacheClusters: 5, nodeType: new InstanceType('m7g.large') }) }],
  ])('of a fixed size are the same with %s', (_, props) => {
    expect(idsOf(platformTemplate({ ...fixed, ...props }))).toEqual(fixedIds());
  });

  test('are the same with a domain', () => {
    const ids = idsOf(platformTemplate(stack => ({
      domain: Domain.inZone(HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }), 'example.com'),
    })));
    expect(ids).toEqual(standard());
  });

  test('are the same in development, but for the copies that it goes without', () => {
    const ids = idsOf(platformTemplate({ profile: EnvironmentProfile.development() }));
    expect(ids).toEqual(standard().filter(id => !BY_PROFILE.test(id)));
  });
});
