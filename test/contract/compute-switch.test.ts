import { Duration, Size, Stack } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  Compute, Database, ElasticWebPlatformProps, EnvironmentProfile, InstanceCode, InstancesProps, KnownEvent, Media, Sessions, Traffic, WeekDay,
} from '../../src';
import { FUNCTION_CODE, IMAGE } from '../support/platform';
import { harmfulChanges } from './support/changes';
import { elasticWeb } from './support/elastic-web';
import { fixedThroughReferences, Resources, statefulResourcesOf } from './support/stateful';

type Props = Partial<ElasticWebPlatformProps> | ((stack: Stack) => Partial<ElasticWebPlatformProps>);

const instances = (more: Partial<InstancesProps> = {}) => (stack: Stack) => ({
  compute: Compute.instances({ code: InstanceCode.fromBucket(Bucket.fromBucketName(stack, 'Releases', 'releases'), 'shop-1.zip'), ...more }),
});
const type = (name: string) => new InstanceType(name);

function statefulOf(props: Props) {
  const variant = elasticWeb({ name: 'shop', props: typeof props === 'function' ? props : () => props });
  return statefulResourcesOf(variant, fixedThroughReferences).map(resource => ({ ...resource, variants: ['shop'] }));
}

const known = new Map<Props, ReturnType<typeof statefulOf>>();

/** The stateful resources of a platform with these very props, synthesized once. */
function stateOf(props: Props) {
  const state = known.get(props) ?? statefulOf(props);
  known.set(props, state);
  return state;
}

/** What becomes of the stateful resources of a platform when its props change. */
function harm(before: Props, after: Props): string[] {
  return harmfulChanges(stateOf(before), stateOf(after));
}

const STANDARD: Props = {};
const INSTANCES = instances();
const FUNCTION: Props = { compute: Compute.function({ code: FUNCTION_CODE }) };
const PROVISIONED: Props = { database: Database.auroraMysqlProvisioned() };
/** A tier that goes takes its own log with it: the profile keeps it, and nobody reads it as data. */
const logBelow = (place: string) => `AWS::Logs::LogGroup Shop/${place}/Logs/Resource (shop) is gone from the template: its data is deleted, or left behind without an owner`;
const logOf = (tier: string) => logBelow(`Compute/${tier}`);
const LOGS_OF_FUNCTION = ['Database/AuroraMysql/Proxy', 'Compute/Function', 'Compute/Function/Live/Release'].map(logBelow);

describe('a change of compute replaces no stateful resource', () => {
  test.each<[string, Props, Props, string[]]>([
    ['Fargate to instances', STANDARD, INSTANCES, [logOf('Fargate')]],
    ['instances to Fargate', INSTANCES, STANDARD, [logOf('Instances')]],
    ['Fargate to instances with Spot', STANDARD, instances({ spotShare: 60 }), [logOf('Fargate')]],
    ['instances to instances with Spot', INSTANCES, instances({ spotShare: 60 }), []],
    ['Fargate to a function', STANDARD, FUNCTION, [logOf('Fargate')]],
    ['a function to instances, and the proxy with it', FUNCTION, INSTANCES, LOGS_OF_FUNCTION],
    ['instances of one type to another, with another disk and another PHP', INSTANCES,
      instances({ instanceTypes: [type('m7i.2xlarge')], volumeSize: Size.gibibytes(100), php: { version: '8.3' } }), []],
    ['a size of containers to another', { compute: Compute.fargate({ image: IMAGE }) }, { compute: Compute.fargate({ image: IMAGE, size: { cpu: 4096 } }) }, []],
  ])('%s', (_, before, after, expected) => {
    expect(harm(before, after)).toEqual(expected);
  });

  test('with the media on a file system that both mount', () => {
    const media = { media: Media.fileSystem() };
    expect(harm(media, stack => ({ ...instances()(stack), ...media }))).toEqual([logOf('Fargate')]);
  });
});

