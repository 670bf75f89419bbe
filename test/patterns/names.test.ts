import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { Database, Edge, Media, Notifications, Sessions, SignedUrls } from '../../src';
import { filled } from '../support/filled';
import { addPlatform, EAST, eastStack, once, PlatformProps } from '../support/platform';
import { PUBLIC_KEY } from '../support/public-key';
import { resources } from '../support/template';

/**
 * Properties that name a resource in its account, by resource type. Names within another resource (a container, a rule, a
 * scaling policy of one target, a metric of one web ACL) are no concern.
 */
const NAMES: { [type: string]: string[] } = {
  'AWS::CloudWatch::Alarm': ['AlarmName'],
  'AWS::CloudWatch::CompositeAlarm': ['AlarmName'],
  'AWS::CloudWatch::Dashboard': ['DashboardName'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::Logs::QueryDefinition': ['Name'],
  'AWS::CloudFront::OriginAccessControl': ['OriginAccessControlConfig', 'Name'],
  'AWS::CloudFront::CachePolicy': ['CachePolicyConfig', 'Name'],
  'AWS::CloudFront::OriginRequestPolicy': ['OriginRequestPolicyConfig', 'Name'],
  'AWS::CloudFront::ResponseHeadersPolicy': ['ResponseHeadersPolicyConfig', 'Name'],
  'AWS::CloudFront::Function': ['Name'],
  'AWS::WAFv2::IPSet': ['Name'],
  'AWS::CloudFront::VpcOrigin': ['VpcOriginEndpointConfig', 'Name'],
  'AWS::CloudFront::PublicKey': ['PublicKeyConfig', 'Name'],
  'AWS::CloudFront::KeyGroup': ['KeyGroupConfig', 'Name'],
  'AWS::Backup::BackupVault': ['BackupVaultName'],
  'AWS::Backup::BackupPlan': ['BackupPlan', 'BackupPlanName'],
  'AWS::ElastiCache::ServerlessCache': ['ServerlessCacheName'],
  'AWS::ElastiCache::ReplicationGroup': ['ReplicationGroupId'],
  'AWS::ElastiCache::User': ['UserId'],
  'AWS::ElastiCache::UserGroup': ['UserGroupId'],
  'AWS::ECS::TaskDefinition': ['Family'],
  'AWS::WAFv2::WebACL': ['Name'],
};
/** Names that are not the resource's own, or hold within another resource. */
const NOT_NAMES = new Set([
  'AWS::ApplicationAutoScaling::ScalingPolicy PolicyName', 'AWS::RDS::DBCluster DatabaseName', 'AWS::RDS::DBCluster DBClusterParameterGroupName',
  'AWS::RDS::DBCluster DBSubnetGroupName', 'AWS::RDS::DBInstance DBName', 'AWS::RDS::DBInstance DBParameterGroupName',
  'AWS::RDS::DBInstance DBSubnetGroupName', 'AWS::ElastiCache::ReplicationGroup CacheSubnetGroupName', 'AWS::ElastiCache::User UserName',
  'AWS::EC2::VPCEndpoint ServiceName', 'AWS::EC2::FlowLog LogGroupName', 'AWS::CloudWatch::Alarm MetricName',
  'AWS::RDS::DBClusterParameterGroup Family', 'AWS::RDS::DBParameterGroup Family', 'AWS::RDS::OptionGroup EngineName',
]);

function namesOf(template: Template): string[] {
  return resources(template).flatMap(({ Type, Properties }) => {
    const path = NAMES[Type];
    const value = path?.reduce<unknown>((owner, key) => (owner as { [key: string]: unknown } | undefined)?.[key], Properties);
    return value === undefined ? [] : [`${Type} ${JSON.stringify(value)}`];
  });
}

const signedUrls = SignedUrls.byPublicKeys([PUBLIC_KEY]);
const TWO: [PlatformProps, PlatformProps] = [
  { media: Media.bucket({ signedUrls }) },
  {
    database: Database.rdsMysql(),
    sessions: Sessions.valkeyNodes(),
    media: Media.fileSystem({ signedUrls }),
    notifications: Notifications.email('a@example.com'),
  },
];

/** One class of stack, with two platforms. */
class ShopStack extends Stack {
  constructor(scope: Construct, stackName: string) {
    super(scope, 'Shops', { stackName, env: EAST });
    addPlatform(this, TWO[0], 'Shop');
    addPlatform(this, TWO[1], 'Blog');
  }
}

const stackNamed = (name: string) => Template.fromStack(new ShopStack(new App(), name));
const both = once(() => stackNamed('shop-blue'));
const alone = once(() => {
  const stack = eastStack('Shops', { stackName: 'shop-blue' });
  addPlatform(stack, TWO[0], 'Shop');
  return Template.fromStack(stack);
});

describe('two platforms in one stack', () => {
  test('share no name', () => {
    const names = namesOf(both());
    expect(names.length).toBeGreaterThan(25);
    expect(names).toHaveLength(new Set(names).size);
  });

  test('leave each other as they are: a second one changes nothing of the first', () => {
    const { Resources, Outputs } = both().toJSON() as { Resources: { [id: string]: unknown }; Outputs: { [id: string]: unknown } };
    const first = alone().toJSON() as { Resources: { [id: string]: unknown }; Outputs: { [id: string]: unknown } };
    filled(Object.entries(first.Resources)).forEach(([id, resource]) => expect([id, Resources[id]]).toEqual([id, resource]));
    filled(Object.entries(first.Outputs)).forEach(([id, output]) => expect([id, Outputs[id]]).toEqual([id, output]));
    const added = Object.keys(Resources).filter(id => !(id in first.Resources));
    expect(added.every(id => id.startsWith('Blog'))).toBe(true);
  });

  test.each([
    ['a dash in an id and a level', ['A-B', 'A/B']],
    ['capitals', ['Shop', 'shop']],
    ['marks', ['my_shop', 'my-shop']],
  ])('that differ by %s share no name', (_, paths) => {
    const stack = eastStack();
    paths.forEach(path => {
      const ids = path.split('/');
      const id = ids.pop()!;
      addPlatform(ids.reduce<Construct>((scope, parent) => new Construct(scope, parent), stack) as Stack, {}, id);
    });
    // ElastiCache and others do not tell capitals apart.
    const names = namesOf(Template.fromStack(stack)).filter(name => name.includes('ElastiCache') || paths[0] !== 'Shop').map(name => name.toLowerCase());
    expect(names).toHaveLength(new Set(names).size);
  });
});

describe('one class of stack, twice in an account', () => {
  test.each([
    ['short names', 'shop-blue', 'shop-green'],
    ['long names that differ at their end', 'storefront-platform-production-in-the-first-cell-blue', 'storefront-platform-production-in-the-first-cell-green'],
  ])('under %s shares no name', (_, first, second) => {
    const names = [first, second].flatMap(name => namesOf(stackNamed(name)));
    expect(names).toHaveLength(new Set(names).size);
  });

  test('in two Regions shares no name that all Regions know, and none in us-east-1', () => {
    const names = ['us-east-1', 'sa-east-1', 'eu-west-1'].flatMap(region => {
      const stack = new Stack(new App(), 'Shops', { stackName: 'shop', env: { ...EAST, region } });
      addPlatform(stack, { media: Media.bucket({ signedUrls }), edge: Edge.cloudFront({ contentSecurityPolicy: 'default-src \'self\'', maintenance: true, maintenancePage: 'Back soon', pageCaching: {} }) });
      const [own, ...companions] = stack.node.root.node.children.filter(Stack.isStack);
      const shared = namesOf(Template.fromStack(own)).filter(name => region === 'us-east-1' || /^AWS::(CloudFront::|CloudWatch::Dashboard)/.test(name));
      return [...shared, ...companions.flatMap(each => [each.stackName, ...namesOf(Template.fromStack(each))])];
    });
    expect(names.length).toBeGreaterThan(40);
    expect(names).toHaveLength(new Set(names).size);
  });

  test('names nothing but what this file knows of', () => {
    const unknown = resources(both()).flatMap(({ Type, Properties }) => Object.entries(Properties)
      .filter(([key, value]) => /(Name|Identifier|^Family|GroupId|UserId)$/.test(key) && typeof value === 'string')
      .map(([key]) => `${Type} ${key}`)
      .filter(property => !NOT_NAMES.has(property) && NAMES[Type]?.[0] !== property.split(' ')[1]));
    expect(unknown).toEqual([]);
  });

  test('keeps every name within the length that AWS takes', () => {
    const longest: { [type: string]: number } = {
      'AWS::ElastiCache::ServerlessCache': 40,
      'AWS::ElastiCache::ReplicationGroup': 40,
      'AWS::ElastiCache::User': 40,
      'AWS::ElastiCache::UserGroup': 40,
      'AWS::CloudFront::OriginAccessControl': 64,
      'AWS::CloudFront::VpcOrigin': 64,
      'AWS::CloudFront::PublicKey': 128,
      'AWS::CloudFront::KeyGroup': 128,
      'AWS::CloudWatch::Alarm': 255,
      'AWS::CloudWatch::CompositeAlarm': 255,
      'AWS::Logs::QueryDefinition': 255,
      'AWS::CloudWatch::Dashboard': 255,
      'AWS::WAFv2::WebACL': 128,
      'AWS::Backup::BackupPlan': 50,
      'AWS::ECS::TaskDefinition': 255,
    };
    namesOf(stackNamed('a'.repeat(128))).forEach(line => {
      const [type, name] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
      if (type in longest) expect([type, (JSON.parse(name) as string).length <= longest[type]]).toEqual([type, true]);
    });
  });
});
