import { Match, Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { CreatedNetworkProps, EnvironmentProfile, Network, Tier } from '../../src';
import { createPlatformKey } from '../../src/core/private/platform-key';
import { eastStack, once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { resources, text } from '../support/template';

function networkOf(props?: CreatedNetworkProps, profile = EnvironmentProfile.production()) {
  const stack = eastStack();
  const encryptionKey = createPlatformKey(new Construct(stack, 'Encryption'), profile);
  const network = Network.create(props).bind(new Construct(stack, 'Network'), { profile, encryptionKey });
  return { network, template: Template.fromStack(stack) };
}

const production = once(() => networkOf());
const development = once(() => networkOf({}, EnvironmentProfile.development()));

describe('a new network', () => {
  test('has the addresses 10.0.0.0/16 by default', () => {
    production().template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
  });

  test('has the addresses that are given', () => {
    networkOf({ cidr: '10.20.0.0/20' }).template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.20.0.0/20' });
  });

  test('spans the first zones of the Region, as many as the profile says', () => {
    const zonesOf = ({ template }: ReturnType<typeof networkOf>) =>
      new Set(resources(template, 'AWS::EC2::Subnet').map(({ Properties }) => text(Properties.AvailabilityZone))).size;
    expect([zonesOf(production()), zonesOf(development())]).toEqual([3, 2]);
    production().template.hasResourceProperties('AWS::EC2::Subnet', { AvailabilityZone: { 'Fn::Select': [2, { 'Fn::GetAZs': '' }] } });
  });

  test('spans the zones that are given', () => {
    const { template } = networkOf({ availabilityZones: ['us-east-1b', 'us-east-1d'] });
    expect(resources(template, 'AWS::EC2::Subnet').map(({ Properties }) => Properties.AvailabilityZone))
      .toEqual(['us-east-1b', 'us-east-1d', 'us-east-1b', 'us-east-1d', 'us-east-1b', 'us-east-1d']);
  });

  test('has a NAT gateway in each zone in production and one in development', () => {
    production().template.resourceCountIs('AWS::EC2::NatGateway', 3);
    development().template.resourceCountIs('AWS::EC2::NatGateway', 1);
  });

  test('without NAT gateways has no route out of its private subnets', () => {
    const { template, network } = networkOf({}, EnvironmentProfile.production({ natGateways: 0 }));
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    expect(resources(template, 'AWS::EC2::Route').map(({ id }) => id)).toEqual([
      expect.stringContaining('PublicSubnet1'), expect.stringContaining('PublicSubnet2'), expect.stringContaining('PublicSubnet3'),
    ]);
    expect(network.vpc.selectSubnets(network.workloadSubnets).subnetIds).toHaveLength(3);
  });

  test('gives data subnets no default route, and no subnet gives out public addresses', () => {
    const { template } = production();
    expect(resources(template, 'AWS::EC2::Route').filter(({ id }) => id.includes('DataSubnet'))).toEqual([]);
    expect(resources(template, 'AWS::EC2::Subnet').map(({ Properties }) => Properties.MapPublicIpOnLaunch)).toEqual(Array(9).fill(false));
  });

  test('keeps the application, its data and the public side in different subnets', () => {
    const { vpc, workloadSubnets, dataSubnets } = production().network;
    const ids = [...vpc.selectSubnets(workloadSubnets).subnetIds, ...vpc.selectSubnets(dataSubnets).subnetIds,
      ...vpc.publicSubnets.map(subnet => subnet.subnetId)];
    expect(new Set(ids).size).toBe(9);
  });

  test('reaches S3 from every route table without leaving AWS', () => {
    const [endpoint] = resources(production().template, 'AWS::EC2::VPCEndpoint');
    expect(endpoint.Properties).toMatchObject({ VpcEndpointType: 'Gateway' });
    expect(endpoint.Properties.RouteTableIds).toHaveLength(9);
    expect(text(endpoint.Properties.ServiceName)).toBe('com.amazonaws.${AWS::Region}.s3');
  });

  test('records all flows in an encrypted log group, kept as the profile says', () => {
    const { template } = production();
    template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'ALL', LogDestinationType: 'cloud-watch-logs', ResourceType: 'VPC' });
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 365, KmsKeyId: Match.anyValue() }, DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain',
    });
    development().template.allResources('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 7 }, DeletionPolicy: 'Delete' });
  });

  test('closes the default security group by an inline function that may do just that', () => {
    const { template } = production();
    template.hasResourceProperties('Custom::ClosedDefaultSecurityGroup', {
      GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('NetworkVpc'), 'DefaultSecurityGroup'] }, Account: '111111111111', ServiceTimeout: Match.anyValue(),
    });
    template.hasResourceProperties('AWS::Lambda::Function', { Code: { ZipFile: Match.stringLikeRegexp('revoke_security_group_ingress') } });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Action: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'],
          Resource: { 'Fn::Join': ['', Match.arrayWith([':ec2:us-east-1:111111111111:security-group/'])] },
        })]),
      },
    });
  });

  test('says what it is', () => {
    expect(production().network.describe()).toEqual({
      title: 'Network',
      purpose: 'Keeps the application and its data apart from the internet',
      tier: Tier.NETWORK,
      facts: { zones: '3', natGateways: '3', flowLogs: 'all traffic' },
    });
  });

  const cidrMend = 'give a private range that no connected network uses, such as \'10.20.0.0/16\'';
  testRefusals([
    ['addresses that are too few', () => Network.create({ cidr: '10.0.0.0/25' }),
      `[Network.create] 'cidr' must be a CIDR block between /16 and /24, got "10.0.0.0/25": ${cidrMend}`],
    ['addresses that do not exist', () => Network.create({ cidr: '300.0.0.0/16' }),
      `[Network.create] 'cidr' must be a CIDR block between /16 and /24, got "300.0.0.0/16": ${cidrMend}`],
    ['one zone, twice', () => Network.create({ availabilityZones: ['us-east-1a', 'us-east-1a'] }),
      '[Network.create] \'availabilityZones\' must name at least 2 different zones, got ["us-east-1a","us-east-1a"]: the load balancer and the database need two'],
    ['no zones, and addresses that are none', () => Network.create({ cidr: '', availabilityZones: [] }), [
      '[Network.create] 2 props need mending:',
      `  - 'cidr' must be a CIDR block between /16 and /24, got "": ${cidrMend}`,
      '  - \'availabilityZones\' must name at least 2 different zones, got []: the load balancer and the database need two',
    ].join('\n')],
  ]);
});
