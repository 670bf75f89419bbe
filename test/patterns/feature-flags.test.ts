import { Template } from 'aws-cdk-lib/assertions';
import recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import { Database, Media, Sessions } from '../../src';
import { filled } from '../support/filled';
import { addPlatform, eastStack, once, PlatformProps } from '../support/platform';
import { securityGroupRules } from '../support/security-groups';
import { resources, text } from '../support/template';

/** It only prints a report of warnings with each synthesis. */
const REPORT = '@aws-cdk/core:annotationsInValidationReport';
const ACCOUNT_REFS: [RegExp, string][] = [[/\$\{AWS::AccountId\}/g, '111111111111'], [/\$\{AWS::Region\}/g, 'us-east-1']];

const PLATFORMS: { [id: string]: PlatformProps } = {
  Shop: { media: Media.bucket({ writable: true }) },
  Blog: { database: Database.rdsMysql(), sessions: Sessions.valkeyNodes() },
  Wiki: { media: Media.fileSystem(), sessions: Sessions.dynamoDb() },
};

/** Three platforms, of a stack each, as one template: together they have more resources than a stack may. */
function templateWith(flags: { [flag: string]: unknown }): Template {
  const Resources = Object.entries(PLATFORMS).map(([id, props]) => {
    const stack = eastStack('Stack', {}, flags);
    addPlatform(stack, props, id);
    return Template.fromStack(stack).toJSON().Resources as object;
  });
  return Template.fromJSON({ Resources: Object.assign({}, ...Resources) });
}

const none = once(() => templateWith({}));
const all = once(() => templateWith({ ...recommended, [REPORT]: false }));
const list = (value: unknown) => [value].flat().map(each => ACCOUNT_REFS.reduce((whole, [from, to]) => whole.replace(from, to), text(each)));

interface Statement {
  readonly Effect: string;
  readonly Action: unknown;
  readonly Resource: unknown;
  readonly Principal?: string | { readonly [kind: string]: unknown };
  readonly Condition?: unknown;
}

/** A policy as its single permissions, which flags that join statements leave alone. */
function permissions(document: unknown): string[] {
  const { Statement: statements } = document as { Statement: Statement[] };
  const single = statements.flatMap(({ Effect, Action, Resource, Principal = '-', Condition = {} }) => {
    const principals = typeof Principal === 'string' ? [Principal]
      : Object.entries(Principal).flatMap(([kind, who]) => list(who).map(one => `${kind} ${one}`));
    return principals.flatMap(who => list(Action).flatMap(action => list(Resource)
      .map(resource => [Effect, who, action, resource, normal(Condition)].join(' '))));
  });
  return [...new Set(single)].sort();
}

/** A condition with its joined texts put together. */
function normal(condition: unknown): string {
  return JSON.stringify(condition, (_, value: unknown) => {
    const [name = ''] = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    return name === 'Ref' || name.startsWith('Fn::') ? list(value)[0] : value;
  });
}

const policiesOf = (template: Template, type: string, property: string) =>
  Object.fromEntries(resources(template, type).map(({ id, Properties }) => [id, permissions(Properties[property])]));

describe('whatever CDK\'s feature flags say', () => {
  test('the logical ids and types are the same', () => {
    const ids = (template: Template) => resources(template).map(({ id, Type }) => `${Type} ${id}`).sort();
    expect(ids(all())).toEqual(ids(none()));
  });

  test('the security groups have the same rules', () => {
    expect(securityGroupRules(all())).toEqual(securityGroupRules(none()));
  });

  test.each([
    ['AWS::S3::BucketPolicy', 'PolicyDocument', 4],
    ['AWS::KMS::Key', 'KeyPolicy', 2],
    ['AWS::IAM::ManagedPolicy', 'PolicyDocument', 10],
    ['AWS::SNS::TopicPolicy', 'PolicyDocument', 2],
  ])('every %s grants the same', (type, property, least) => {
    const expected = policiesOf(none(), type, property);
    expect(Object.keys(expected).length).toBeGreaterThanOrEqual(least);
    expect(policiesOf(all(), type, property)).toEqual(expected);
  });

  test.each([['none', none], ['all', all]])('with %s no bucket has an ACL and no policy is inline', (_, template) => {
    filled(resources(template(), 'AWS::S3::Bucket')).forEach(({ Properties }) => expect(Properties).not.toHaveProperty('AccessControl'));
    template().resourceCountIs('AWS::IAM::Policy', 0);
    filled(resources(template(), 'AWS::IAM::Role')).forEach(({ Properties }) => expect(Properties).not.toHaveProperty('Policies'));
  });

  test.each([
    'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::ElastiCache::ServerlessCache', 'AWS::ElastiCache::ReplicationGroup',
    'AWS::DynamoDB::Table', 'AWS::EFS::FileSystem', 'AWS::EFS::MountTarget', 'AWS::S3::Bucket', 'AWS::EC2::VPC',
    'AWS::EC2::Subnet', 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  ])('every %s is the same', type => {
    expect(resources(all(), type)).toEqual(resources(none(), type));
  });
});
