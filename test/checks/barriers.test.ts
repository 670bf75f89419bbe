import { either, found, NO_VALUE } from './chosen';
import { database, group, MYSQL, network, Properties, ref, Resources } from './tiny';

const WORLD = { ...MYSQL, CidrIp: '0.0.0.0/0' };

describe('a network ACL keeps out only what it surely does:', () => {
  const deny = { CidrBlock: '0.0.0.0/0', RuleNumber: 1, RuleAction: 'deny', Protocol: -1 };
  const allow = { ...deny, RuleNumber: 2, RuleAction: 'allow' };
  const entry = (properties: Properties, Condition?: string) => ({
    Type: 'AWS::EC2::NetworkAclEntry', Properties: { NetworkAclId: ref('Acl'), ...properties }, ...Condition === undefined ? {} : { Condition },
  });
  const behind = (entries: Resources, joined: Properties = {}, more: Resources = {}) => found({
    ...network(false),
    ...database(),
    DatabaseGroup: group(WORLD),
    Acl: { Type: 'AWS::EC2::NetworkAcl' },
    Joined2: {
      Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: ref('Subnet'), NetworkAclId: ref('Acl') }, ...joined,
    } as Resources[string],
    ...entries,
    ...more,
  });
  const behindAssociation = { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: ref('Subnet'), NetworkAclId: ref('Acl') } };
  const OPEN = ['reachability-wide-ingress'];

  test('a denial that is always there', () => {
    expect(behind({ Deny: entry(deny), Allow: entry(allow) })).toEqual([]);
  });

  test('no denial that a condition leaves out', () => {
    expect(behind({ Deny: entry(deny, 'Open'), Allow: entry(allow) })).toEqual(OPEN);
  });

  test.each([
    ['its action', { RuleAction: either('deny', 'allow')[0] }],
    ['its action, the other way round', { RuleAction: either('deny', 'allow')[1] }],
    ['its addresses', { CidrBlock: either('0.0.0.0/0', '10.0.0.0/8')[0] }],
    ['its protocol', { Protocol: either(-1, 17)[0] }],
    ['its direction', { Egress: either(false, true)[0] }],
    ['its number', { RuleNumber: either(1, 3)[0] }],
    ['its ports', { Protocol: 6, PortRange: either({ From: 0, To: 65535 }, { From: 80, To: 80 })[0] }],
    ['its protocol, known only when deployed', { Protocol: ref('Protocol') }],
    ['its number, known only when deployed', { RuleNumber: ref('Number') }],
    ['its direction, known only when deployed', { Egress: ref('Egress') }],
  ])('no denial that leaves open %s', (_, left) => {
    expect(behind({ Deny: entry({ ...deny, ...left }), Allow: entry(allow) })).toEqual(OPEN);
  });

  test.each([...either('allow', 'deny'), ref('Action')])('an admission that may be one: %j', RuleAction => {
    expect(behind({ Allow: entry({ ...allow, RuleAction }) })).toEqual(OPEN);
  });

  test('no ACL that a condition joins to the subnet', () => {
    expect(behind({ Deny: entry(deny) }, { Condition: 'Open' })).toEqual(OPEN);
    expect(behind({ Deny: entry(deny) }, { Properties: { SubnetId: either(ref('Subnet'), 'subnet-1')[0], NetworkAclId: ref('Acl') } })).toEqual(OPEN);
  });

  test.each([...either(ref('Acl'), 'acl-1'), 'acl-1', { 'Fn::GetAtt': ['Vpc', 'DefaultNetworkAcl'] }])('no ACL that no template holds: %j', NetworkAclId => {
    expect(behind({ Deny: entry(deny) }, { Properties: { SubnetId: ref('Subnet'), NetworkAclId } })).toEqual(OPEN);
  });

  test('each ACL by itself, when a condition chooses one', () => {
    const open: Resources = { Wide: { Type: 'AWS::EC2::NetworkAcl' }, WideAllow: entry({ ...allow, NetworkAclId: ref('Wide') }) };
    const joined = (NetworkAclId: unknown) => ({ Properties: { SubnetId: ref('Subnet'), NetworkAclId } });
    for (const chosen of either(ref('Acl'), ref('Wide'))) { expect(behind({ Deny: entry(deny) }, joined(chosen), open)).toEqual(OPEN); }
    expect(behind({ Deny: entry(deny) }, joined(ref('Acl')), open)).toEqual([]);
  });

  test('what is there whenever the subnet is', () => {
    const subnet: Resources = {
      Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.1.0/24' }, Condition: 'Open' } as Resources[string],
    };
    const conditional = (name: string) => behind({ Deny: entry(deny, name), Allow: entry(allow, name) }, { Condition: name }, subnet);
    expect(conditional('Open')).toEqual([]);
    expect(conditional('Closed')).toEqual(OPEN);
    expect(conditional('Other')).toEqual(OPEN);
  });

  test('one of two associations, of which one is always there', () => {
    const second = { Again: { ...behindAssociation, Condition: 'Closed' } as Resources[string] };
    expect(behind({ Deny: entry(deny) }, { Condition: 'Open' }, second)).toEqual([]);
    expect(behind({ Deny: entry(deny) }, { Condition: 'Other' }, second)).toEqual(OPEN);
  });
});

