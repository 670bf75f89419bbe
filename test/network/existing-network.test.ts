import { Fn, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Subnet, SubnetSelection, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { EnvironmentProfile, ExistingNetworkProps, Network, Tier } from '../../src';
import { eastStack } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { saidBy } from '../support/said-by';

const ZONES = ['us-east-1a', 'us-east-1b'];

function imported(groups: { private?: string[]; isolated?: string[] } = {}) {
  const stack = eastStack();
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-12345678',
    availabilityZones: ZONES,
    publicSubnetIds: ['subnet-p1', 'subnet-p2'],
    ...(groups.private?.length === 0 ? {} : { privateSubnetIds: groups.private ?? ['subnet-a1', 'subnet-a2'] }),
    ...(groups.isolated?.length === 0 ? {} : { isolatedSubnetIds: groups.isolated ?? ['subnet-d1', 'subnet-d2'] }),
  });
  const scope = new Construct(stack, 'Network');
  const context = { profile: EnvironmentProfile.production(), encryptionKey: new Key(stack, 'Key') };
  return { stack, vpc, bind: (props?: ExistingNetworkProps) => Network.fromVpc(vpc, props).bind(scope, context) };
}

const idsOf = (network: ReturnType<ReturnType<typeof imported>['bind']>) => [
  network.vpc.selectSubnets(network.workloadSubnets).subnetIds, network.vpc.selectSubnets(network.dataSubnets).subnetIds,
];

const warningsOf = (stack: Stack) => Annotations.fromStack(stack).findWarning('/Stack/Network', Match.anyValue()).map(({ entry }) => entry.data as unknown);

