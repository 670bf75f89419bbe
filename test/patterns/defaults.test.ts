import { Template } from 'aws-cdk-lib/assertions';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Database, Edge, Firewall, BoardLanguage, Media, Network, Notifications, Owner, Sessions, EnvironmentProfile, Slo, Traffic } from '../../src';
import { boardOf } from '../support/boards';
import { filled } from '../support/filled';
import { addPlatform, eastStack, once, platformTemplate } from '../support/platform';
import { alarmsForPeople, Resource, resources, silentAlarms, text } from '../support/template';

const OWNER = Owner.team({ name: 'Storefront', contact: 'storefront@example.com', runbook: 'https://wiki.example.com/shop' });

/** Names of alarms, below the platform's. */
const namesOf = (alarms: Resource[]) => alarms.map(({ Properties }) => String(Properties.AlarmName).replace('Stack-Shop-', '')).sort();

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
    ['firewall', { edge: Edge.cloudFront({ firewall: Firewall.managed() }) }],
    ['traffic', { traffic: Traffic.spiky({ baselineRps: 20, peakMultiplier: 30 }) }],
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
    expect(Object.keys(platform.database.environment)).toEqual(['DB_ENGINE', 'DB_HOST', 'DB_PORT', 'DB_NAME', 'DB_READER_HOST']);
    expect(Object.keys(platform.sessions!.environment)).toEqual(['SESSION_HOST', 'SESSION_PORT', 'SESSION_TLS', 'SESSION_USER', 'SESSION_PHP_INI']);
    expect(platform.capacity.computeOf('Application')).toMatchObject({ minUnits: 2, maxUnits: 30 });
    expect(platform.monitoring.createdDashboard()).toBeDefined();
    expect(platform.blocks.map(block => block.describe().title)).toEqual([
      'Content delivery', 'Web firewall', 'Load balancer', 'Fargate service', 'Valkey serverless', 'Aurora MySQL', 'Media bucket', 'Network', 'Boards and alarms',
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
    filled(alarms).forEach(({ Properties }) => expect(Properties.AlarmDescription).toContain('Runbook: https://wiki.example.com/shop'));
  });

  test('without a runbook has none linked', () => {
    const template = platformTemplate({ owner: Owner.team({ name: 'Storefront', contact: 'x' }) });
    filled(alarmsForPeople(template)).forEach(({ Properties }) => expect(Properties.AlarmDescription).not.toContain('Runbook'));
  });

  test.each(['AWS::RDS::DBCluster', 'AWS::ECS::Service', 'AWS::S3::Bucket', 'AWS::CloudFront::Distribution', 'AWS::CloudWatch::Alarm', 'AWS::EC2::VPC'])('is a tag of %s', type => {
    filled(resources(owned(), type)).forEach(({ Properties }) => expect(Properties.Tags).toContainEqual({ Key: 'Owner', Value: 'Storefront' }));
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
    const steps = resources(development(), 'AWS::CloudWatch::Alarm').filter(({ id }) =>
      ![...alarmsForPeople(development()), ...silentAlarms(development())].some(alarm => alarm.id === id));
    expect(steps.map(({ Properties }) => Properties.ActionsEnabled ?? true)).toEqual([true]);
  });

  test('watch every tier, and tell people by severity', () => {
    expect(namesOf(alarmsForPeople(owned()))).toEqual([
      'Application-CPU-Usage-Warning', 'Application-Disk-Usage-Warning', 'Application-Failed-Answers-Critical',
      'Application-Healthy-Units-Critical', 'Application-Memory-Usage-Warning', 'Application-Unhealthy-Units-Warning',
      'Application-Units-At-Maximum-Warning',
      'Availability-Fast-Burn-Critical', 'Availability-Slow-Burn-Warning', 'Availability-Steady-Burn-Critical',
      'Database-Backup-Failed-Warning', 'Database-Backup-Missing-Warning', 'Database-CPU-Usage-Warning', 'Database-Capacity-Warning',
      'Database-Connection-Count-High-Warning', 'Database-Deadlocks-Warning', 'Database-Login-Failures-Warning',
      'Database-Memory-Freeable-Warning', 'Database-Replica-Lag-Warning',
      'Edge-Fault-Rate-Critical', 'Firewall-Blocked-Surge-Warning',
      'Latency-Fast-Burn-Critical', 'Latency-Slow-Burn-Warning', 'Latency-Steady-Burn-Critical',
      'Load-Balancer-Down-Critical', 'Load-Balancer-Failed-Critical', 'Load-Balancer-Slow-Warning', 'Load-Balancer-Unanswered-Warning',
      'Network-Port-Allocation-Errors-Critical', 'Network-Port-Allocation-Errors-Warning',
      'Sessions-Data-Usage-Warning', 'Sessions-ECPU-Usage-Warning', 'Sessions-Items-Evicted-Critical', 'Sessions-Items-Evicted-Warning',
      'Sessions-Throttle-Rate-Critical',
    ]);
  });

  test('tell nobody where something above them does: halves of burn rates, and what customers notice', () => {
    const halves = ['Availability', 'Latency'].flatMap(slo => ['Fast', 'Slow', 'Steady'].flatMap(pace => [`${slo}-${pace}-Burn-Long`, `${slo}-${pace}-Burn-Short`]));
    expect(namesOf(silentAlarms(owned()))).toEqual([...halves, 'Customers-Down', 'Customers-Failing', 'Customers-Slow', 'Ground-Down', 'Ground-Failing', 'Ground-Slow'].sort());
    filled(silentAlarms(owned())).forEach(({ Properties }) => expect(Properties.ActionsEnabled).toBe(false));
  });

  test('of failures count what the balancer answers when it has no unit to ask, which is no request to it', () => {
    const failed = alarmsForPeople(owned()).find(({ Properties }) => Properties.AlarmName === 'Stack-Shop-Load-Balancer-Failed-Critical')!;
    expect((failed.Properties.Metrics as { Expression?: string }[]).map(({ Expression }) => Expression).filter(each => each !== undefined)).toEqual([
      'IF(requests >= 20, 100 * FILL(failed, 0) / requests, 0)',
      'FILL(balancerSent, 0) + FILL(balancerOwn503, 0)',
      'FILL(unit5xx, 0) + FILL(balancerOwn5xx, 0)',
    ]);
  });

  test('of nodes and of a fixed database watch their own limits too', () => {
    const names = resources(platformTemplate({ database: Database.rdsMysql(), sessions: Sessions.valkeyNodes() }), 'AWS::CloudWatch::Alarm')
      .map(({ Properties }) => Properties.AlarmName);
    expect(names).toEqual(expect.arrayContaining(['Stack-Shop-Sessions-Items-Evicted-Warning', 'Stack-Shop-Database-Free-Storage-Critical']));
  });
});

