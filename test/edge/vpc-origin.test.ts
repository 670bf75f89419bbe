import { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnInternetGateway, CfnVPCGatewayAttachment, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Domain, Network, Owner } from '../../src';
import { addPlatform, eastStack, platformTemplate } from '../support/platform';
import { only, productionRule, resources } from '../support/template';

const VPC_ORIGIN = 'AWS::CloudFront::VpcOrigin';
const CERTIFICATE = 'arn:aws:acm:us-east-1:111111111111:certificate/1';
const withDomain = () => platformTemplate(stack => ({
  domain: Domain.elsewhere('shop.example.com', Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE)),
}));
const nameOf = (template: Template) => (only(template, VPC_ORIGIN).Properties.VpcOriginEndpointConfig as { Name: string }).Name;

/** CloudFront refuses each change of a VPC origin that a distribution uses. */
describe('the VPC origin', () => {
  test('has no tags, which could change', () => {
    const stack = eastStack('Tagged', { tags: { CostCenter: '7' } });
    addPlatform(stack, { owner: Owner.team({ name: 'Storefront', contact: 'x' }) });
    expect(only(Template.fromStack(stack), VPC_ORIGIN).Properties.Tags).toBeUndefined();
  });

  test('is refused by name in a VPC without an internet gateway, which CloudFront asks for', () => {
    const platform = (attach: (vpc: Vpc) => void) => () => platformTemplate(stack => {
      const vpc = new Vpc(stack, 'Closed', {
        availabilityZones: ['us-east-1a', 'us-east-1b'],
        subnetConfiguration: [{ name: 'App', subnetType: SubnetType.PRIVATE_ISOLATED }, { name: 'Data', subnetType: SubnetType.PRIVATE_ISOLATED }],
      });
      attach(vpc);
      return { network: Network.fromVpc(vpc, { workloadSubnets: { subnetGroupName: 'App' }, dataSubnets: { subnetGroupName: 'Data' } }) };
    });
    expect(platform(() => {})).toThrow(expect.objectContaining({
      message: '[Stack/Shop/ContentDelivery/CloudFront] \'network\' must have an internet gateway for CloudFront, got Stack/Closed without one: CloudFront refuses an origin in such a VPC, though no traffic goes by the gateway; give the VPC a public subnet, or an ec2.CfnInternetGateway with its attachment, as a child of the VPC',
    }));
    expect(platform(vpc => {
      new CfnVPCGatewayAttachment(vpc, 'VPCGW', { vpcId: vpc.vpcId, internetGatewayId: new CfnInternetGateway(vpc, 'IGW').ref });
    })).not.toThrow();
  });

  test('is another one, of another name, when a domain changes its protocol', () => {
    const [plain, secure] = [platformTemplate(), withDomain()];
    expect(only(plain, VPC_ORIGIN).id).not.toBe(only(secure, VPC_ORIGIN).id);
    expect(nameOf(plain)).not.toBe(nameOf(secure));
  });

  test('is made after the internet gateway is attached to the VPC', () => {
    const template = platformTemplate();
    const attachments = resources(template, 'AWS::EC2::VPCGatewayAttachment').map(({ id }) => id);
    expect(template.toJSON().Resources[only(template, VPC_ORIGIN).id].DependsOn).toEqual(attachments);
  });
});

test('the balancer gives up on a unit before CloudFront does on the balancer, and keeps idle connections longer than CloudFront', () => {
  const template = platformTemplate();
  const { LoadBalancerAttributes } = only(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer').Properties;
  const attributes = LoadBalancerAttributes as { Key: string; Value: string }[];
  const idle = Number(attributes.find(({ Key }) => Key === 'idle_timeout.timeout_seconds')?.Value);
  type Waits = { readonly OriginReadTimeout: number; readonly OriginKeepaliveTimeout: number };
  const { DistributionConfig } = only(template, 'AWS::CloudFront::Distribution').Properties;
  const { Origins } = DistributionConfig as unknown as { readonly Origins: { readonly VpcOriginConfig?: Waits }[] };
  const { OriginReadTimeout, OriginKeepaliveTimeout } = Origins.find(({ VpcOriginConfig }) => VpcOriginConfig !== undefined)!.VpcOriginConfig!;
  expect(idle).toBeLessThan(OriginReadTimeout);
  expect(idle).toBeGreaterThan(OriginKeepaliveTimeout);
});

test('static files are asked for without cookies, since their answers are kept for all', () => {
  const template = platformTemplate();
  const policy = only(template, 'AWS::CloudFront::OriginRequestPolicy');
  expect(policy.Properties.OriginRequestPolicyConfig).toMatchObject({
    CookiesConfig: { CookieBehavior: 'none' },
    HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Host', 'CloudFront-Forwarded-Proto', 'CloudFront-Viewer-Address'] },
  });
  template.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: { CacheBehaviors: [{ PathPattern: '/media/*' }, { PathPattern: '/static/*', OriginRequestPolicyId: { Ref: policy.id } }] },
  });
});

/** A listener or a rule that changes its port would cut the traffic, or be refused, before the distribution asks the other one. */
describe('a domain that comes or goes', () => {
  const both = () => [platformTemplate(), withDomain()];
  const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';

  test('leaves the one rule for CloudFront as it is', () => {
    const [plain, secure] = both().map(template => resources(template, 'AWS::EC2::SecurityGroupIngress').filter(({ Properties }) => 'SourcePrefixListId' in Properties));
    expect(plain).toEqual([expect.objectContaining({ Properties: expect.objectContaining({ FromPort: 80, ToPort: 443 }) })]);
    expect(secure).toEqual(plain);
  });

  test('changes the port of no listener: each protocol has its own', () => {
    const [plain, secure] = both().map(template => only(template, LISTENER));
    expect(plain.Properties).toMatchObject({ Port: 80, Protocol: 'HTTP' });
    expect(secure.Properties).toMatchObject({ Port: 443, Protocol: 'HTTPS' });
    expect(plain.id).not.toBe(secure.id);
  });

  test('keeps the target group, which the rule of either listener sends to', () => {
    const [plain, secure] = both().map(template => only(template, 'AWS::ElasticLoadBalancingV2::TargetGroup'));
    expect(secure).toEqual(plain);
    both().forEach(template => expect(productionRule(template).Properties).toMatchObject({
      ListenerArn: { Ref: only(template, LISTENER).id }, Actions: [{ TargetGroupArn: { Ref: plain.id }, Type: 'forward' }],
    }));
  });

  test('moves the distribution after its listener is there', () => {
    both().forEach(template =>
      expect(template.toJSON().Resources[only(template, 'AWS::CloudFront::Distribution').id].DependsOn).toContain(only(template, LISTENER).id));
  });
});
