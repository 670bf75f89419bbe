import { networkOf } from './support';
import { EnvironmentProfile } from '../../src';
import { once } from '../support/platform';
import { only, resources, text } from '../support/template';

const closed = once(() => networkOf({ cidr: '10.20.0.0/16' }, EnvironmentProfile.production({ natGateways: 0 })));

describe('a new network without NAT gateways', () => {
  test('has no route out of its private subnets', () => {
    const { template, network } = closed();
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    expect(resources(template, 'AWS::EC2::Route').map(({ id }) => id)).toEqual([
      expect.stringContaining('PublicSubnet1'), expect.stringContaining('PublicSubnet2'), expect.stringContaining('PublicSubnet3'),
    ]);
    expect(network.vpc.selectSubnets(network.workloadSubnets).subnetIds).toHaveLength(3);
  });

  test('reaches what a task needs by endpoints in the subnets of the application, under their usual names', () => {
    const { template, network } = closed();
    const endpoints = resources(template, 'AWS::EC2::VPCEndpoint').filter(({ Properties }) => Properties.VpcEndpointType === 'Interface');
    expect(endpoints.map(({ Properties }) => text(Properties.ServiceName)).sort())
      .toEqual(['ecr.api', 'ecr.dkr', 'kms', 'logs', 'secretsmanager'].map(service => `com.amazonaws.us-east-1.${service}`));
    const { subnetIds } = network.vpc.selectSubnets(network.workloadSubnets);
    for (const { Properties } of endpoints) {
      expect(Properties).toMatchObject({ PrivateDnsEnabled: true, SecurityGroupIds: [{ 'Fn::GetAtt': [only(template, 'AWS::EC2::SecurityGroup').id, 'GroupId'] }] });
      expect(Properties.SubnetIds).toEqual(subnetIds.map(id => network.vpc.stack.resolve(id) as unknown));
    }
  });

  test('lets HTTPS from its own addresses into the endpoints, and nothing out', () => {
    const { template } = closed();
    expect(only(template, 'AWS::EC2::SecurityGroup').Properties).toMatchObject({
      SecurityGroupIngress: [{ CidrIp: '10.20.0.0/16', IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'HTTPS from the VPC' }],
      SecurityGroupEgress: [{ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp' }],
    });
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
  });
});

test('a new network with NAT gateways pays for no interface endpoints', () => {
  const { template } = networkOf();
  expect(resources(template, 'AWS::EC2::VPCEndpoint').map(({ Properties }) => Properties.VpcEndpointType)).toEqual(['Gateway', 'Gateway']);
  template.resourceCountIs('AWS::EC2::SecurityGroup', 0);
});
