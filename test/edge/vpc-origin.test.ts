import { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Domain, Owner } from '../../src';
import { addPlatform, eastStack, platformTemplate } from '../support/platform';
import { only, resources } from '../support/template';

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

test('static files are asked for without cookies, since their answers are kept for all', () => {
  const template = platformTemplate();
  const policy = only(template, 'AWS::CloudFront::OriginRequestPolicy');
  expect(policy.Properties.OriginRequestPolicyConfig).toMatchObject({
    CookiesConfig: { CookieBehavior: 'none' },
    HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Host'] },
  });
  template.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: { CacheBehaviors: [{ PathPattern: '/media/*' }, { PathPattern: '/static/*', OriginRequestPolicyId: { Ref: policy.id } }] },
  });
});
