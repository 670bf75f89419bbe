import { either, found, inMaps, NO_VALUE, ON, REST } from './chosen';
import { client, database, group, groupId, messages, MYSQL, network, Properties, ref, Resources } from './tiny';

const WORLD = { ...MYSQL, CidrIp: '0.0.0.0/0' };

describe('a scalar that a condition or a map chooses may be each of its values:', () => {
  test.each([...either(true, false), ...either('false', 'true'), ...inMaps('on')])('the public flag %j', flag => {
    expect(found({ ...network(true), ...database({ PubliclyAccessible: flag }), DatabaseGroup: group(WORLD) })).toContain('reachability-internet');
  });

  test.each(either(false, NO_VALUE))('a public flag that may be left out, so that AWS decides by the subnets: %j', flag => {
    expect(found({ ...network(true), ...database({ PubliclyAccessible: flag }), DatabaseGroup: group(WORLD) })).toContain('reachability-internet');
  });

  test.each([...either('10.0.7.0/24', '0.0.0.0/0'), ...inMaps('wide')])('addresses %j', CidrIp => {
    expect(found({ ...network(false), ...database(), DatabaseGroup: group({ ...MYSQL, CidrIp }) })).toEqual(['reachability-wide-ingress']);
  });

  test('addresses joined from pieces, with those that belong together', () => {
    const joined = (mask: unknown) => ({ 'Fn::Join': ['/', [{ 'Fn::If': ['Open', '0.0.0.0', '10.0.7.0'] }, mask]] });
    const wide = (CidrIp: unknown) => found({ ...network(false), ...database(), DatabaseGroup: group({ ...MYSQL, CidrIp }) });
    expect(wide(joined({ 'Fn::If': ['Open', 0, 24] }))).toEqual(['reachability-wide-ingress']);
    expect(wide(joined({ 'Fn::If': ['Open', 32, 24] }))).toEqual([]);
    expect(wide({ 'Fn::Sub': ['${from}/${mask}', { from: '10.0.0.0', mask: { 'Fn::If': ['Open', 24, 8] } }] })).toEqual(['reachability-wide-ingress']);
    expect(wide({ 'Fn::Select': [{ 'Fn::If': ['Open', 0, 1] }, ['10.0.7.0/24', '0.0.0.0/0']] })).toEqual(['reachability-wide-ingress']);
    expect(wide({ 'Fn::Select': [ref('Index'), ['10.0.7.0/24', '0.0.0.0/0']] })).toEqual(['reachability-wide-ingress']);
  });

  test.each(either('tcp', 'udp'))('the protocol %j', IpProtocol => {
    expect(found({ ...network(false), ...database(), DatabaseGroup: group({ ...WORLD, IpProtocol }) })).toEqual(['reachability-wide-ingress']);
  });

  test.each([
    ['the whole range', 0, 22, 65535, 22],
    ['the range of one branch', 22, 3306, 22, 3306],
    ['the range of the other branch', 3306, 22, 3306, 22],
  ])('ports: %s', (_, from1, from2, to1, to2) => {
    const ports = { IpProtocol: 'tcp', FromPort: { 'Fn::If': ['Open', from1, from2] }, ToPort: { 'Fn::If': ['Open', to1, to2] } };
    expect(found({ ...network(false), ...database(), DatabaseGroup: group({ ...ports, CidrIp: '0.0.0.0/0' }) })).toEqual(['reachability-wide-ingress']);
  });

  test('ports of branches that never come together are no range', () => {
    const ports = { IpProtocol: 'tcp', FromPort: { 'Fn::If': ['Open', 22, 8080] }, ToPort: { 'Fn::If': ['Open', 22, 8080] } };
    expect(found({ ...network(false), ...database(), DatabaseGroup: group({ ...ports, CidrIp: '0.0.0.0/0' }) })).toEqual([]);
  });

  test.each(either(3306, 13306))('the store\'s own port %j', Port => {
    expect(found({ ...network(false), ...database({ Port }), DatabaseGroup: group(WORLD) })).toEqual(['reachability-wide-ingress']);
  });

  test.each(either('postgres', 'mysql'))('the store\'s engine %j', Engine => {
    expect(found({ ...network(false), ...database({ Engine }), DatabaseGroup: group(WORLD) })).toEqual(['reachability-wide-ingress']);
  });

  test.each(either(ref('Gateway'), NO_VALUE))('the gateway of a route %j', GatewayId => {
    const resources: Resources = { ...network(true), ...database(), DatabaseGroup: group() };
    resources.Route.Properties = { ...resources.Route.Properties, GatewayId, NatGatewayId: 'nat-1' };
    expect(found(resources)).toEqual(['reachability-public-placement']);
  });

  test.each(either({ 'Fn::GetAtt': ['Vpn', 'Id'] }, ref('Gateway')))('destinations of a route belong to their gateway %j', GatewayId => {
    const resources: Resources = { ...network(true, { DestinationCidrBlock: { 'Fn::If': ['Open', '0.0.0.0/0', '192.0.0.0/2'] } }), ...database(), DatabaseGroup: group() };
    resources.Route.Properties = { ...resources.Route.Properties, GatewayId };
    expect(found(resources)).toEqual(['reachability-public-placement']);
  });

  test.each([...either([groupId('DatabaseGroup')], NO_VALUE)])('groups of a closed store that may be left out: %j', VPCSecurityGroups => {
    expect(messages({ ...network(false), ...database({ VPCSecurityGroups }, []), DatabaseGroup: group() }, undefined, REST)).toEqual([
      'reachability-undeclared-workload: whatever names no group of its own -> sg default group of Vpc -> AWS::RDS::DBInstance Database',
    ]);
  });

  test.each(either(ref('Subnets'), NO_VALUE))('a subnet group that may be left out means the default VPC: %j', DBSubnetGroupName => {
    expect(found({ ...network(false), ...database({ DBSubnetGroupName }), DatabaseGroup: group(WORLD) })).toContain('reachability-internet');
  });

  test.each([...either('Private', 'PublicRead'), ...either(NO_VALUE, 'PublicReadWrite'), ref('Acl')])('the list of a bucket %j', AccessControl => {
    expect(found({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { AccessControl } } })).toContain('reachability-internet');
  });

  test.each([
    ...either(true, false).map(BlockPublicPolicy => ({ ...ON, BlockPublicPolicy })),
    ...either(ON, NO_VALUE),
    ...either(ON, { ...ON, IgnorePublicAcls: false }),
  ])('the public access block of a bucket %j', PublicAccessBlockConfiguration => {
    expect(found({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { PublicAccessBlockConfiguration } } })).toEqual(['reachability-public-placement']);
  });

  test.each(either({ SubnetIds: ['subnet-1'] }, NO_VALUE))('the VPC of a search domain %j', VPCOptions => {
    expect(found({ Search: { Type: 'AWS::OpenSearchService::Domain', Properties: { VPCOptions } } })).toContain('reachability-public-placement');
  });

  test.each([...either('encryption', 'network')])('the type of a policy of OpenSearch Serverless %j', Type => {
    const Policy = { 'Fn::Sub': ['[{"AllowFromPublic":${open}}]', { open: { 'Fn::If': ['Open', 'false', 'true'] } }] };
    expect(found({ Search: { Type: 'AWS::OpenSearchServerless::SecurityPolicy', Properties: { Type, Policy } } })).toEqual(['reachability-public-placement']);
  });

  test('a dynamic reference is known only when it is deployed', () => {
    const secret = (name: string) => `{{resolve:ssm:/${name}}}`;
    expect(found({ ...network(false), ...database(), DatabaseGroup: group({ ...WORLD, FromPort: secret('from'), ToPort: secret('to') }) }))
      .toEqual(['reachability-wide-ingress']);
    expect(found({ ...network(false), ...database({ Port: secret('port') }), DatabaseGroup: group({ ...WORLD, FromPort: 9, ToPort: 9 }) }))
      .toEqual(['reachability-wide-ingress']);
  });
});