describe('a change of size replaces no stateful resource', () => {
  const event = KnownEvent.weekly({ name: 'friday', weekDays: [WeekDay.FRIDAY], start: '18:00', duration: Duration.hours(2) });

  test.each<[string, Props, Props]>([
    ['ten times the traffic', STANDARD, { traffic: Traffic.spiky({ baselineRps: 200 }) }],
    ['steady traffic to peaks with an event', { traffic: Traffic.steady({ rps: 20 }) }, { traffic: Traffic.spiky({ baselineRps: 20, events: [event] }) }],
    ['ACU', { database: Database.auroraMysql({ minAcu: 0.5, maxAcu: 4 }) }, { database: Database.auroraMysql({ minAcu: 8, maxAcu: 128 }) }],
    ['readers', STANDARD, { database: Database.auroraMysql({ readers: 3 }) }],
    ['Aurora serverless to instances', STANDARD, PROVISIONED],
    ['Aurora instances to serverless', PROVISIONED, STANDARD],
    ['the type of Aurora\'s instances', { database: Database.auroraMysqlProvisioned({ instanceType: type('r7g.large') }) },
      { database: Database.auroraMysqlProvisioned({ instanceType: type('r7g.8xlarge') }) }],
    ['the type and the storage of RDS', { database: Database.rdsMysql({ instanceType: type('m7g.large'), allocatedStorageGib: 100 }) },
      { database: Database.rdsMysql({ instanceType: type('r7g.4xlarge'), allocatedStorageGib: 500, maxAllocatedStorageGib: 2000 }) }],
    ['a proxy before the database', { database: Database.auroraMysql({ proxy: false }) }, { database: Database.auroraMysql({ proxy: true }) }],
    ['limits of the serverless cache', { sessions: Sessions.valkeyServerless({ maxDataGb: 1 }) }, { sessions: Sessions.valkeyServerless({ maxDataGb: 50 }) }],
    ['type and number of cache nodes', { sessions: Sessions.valkeyNodes({ nodeType: type('t4g.small') }) },
      { sessions: Sessions.valkeyNodes({ nodeType: type('r7g.xlarge'), numCacheClusters: 4 }) }],
    ['zones', { profile: EnvironmentProfile.production({ availabilityZones: 2 }) }, { profile: EnvironmentProfile.production({ availabilityZones: 3 }) }],
  ])('%s', (_, before, after) => {
    expect(harm(before, after)).toEqual([]);
  });
});

describe('the comparison', () => {
  test('finds a change that does replace', () => {
    const named = (databaseName: string) => ({ database: Database.auroraMysql({ databaseName }) });
    expect(harm(named('one'), named('two'))).toEqual([
      expect.stringMatching(/^AWS::RDS::DBCluster Shop\/Database.* is replaced, since DatabaseName changes from "one" to "two"$/),
      // And with the cluster its instances, which name it.
      expect.stringMatching(/^AWS::RDS::DBInstance .*\/Writer\/Resource \(shop\) is replaced, since DBClusterIdentifier changes from/),
      expect.stringMatching(/^AWS::RDS::DBInstance .*\/Reader\/Resource \(shop\) is replaced, since DBClusterIdentifier changes from/),
    ]);
  });

  test('finds a resource that is replaced since another is, which it names', () => {
    const resources = (name: string): Resources => ({
      Subnets: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { DBSubnetGroupName: name, DBSubnetGroupDescription: 'about' } },
      Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { DBSubnetGroupName: { Ref: 'Subnets' }, Port: 3306 } },
    });
    const cluster = (name: string) => ({
      path: 'Shop/Database', type: 'AWS::RDS::DBCluster', logicalId: 'Cluster', variants: ['shop'], fixed: fixedThroughReferences('Cluster', resources(name)),
    });
    expect(harmfulChanges([cluster('one')], [cluster('one')])).toEqual([]);
    expect(harmfulChanges([cluster('one')], [cluster('two')])).toEqual([expect.stringContaining('is replaced, since DBSubnetGroupName changes from')]);
  });

  test('looks at stores of every tier', () => {
    expect(stateOf(STANDARD).map(resource => resource.type)).toEqual(expect.arrayContaining([
      'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::ElastiCache::ServerlessCache', 'AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::SecretsManager::Secret',
    ]));
  });
});
