import { Draft, groupId, ref } from './draft';
import { ENTRANCE, INTERNET, Mutation, PLACEMENT, UNDECLARED, WIDE } from './mutation';

const HTTP = { IpProtocol: 'tcp', FromPort: 80, ToPort: 8080 };

/** The load balancer in public subnets. */
function publishBalancer(draft: Draft): void {
  draft.properties(draft.balancer).Scheme = 'internet-facing';
  draft.properties(draft.balancer).Subnets = draft.publicSubnets.map(ref);
}

/** Bad edges made of routes, subnets and public flags. */
export const ROUTE_MUTATIONS: Mutation[] = [
  {
    name: 'a default route to the internet gateway',
    rule: PLACEMENT,
    edge: '(route 0.0.0.0/0)',
    damage: draft => draft.publish(),
  },
  {
    name: 'half of a default route',
    rule: PLACEMENT,
    edge: '(route 128.0.0.0/1)',
    damage: draft => draft.publish({ DestinationCidrBlock: '128.0.0.0/1' }),
  },
  {
    name: 'an IPv6 default route',
    rule: PLACEMENT,
    edge: '(route ::/0)',
    damage: draft => draft.publish({ DestinationIpv6CidrBlock: '::/0' }),
  },
  {
    name: 'a subnet moved to the public route table',
    rule: PLACEMENT,
    edge: 'internet -> igw',
    damage: draft => {
      const [subnet] = draft.dataSubnets;
      draft.properties(draft.associationOf(subnet)).RouteTableId = ref(draft.tableOf(draft.publicSubnets[0]));
    },
  },
  {
    name: 'the database\'s subnet group with a public subnet',
    rule: PLACEMENT,
    edge: 'internet -> igw',
    damage: draft => {
      const group = (draft.properties(draft.database).DBSubnetGroupName as { Ref: string }).Ref;
      draft.properties(group).SubnetIds = draft.publicSubnets.map(ref);
    },
  },
  {
    name: 'the session store in public subnets',
    rule: PLACEMENT,
    edge: 'internet -> igw',
    damage: draft => { draft.properties(draft.cache).SubnetIds = draft.publicSubnets.map(ref); },
  },
  {
    name: 'a public route and an open group',
    rule: INTERNET,
    edge: 'ingress tcp',
    damage: draft => {
      draft.forgetFlags();
      draft.publish();
      draft.admit({ CidrIp: '0.0.0.0/0' });
    },
  },
  {
    name: 'a public IPv6 route and an open group',
    rule: INTERNET,
    edge: 'from ::/0',
    damage: draft => {
      draft.forgetFlags();
      draft.publish({ DestinationIpv6CidrBlock: '::/0' });
      draft.admit({ CidrIpv6: '::/0' });
    },
  },
  {
    name: 'the session store in public subnets, its group open',
    rule: INTERNET,
    edge: 'ingress tcp 6379 from 0.0.0.0/0 -> AWS::ElastiCache::ServerlessCache',
    damage: draft => {
      draft.properties(draft.cache).SubnetIds = draft.publicSubnets.map(ref);
      draft.admitTo(draft.cacheGroup, { CidrIp: '0.0.0.0/0' }, { IpProtocol: 'tcp', FromPort: 6379, ToPort: 6379 });
    },
  },
  {
    name: 'the public flag of an instance',
    rule: PLACEMENT,
    edge: 'PubliclyAccessible true on AWS::RDS::DBInstance',
    damage: draft => { draft.properties(draft.writer).PubliclyAccessible = true; },
  },
  {
    name: 'the public flag as text',
    rule: PLACEMENT,
    edge: 'PubliclyAccessible true on AWS::RDS::DBInstance',
    damage: draft => { draft.properties(draft.writer).PubliclyAccessible = 'true'; },
  },
  {
    name: 'the public flag by a parameter',
    rule: PLACEMENT,
    edge: 'PubliclyAccessible known only when deployed',
    damage: draft => { draft.properties(draft.writer).PubliclyAccessible = ref('IsPublic'); },
  },
  {
    name: 'the public flag of the cluster itself',
    rule: PLACEMENT,
    edge: 'PubliclyAccessible true on AWS::RDS::DBCluster',
    damage: draft => { draft.properties(draft.database).PubliclyAccessible = true; },
  },
  {
    name: 'one more reader with the public flag',
    rule: PLACEMENT,
    edge: 'PubliclyAccessible true on AWS::RDS::DBInstance ExtraReader',
    damage: draft => { draft.add('ExtraReader', 'AWS::RDS::DBInstance', { DBClusterIdentifier: ref(draft.database), PubliclyAccessible: true }); },
  },
  {
    name: 'the flag, the route and the group together',
    rule: INTERNET,
    edge: 'PubliclyAccessible true',
    damage: draft => {
      draft.properties(draft.writer).PubliclyAccessible = true;
      draft.publish();
      draft.admit({ CidrIp: '0.0.0.0/0' });
    },
  },
  {
    name: 'a peering route and the peer\'s addresses',
    rule: WIDE,
    edge: 'peering pcx-1 (route 192.168.0.0/16',
    damage: draft => {
      draft.route(draft.dataSubnets[0], { DestinationCidrBlock: '192.168.0.0/16', VpcPeeringConnectionId: 'pcx-1' });
      draft.admit({ CidrIp: '192.168.0.0/15' });
    },
  },
  {
    name: 'a transit gateway and one network behind it',
    rule: UNDECLARED,
    edge: 'transit gateway tgw-1 (route 172.31.0.0/16',
    damage: draft => {
      draft.route(draft.dataSubnets[0], { DestinationCidrBlock: '172.31.0.0/16', TransitGatewayId: 'tgw-1' });
      draft.admit({ CidrIp: '172.31.4.0/24' });
    },
  },
  {
    name: 'a VPN and the office behind it',
    rule: UNDECLARED,
    edge: 'vpn gateway vgw-1 (route 192.168.7.0/24',
    damage: draft => {
      draft.route(draft.dataSubnets[0], { DestinationCidrBlock: '192.168.7.0/24', GatewayId: 'vgw-1' });
      draft.admit({ CidrIp: '192.168.7.0/24' });
    },
  },
  {
    name: 'a bastion that the internet reaches',
    rule: UNDECLARED,
    edge: 'from 0.0.0.0/0 -> AWS::EC2::Instance Bastion -> sg',
    damage: draft => draft.admit({ SourceSecurityGroupId: groupId(draft.bastion()) }),
  },
];

