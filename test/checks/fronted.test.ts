import { client, database, group, groupId, messages, MYSQL, network, Properties, ref, Resources } from './tiny';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

/** A private database, of which nothing is declared, and a public subnet with a balancer. */
function fronted(rule: Properties, balancer: Properties = {}, more: Resources = {}): Resources {
  return {
    ...network(false),
    ...database({ PubliclyAccessible: false }),
    DatabaseGroup: group({ ...MYSQL, ...rule }),
    Public: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.9.0/24' } },
    PublicTable: { Type: 'AWS::EC2::RouteTable' },
    PublicRoute: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: ref('PublicTable'), GatewayId: ref('Gateway'), DestinationCidrBlock: '0.0.0.0/0' } },
    PublicJoined: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: ref('Public'), RouteTableId: ref('PublicTable') } },
    BalancerGroup: group({ ...MYSQL, CidrIp: '0.0.0.0/0' }),
    Balancer: { Type: BALANCER, Properties: { Type: 'network', Scheme: 'internet-facing', SecurityGroups: [groupId('BalancerGroup')], Subnets: [ref('Public')], ...balancer } },
    Listener: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: ref('Balancer'), DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }] } },
    Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Port: 3306, Protocol: 'TCP', TargetType: 'ip' } },
    ...more,
  };
}

const BY_GROUP = { SourceSecurityGroupId: groupId('BalancerGroup') };
const BY_ADDRESS = { CidrIp: '10.0.9.0/24' };
const TO_APPLICATION: Resources = { Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Port: 8080, TargetType: 'ip' } } };

describe('a private store behind a balancer that faces the internet', () => {
  test('is reached through it, by its group or by its subnets\' addresses', () => {
    const path = 'reachability-internet: internet -> igw Gateway -> subnet Public (route 0.0.0.0/0) -> sg BalancerGroup ingress tcp 3306 from 0.0.0.0/0 -> ';
    expect(messages(fronted(BY_GROUP))).toEqual([
      `${path}${BALANCER} Balancer -> sg DatabaseGroup ingress tcp 3306 from sg BalancerGroup -> AWS::RDS::DBInstance Database`,
    ]);
    expect(messages(fronted(BY_ADDRESS))).toEqual([
      `${path}${BALANCER} Balancer -> sg DatabaseGroup ingress tcp 3306 from 10.0.9.0/24 -> AWS::RDS::DBInstance Database`,
    ]);
  });

  test('also when the target group cannot be told, if the group is the balancer\'s', () => {
    expect(messages(fronted(BY_GROUP, {}, { Listener: { Type: 'AWS::ElasticLoadBalancingV2::Listener' } }))).toHaveLength(1);
  });

  test('also by a balancer of old, and by one that stands behind another', () => {
    const old = { Type: 'AWS::ElasticLoadBalancing::LoadBalancer', Properties: { SecurityGroups: [groupId('BalancerGroup')], Subnets: [ref('Public')], Listeners: [{ Protocol: 'TCP', InstancePort: '3306' }] } };
    expect(messages(fronted(BY_GROUP, {}, { Balancer: old }))).toHaveLength(1);
    const outer: Resources = {
      Outer: { Type: BALANCER, Properties: { Type: 'network', Subnets: [ref('Public')] } },
      OuterListener: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: ref('Outer'), DefaultActions: [{ TargetGroupArn: ref('OuterTargets') }] } },
      OuterTargets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Targets: [{ Id: ref('Balancer') }] } },
    };
    expect(messages(fronted(BY_GROUP, { Scheme: 'internal' }, outer))).toEqual([expect.stringContaining('Outer -> AWS::ElasticLoadBalancingV2::LoadBalancer Balancer -> sg')]);
  });

  test('also by one of layer 7 that speaks to it', () => {
    expect(messages(fronted(BY_GROUP, { Type: 'application' }))).toHaveLength(1);
  });

  test('not by one that another only could reach', () => {
    const outer: Resources = { Outer: { Type: BALANCER, Properties: { Type: 'network', Subnets: [ref('Public')] } } };
    expect(messages(fronted(BY_GROUP, { Scheme: 'internal' }, outer))).toEqual([]);
  });

  test.each<[string, Resources]>([
    ['an internal one', fronted(BY_GROUP, { Scheme: 'internal' })],
    ['one of layer 7 that speaks to an application', fronted(BY_GROUP, { Type: 'application' }, TO_APPLICATION)],
    ['one whose addresses are admitted, but that speaks to an application', fronted(BY_ADDRESS, {}, TO_APPLICATION)],
    ['one whose targets on that port are a service', fronted(BY_ADDRESS, {}, { Service: { Type: 'AWS::ECS::Service', Properties: { LoadBalancers: [{ TargetGroupArn: ref('Targets') }] } } })],
    ['one that the store does not admit', fronted({ SourceSecurityGroupId: groupId('ClientGroup') }, {}, { ClientGroup: group(), Client: client('ClientGroup') })],
    ['one that is admitted on another port', fronted({ ...BY_GROUP, FromPort: 22, ToPort: 22 })],
  ])('is not reached by %s', (_, resources) => {
    expect(messages(resources)).toEqual([]);
  });

  test('may be meant', () => {
    expect(messages(fronted(BY_GROUP), [{ source: 'internet', target: 'Balancer' }])).toEqual([]);
  });
});
