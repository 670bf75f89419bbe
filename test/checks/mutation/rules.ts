import { groupId, Properties, ref } from './draft';
import { Mutation, UNDECLARED, UNKNOWN, WIDE } from './mutation';

/** A source that is admitted to the database's group by a rule of its own. */
function admitted(name: string, rule: string, edge: string, source: Properties, ports?: Properties): Mutation {
  return { name, rule, edge, damage: draft => draft.admit(source, ports) };
}

const ALL = { IpProtocol: '-1' };

/** Bad edges made of addresses. */
export const ADDRESS_MUTATIONS: Mutation[] = [
  admitted('the whole IPv4 internet', WIDE, 'from 0.0.0.0/0', { CidrIp: '0.0.0.0/0' }),
  admitted('the whole IPv6 internet', WIDE, 'from ::/0', { CidrIpv6: '::/0' }),
  admitted('the lower half of IPv4', WIDE, 'from 0.0.0.0/1', { CidrIp: '0.0.0.0/1' }),
  admitted('the upper half of IPv4', WIDE, 'from 128.0.0.0/1', { CidrIp: '128.0.0.0/1' }),
  admitted('all global IPv6 addresses', WIDE, 'from 2000::/3', { CidrIpv6: '2000::/3' }),
  admitted('half of the global IPv6 addresses', WIDE, 'from 2000::/4', { CidrIpv6: '2000::/4' }),
  admitted('a public /8', WIDE, 'from 54.0.0.0/8', { CidrIp: '54.0.0.0/8' }),
  admitted('an office', UNDECLARED, 'from 203.0.113.0/28', { CidrIp: '203.0.113.0/28' }),
  admitted('one public address', UNDECLARED, 'from 203.0.113.7/32', { CidrIp: '203.0.113.7/32' }),
  admitted('one public IPv6 address', UNDECLARED, 'from 2001:db8::1/128', { CidrIpv6: '2001:db8::1/128' }),
  admitted('all of 10/8', WIDE, 'from 10.0.0.0/8', { CidrIp: '10.0.0.0/8' }),
  admitted('all of 172.16/12', WIDE, 'from 172.16.0.0/12', { CidrIp: '172.16.0.0/12' }),
  admitted('all unique local IPv6 addresses', WIDE, 'from fc00::/7', { CidrIpv6: 'fc00::/7' }),
  admitted('one private address', UNDECLARED, 'from 10.0.9.9/32', { CidrIp: '10.0.9.9/32' }),
  admitted('all protocols from anywhere', WIDE, 'ingress all protocols from 0.0.0.0/0', { CidrIp: '0.0.0.0/0' }, ALL),
  admitted('all ports from anywhere', WIDE, 'ingress tcp 0-65535 from 0.0.0.0/0', { CidrIp: '0.0.0.0/0' }, { IpProtocol: 'tcp', FromPort: 0, ToPort: 65535 }),
  admitted('TCP by its number', WIDE, 'ingress tcp any port from 0.0.0.0/0', { CidrIp: '0.0.0.0/0' }, { IpProtocol: '6', FromPort: -1, ToPort: -1 }),
  {
    name: 'the addresses of the VPC',
    rule: WIDE,
    edge: 'ingress tcp',
    damage: draft => draft.admit({ CidrIp: { 'Fn::GetAtt': [draft.vpc, 'CidrBlock'] } }),
  },
  {
    name: 'a range of ports that holds the database\'s',
    rule: WIDE,
    edge: 'from 0.0.0.0/0',
    damage: draft => draft.admit({ CidrIp: '0.0.0.0/0' }, { IpProtocol: 'tcp', FromPort: draft.port - 5, ToPort: draft.port + 5 }),
  },
  {
    name: 'a rule for another port, widened',
    rule: WIDE,
    edge: 'ingress tcp 22-65535 from 0.0.0.0/0',
    damage: draft => draft.admitInline(draft.databaseGroup, { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 22, ToPort: 65535 }),
  },
  {
    name: 'an inline rule instead of one of its own',
    rule: WIDE,
    edge: 'from 0.0.0.0/0',
    damage: draft => draft.admitInline(draft.databaseGroup, { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: draft.port, ToPort: draft.port }),
  },
  {
    name: 'addresses on one branch of a condition',
    rule: WIDE,
    edge: 'from 0.0.0.0/0',
    damage: draft => draft.admit({ CidrIp: { 'Fn::If': ['Debug', '0.0.0.0/0', { Ref: 'AWS::NoValue' }] } }),
  },
  {
    name: 'addresses put together by Fn::Join',
    rule: WIDE,
    edge: 'from 0.0.0.0/0',
    damage: draft => draft.admit({ CidrIp: { 'Fn::Join': ['/', ['0.0.0.0', '0']] } }),
  },
  {
    name: 'addresses that are known only when deployed',
    rule: UNKNOWN,
    edge: 'from addresses parameter Office',
    damage: draft => draft.admit({ CidrIp: ref('Office') }),
  },
  admitted('a rule without a source', UNKNOWN, 'a source that the template does not name', {}),
];