describe('an existing VPC', () => {
  test('has the application in private subnets with a way out and the data in isolated ones by default', () => {
    expect(idsOf(imported().bind())).toEqual([['subnet-a1', 'subnet-a2'], ['subnet-d1', 'subnet-d2']]);
  });

  test('has the data in private subnets when they are given', () => {
    expect(idsOf(imported().bind({ dataSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS } })))
      .toEqual([['subnet-a1', 'subnet-a2'], ['subnet-a1', 'subnet-a2']]);
  });

  test('has the application in the subnets that are given', () => {
    expect(idsOf(imported().bind({ workloadSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } }))[0]).toEqual(['subnet-d1', 'subnet-d2']);
  });

  test('gets a warning when the application would have no way out', () => {
    const { stack, bind } = imported();
    bind({ workloadSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } });
    expect(warningsOf(stack)).toEqual(['[Stack/Network] \'workloadSubnets\' have no way out: Stack/Vpc/IsolatedSubnet1, Stack/Vpc/IsolatedSubnet2; tasks start only if the VPC has interface endpoints for ECR (api and dkr), CloudWatch Logs, Secrets Manager and KMS and a gateway endpoint for S3: add them and acknowledge this warning, or select private subnets with a route to a NAT gateway [ack: cdk-platform-patterns:no-egress]']);
  });

  test('gets no warning otherwise', () => {
    const { stack, bind } = imported();
    bind();
    expect(warningsOf(stack)).toEqual([]);
  });

  test('with several subnets in a zone gives the first of each, and says which are left out', () => {
    const stack = eastStack();
    const vpc = new Vpc(stack, 'Vpc', {
      availabilityZones: ZONES,
      subnetConfiguration: [
        { name: 'Public', subnetType: SubnetType.PUBLIC },
        { name: 'App', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
        { name: 'Batch', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
        { name: 'Data', subnetType: SubnetType.PRIVATE_ISOLATED },
        { name: 'Cache', subnetType: SubnetType.PRIVATE_ISOLATED },
      ],
    });
    const network = Network.fromVpc(vpc)
      .bind(new Construct(stack, 'Network'), { profile: EnvironmentProfile.production(), encryptionKey: new Key(stack, 'Key') });
    const paths = (selection: SubnetSelection) => vpc.selectSubnets(selection).subnets.map(({ node }) => node.id);
    expect([paths(network.workloadSubnets), paths(network.dataSubnets)]).toEqual([['AppSubnet1', 'AppSubnet2'], ['DataSubnet1', 'DataSubnet2']]);
    expect(warningsOf(stack)).toEqual([
      '[Stack/Network] \'workloadSubnets\' has several subnets in a zone, of which one is used; left out: Stack/Vpc/BatchSubnet1 (us-east-1a), Stack/Vpc/BatchSubnet2 (us-east-1b). If these are to be used, give them: Network.fromVpc(vpc, { workloadSubnets: { subnets: … } }) [ack: cdk-platform-patterns:one-subnet-per-zone]',
      '[Stack/Network] \'dataSubnets\' has several subnets in a zone, of which one is used; left out: Stack/Vpc/CacheSubnet1 (us-east-1a), Stack/Vpc/CacheSubnet2 (us-east-1b). If these are to be used, give them: Network.fromVpc(vpc, { dataSubnets: { subnets: … } }) [ack: cdk-platform-patterns:one-subnet-per-zone]',
    ]);
  });

  test('is left as it is', () => {
    const { stack, bind } = imported();
    const before = stack.node.findAll().length;
    bind();
    expect(stack.node.findAll()).toHaveLength(before);
  });

  test('is taken while its look-up is not done', () => {
    const stack = eastStack();
    const vpc = Vpc.fromLookup(stack, 'Vpc', { vpcName: 'shared' });
    const network = Network.fromVpc(vpc, { dataSubnets: { subnetGroupName: 'Data' } })
      .bind(new Construct(stack, 'Network'), { profile: EnvironmentProfile.production(), encryptionKey: new Key(stack, 'Key') });
    expect(network.vpc).toBe(vpc);
  });

  test('says what it is', () => {
    expect(saidBy(imported().bind())).toEqual({
      id: 'Network',
      title: 'Network',
      purpose: 'An existing VPC; its routes, flow logs and default security group are its owner\'s',
      tier: Tier.NETWORK,
      facts: { vpc: 'Stack/Vpc' },
    });
  });

  testRefusals([
    ['subnets that are known at deployment', () => {
      const stack = eastStack();
      const list = (name: string) => Fn.split(',', Fn.importValue(name));
      const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: list('zones'), privateSubnetIds: list('private') });
      Network.fromVpc(vpc).bind(new Construct(stack, 'Network'), { profile: EnvironmentProfile.production(), encryptionKey: new Key(stack, 'Key') });
    }, '[Stack/Network] \'vpc\' must have zones and subnets that are known at synthesis, got lists that CloudFormation fills at deployment: look it up by Vpc.fromLookup, or name the zones in Vpc.fromVpcAttributes and take each subnet out of its list, such as Fn.select(0, ids)'],
    ['the application in public subnets', () => imported().bind({ workloadSubnets: { subnetType: SubnetType.PUBLIC } }),
      '[Stack/Network] \'workloadSubnets\' must not be public, got Stack/Vpc/PublicSubnet1, Stack/Vpc/PublicSubnet2: select private subnets with a route to a NAT gateway, a task gets no public address and reaches nothing from a public subnet'],
    ['data in public subnets', () => imported().bind({ dataSubnets: { subnetType: SubnetType.PUBLIC } }),
      '[Stack/Network] \'dataSubnets\' must not be public, got Stack/Vpc/PublicSubnet1, Stack/Vpc/PublicSubnet2: select isolated or private subnets, a database is never reachable from the internet'],
    ['data in one public subnet among others', () => {
      const { vpc, bind } = imported();
      bind({ dataSubnets: { subnets: [vpc.publicSubnets[0], ...vpc.isolatedSubnets] } });
    }, '[Stack/Network] \'dataSubnets\' must not be public, got Stack/Vpc/PublicSubnet1: select isolated or private subnets, a database is never reachable from the internet'],
    ['a VPC without private subnets', () => imported({ private: [] }).bind(),
      '[Stack/Network] \'workloadSubnets\' must select subnets in at least 2 Availability Zones of the VPC, got 0: add private subnets with a route to a NAT gateway to the VPC, or select others by Network.fromVpc(vpc, { workloadSubnets: … })'],
    ['a VPC without isolated subnets', () => imported({ isolated: [] }).bind(),
      '[Stack/Network] \'dataSubnets\' must select subnets in at least 2 Availability Zones of the VPC, got 0: add isolated subnets to the VPC, or select others by Network.fromVpc(vpc, { dataSubnets: … })'],
    ['data in one zone', () => {
      const { stack, bind } = imported();
      const subnets = ['1', '2'].map(id => Subnet.fromSubnetAttributes(stack, id, { subnetId: `subnet-${id}`, availabilityZone: 'us-east-1a' }));
      bind({ dataSubnets: { subnets } });
    }, '[Stack/Network] \'dataSubnets\' must select subnets in at least 2 Availability Zones of the VPC, got 1: add isolated subnets to the VPC, or select others by Network.fromVpc(vpc, { dataSubnets: … })'],
  ]);
});
