import { Template } from 'aws-cdk-lib/assertions';
import { Database, Firewall, Media, Network, Notifications, Owner, Sessions, EnvironmentProfile, Traffic } from '../../src';
import { boardOf } from '../support/boards';
import { addPlatform, eastStack, once, platformTemplate } from '../support/platform';
import { alarmsForPeople, propertiesOf, resources, text } from '../support/template';

const OWNER = Owner.team({ name: 'Storefront', contact: 'storefront@example.com', runbook: 'https://wiki.example.com/shop' });

const minimal = once(() => {
  const stack = eastStack();
  const platform = addPlatform(stack);
  return { platform, template: Template.fromStack(stack) };
});
const owned = once(() => platformTemplate({ owner: OWNER }));
const development = once(() => platformTemplate({ owner: OWNER, profile: EnvironmentProfile.development() }));

describe('a platform with compute alone', () => {
  test.each([
    ['database', { database: Database.auroraMysql() }],
    ['session store', { sessions: Sessions.valkeyServerless() }],
    ['media library', { media: Media.bucket() }],
    ['network', { network: Network.create() }],
    ['firewall', { firewall: Firewall.managed() }],
    ['traffic', { traffic: Traffic.spiky({ baselineRps: 20, peakMultiplier: 30, requestsPerSecondPerUnit: 25 }) }],
    ['profile', { profile: EnvironmentProfile.production() }],
    ['notification', { notifications: Notifications.email() }],
  ])('has the default %s', (_, props) => {
    expect(platformTemplate(props).toJSON()).toEqual(minimal().template.toJSON());
  });

  test('has no name, owner or record of its own', () => {
    expect(boardOf(minimal().template, 'Platform')).toContain('# Shop · production"');
    minimal().template.resourceCountIs('AWS::Route53::RecordSet', 0);
    expect(resources(minimal().template).filter(({ Properties }) => JSON.stringify(Properties.Tags ?? []).includes('Owner'))).toEqual([]);
  });

  test('tells its address', () => {
    const [url] = Object.values(minimal().template.findOutputs('*'));
    expect(text(url.Value)).toMatch(/^https:\/\/\$\{ShopContentDeliveryCloudFront\w+\.DomainName\}$/);
  });

  test('exposes its parts', () => {
    const { platform } = minimal();
    expect(platform.vpc.node.path).toBe('Stack/Shop/Network/Vpc/Resource');
    expect(platform.workload.node.path).toBe('Stack/Shop/Compute/Fargate');
    expect(platform.distribution.node.path).toBe('Stack/Shop/ContentDelivery/CloudFront/Resource');
    expect(platform.alarmTopics.topics[0].node.path).toBe('Stack/Shop/Notifications/Topic');
    expect(platform.media.pathPattern).toBe('/media/*');
    expect(Object.keys(platform.database.environment)).toEqual(['DB_HOST', 'DB_PORT', 'DB_NAME', 'DB_READER_HOST']);
    expect(Object.keys(platform.sessions.environment)).toEqual(['SESSION_HOST', 'SESSION_PORT', 'SESSION_TLS', 'SESSION_USER', 'SESSION_PHP_INI']);
    expect(platform.capacity.compute).toMatchObject({ minUnits: 2, maxUnits: 30 });
    expect(platform.monitoring.createdDashboard()).toBeDefined();
    expect(platform.blocks.map(block => block.describe().title)).toEqual([
      'Content delivery', 'Web firewall', 'Load balancer', 'Fargate service', 'Valkey serverless', 'Aurora MySQL', 'Media bucket', 'Network',
    ]);
  });
});

describe('the traffic', () => {
  test('decides every size', () => {
    const template = platformTemplate({ traffic: Traffic.spiky({ baselineRps: 40, peakMultiplier: 30 }) });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 3, MaxCapacity: 60 });
    template.hasResourceProperties('AWS::RDS::DBCluster', { ServerlessV2ScalingConfiguration: { MinCapacity: 4, MaxCapacity: 30 } });
    template.hasResourceProperties('AWS::ElastiCache::ServerlessCache', {
      CacheUsageLimits: { ECPUPerSecond: { Maximum: 12000 }, DataStorage: { Maximum: 9 } },
    });
  });
});