describe('a client of a closed store is open when it may be:', () => {
  const entrances = (balancer: Properties) => found({
    ...network(true),
    ...database({ PubliclyAccessible: false, DBSubnetGroupName: 'private' }, [{ securityGroups: ['ClientGroup'] }]),
    DatabaseGroup: group({ ...MYSQL, SourceSecurityGroupId: groupId('ClientGroup') }),
    ClientGroup: group({ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, SourceSecurityGroupId: groupId('BalancerGroup') }),
    Client: client('ClientGroup'),
    BalancerGroup: group({ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' }),
    Balancer: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { SecurityGroups: [groupId('BalancerGroup')], Subnets: [ref('Subnet')], ...balancer },
    },
  });
  const machine = (properties: Properties, subnet: Properties) => found({
    ...network(true),
    ...database({ PubliclyAccessible: false, DBSubnetGroupName: 'private' }, [{ securityGroups: ['ClientGroup'] }]),
    DatabaseGroup: group({ ...MYSQL, SourceSecurityGroupId: groupId('ClientGroup') }),
    ClientGroup: group({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' }),
    Client: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: ref('Subnet'), SecurityGroupIds: [groupId('ClientGroup')], ...properties } },
    Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.1.0/24', ...subnet } },
  });

  test.each([...either('internal', 'internet-facing'), ...either('internal', NO_VALUE)])('the scheme of a balancer %j', Scheme => {
    expect(entrances({ Scheme })).toEqual(['reachability-entrance']);
  });

  test.each([...either(false, true), ...inMaps('on')])('public addresses of a subnet %j', MapPublicIpOnLaunch => {
    expect(machine({}, { MapPublicIpOnLaunch })).toEqual(['reachability-entrance']);
  });

  test.each(either(false, NO_VALUE))('an own flag that may leave it to the subnet %j', AssociatePublicIpAddress => {
    const properties = { NetworkInterfaces: [{ AssociatePublicIpAddress, DeviceIndex: '0', GroupSet: [groupId('ClientGroup')], SubnetId: ref('Subnet') }] };
    expect(machine(properties, { MapPublicIpOnLaunch: true })).toEqual(['reachability-entrance']);
    expect(machine(properties, { MapPublicIpOnLaunch: false })).toEqual([]);
  });
});
