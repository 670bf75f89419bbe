import { client, database, group, groupId, messages, MYSQL, network, Properties, ref, Resources } from './tiny';

const FROM_CLIENTS = { ...MYSQL, SourceSecurityGroupId: groupId('ClientGroup') };

function closed(rules: unknown[], more: Resources = {}, reachableBy: unknown[] = []): Resources {
  return { ...network(false), ...database({}, reachableBy), DatabaseGroup: group(...rules), ...more };
}

describe('no finding for', () => {
  test.each([
    ['a rule for another port', { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' }],
    ['a rule for UDP', { IpProtocol: 'udp', FromPort: 0, ToPort: 65535, CidrIp: '0.0.0.0/0' }],
    ['a rule for ICMP', { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, CidrIp: '0.0.0.0/0' }],
    ['a group that admits itself, with nobody else in it', { IpProtocol: '-1', SourceSecurityGroupId: groupId('DatabaseGroup') }],
    ['a rule that a condition leaves out', { 'Fn::If': ['Never', { Ref: 'AWS::NoValue' }, { Ref: 'AWS::NoValue' }] }],
  ])('%s', (_, rule) => {
    expect(messages(closed([rule], {}))).toEqual([]);
  });

  test('a group that is declared, by text or by reference', () => {
    const clients = { ClientGroup: group(), Client: client('ClientGroup') };
    expect(messages(closed([FROM_CLIENTS], clients, [{ securityGroups: ['ClientGroup'] }]))).toEqual([]);
    expect(messages(closed([FROM_CLIENTS], clients, [{ securityGroups: [groupId('ClientGroup')] }]))).toEqual([]);
  });

  test('a declared workload, but for another in its group', () => {
    const clients = (path?: string) => ({ ClientGroup: group(), Client: client('ClientGroup', path) });
    const entry = (...resources: string[]) => [{ workload: 'Stack/Shop', securityGroups: ['ClientGroup'], resources }];
    expect(messages(closed([FROM_CLIENTS], clients(), entry('Client')))).toEqual([]);
    expect(messages(closed([FROM_CLIENTS], clients(), entry('Service')))).toHaveLength(1);
    expect(messages(closed([FROM_CLIENTS], clients('Stack/Shop/Client/Resource'), entry('Service')))).toEqual([]);
    expect(messages(closed([FROM_CLIENTS], clients('Stack/Shopping/Client/Resource'), entry('Service')))).toHaveLength(1);
  });

  test.each([
    ['the client\'s logical id', 'Client', 'Database'],
    ['the client\'s group', 'ClientGroup', 'Database'],
    ['a construct path above the client', 'Stack/Jobs', 'Database'],
  ])('what the user allows by %s', (_, source, target) => {
    const resources = closed([FROM_CLIENTS], { ClientGroup: group(), Client: client('ClientGroup', 'Stack/Jobs/Client/Resource') });
    expect(messages(resources)).toHaveLength(1);
    expect(messages(resources, [{ source, target }])).toEqual([]);
  });

  test.each([
    ['addresses', { CidrIp: '10.0.7.0/24' }, '10.0.7.0/24'],
    ['a prefix list', { SourcePrefixListId: 'pl-1' }, 'pl-1'],
    ['a group of another account', { SourceSecurityGroupId: 'sg-0123' }, 'sg-0123'],
    ['a source known only when deployed', { CidrIp: ref('Office') }, 'addresses parameter Office'],
  ])('%s that the user allows', (_, from: Properties, source) => {
    const resources = closed([{ ...MYSQL, ...from }]);
    expect(messages(resources)).toHaveLength(1);
    expect(messages(resources, [{ source, target: 'Database' }])).toEqual([]);
  });

  test('a proxy of the database, which is a store with clients of its own', () => {
    const proxy: Resources = {
      ProxyGroup: group(),
      Proxy: { Type: 'AWS::RDS::DBProxy', Properties: { EngineFamily: 'MYSQL', VpcSecurityGroupIds: [groupId('ProxyGroup')], VpcSubnetIds: [ref('Subnet')] } },
      Targets: { Type: 'AWS::RDS::DBProxyTargetGroup', Properties: { DBProxyName: ref('Proxy'), DBInstanceIdentifiers: [ref('Database')] } },
    };
    const rule = { ...MYSQL, SourceSecurityGroupId: groupId('ProxyGroup') };
    expect(messages(closed([rule], proxy))).toEqual([]);
    const { Targets: _, ...unrelated } = proxy;
    expect(messages(closed([rule], unrelated))).toHaveLength(1);
  });

  test('addresses that the subnet\'s network ACL keeps out', () => {
    const acl = (...entries: Properties[]): Resources => ({
      Acl: { Type: 'AWS::EC2::NetworkAcl' },
      AclJoined: { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: ref('Subnet'), NetworkAclId: ref('Acl') } },
      ...Object.fromEntries(entries.map((entry, index) => [`Entry${index}`, {
        Type: 'AWS::EC2::NetworkAclEntry', Properties: { NetworkAclId: ref('Acl'), Protocol: -1, ...entry },
      }])),
    });
    const world = { CidrBlock: '0.0.0.0/0' };
    const open = [{ ...MYSQL, CidrIp: '0.0.0.0/0' }];
    expect(messages(closed(open, acl()))).toEqual([]);
    expect(messages(closed(open, acl({ ...world, RuleNumber: 1, RuleAction: 'deny' }, { ...world, RuleNumber: 2, RuleAction: 'allow' })))).toEqual([]);
    expect(messages(closed(open, acl({ ...world, RuleNumber: 2, RuleAction: 'deny' }, { ...world, RuleNumber: 1, RuleAction: 'allow' })))).toHaveLength(1);
    expect(messages(closed(open, acl({ CidrBlock: '10.0.0.0/16', RuleNumber: 1, RuleAction: 'allow' })))).toHaveLength(1);
    expect(messages(closed(open, acl({ ...world, RuleNumber: 1, RuleAction: 'allow', Egress: true })))).toEqual([]);
    expect(messages(closed(open, acl({ ...world, RuleNumber: 1, RuleAction: 'allow', Protocol: 6, PortRange: { From: 80, To: 80 } })))).toEqual([]);
  });

  test.each([
    ['one distribution', { Service: 'cloudfront.amazonaws.com' }, { StringEquals: { 'AWS:SourceArn': { 'Fn::Sub': 'arn:aws:cloudfront::1:distribution/${Cdn}' } } }],
    ['an organization', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }],
    ['a VPC endpoint', '*', { StringEquals: { 'aws:SourceVpce': ref('Endpoint') } }],
    ['an office', '*', { IpAddress: { 'aws:SourceIp': ['203.0.113.0/28'] } }],
    ['a role', { AWS: 'arn:aws:iam::111111111111:role/Reader' }, undefined],
    ['log delivery', { Service: 'logging.s3.amazonaws.com' }, undefined],
  ])('a bucket policy for %s', (_, Principal, Condition) => {
    expect(messages(bucket({ Effect: 'Allow', Action: 's3:GetObject', Principal, Condition }))).toEqual([]);
  });

  test('a bucket policy that denies everyone', () => {
    expect(messages(bucket({ Effect: 'Deny', Action: 's3:*', Principal: '*' }))).toEqual([]);
  });

  test.each([
    ['negates', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } }],
    ['lets in whoever lacks the key', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } }],
    ['is a wildcard', { StringLike: { 'aws:SourceArn': '*' } }],
    ['asks only for TLS', { Bool: { 'aws:SecureTransport': 'true' } }],
  ])('a condition, unless it %s', (_, Condition) => {
    expect(messages(bucket({ Effect: 'Allow', Action: 's3:GetObject', Principal: '*', Condition }))).toHaveLength(1);
  });
});

function bucket(statement: Properties): Resources {
  const on = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
  return {
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { PublicAccessBlockConfiguration: on } },
    Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: ref('Bucket'), PolicyDocument: { Statement: [statement] } } },
  };
}