/** Bad edges in front of the workload. */
export const ENTRANCE_MUTATIONS: Mutation[] = [
  {
    name: 'the load balancer\'s scheme',
    rule: ENTRANCE,
    edge: '(Scheme internet-facing, its security groups are the only barrier)',
    damage: draft => { draft.properties(draft.balancer).Scheme = 'internet-facing'; },
  },
  {
    name: 'the load balancer\'s scheme left to ELB',
    rule: ENTRANCE,
    edge: 'Scheme internet-facing',
    damage: draft => { delete draft.properties(draft.balancer).Scheme; },
  },
  {
    name: 'a public load balancer with an open group',
    rule: ENTRANCE,
    edge: 'from 0.0.0.0/0 -> AWS::ElasticLoadBalancingV2::LoadBalancer',
    damage: draft => {
      publishBalancer(draft);
      draft.admitTo(draft.balancerGroup, { CidrIp: '0.0.0.0/0' }, HTTP);
    },
  },
  {
    name: 'a global accelerator on the internal load balancer',
    rule: ENTRANCE,
    edge: 'behind AWS::GlobalAccelerator::EndpointGroup Accelerated',
    damage: draft => { draft.add('Accelerated', 'AWS::GlobalAccelerator::EndpointGroup', { EndpointConfigurations: [{ EndpointId: ref(draft.balancer) }] }); },
  },
  {
    name: 'a second, public load balancer',
    rule: ENTRANCE,
    edge: 'AWS::ElasticLoadBalancingV2::LoadBalancer SecondBalancer (Scheme internet-facing)',
    damage: draft => {
      const group = draft.group('SecondGroup', { ...HTTP, CidrIp: '0.0.0.0/0' });
      draft.add('SecondBalancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer', {
        Scheme: 'internet-facing', SecurityGroups: [groupId(group)], Subnets: draft.publicSubnets.map(ref),
      });
      draft.admitTo(draft.serviceGroup, { SourceSecurityGroupId: groupId(group) }, HTTP);
    },
  },
  {
    name: 'tasks with public addresses in an open group',
    rule: ENTRANCE,
    edge: 'from 0.0.0.0/0 -> AWS::ECS::Service',
    damage: draft => {
      draft.serviceNetwork.AssignPublicIp = 'ENABLED';
      draft.serviceNetwork.Subnets = draft.publicSubnets.map(ref);
      draft.admitTo(draft.serviceGroup, { CidrIp: '0.0.0.0/0' }, HTTP);
    },
  },
  {
    name: 'tasks of a schedule with public addresses in an open group',
    rule: ENTRANCE,
    edge: 'from 0.0.0.0/0 -> AWS::Scheduler::Schedule',
    damage: draft => {
      const AwsvpcConfiguration = { ...draft.serviceNetwork, AssignPublicIp: 'ENABLED', Subnets: draft.publicSubnets.map(ref) };
      draft.add('Nightly', 'AWS::Scheduler::Schedule', { Target: { EcsParameters: { NetworkConfiguration: { AwsvpcConfiguration } } } });
      draft.admitTo(draft.serviceGroup, { CidrIp: '0.0.0.0/0' }, HTTP);
    },
  },
  {
    name: 'tasks of an event rule with public addresses in an open group',
    rule: ENTRANCE,
    edge: 'from 0.0.0.0/0 -> AWS::Events::Rule',
    damage: draft => {
      const AwsVpcConfiguration = { ...draft.serviceNetwork, AssignPublicIp: 'ENABLED', Subnets: draft.publicSubnets.map(ref) };
      draft.add('Nightly', 'AWS::Events::Rule', { Targets: [{ EcsParameters: { NetworkConfiguration: { AwsVpcConfiguration } } }] });
      draft.admitTo(draft.serviceGroup, { CidrIp: '0.0.0.0/0' }, HTTP);
    },
  },
  {
    name: 'tasks that IPv6 reaches',
    rule: ENTRANCE,
    edge: 'from ::/0 -> AWS::ECS::Service',
    damage: draft => {
      const [subnet] = draft.publicSubnets;
      draft.serviceNetwork.Subnets = [ref(subnet)];
      draft.route(subnet, { DestinationIpv6CidrBlock: '::/0', GatewayId: ref(draft.gateway) });
      draft.admitTo(draft.serviceGroup, { CidrIpv6: '::/0' }, HTTP);
    },
  },
];
