import { Lazy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { networkOf } from './support';
import { EnvironmentProfile, Network, Tier } from '../../src';
import { once } from '../support/platform';
import { Refusal, testRefusals } from '../support/refusals';
import { saidBy } from '../support/said-by';
import { resources, text } from '../support/template';

const production = once(() => networkOf());
const development = once(() => networkOf({}, EnvironmentProfile.development()));

describe('a new network', () => {
  test('has the addresses 10.0.0.0/16 by default', () => {
    production().template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
  });

  test('has the addresses that are given', () => {
    networkOf({ cidr: '10.20.0.0/20' }).template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.20.0.0/20' });
  });

  test('has a NAT gateway in each zone in production and one in development', () => {
    production().template.resourceCountIs('AWS::EC2::NatGateway', 3);
    development().template.resourceCountIs('AWS::EC2::NatGateway', 1);
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

  test.each([['S3', 0, 's3'], ['DynamoDB', 1, 'dynamodb']])('reaches %s from every route table without leaving AWS', (_, index, service) => {
    const endpoint = resources(production().template, 'AWS::EC2::VPCEndpoint')[index];
    expect(endpoint.Properties).toMatchObject({ VpcEndpointType: 'Gateway' });
    expect(endpoint.Properties.RouteTableIds).toHaveLength(9);
    expect(text(endpoint.Properties.ServiceName)).toBe(`com.amazonaws.\${AWS::Region}.${service}`);
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
    expect(saidBy(production().network)).toEqual({
      id: 'Network/Vpc',
      title: 'Network',
      purpose: 'Keeps the application and its data apart from the internet',
      tier: Tier.NETWORK,
      facts: { zones: '3', natGateways: '3', flowLogs: 'all traffic' },
    });
  });

  const cidrMend = 'give a range of RFC 1918 or RFC 6598 that no connected network uses, such as \'10.20.0.0/16\'';
  const badCidr = (cidr: string) => `[Network.create] 'cidr' must be a private CIDR block between /16 and /22, got "${cidr}": ${cidrMend}`;
  const badZones = (zones: string[]) =>
    `'availabilityZones' must name 2 to 5 different zones, got ${JSON.stringify(zones)}: the load balancer and the database need two, and addresses are laid out for 5`;
  const six = ['a', 'b', 'c', 'd', 'e', 'f'].map(letter => `us-east-1${letter}`);

  testRefusals([
    ...['10.0.0.0/23', '10.0.0.0/15', '300.0.0.0/16', '10.0.0.256/16', '10.0.0.0', '8.8.0.0/16', '11.0.0.0/16', '172.15.0.0/16', '172.32.0.0/16',
      '192.169.0.0/16', '100.63.0.0/16', '100.128.0.0/16', '169.254.0.0/16'].map((cidr): Refusal => [cidr, () => Network.create({ cidr }), badCidr(cidr)]),
    ['addresses that are not known', () => Network.create({ cidr: Lazy.string({ produce: () => '10.0.0.0/16' }) }),
      '[Network.create] \'cidr\' must be known at synthesis, got a token: the addresses of the subnets are worked out from it'],
    ['one zone, twice', () => Network.create({ availabilityZones: ['us-east-1a', 'us-east-1a'] }), `[Network.create] ${badZones(['us-east-1a', 'us-east-1a'])}`],
    ['a zone twice among others', () => Network.create({ availabilityZones: [...six.slice(0, 2), 'us-east-1a'] }),
      `[Network.create] ${badZones([...six.slice(0, 2), 'us-east-1a'])}`],
    ['six zones', () => Network.create({ availabilityZones: six }), `[Network.create] ${badZones(six)}`],
    ['no zones, and addresses that are none', () => Network.create({ cidr: '', availabilityZones: [] }), [
      '[Network.create] 2 props need mending:',
      `  - ${badCidr('').slice('[Network.create] '.length)}`,
      `  - ${badZones([])}`,
    ].join('\n')],
  ]);

  test.each(['10.0.0.0/22', '172.16.0.0/16', '172.31.252.0/22', '192.168.0.0/16', '100.64.0.0/16', '100.127.0.0/20'])('takes %s', cidr => {
    networkOf({ cidr }).template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: cidr });
  });
});
