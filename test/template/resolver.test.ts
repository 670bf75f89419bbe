import { Assembly } from '../../src/template/private/assembly';
import { Json } from '../../src/template/private/json';
import { describe as inWords, Resolver } from '../../src/template/private/resolver';

const TEMPLATE = {
  Parameters: {
    Given: { Type: 'String', Default: 'given' },
    Listed: { Type: 'CommaDelimitedList', Default: 'a, b' },
    Asked: { Type: 'String' },
    Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/path' },
  },
  Mappings: { Lists: { 'us-east-1': { id: 'pl-1' }, 'eu-west-1': { id: 'pl-2' } } },
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Group: { Type: 'AWS::EC2::SecurityGroup' },
    Reader: { Type: 'Custom::CrossRegionExportReader' },
    Writer: { Type: 'Custom::CrossRegionExportWriter', Properties: { WriterProps: { exports: { '/cdk/exports/Name': { 'Fn::GetAtt': ['Group', 'GroupId'] } } } } },
  },
  Outputs: {
    One: { Value: { Ref: 'Vpc' }, Export: { Name: 'one' } },
    Many: { Value: { 'Fn::Join': ['||', [{ Ref: 'Vpc' }, { Ref: 'Group' }]] }, Export: { Name: 'many' } },
    Computed: { Value: 'computed', Export: { Name: { 'Fn::Sub': '${AWS::StackName}-x' } } },
  },
};

function resolve(json: Json): string[] {
  const assembly = Assembly.fromJson(JSON.stringify(TEMPLATE));
  return new Resolver(assembly).resolve(json, assembly.templates[0]).map(value => `${value.kind} ${inWords(value)}`);
}

test.each<[string, Json, string[]]>([
  ['nothing', undefined, []],
  ['text, numbers and flags', ['a', 1, true], ['literal a', 'literal 1', 'literal true']],
  ['a reference', { Ref: 'Vpc' }, ['resource Vpc']],
  ['an attribute', { 'Fn::GetAtt': ['Group', 'GroupId'] }, ['resource Group.GroupId']],
  ['an attribute in one word', { 'Fn::GetAtt': 'Group.GroupId' }, ['resource Group.GroupId']],
  ['an attribute that repeats a property', { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, ['literal 10.0.0.0/16']],
  ['an attribute of what is not there', { 'Fn::GetAtt': ['Gone', 'Arn'] }, ['unknown Gone.Arn']],
  ['no value', { Ref: 'AWS::NoValue' }, []],
  ['a pseudo parameter', { Ref: 'AWS::Region' }, ['unknown parameter AWS::Region']],
  ['a parameter with a default', { Ref: 'Given' }, ['literal given']],
  ['a list parameter', { Ref: 'Listed' }, ['literal a', 'literal b']],
  ['a parameter without a default', { Ref: 'Asked' }, ['unknown parameter Asked']],
  ['a parameter from the parameter store', { Ref: 'Stored' }, ['unknown parameter Stored']],
  ['both branches of a condition', { 'Fn::If': ['C', 'a', { 'Fn::If': ['D', 'b', { Ref: 'AWS::NoValue' }] }] }, ['literal a', 'literal b']],
  ['joined text', { 'Fn::Join': ['.', ['10', '0', { Ref: 'Given' }]] }, ['literal 10.0.given']],
  ['a join of one', { 'Fn::Join': ['', [{ Ref: 'Vpc' }]] }, ['resource Vpc']],
  ['joined references', { 'Fn::Join': ['-', ['a', { Ref: 'Vpc' }]] }, ['unknown a-${Vpc}']],
  ['a substitution of one name', { 'Fn::Sub': '${Group.GroupId}' }, ['resource Group.GroupId']],
  ['a substitution in text', { 'Fn::Sub': ['${Given}/${mask}', { mask: 24 }] }, ['literal given/24']],
  ['a literal substitution sign', { 'Fn::Sub': '${!Given}' }, ['literal ${!Given}']],
  ['a selection', { 'Fn::Select': [1, ['a', { Ref: 'Vpc' }]] }, ['resource Vpc']],
  ['a selection from split text', { 'Fn::Select': ['1', { 'Fn::Split': [',', 'a,b'] }] }, ['literal b']],
  ['a selection that cannot be told', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, ['unknown {"Fn::GetAZs":""}']],
  ['a map by a known key', { 'Fn::FindInMap': ['Lists', 'us-east-1', 'id'] }, ['literal pl-1']],
  ['a map by region', { 'Fn::FindInMap': ['Lists', { Ref: 'AWS::Region' }, 'id'] }, ['literal pl-1', 'literal pl-2']],
  ['an import', { 'Fn::ImportValue': 'one' }, ['resource Vpc']],
  ['an import by a computed name', { 'Fn::ImportValue': { 'Fn::Sub': '${AWS::StackName}-x' } }, ['literal computed']],
  ['an imported list', { 'Fn::Select': [1, { 'Fn::Split': ['||', { 'Fn::ImportValue': 'many' }] }] }, ['resource Group']],
  ['an import from elsewhere', { 'Fn::ImportValue': 'other' }, ['unknown import other']],
  ['an export of another region', { 'Fn::GetAtt': ['Reader', '/cdk/exports/Name'] }, ['resource Group.GroupId']],
  ['a function that it does not know', { 'Fn::Cidr': ['10.0.0.0/16', 2] }, ['unknown {"Fn::Cidr":["10.0.0.0/16",2]}']],
])('resolves %s', (_, json, expected) => {
  expect(resolve(json)).toEqual(expected);
});
