import { Match } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Domain, EnvironmentProfile, Media } from '../../src';
import { ACCOUNT, once, platformTemplate } from '../support/platform';
import { only, propertiesOf, resources } from '../support/template';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const CERTIFICATE_ARN = `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/1`;

const plain = once(() => platformTemplate());
const named = once(() => platformTemplate(stack => ({
  domain: Domain.inZone(HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }), 'shop.example.com'),
})));
const elsewhere = once(() => platformTemplate(stack => ({
  domain: Domain.elsewhere('shop.example.org', Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE_ARN)),
})));
const distributionOf = (template: ReturnType<typeof plain>) => propertiesOf(template, 'AWS::CloudFront::Distribution').DistributionConfig as {
  readonly [name: string]: unknown;
  readonly CacheBehaviors: { readonly PathPattern: string; readonly TargetOriginId: string }[];
  readonly Origins: { readonly Id: string; readonly VpcOriginConfig?: unknown; readonly OriginAccessControlId?: unknown }[];
};

describe('the load balancer', () => {
  test('is internal, drops malformed headers, and logs to the log bucket', () => {
    const { Scheme, LoadBalancerAttributes } = propertiesOf(plain(), 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    expect(Scheme).toBe('internal');
    expect(LoadBalancerAttributes).toEqual(expect.arrayContaining([
      { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
      { Key: 'access_logs.s3.enabled', Value: 'true' },
      { Key: 'access_logs.s3.bucket', Value: { Ref: resources(plain(), 'AWS::S3::Bucket')[0].id } },
    ]));
  });

  test('refuses to be deleted in production alone', () => {
    const attribute = (Value: string) => ({ LoadBalancerAttributes: Match.arrayWith([{ Key: 'deletion_protection.enabled', Value }]) });
    plain().hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', attribute('true'));
    platformTemplate({ profile: EnvironmentProfile.development() })
      .hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', attribute('false'));
  });

  test('without a domain speaks HTTP to CloudFront, within the VPC', () => {
    expect(only(plain(), LISTENER).Properties).toMatchObject({ Port: 80, Protocol: 'HTTP' });
    plain().hasResourceProperties('AWS::CloudFront::VpcOrigin', { VpcOriginEndpointConfig: { OriginProtocolPolicy: 'http-only' } });
  });

  test.each([
    ['a domain in a zone', named, () => ({ Ref: only(named(), 'AWS::CertificateManager::Certificate').id })],
    ['a domain elsewhere', elsewhere, () => CERTIFICATE_ARN],
  ])('with %s speaks TLS 1.2 and newer to CloudFront', (_, template, certificate) => {
    expect(only(template(), LISTENER).Properties).toMatchObject({
      Port: 443, Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06', Certificates: [{ CertificateArn: certificate() }],
    });
    template().hasResourceProperties('AWS::CloudFront::VpcOrigin', {
      VpcOriginEndpointConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
    });
  });
});

describe('content delivery', () => {
  test('reaches the application by a VPC origin and media by a signed origin, and nothing else', () => {
    const { Origins, CacheBehaviors } = distributionOf(plain());
    expect(Origins.map(({ VpcOriginConfig, OriginAccessControlId }) => [VpcOriginConfig !== undefined, OriginAccessControlId !== undefined]))
      .toEqual([[true, false], [false, true]]);
    expect(CacheBehaviors.map(({ PathPattern, TargetOriginId }) => [PathPattern, TargetOriginId]))
      .toEqual([['/media/*', Origins[1].Id], ['/static/*', Origins[0].Id]]);
    plain().hasResourceProperties('AWS::CloudFront::OriginAccessControl', { OriginAccessControlConfig: { SigningBehavior: 'always', SigningProtocol: 'sigv4' } });
  });

  test('sends viewers to HTTPS on every path', () => {
    const redirect = { ViewerProtocolPolicy: 'redirect-to-https' };
    expect(distributionOf(plain())).toMatchObject({ DefaultCacheBehavior: redirect, CacheBehaviors: [redirect, redirect] });
  });

  test('stands behind the web ACL, and logs', () => {
    expect(distributionOf(plain()).WebACLId).toEqual({ 'Fn::GetAtt': [only(plain(), 'AWS::WAFv2::WebACL').id, 'Arn'] });
    expect(distributionOf(plain()).Logging).toMatchObject({ IncludeCookies: false, Prefix: 'cloudfront/Shop-ContentDelivery-CloudFront/' });
  });

  test('serves media below the path of static files before these', () => {
    const { CacheBehaviors } = distributionOf(platformTemplate({ media: Media.bucket({ prefix: 'static/images' }) }));
    expect(CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual(['/static/images/*', '/static/*']);
  });

  test('has no name of its own, certificate or record without a domain', () => {
    expect(distributionOf(plain())).not.toHaveProperty('Aliases');
    plain().resourceCountIs('AWS::CertificateManager::Certificate', 0);
    plain().resourceCountIs('AWS::Route53::RecordSet', 0);
  });

  test('with a domain in a zone has its name, records for both address families, and a certificate proved in the zone', () => {
    expect(distributionOf(named())).toMatchObject({ Aliases: ['shop.example.com'], ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' } });
    expect(resources(named(), 'AWS::Route53::RecordSet').filter(({ id }) => id.includes('ContentDelivery')).map(({ Properties: { Type, Name, HostedZoneId } }) => [Type, Name, HostedZoneId]))
      .toEqual([['A', 'shop.example.com.', 'Z1'], ['AAAA', 'shop.example.com.', 'Z1']]);
    named().hasResourceProperties('AWS::CertificateManager::Certificate', {
      DomainName: 'shop.example.com', ValidationMethod: 'DNS', DomainValidationOptions: [{ DomainName: 'shop.example.com', HostedZoneId: 'Z1' }],
    });
  });

  test('with a domain elsewhere has its name and the given certificate, and makes no record', () => {
    expect(distributionOf(elsewhere())).toMatchObject({ Aliases: ['shop.example.org'], ViewerCertificate: { AcmCertificateArn: CERTIFICATE_ARN } });
    expect(resources(elsewhere(), 'AWS::Route53::RecordSet').filter(({ id }) => id.includes('ContentDelivery'))).toEqual([]);
    elsewhere().resourceCountIs('AWS::CertificateManager::Certificate', 0);
  });
});
