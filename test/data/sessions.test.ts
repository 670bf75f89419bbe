import { Lazy } from 'aws-cdk-lib';
import { InstanceType, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { warnings } from './support';
import { EnvironmentProfile, ISessions, Sessions, Tier } from '../../src';
import { bound } from '../support/blocks';
import { once, platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { saidBy } from '../support/said-by';
import { securityGroupRules } from '../support/security-groups';
import { only, text } from '../support/template';

const CACHE = 'AWS::ElastiCache::ServerlessCache';
const GROUP = 'AWS::ElastiCache::ReplicationGroup';

function store(sessions: ISessions, profile?: EnvironmentProfile, maxDataGb = 5) {
  return bound((scope, context) => sessions.bind(scope, {
    ...context, subnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS }, capacity: { maxEcpuPerSecond: 6000, maxDataGb },
  })!, profile);
}

const serverless = once(() => store(Sessions.valkeyServerless()));
const nodes = once(() => store(Sessions.valkeyNodes()));
const oneNode = once(() => store(Sessions.valkeyNodes(), EnvironmentProfile.development()));

describe('Valkey serverless', () => {
  test('has the limits of the traffic by default, and the platform\'s key', () => {
    serverless().template.hasResourceProperties(CACHE, {
      Engine: 'valkey',
      KmsKeyId: { 'Fn::GetAtt': [only(serverless().template, 'AWS::KMS::Key').id, 'Arn'] },
      CacheUsageLimits: { ECPUPerSecond: { Maximum: 6000 }, DataStorage: { Maximum: 5, Unit: 'GB' } },
    });
  });

  test('has the limits that are given', () => {
    store(Sessions.valkeyServerless({ maxEcpuPerSecond: 1000, maxDataGb: 1 })).template.hasResourceProperties(CACHE, {
      CacheUsageLimits: { ECPUPerSecond: { Maximum: 1000 }, DataStorage: { Maximum: 1 } },
    });
  });

  test('has what stands ready for an event, and nothing by default', () => {
    expect(only(serverless().template, CACHE).Properties.CacheUsageLimits).toEqual({ ECPUPerSecond: { Maximum: 6000 }, DataStorage: { Maximum: 5, Unit: 'GB' } });
    store(Sessions.valkeyServerless({ minEcpuPerSecond: 4000, minDataGb: 2 })).template.hasResourceProperties(CACHE, {
      CacheUsageLimits: { ECPUPerSecond: { Minimum: 4000, Maximum: 6000 }, DataStorage: { Minimum: 2, Maximum: 5 } },
    });
  });

  test('has a limit that holds what stands ready, when that is more than the traffic needs', () => {
    store(Sessions.valkeyServerless({ minEcpuPerSecond: 9000, minDataGb: 7 })).template.hasResourceProperties(CACHE, {
      CacheUsageLimits: { ECPUPerSecond: { Minimum: 9000, Maximum: 9000 }, DataStorage: { Minimum: 7, Maximum: 7 } },
    });
  });

  test('takes the first 2 subnets, so that a third zone makes no other cache', () => {
    const over = (zones: number) => platformTemplate({ profile: EnvironmentProfile.production({ availabilityZones: zones, natGateways: 1 }) });
    const subnets = (zones: number) => only(over(zones), CACHE).Properties.SubnetIds;
    expect(subnets(3)).toHaveLength(2);
    expect(subnets(2)).toEqual(subnets(3));
  });

  test('has a user of its own with a generated password, who administers nothing', () => {
    serverless().template.hasResourceProperties('AWS::ElastiCache::User', {
      Engine: 'valkey', UserName: 'app', NoPasswordRequired: false, AccessString: 'on ~* &* +@all -@admin -@dangerous',
    });
    const passwords = only(serverless().template, 'AWS::ElastiCache::User').Properties.Passwords as unknown[];
    expect(passwords.map(text)).toEqual([`{{resolve:secretsmanager:\${${only(serverless().template, 'AWS::SecretsManager::Secret').id}}:SecretString:::}}`]);
  });

  test('tells the application where it is, by TLS', () => {
    const { block, stack, template } = serverless();
    const { id } = only(template, CACHE);
    expect(stack.resolve(block.environment)).toEqual({
      SESSION_HOST: { 'Fn::GetAtt': [id, 'Endpoint.Address'] },
      SESSION_PORT: { 'Fn::GetAtt': [id, 'Endpoint.Port'] },
      SESSION_TLS: 'true',
      SESSION_USER: 'app',
      SESSION_PHP_INI: { 'Fn::Sub': [expect.stringContaining('session.save_handler = redis\n'), expect.anything()] },
    });
    expect(Object.entries(block.secrets).map(([name, { field }]) => [name, field])).toEqual([['SESSION_PASSWORD', undefined]]);
  });

  test('is reached by what attaches, on its two ports alone', () => {
    expect(securityGroupRules(serverless().template)).toEqual([
      'Application out to Sessions, tcp 6379-6380', 'Sessions in from Application, tcp 6379-6380',
    ]);
  });

  test('says what it is', () => {
    expect(saidBy(serverless().block)).toEqual({
      id: 'Slot/ValkeyServerless',
      port: 6379,
      title: 'Valkey serverless',
      purpose: 'Keeps the sessions, so that any unit can serve any user',
      tier: Tier.DATA,
      facts: { limit: '6000 ECPU per second, 5 GB', encryption: 'at rest and in transit' },
    });
  });

  test('takes tokens', () => {
    const most = Lazy.number({ produce: () => 0 });
    expect(() => Sessions.valkeyServerless({ maxEcpuPerSecond: most, maxDataGb: most })).not.toThrow();
  });

  const mend = 'ElastiCache serverless takes limits in this range';
  const ecpu = `'maxEcpuPerSecond' must be a whole number between 1000 and 15000000, got 0: ${mend}`;
  const data = (given: number) => `'maxDataGb' must be a whole number between 1 and 5000, got ${given}: ${mend}`;
  const order = (prop: string, min: number, max: number) =>
    `  - 'min${prop}' must not exceed 'max${prop}', got min${prop} ${min} and max${prop} ${max}: what stands ready is a part of what may be used`;
  testRefusals([
    ['a limit of no ECPU', () => Sessions.valkeyServerless({ maxEcpuPerSecond: 0 }), `[Sessions.valkeyServerless] ${ecpu}`],
    ['a limit of no data', () => Sessions.valkeyServerless({ maxDataGb: 0 }), `[Sessions.valkeyServerless] ${data(0)}`],
    ['a limit of a part of a GB', () => Sessions.valkeyServerless({ maxDataGb: 1.5 }), `[Sessions.valkeyServerless] ${data(1.5)}`],
    ['more ready than may be used', () => Sessions.valkeyServerless({ minEcpuPerSecond: 2000, maxEcpuPerSecond: 1000, minDataGb: 2, maxDataGb: 1 }),
      `[Sessions.valkeyServerless] 2 props need mending:\n${order('EcpuPerSecond', 2000, 1000)}\n${order('DataGb', 2, 1)}`],
    ['a part of a GB that stands ready', () => Sessions.valkeyServerless({ minDataGb: 0.5 }),
      `[Sessions.valkeyServerless] 'minDataGb' must be a whole number between 1 and 5000, got 0.5: ${mend}`],
    ['what stands ready known at deployment', () => {
      const least = Lazy.number({ produce: () => 2000 });
      Sessions.valkeyServerless({ minEcpuPerSecond: least, minDataGb: least });
    }, `[Sessions.valkeyServerless] 2 props need mending:\n${['minEcpuPerSecond', 'minDataGb'].map(prop =>
      `  - '${prop}' must be known at synthesis, got a token: the most that may be used is worked out from it`).join('\n')}`],
    ['no ECPU that stands ready', () => Sessions.valkeyServerless({ minEcpuPerSecond: 0 }),
      `[Sessions.valkeyServerless] 'minEcpuPerSecond' must be a whole number between 1000 and 15000000, got 0: ${mend}`],
    ['both at once', () => Sessions.valkeyServerless({ maxEcpuPerSecond: 0, maxDataGb: 5001 }),
      `[Sessions.valkeyServerless] 2 props need mending:\n  - ${ecpu}\n  - ${data(5001)}`],
  ]);
});

describe('Valkey nodes', () => {
  test('are two in different zones in production', () => {
    nodes().template.hasResourceProperties(GROUP, { NumCacheClusters: 2, AutomaticFailoverEnabled: true, MultiAZEnabled: true });
  });

  test('are one in development', () => {
    oneNode().template.hasResourceProperties(GROUP, { NumCacheClusters: 1, AutomaticFailoverEnabled: false, MultiAZEnabled: false });
  });

  test('are as many and of the type that is given', () => {
    store(Sessions.valkeyNodes({ numCacheClusters: 1, nodeType: new InstanceType('m7g.large') })).template
      .hasResourceProperties(GROUP, { NumCacheClusters: 1, CacheNodeType: 'cache.m7g.large', AutomaticFailoverEnabled: false, MultiAZEnabled: false });
    store(Sessions.valkeyNodes({ numCacheClusters: 3 }), EnvironmentProfile.development()).template
      .hasResourceProperties(GROUP, { NumCacheClusters: 3, AutomaticFailoverEnabled: true, MultiAZEnabled: false });
  });

  describe('go from one to several, and back,', () => {
    type Step = Parameters<typeof Sessions.valkeyNodes>[0];
    const [one, between, two]: Step[] = [{ numCacheClusters: 1 }, { numCacheClusters: 2, automaticFailover: false }, { numCacheClusters: 2 }];
    const groupOf = (step: Step) => only(store(Sessions.valkeyNodes(step)).template, GROUP);
    const changedBy = (before: Step, after: Step) => {
      const [from, to] = [before, after].map(step => groupOf(step).Properties);
      return Object.keys(to).filter(name => JSON.stringify(from[name]) !== JSON.stringify(to[name])).sort();
    };

    test('in two steps, none of which changes the number and failover, which AWS refuses', () => {
      expect([changedBy(one, between), changedBy(between, two)]).toEqual([['NumCacheClusters'], ['AutomaticFailoverEnabled', 'MultiAZEnabled']]);
      expect([changedBy(two, between), changedBy(between, one)]).toEqual([['AutomaticFailoverEnabled', 'MultiAZEnabled'], ['NumCacheClusters']]);
    });

    test('and keep the group, with its sessions', () => {
      expect(new Set([one, between, two].map(step => groupOf(step).id)).size).toBe(1);
    });

    test('and are told of the step in between', () => {
      const { stack } = store(Sessions.valkeyNodes(between));
      expect(warnings(stack)).toEqual([expect.stringContaining('2 nodes, and none takes over when the primary fails: \'automaticFailover\' is false')]);
      expect([one, two].flatMap(step => warnings(store(Sessions.valkeyNodes(step)).stack))).toEqual([]);
    });
  });

  testRefusals([['one node that is to take over from itself', () => store(Sessions.valkeyNodes({ numCacheClusters: 1, automaticFailover: true })),
    '[Stack/Slot/ValkeyNodes] \'automaticFailover\' must not be true of 1 node, got true: nothing could take over; give \'numCacheClusters\' 2 at least']]);

  test.each([[1, 't4g.small'], [2, 't4g.medium'], [5, 'r7g.large'], [60, 'r7g.4xlarge'], [79, 'r7g.4xlarge']])('for %s GB are a %s', (gb, type) => {
    store(Sessions.valkeyNodes(), undefined, gb).template.hasResourceProperties(GROUP, { CacheNodeType: `cache.${type}` });
  });

  test('warn when no type is large enough for the peak, and are the largest', () => {
    const { template, stack } = store(Sessions.valkeyNodes(), undefined, 500);
    template.hasResourceProperties(GROUP, { CacheNodeType: 'cache.r7g.4xlarge' });
    expect(warnings(stack)).toEqual([
      '[Stack/Slot/ValkeyNodes] the traffic\'s peak needs 500 GiB of memory, and r7g.4xlarge, the largest chosen by default, has 79.36 GiB: give \'nodeType\', or choose Sessions.valkeyServerless() [ack: cdk-platform-patterns:capacity-short]',
    ]);
  });

  test('warn of nothing when the peak fits, or the type is given', () => {
    expect(warnings(store(Sessions.valkeyNodes(), undefined, 79).stack)).toEqual([]);
    expect(warnings(store(Sessions.valkeyNodes({ nodeType: new InstanceType('r7g.16xlarge') }), undefined, 500).stack)).toEqual([]);
  });

  test('take the type with the prefix of ElastiCache', () => {
    store(Sessions.valkeyNodes({ nodeType: new InstanceType('cache.t4g.small') })).template.hasResourceProperties(GROUP, { CacheNodeType: 'cache.t4g.small' });
  });

  test('are encrypted at rest and in transit, behind a generated password', () => {
    const { template } = nodes();
    template.hasResourceProperties(GROUP, {
      AtRestEncryptionEnabled: true, TransitEncryptionEnabled: true, KmsKeyId: { Ref: only(template, 'AWS::KMS::Key').id },
    });
    expect(text(only(template, GROUP).Properties.AuthToken)).toBe(`{{resolve:secretsmanager:\${${only(template, 'AWS::SecretsManager::Secret').id}}:SecretString:::}}`);
  });

  test('tell the application where they are, by TLS', () => {
    const { block, stack, template } = nodes();
    const { id } = only(template, GROUP);
    expect(stack.resolve(block.environment)).toEqual({
      SESSION_HOST: { 'Fn::GetAtt': [id, 'PrimaryEndPoint.Address'] },
      SESSION_PORT: { 'Fn::GetAtt': [id, 'PrimaryEndPoint.Port'] },
      SESSION_TLS: 'true',
      SESSION_USER: 'default',
      SESSION_PHP_INI: { 'Fn::Sub': [expect.stringContaining('session.save_handler = redis\n'), expect.anything()] },
    });
    expect(Object.keys(block.secrets)).toEqual(['SESSION_PASSWORD']);
  });

  test('are reached by what attaches, on their port alone', () => {
    expect(securityGroupRules(nodes().template)).toEqual([
      'Application out to Sessions, tcp 6379', 'Sessions in from Application, tcp 6379',
    ]);
  });

  test('say what they are', () => {
    expect(saidBy(nodes().block)).toEqual({
      id: 'Slot/ValkeyNodes',
      port: 6379,
      title: 'Valkey nodes',
      purpose: 'Keeps the sessions, so that any unit can serve any user',
      tier: Tier.DATA,
      facts: { nodes: '2 × cache.r7g.large', encryption: 'at rest and in transit' },
    });
  });

  testRefusals([0, 7, 1.5].map(given => [`${given} nodes`, () => Sessions.valkeyNodes({ numCacheClusters: given }),
    `[Sessions.valkeyNodes] 'numCacheClusters' must be a whole number between 1 and 6, got ${given}: a replication group has a primary and up to 5 replicas`]));

  testRefusals([['nodes that are counted at deployment', () => Sessions.valkeyNodes({ numCacheClusters: Lazy.number({ produce: () => 2 }) }),
    '[Sessions.valkeyNodes] \'numCacheClusters\' must be known at synthesis, got a token: standby, failover and alarms follow from it']]);
});
