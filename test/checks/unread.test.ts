import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { analyze, database, group, messages, MYSQL, network, Properties, ref, Resources } from './tiny';
import { Reachability } from '../../src/checks';

const any = (resources: unknown) => resources as Resources;
const EXTENDED = { Transform: 'AWS::LanguageExtensions', Parameters: { Blocks: { Type: 'CommaDelimitedList', Default: '10.0.7.0/24, 0.0.0.0/0' } } };

describe('a loop', () => {
  const loop = (collection: unknown, element: Properties) => any({
    ...network(false), ...database(), 'DatabaseGroup': group(), 'Fn::ForEach::Rules': ['Block', collection, element],
  });
  const rule = (CidrIp: unknown) => ({
    'Rule&{Block}': { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: { 'Fn::GetAtt': ['DatabaseGroup', 'GroupId'] }, ...MYSQL, CidrIp } },
  });
  const WIDE = [
    'reachability-wide-ingress: addresses 0.0.0.0/0 -> sg DatabaseGroup ingress tcp 3306 from 0.0.0.0/0 -> AWS::RDS::DBInstance Database',
  ];

  test.each([
    ['a list', ['10.0.7.0/24', '0.0.0.0/0'], ref('Block')],
    ['a list, in text', ['10.0.7.0', '0.0.0.0'], { 'Fn::Sub': '${Block}/0' }],
    ['a parameter\'s default', ref('Blocks'), ref('Block')],
    ['a list with a parameter\'s default', ['10.0.8.0/24', ref('Blocks')], '${Block}'],
  ])('over %s makes resources', (_, collection, CidrIp) => {
    expect(messages(loop(collection, rule(CidrIp)), undefined, EXTENDED)).toContain(WIDE[0]);
  });

  test('over a list of a map', () => {
    const rest = { ...EXTENDED, Mappings: { Blocks: { all: { list: ['0.0.0.0/0'] } } } };
    expect(messages(loop({ 'Fn::FindInMap': ['Blocks', 'all', 'list'] }, rule(ref('Block'))), undefined, rest)).toEqual(WIDE);
  });

  test('in a loop, and in properties', () => {
    const store = (flag: boolean) => any({
      'Fn::ForEach::Outer': ['Stage', ['One', 'Two'], {
        'Fn::ForEach::Inner': ['Kind', ['Orders', 'Users'], {
          'Store${Stage}${Kind}': { Type: 'AWS::RDS::DBInstance', Properties: { 'Engine': 'mysql', 'DBSubnetGroupName': 'private', 'Fn::ForEach::Flags': ['Flag', ['PubliclyAccessible'], { '${Flag}': flag }] } },
        }],
      }],
    });
    expect(analyze(store(true), undefined, EXTENDED).map(finding => finding.store)).toEqual(['StoreOneOrders', 'StoreOneUsers', 'StoreTwoOrders', 'StoreTwoUsers']);
    expect(messages(store(false), undefined, EXTENDED)).toEqual([]);
  });

  test('over what is known only when deployed is reported, in resources and in properties', () => {
    const rest = { Transform: ['AWS::LanguageExtensions'], Parameters: { Blocks: { Type: 'CommaDelimitedList' } } };
    expect(messages(loop(ref('Blocks'), rule(ref('Block'))), undefined, rest)).toEqual([
      'reachability-unknown-source: the loop Fn::ForEach::Rules of the resources -> Fn::ForEach Fn::ForEach::Rules',
    ]);
    const inProperties = any({ Table: { Type: 'AWS::DynamoDB::Table', Properties: { 'Fn::ForEach::Flags': ['Flag', ref('Blocks'), { '${Flag}': true }] } } });
    expect(messages(inProperties, undefined, rest)).toEqual([
      'reachability-unknown-source: the loop Fn::ForEach::Flags in its properties -> AWS::DynamoDB::Table Table',
    ]);
  });
});

