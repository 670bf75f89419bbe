import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { InstanceType, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { HostedZone, PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  Compute, Database, Domain, Edge, EnvironmentProfile, Firewall, Media, Network, Notifications, Owner, Sessions, Traffic,
} from '../../src';
import { filled } from '../support/filled';
import { ACCOUNT, addPlatform, EAST, IMAGE, once, PlatformProps, platformTemplate } from '../support/platform';
import { alarmsForPeople, propertiesOf, resources } from '../support/template';

const ACL = `arn:aws:wafv2:us-east-1:${ACCOUNT}:global/webacl/shared/0123`;
const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:alarms`;
const CERTIFICATE = `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/1`;

/** A platform beside a stack that has what it is given. */
function beside(make: (stack: Stack) => PlatformProps) {
  const app = new App();
  const [shared, stack] = ['Shared', 'Stack'].map(id => new Stack(app, id, { env: EAST }));
  addPlatform(stack, make(shared));
  return { shared: Template.fromStack(shared), template: Template.fromStack(stack) };
}

const networkTypes = (template: Template) => resources(template).map(({ Type }) => Type)
  .filter(type => /EC2::(VPC|Subnet|Route|NatGateway|InternetGateway|FlowLog)|^Custom::ClosedDefaultSecurityGroup$/.test(type));

describe('a VPC of another stack', () => {
  const made = once(() => beside(shared => ({
    network: Network.fromVpc(new Vpc(shared, 'Vpc', {
      maxAzs: 2,
      subnetConfiguration: [SubnetType.PUBLIC, SubnetType.PRIVATE_WITH_EGRESS, SubnetType.PRIVATE_ISOLATED]
        .map(subnetType => ({ subnetType, name: subnetType })),
    })),
  })));

  test('is used, and no network is made', () => {
    expect(networkTypes(made().template)).toEqual([]);
    made().template.allResourcesProperties('AWS::EC2::SecurityGroup', { VpcId: { 'Fn::ImportValue': Match.stringLikeRegexp('Shared:ExportsOutputRefVpc') } });
  });

  test('has the application in its private and the data in its isolated subnets', () => {
    const subnets = (type: string, property: string) => JSON.stringify(propertiesOf(made().template, type)[property]);
    expect(subnets('AWS::RDS::DBSubnetGroup', 'SubnetIds').match(/VpcIsolatedSubnet\dSubnet/g)).toHaveLength(2);
    expect(subnets('AWS::ECS::Service', 'NetworkConfiguration').match(/VpcPrivateSubnet\dSubnet/g)).toHaveLength(2);
    expect(subnets('AWS::ElasticLoadBalancingV2::LoadBalancer', 'Subnets').match(/VpcPrivateSubnet\dSubnet/g)).toHaveLength(2);
  });
});

describe('a VPC that is imported', () => {
  test('is used as its attributes say', () => {
    const { template } = beside(shared => ({
      network: Network.fromVpc(Vpc.fromVpcAttributes(shared, 'Vpc', {
        vpcId: 'vpc-0123456789abcdef0',
        availabilityZones: ['us-east-1a', 'us-east-1b'],
        publicSubnetIds: ['subnet-p1', 'subnet-p2'],
        privateSubnetIds: ['subnet-a1', 'subnet-a2'],
        isolatedSubnetIds: ['subnet-d1', 'subnet-d2'],
      })),
    }));
    expect(networkTypes(template)).toEqual([]);
    template.hasResourceProperties('AWS::RDS::DBSubnetGroup', { SubnetIds: ['subnet-d1', 'subnet-d2'] });
    template.hasResourceProperties('AWS::ElastiCache::ServerlessCache', { SubnetIds: ['subnet-d1', 'subnet-d2'] });
    template.hasResourceProperties('AWS::ECS::Service', { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['subnet-a1', 'subnet-a2'] } } });
  });
});

describe('a hosted zone of another stack', () => {
  test('receives the records and proves the certificate', () => {
    const { template } = beside(shared => ({ domain: Domain.inZone(new PublicHostedZone(shared, 'Zone', { zoneName: 'example.com' }), 'example.com') }));
    // The zone that is made is the database's private one, as its record.
    template.allResourcesProperties('AWS::Route53::HostedZone', { Name: 'internal.example.com.' });
    const records = resources(template, 'AWS::Route53::RecordSet').filter(({ Properties }) => Properties.Name !== 'db.internal.example.com.');
    expect(records.map(({ Properties }) => Properties)).toEqual([0, 1].map(() => expect.objectContaining({
      HostedZoneId: { 'Fn::ImportValue': expect.anything() }, Name: 'example.com.',
    })));
    template.resourceCountIs('AWS::CertificateManager::Certificate', 1);
  });
});

describe('a certificate, a topic and a web ACL', () => {
  const made = once(() => platformTemplate(stack => ({
    domain: Domain.inZone(HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }), 'shop.example.com', {
      certificate: Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE),
    }),
    notifications: Notifications.topic(Topic.fromTopicArn(stack, 'Topic', TOPIC)),
    edge: Edge.cloudFront({ firewall: Firewall.fromWebAclArn(ACL) }),
  })));

  test('that are brought are used', () => {
    expect(propertiesOf(made(), 'AWS::CloudFront::Distribution').DistributionConfig).toMatchObject({ WebACLId: ACL, ViewerCertificate: { AcmCertificateArn: CERTIFICATE } });
    expect(alarmsForPeople(made()).length).toBeGreaterThan(10);
    filled(alarmsForPeople(made())).forEach(({ Properties }) => expect(Properties.AlarmActions).toEqual([TOPIC]));
    made().hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Certificates: [{ CertificateArn: CERTIFICATE }] });
  });

  test.each(['AWS::CertificateManager::Certificate', 'AWS::SNS::Topic', 'AWS::WAFv2::WebACL', 'AWS::WAFv2::LoggingConfiguration'])('that are brought leave no %s to be made', type => {
    made().resourceCountIs(type, 0);
  });
});

test('a platform with every prop given is as they say', () => {
  const template = platformTemplate(stack => ({
    compute: Compute.fargate({
      image: IMAGE, load: { requestsPerSecond: 30 }, port: 9000, size: { cpu: 256, cpuArchitecture: CpuArchitecture.ARM64 }, environment: { MODE: 'shop' },
    }),
    database: Database.rdsMysql({ port: 3306, instanceType: new InstanceType('m7g.large') }),
    sessions: Sessions.valkeyNodes({ numCacheClusters: 3 }),
    media: Media.bucket({ prefix: 'images', writable: true }),
    network: Network.create({ cidr: '10.30.0.0/20' }),
    edge: Edge.cloudFront({ firewall: Firewall.managed({ rateLimit: 500 }) }),
    traffic: Traffic.steady({ rps: 90 }),
    domain: Domain.inZone(new PublicHostedZone(stack, 'Zone', { zoneName: 'example.com' }), 'shop.example.com'),
    owner: Owner.team({ name: 'Storefront', contact: 'storefront@example.com', runbook: 'https://wiki.example.com/shop' }),
    profile: EnvironmentProfile.production({ availabilityZones: 2, natGateways: 0, minimumUnits: 4, removalPolicy: RemovalPolicy.RETAIN }),
    notifications: Notifications.email('storefront@example.com'),
  }));
  template.hasResourceProperties('AWS::ECS::TaskDefinition', { Cpu: '256', ContainerDefinitions: [Match.objectLike({ PortMappings: [{ ContainerPort: 9000, Protocol: 'tcp' }] })] });
  template.hasResource('AWS::RDS::DBInstance', { Properties: { Port: '3306', DBInstanceClass: 'db.m7g.large' }, DeletionPolicy: 'Retain' });
  template.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', { NumCacheClusters: 3 });
  template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.30.0.0/20' });
  template.resourceCountIs('AWS::EC2::NatGateway', 0);
  template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 5, MaxCapacity: 5 });
  expect(resources(template, 'AWS::Route53::RecordSet').map(({ Properties }) => Properties.Type).sort()).toEqual(['A', 'AAAA', 'CNAME']);
  template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: 'storefront@example.com' });
  expect(propertiesOf(template, 'AWS::CloudFront::Distribution').DistributionConfig).toMatchObject({
    Aliases: ['shop.example.com'], CacheBehaviors: [{ PathPattern: '/images/*' }, { PathPattern: '/static/*' }],
  });
  expect(Object.values(template.findOutputs('*')).map(({ Value }) => Value as unknown)).toContain('https://shop.example.com');
});
