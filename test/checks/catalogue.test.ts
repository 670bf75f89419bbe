import { readFileSync } from 'fs';
import { join } from 'path';
import { propertiesOfTypes } from './support/specification';
import { messages, Properties } from './tiny';
import { NETWORK_STORES } from '../../src/checks/private/stores/network-stores';
import { POLICY_STORES } from '../../src/checks/private/stores/policy-stores';
import { StoreType } from '../../src/checks/private/stores/store-type';

const PUBLISHED = propertiesOfTypes();
const ROWS = [...NETWORK_STORES, ...POLICY_STORES];
const PAGE = readFileSync(join(__dirname, '..', '..', 'docs', 'reachability.md'), 'utf8');

/** Types that a section of the page names. */
function listed(section: string): string[] {
  const [, text] = new RegExp(`<!-- ${section} -->\\n([^]*?)<!-- end -->`).exec(PAGE) ?? [];
  return [...String(text).matchAll(/`(AWS::[^`]+)`/g)].map(([, type]) => type);
}

function typesOf({ type, parts = [] }: StoreType): string[] {
  return [type, ...parts.map(part => part.type)];
}

describe('the catalogue', () => {
  test.each(ROWS.map(row => [row.type, row] as const))('reads properties that %s has, or a part of it', (_, row) => {
    const properties = typesOf(row).flatMap(type => PUBLISHED.get(type) ?? []);
    const read = [row.groups, row.subnets, row.publicFlag, ...row.policies ?? []].filter(path => path !== undefined && path !== '');
    expect(properties).toEqual(expect.arrayContaining(read));
    for (const { type, link } of row.parts ?? []) { expect(PUBLISHED.get(type)).toContain(link); }
    expect(PUBLISHED.has(row.type)).toBe(true);
  });

  test('is what the page lists as known', () => {
    expect(listed('network stores')).toEqual(NETWORK_STORES.map(({ type }) => type));
    expect(listed('policy stores')).toEqual(POLICY_STORES.map(({ type }) => type));
    expect(new Set(ROWS.map(({ type }) => type)).size).toBe(ROWS.length);
  });

  test('with what the page lists as not known holds every type that AWS publishes with a policy, a public flag, or data behind a group', () => {
    const policy = /(^|\.)(AccessPolic(y|ies)|(Namespace|Permissions)?(Resource)?Policy(Document|Text)?|KeyPolicy|FileSystemPolicy|RepositoryPolicyText)$/;
    const flag = /(^|\.)(PubliclyAccessible|PublicConnectivity)$/;
    const data = /^AWS::(RDS|DocDB\w*|Neptune\w*|ElastiCache|MemoryDB|DAX|EFS|FSx|OpenSearch\w*|Elasticsearch|Redshift\w*|MSK|AmazonMQ|Timestream|DSQL)::/;
    const concerned = [...PUBLISHED].filter(([type, properties]) => properties.some(path =>
      policy.test(path) || flag.test(path) || (data.test(type) && /SecurityGroup/.test(path)))).map(([type]) => type);
    const told = new Set([...ROWS.flatMap(typesOf), ...listed('not known')]);
    expect(concerned.length).toBeGreaterThan(60);
    expect(concerned.filter(type => !told.has(type))).toEqual([]);
  });
});

describe('a store of the catalogue that is open', () => {
  const statement = { Effect: 'Allow', Principal: '*', Action: 'any:*' };

  test.each(POLICY_STORES.flatMap(({ type, policies = [] }) => policies.map(path => [type, path] as const)))('%s by its %s', (type, path) => {
    const properties = path === '' ? { Statement: statement } : nested(path, { Statement: [statement] });
    expect(messages({ Store: { Type: type, Properties: properties } })).toEqual([
      expect.stringMatching(/^reachability-internet: internet -> .*statement 0 \(Principal \*: any:\*\) -> .* Store$/),
    ]);
  });

  test.each(NETWORK_STORES.filter(({ publicFlag }) => publicFlag !== undefined).map(row => [row.type, row] as const))('%s by its flag', (type, row) => {
    expect(messages({ Store: { Type: type, Properties: nested(row.publicFlag!, 'surely-public') } })).toContainEqual(
      expect.stringMatching(/^reachability-public-placement: internet -> .*surely-public on .* Store$/));
  });

  const grouped = NETWORK_STORES.filter(({ type, groups }) => groups !== undefined && PUBLISHED.get(type)!.includes(groups));
  test.each(grouped.map(row => [row.type, row] as const))(
    '%s by its group', (type, row) => {
      const wide = { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress: [{ IpProtocol: '-1', CidrIp: '10.0.0.0/8' }] } };
      expect(messages({ Store: { Type: type, Properties: nested(row.groups!, ['GROUP']) }, Open: wide })).toEqual([]);
      const group = { 'Fn::GetAtt': ['Open', 'GroupId'] };
      expect(messages({ Store: { Type: type, Properties: nested(row.groups!, [group]) }, Open: wide })).toContainEqual(
        expect.stringMatching(/^reachability-wide-ingress: addresses 10\.0\.0\.0\/8 -> sg Open ingress all protocols .* Store$/));
    });
});

/** Properties that hold a value at a dotted path. */
function nested(path: string, value: unknown): Properties {
  const [name, ...rest] = path.split('.');
  return { [name]: rest.length === 0 ? value : nested(rest.join('.'), value) };
}