test('the board of engineers shows every tier', () => {
  const body = boardOf(owned(), 'Platform');
  ['Edge', 'Web firewall', 'Load balancer', 'Application', 'Sessions', 'Aurora MySQL', 'Media', 'NAT gateways', 'Cost drivers'].forEach(title => expect(body).toContain(title));
});

test('objectives are those that are given, in Application Signals too when it is asked for', () => {
  const template = platformTemplate({ observability: { objectives: [Slo.availability({ objective: 99.5 })], applicationSignals: true } });
  template.hasResourceProperties('AWS::ApplicationSignals::ServiceLevelObjective', { Goal: { AttainmentGoal: 99.5 } });
  expect(namesOf(alarmsForPeople(template)).filter(name => name.includes('Burn'))).toEqual([
    'Availability-Fast-Burn-Critical', 'Availability-Slow-Burn-Warning', 'Availability-Steady-Burn-Critical',
  ]);
  minimal().template.resourceCountIs('AWS::ApplicationSignals::ServiceLevelObjective', 0);
  expect(namesOf(alarmsForPeople(platformTemplate({ observability: { objectives: [] } }))).filter(name => name.includes('Burn'))).toEqual([]);
});

test('the boards call the application what people call it', () => {
  const named = platformTemplate({ observability: { applicationName: 'Loja', language: BoardLanguage.PORTUGUESE_BRAZIL } });
  (['Operations', 'Platform', 'Service'] as const).forEach(board => expect(boardOf(named, board)).toContain('Loja'));
  expect(boardOf(named, 'Operations')).toContain('Como estão nossas aplicações agora?');
  expect(boardOf(minimal().template, 'Operations')).toContain('How are our applications right now?');
});

test('who may look at the operations board may invoke its function, and no other', () => {
  const stack = eastStack();
  const platform = addPlatform(stack);
  platform.grantOperationsView(new Role(stack, 'Viewer', { assumedBy: new AccountRootPrincipal() }));
  const [policy] = resources(Template.fromStack(stack)).filter(({ id }) => id.startsWith('ViewerDefaultPolicy'));
  const [fn] = resources(Template.fromStack(stack), 'AWS::Lambda::Function').filter(({ Properties }) => text(Properties.Description).includes('operations board'));
  expect((policy.Properties.PolicyDocument as { Statement: object[] }).Statement).toEqual([
    { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': [fn.id, 'Arn'] } },
  ]);
});

test('the board of the team that owns the application shows that, and none of the tiers below it', () => {
  const body = boardOf(owned(), 'Service');
  ['Load balancer', 'Application', 'Alarms'].forEach(title => expect(body).toContain(title));
  ['Web firewall', '**Sessions**', 'Aurora MySQL', '**Media**', 'NAT gateways', 'Cost drivers'].forEach(title => expect(body.replace(/"alarms":\[.*?\]/g, '')).not.toContain(title));
});