describe('a policy lets anyone in when it may:', () => {
  const queue = (statement: unknown) => found({ Queue: { Type: 'AWS::SQS::QueuePolicy', Properties: { PolicyDocument: { Statement: [statement] } } } });
  const open = { Effect: 'Allow', Action: 'sqs:*', Principal: '*' };
  const role = { AWS: 'arn:aws:iam::111111111111:role/Reader' };
  const INTERNET = ['reachability-internet'];

  test.each([...either(role, '*'), ...either(role, { AWS: '*' }), { AWS: either('111111111111', '*')[0] }])('its principal %j', Principal => {
    expect(queue({ ...open, Principal })).toEqual(INTERNET);
  });

  test.each(either('Deny', 'Allow'))('its effect %j', Effect => {
    expect(queue({ ...open, Effect })).toEqual(INTERNET);
  });

  const narrow = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };
  test.each([
    ...either(narrow, NO_VALUE),
    ...either(narrow, { Bool: { 'aws:SecureTransport': 'true' } }),
    { StringEquals: either(narrow.StringEquals, {})[0] },
    { ArnLike: { 'aws:SourceArn': either('arn:aws:sns:us-east-1:111111111111:x', 'arn:aws:sns:*:*:*')[0] } },
  ])('its condition %j', Condition => {
    expect(queue({ ...open, Condition })).toEqual(INTERNET);
  });

  test('not when each branch narrows it', () => {
    const account = { StringEquals: { 'aws:SourceAccount': '111111111111' } };
    for (const Condition of either(narrow, account)) { expect(queue({ ...open, Condition })).toEqual([]); }
  });

  test.each([
    JSON.stringify({ Statement: [open] }),
    { 'Fn::Sub': JSON.stringify({ Statement: [{ ...open, Resource: '${Queue.Arn}' }] }) },
    { 'Fn::Join': ['', ['{"Statement":[{"Effect":"Allow","Action":"sqs:*","Principal":', { 'Fn::If': ['Open', '{"AWS":"1"}', '"*"'] }, '}]}']] },
    { 'Fn::ToJsonString': { Statement: [open] } },
  ])('as text or as a function that makes text: %j', PolicyDocument => {
    expect(found({ Queue: { Type: 'AWS::SQS::QueuePolicy', Properties: { PolicyDocument } } })).toEqual(INTERNET);
  });

  const OWN = { 'Fn::Sub': 'arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:*' };
  test.each<[string, unknown, boolean]>([
    ['aws:SourceArn', 'arn:aws:sns:*:*:*', true],
    ['aws:SourceArn', 'arn:aws:s3:::*', true],
    ['aws:SourceArn', 'arn:*', true],
    ['aws:SourceArn', { 'Fn::Sub': 'arn:${AWS::Partition}:sns:*:*:orders' }, true],
    ['aws:PrincipalArn', 'arn:aws:iam::*:role/*', true],
    ['aws:PrincipalArn', ['arn:aws:iam::111111111111:role/Reader', 'arn:aws:iam::*:role/Reader'], true],
    ['aws:PrincipalOrgID', 'o-*', true],
    ['aws:PrincipalOrgPaths', 'o-*/r-*/*', true],
    ['aws:SourceVpce', 'vpce-*', true],
    ['aws:SourceAccount', '????????????', true],
    ['aws:SourceArn', OWN, false],
    ['aws:SourceArn', 'arn:aws:sns:*:111111111111:*', false],
    ['aws:SourceArn', 'arn:aws:s3:::pictures', false],
    ['aws:SourceArn', 'arn:aws:s3:::pictures-*', false],
    ['aws:PrincipalArn', 'arn:aws:iam::111111111111:role/*', false],
    ['aws:PrincipalOrgPaths', 'o-1/*', false],
  ])('%s like %j: %s', (key, value, isOpen) => {
    expect(queue({ ...open, Condition: { ArnLike: { [key]: value } } })).toEqual(isOpen ? INTERNET : []);
    expect(queue({ ...open, Condition: { StringLike: { [key]: value } } })).toEqual(isOpen ? INTERNET : []);
  });
});