describe('the owner', () => {
  test('stands at the head of the boards', () => {
    (['Platform', 'Service'] as const).forEach(board => expect(boardOf(owned(), board))
      .toContain('# Shop · production · Storefront, storefront@example.com · [runbook](https://wiki.example.com/shop)"'));
  });

  test('has the runbook linked in every alarm', () => {
    const alarms = alarmsForPeople(owned());
    expect(alarms.length).toBeGreaterThan(5);
    alarms.forEach(({ Properties }) => expect(Properties.AlarmDescription).toContain('Runbook: https://wiki.example.com/shop'));
  });

  test('without a runbook has none linked', () => {
    const template = platformTemplate({ owner: Owner.team({ name: 'Storefront', contact: 'x' }) });
    alarmsForPeople(template).forEach(({ Properties }) => expect(Properties.AlarmDescription).not.toContain('Runbook'));
  });

  test.each(['AWS::RDS::DBCluster', 'AWS::ECS::Service', 'AWS::S3::Bucket', 'AWS::CloudFront::Distribution', 'AWS::CloudWatch::Alarm', 'AWS::EC2::VPC'])('is a tag of %s', type => {
    resources(owned(), type).forEach(({ Properties }) => expect(Properties.Tags).toContainEqual({ Key: 'Owner', Value: 'Storefront' }));
  });
});

describe('alarms', () => {
  test.each([['production', true, owned], ['development', false, development]] as const)('of %s publish to the topic, enabled: %s', (_, enabled, template) => {
    const [topic] = resources(template(), 'AWS::SNS::Topic');
    const alarms = alarmsForPeople(template());
    expect(alarms.length).toBeGreaterThan(5);
    alarms.forEach(({ Properties }) => {
      expect(Properties.AlarmActions).toEqual([{ Ref: topic.id }]);
      expect(Properties.OKActions).toEqual([{ Ref: topic.id }]);
      expect(Properties.ActionsEnabled ?? true).toBe(enabled);
    });
  });

  test('of scaling act in development too', () => {
    const steps = resources(development(), 'AWS::CloudWatch::Alarm').filter(alarm => !alarmsForPeople(development()).some(({ id }) => id === alarm.id));
    expect(steps.map(({ Properties }) => Properties.ActionsEnabled ?? true)).toEqual([true]);
  });

  test('watch every tier', () => {
    expect(alarmsForPeople(owned()).map(({ Properties }) => Properties.AlarmName).sort()).toEqual([
      'Application-CPU-Usage-Warning', 'Application-Failed-Answers-Critical', 'Application-Healthy-Tasks-Critical',
      'Application-Memory-Usage-Warning', 'Database-CPU-Usage-Warning',
      'Database-Capacity-Warning',
      'Edge-Fault-Rate-Critical', 'LoadBalancer-Failed-Critical', 'LoadBalancer-Slow-Warning', 'Sessions-Throttle-Rate-Critical',
    ].map(name => `Stack-Shop-${name}`));
  });

  test('of failures count what the balancer answers when it has no unit to ask, which is no request to it', () => {
    const failed = alarmsForPeople(owned()).find(({ Properties }) => Properties.AlarmName === 'Stack-Shop-LoadBalancer-Failed-Critical')!;
    expect((failed.Properties.Metrics as { Expression?: string }[])[0].Expression).toBe(
      'IF((FILL(requests, 0) + FILL(balancer, 0)) >= 20, 100 * (FILL(application, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(balancer, 0)), 0)');
  });

  test('of nodes and of a fixed database watch their own limits too', () => {
    const names = resources(platformTemplate({ database: Database.rdsMysql(), sessions: Sessions.valkeyNodes() }), 'AWS::CloudWatch::Alarm')
      .map(({ Properties }) => Properties.AlarmName);
    expect(names).toEqual(expect.arrayContaining(['Stack-Shop-Sessions-Items-Evicted-Warning', 'Stack-Shop-Database-Min-Usage-Count-Critical']));
  });
});

test('the board of engineers shows every tier', () => {
  const body = boardOf(owned(), 'Platform');
  ['Edge', 'Web firewall', 'Load balancer', 'Application', 'Sessions', 'Aurora MySQL', 'Media'].forEach(title => expect(body).toContain(title));
});

test('the board of the team that owns the application shows that, and none of the tiers below it', () => {
  const body = boardOf(owned(), 'Service');
  ['Load balancer', 'Application', 'Alarms'].forEach(title => expect(body).toContain(title));
  ['Web firewall', 'Sessions', 'Aurora MySQL', 'Media'].forEach(title => expect(body).not.toContain(title));
});