/** Bad edges made of prefix lists. */
export const PREFIX_LIST_MUTATIONS: Mutation[] = [
  admitted('CloudFront\'s prefix list', WIDE, 'from prefix list pl-3b927c52', { SourcePrefixListId: 'pl-3b927c52' }),
  {
    name: 'a prefix list by region',
    rule: WIDE,
    edge: 'from prefix list pl-11111111',
    damage: draft => {
      draft.map('Lists', { 'us-east-1': { id: 'pl-11111111' }, 'eu-west-1': { id: 'pl-22222222' } });
      draft.admit({ SourcePrefixListId: { 'Fn::FindInMap': ['Lists', ref('AWS::Region'), 'id'] } });
    },
  },
  {
    name: 'a prefix list of the template that holds the internet',
    rule: WIDE,
    edge: 'from 0.0.0.0/0 (prefix list Friends.PrefixListId)',
    damage: draft => {
      draft.add('Friends', 'AWS::EC2::PrefixList', { AddressFamily: 'IPv4', Entries: [{ Cidr: '0.0.0.0/0' }] });
      draft.admit({ SourcePrefixListId: { 'Fn::GetAtt': ['Friends', 'PrefixListId'] } });
    },
  },
];

/** Bad edges made of security groups. */
export const GROUP_MUTATIONS: Mutation[] = [
  {
    name: 'another workload\'s group',
    rule: UNDECLARED,
    edge: 'AWS::Lambda::Function Outsider -> sg',
    damage: draft => draft.admit({ SourceSecurityGroupId: groupId(draft.outsider()) }),
  },
  {
    name: 'another workload\'s group, inline and by all protocols',
    rule: UNDECLARED,
    edge: 'ingress all protocols from sg OutsiderGroup',
    damage: draft => draft.admitInline(draft.databaseGroup, { ...ALL, SourceSecurityGroupId: groupId(draft.outsider()) }),
  },
  {
    name: 'another workload\'s group into the session store',
    rule: UNDECLARED,
    edge: 'from sg OutsiderGroup -> AWS::ElastiCache::ServerlessCache',
    damage: draft => draft.admitTo(draft.cacheGroup, { SourceSecurityGroupId: groupId(draft.outsider()) }, { IpProtocol: 'tcp', FromPort: 6379, ToPort: 6379 }),
  },
  {
    name: 'another workload in the declared group',
    rule: UNDECLARED,
    edge: 'AWS::Lambda::Function Outsider -> sg',
    damage: draft => { draft.outsider(draft.serviceGroup); },
  },
  {
    name: 'a network interface in the declared group',
    rule: UNDECLARED,
    edge: 'AWS::EC2::NetworkInterface Card -> sg',
    damage: draft => {
      draft.add('Card', 'AWS::EC2::NetworkInterface', { GroupSet: [groupId(draft.serviceGroup)], SubnetId: ref(draft.dataSubnets[0]) });
    },
  },
  {
    name: 'a function\'s event source in the declared group',
    rule: UNDECLARED,
    edge: 'AWS::Lambda::EventSourceMapping Poller -> sg',
    damage: draft => {
      const URI = { 'Fn::Sub': `security_group:\${${draft.serviceGroup}.GroupId}` };
      draft.add('Poller', 'AWS::Lambda::EventSourceMapping', { SourceAccessConfigurations: [{ Type: 'VPC_SECURITY_GROUP', URI }] });
    },
  },
  {
    name: 'a group that admits itself, and another workload in it',
    rule: UNDECLARED,
    edge: 'AWS::Lambda::Function Outsider -> sg',
    damage: draft => {
      draft.admit({ SourceSecurityGroupId: groupId(draft.databaseGroup) }, ALL);
      draft.outsider(draft.databaseGroup);
    },
  },
  {
    name: 'the load balancer',
    rule: UNDECLARED,
    edge: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    damage: draft => draft.admit({ SourceSecurityGroupId: groupId(draft.balancerGroup) }),
  },
  {
    name: 'a peered group of another account',
    rule: UNDECLARED,
    edge: 'from sg sg-0a1b2c3d4e5f60718',
    damage: draft => draft.admit({ SourceSecurityGroupId: 'sg-0a1b2c3d4e5f60718', SourceSecurityGroupOwnerId: '222222222222' }),
  },
  {
    name: 'a group by its name',
    rule: UNDECLARED,
    edge: 'from sg amazon-elb-sg',
    damage: draft => draft.admit({ SourceSecurityGroupName: 'amazon-elb-sg', SourceSecurityGroupOwnerId: 'amazon-elb' }),
  },
  {
    name: 'an imported group',
    rule: UNDECLARED,
    edge: 'from sg import Other:Group',
    damage: draft => draft.admit({ SourceSecurityGroupId: { 'Fn::ImportValue': 'Other:Group' } }),
  },
  {
    name: 'the VPC\'s default group as a source',
    rule: UNDECLARED,
    edge: 'from sg default group of',
    damage: draft => draft.admit({ SourceSecurityGroupId: { 'Fn::GetAtt': [draft.vpc, 'DefaultSecurityGroup'] } }),
  },
  {
    name: 'the VPC\'s default group on the database',
    rule: UNDECLARED,
    edge: 'sg default group of',
    damage: draft => { draft.properties(draft.database).VpcSecurityGroupIds = [{ 'Fn::GetAtt': [draft.vpc, 'DefaultSecurityGroup'] }]; },
  },
  {
    name: 'no group at all on the database',
    rule: UNDECLARED,
    edge: 'sg default group of',
    damage: draft => { delete draft.properties(draft.database).VpcSecurityGroupIds; },
  },
  {
    name: 'a second, open group on the database',
    rule: WIDE,
    edge: 'sg OpenGroup ingress all protocols from 0.0.0.0/0',
    damage: draft => {
      const groups = draft.properties(draft.database).VpcSecurityGroupIds as unknown[];
      groups.push(groupId(draft.group('OpenGroup', { ...ALL, CidrIp: '0.0.0.0/0' })));
    },
  },
  {
    name: 'another group in place of the database\'s',
    rule: UNDECLARED,
    edge: 'sg OtherGroup ingress all protocols from sg OutsiderGroup',
    damage: draft => {
      const other = draft.group('OtherGroup', { ...ALL, SourceSecurityGroupId: groupId(draft.outsider()) });
      draft.properties(draft.database).VpcSecurityGroupIds = [groupId(other)];
    },
  },
  {
    name: 'a group of another owner on the session store',
    rule: UNKNOWN,
    edge: 'sg sg-00000000000000001, whose rules are not in the templates',
    damage: draft => { draft.properties(draft.cache).SecurityGroupIds = ['sg-00000000000000001']; },
  },
];