describe('what could not be read', () => {
  const include = { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/rules.yaml' } };

  test.each<[string, Resources, Properties, string]>([
    ['a transform of the template', {}, { Transform: ['AWS::LanguageExtensions', include] }, 'the transform AWS::Include of the template -> AWS::Include Transform'],
    ['a macro of the account', {}, { Transform: 'Ours' }, 'the transform Ours of the template -> Ours Transform'],
    ['a transform of the resources', any({ 'Fn::Transform': include }), {}, 'the transform AWS::Include of the resources -> Fn::Transform Fn::Transform'],
    [
      'a transform in properties',
      { Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress: [{ 'Fn::Transform': include }] } } }, {},
      'the transform AWS::Include in its properties -> AWS::EC2::SecurityGroup Group',
    ],
    [
      'several transforms in properties', { Bucket: { Type: 'AWS::SNS::Topic', Properties: { 'Fn::Transform': [include, { Name: 'Ours' }] } } }, {},
      'the transform AWS::Include, Ours in its properties -> AWS::SNS::Topic Bucket',
    ],
    [
      'a nested stack', { Data: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://bucket.s3.amazonaws.com/data.yaml' } } }, {},
      'the template that it deploys is not at hand -> AWS::CloudFormation::Stack Data',
    ],
    [
      'a set of stacks', { Data: { Type: 'AWS::CloudFormation::StackSet' } }, {},
      'the template that it deploys is not at hand -> AWS::CloudFormation::StackSet Data',
    ],
    [
      'a module', { Data: { Type: 'Our::Data::Store::MODULE' } }, {},
      'the module that it stands for is not at hand -> Our::Data::Store::MODULE Data',
    ],
  ])('names %s', (_, resources, rest, witness) => {
    expect(messages(resources, undefined, rest)).toEqual([`reachability-unknown-source: ${witness}`]);
  });

  test.each(['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31', 'AWS::SecretsManager-2024-09-16'])('not the transform %s, which leaves what is written', Transform => {
    expect(messages({ Table: { Type: 'AWS::DynamoDB::Table' } }, undefined, { Transform })).toEqual([]);
  });

  test('is silent about what the user answers for', () => {
    const nested: Resources = { Data: { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:cdk:path': 'Shop/Data.NestedStack/Resource' } } };
    expect(messages(nested, [{ source: 'unread', target: 'Data' }])).toEqual([]);
    expect(messages(nested, [{ source: 'unread', target: 'Shop' }])).toEqual([]);
    expect(messages(nested, [{ source: 'unread', target: 'Other' }])).toHaveLength(1);
    expect(messages({}, [{ source: 'unread', target: 'Transform' }], { Transform: 'Ours' })).toEqual([]);
  });

  test.each([
    ['a queue', { Store: { Type: 'AWS::SQS::QueuePolicy', Properties: { PolicyDocument: ref('Policy') } } }, 'PolicyDocument', 'AWS::SQS::QueuePolicy Store'],
    [
      'a bucket',
      { Store: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'pictures', PolicyDocument: { 'Fn::Sub': '${Policy}' } } } },
      'PolicyDocument', 'AWS::S3::BucketPolicy Store',
    ],
  ])('names the policy of %s that is known only when deployed', (_, resources: Resources, property, store) => {
    expect(messages(resources)).toEqual([`reachability-unknown-source: ${property} is known only when deployed -> ${store}`]);
  });

  test('is a violation of its own in a nested stack that is beside its parent, too', () => {
    const folder = mkdtempSync(join(tmpdir(), 'unread-'));
    const stack = (asset: string) => ({ Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': asset } });
    const write = (name: string, resources: Properties) => writeFileSync(join(folder, name), JSON.stringify({ Resources: resources }));
    write('parent.json', { Data: stack('data.json') });
    write('data.json', { Deeper: stack('gone.json'), Local: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './local.json' } } });
    write('local.json', { Store: { Type: 'AWS::Lightsail::Database', Properties: { PubliclyAccessible: true } } });
    expect(Reachability.analyze([join(folder, 'parent.json')]).map(({ ruleName, store }) => [ruleName, store])).toEqual([
      [Reachability.PUBLIC_PLACEMENT, 'Store'], [Reachability.UNKNOWN_SOURCE, 'Deeper'],
    ]);
    rmSync(folder, { recursive: true });
  });
});
