import { InstanceType, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Cache, EnvironmentProfile, ICache, Tier } from '../../src';
import { bound } from '../support/blocks';
import { once, platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { saidBy } from '../support/said-by';
import { securityGroupRules } from '../support/security-groups';
import { only, resources } from '../support/template';

const GROUP = 'AWS::ElastiCache::ReplicationGroup';

const store = (cache: ICache, profile?: EnvironmentProfile) =>
  bound((scope, context) => cache.bind(scope, { ...context, subnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS } }), profile);
const cache = once(() => store(Cache.valkeyNodes()));
const platform = once(() => platformTemplate({ cache: Cache.valkeyNodes() }));

describe('a cache', () => {
  test('is one shard with a replica in another zone, encrypted, behind a password', () => {
    cache().template.hasResourceProperties(GROUP, {
      Engine: 'valkey',
      CacheNodeType: 'cache.m7g.large',
      NumCacheClusters: 2,
      AutomaticFailoverEnabled: true,
      MultiAZEnabled: true,
      TransitEncryptionEnabled: true,
      AtRestEncryptionEnabled: true,
      KmsKeyId: { Ref: only(cache().template, 'AWS::KMS::Key').id },
    });
    expect(only(cache().template, GROUP).Properties).not.toHaveProperty('NumNodeGroups');
  });

  test('makes room by whatever was used longest ago, and keeps no copies', () => {
    const { id } = only(cache().template, 'AWS::ElastiCache::ParameterGroup');
    cache().template.hasResourceProperties('AWS::ElastiCache::ParameterGroup', {
      CacheParameterGroupFamily: 'valkey8', Properties: { 'maxmemory-policy': 'allkeys-lru' },
    });
    cache().template.hasResourceProperties(GROUP, { CacheParameterGroupName: { Ref: id }, SnapshotRetentionLimit: 0 });
  });

  test('is one small node in development', () => {
    store(Cache.valkeyNodes(), EnvironmentProfile.development()).template
      .hasResourceProperties(GROUP, { CacheNodeType: 'cache.t4g.small', NumCacheClusters: 1, AutomaticFailoverEnabled: false });
  });

  test('is of the type and number that are given', () => {
    store(Cache.valkeyNodes({ nodeType: new InstanceType('cache.r7g.large'), numCacheClusters: 3 })).template
      .hasResourceProperties(GROUP, { CacheNodeType: 'cache.r7g.large', NumCacheClusters: 3 });
  });

  test('tells a workload where it is, apart from the sessions', () => {
    expect(Object.keys(cache().block.environment)).toEqual(['CACHE_HOST', 'CACHE_PORT', 'CACHE_TLS', 'CACHE_USER']);
    expect(Object.keys(cache().block.secrets)).toEqual(['CACHE_PASSWORD']);
  });

  test('says what it is', () => {
    expect(saidBy(cache().block)).toEqual({
      id: 'Slot/ValkeyNodes',
      title: 'Valkey nodes',
      purpose: 'Holds what the application has worked out already, until it is flushed or there is no room',
      tier: Tier.DATA,
      port: 6379,
      facts: { nodes: '2 × cache.m7g.large', encryption: 'at rest and in transit' },
    });
  });

  testRefusals([
    ['more nodes than there can be', () => Cache.valkeyNodes({ numCacheClusters: 7 }),
      '[Cache.valkeyNodes] \'numCacheClusters\' must be a whole number between 1 and 6, got 7: a replication group has a primary and up to 5 replicas'],
  ]);
});

describe('a platform with a cache', () => {
  test('has it beside its sessions, each with a password of its own', () => {
    expect(platform().findResources(GROUP)).not.toEqual({});
    platform().resourceCountIs('AWS::ElastiCache::ServerlessCache', 1);
    const [{ Properties: { ContainerDefinitions } }] = resources(platform(), 'AWS::ECS::TaskDefinition');
    const [{ Environment, Secrets }] = ContainerDefinitions as { Environment: { Name: string }[]; Secrets: { Name: string; ValueFrom: unknown }[] }[];
    expect(Environment.map(({ Name }) => Name)).toEqual(expect.arrayContaining(['SESSION_HOST', 'CACHE_HOST']));
    const passwords = Secrets.filter(({ Name }) => /^(CACHE|SESSION)_PASSWORD$/.test(Name)).map(({ ValueFrom }) => JSON.stringify(ValueFrom));
    expect(new Set(passwords).size).toBe(2);
  });

  test('lets the application alone reach it', () => {
    expect(securityGroupRules(platform()).filter(rule => rule.startsWith('Cache '))).toEqual(['Cache in from Application, tcp 6379']);
  });

  test('is warned of a node that is busy, and of nothing that a full cache does', () => {
    const names = resources(platform(), 'AWS::CloudWatch::Alarm').map(({ Properties }) => String(Properties.AlarmName)).filter(name => name.includes('-Cache-'));
    expect(names).toEqual(['Stack-Shop-Cache-Engine-CPU-Usage-Warning']);
  });

  test('has none by default', () => {
    platformTemplate().resourceCountIs(GROUP, 0);
  });
});
