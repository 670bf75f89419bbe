import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { GeoRestriction, PriceClass } from 'aws-cdk-lib/aws-cloudfront';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Domain, Edge, IEdge, Media } from '../../src';
import { addPlatform, eastStack, once, platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only, propertiesOf, resources } from '../support/template';

interface Behavior {
  readonly PathPattern?: string;
  readonly CachePolicyId: { readonly Ref: string };
  readonly OriginRequestPolicyId?: unknown;
  readonly ResponseHeadersPolicyId: { readonly Ref: string };
  readonly Compress: boolean;
  readonly TargetOriginId: string;
  readonly TrustedKeyGroups?: unknown;
}

interface DistributionConfig {
  readonly [name: string]: unknown;
  readonly DefaultCacheBehavior: Behavior;
  readonly CacheBehaviors: Behavior[];
}

/** What a distribution does with a path. */
interface PathView {
  readonly behavior: Behavior;
  readonly cache: { readonly [name: string]: unknown };
  readonly headers: { readonly [name: string]: unknown };
}

const configOf = (template: Template) => propertiesOf(template, 'AWS::CloudFront::Distribution').DistributionConfig as DistributionConfig;
const plain = once(() => platformTemplate());
const tuned = once(() => platformTemplate({
  edge: Edge.cloudFront({
    priceClass: PriceClass.PRICE_CLASS_100,
    geoRestriction: GeoRestriction.allowlist('BR', 'PT'),
    originShieldRegion: 'us-east-1',
    contentSecurityPolicy: 'default-src \'self\'',
    staticPaths: ['/assets/*', '/*.css'],
    mediaTtl: Duration.hours(1),
    mediaCorsOrigins: ['https://blog.example.com'],
  }),
}));

function viewOf(template: Template, pattern?: string): PathView {
  const { DefaultCacheBehavior, CacheBehaviors } = configOf(template);
  const behavior = pattern === undefined ? DefaultCacheBehavior : CacheBehaviors.find(({ PathPattern }) => PathPattern === pattern)!;
  const configured = (type: string, key: string, id: unknown) =>
    (resources(template, type).find(each => each.id === (id as { Ref?: string } | undefined)?.Ref)?.Properties[key] ?? {}) as PathView['cache'];
  return {
    behavior,
    cache: configured('AWS::CloudFront::CachePolicy', 'CachePolicyConfig', behavior.CachePolicyId),
    headers: configured('AWS::CloudFront::ResponseHeadersPolicy', 'ResponseHeadersPolicyConfig', behavior.ResponseHeadersPolicyId),
  };
}

describe('pages', () => {
  test('are not cached, and tell the application all about their request', () => {
    expect(viewOf(plain()).behavior).toMatchObject({
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', OriginRequestPolicyId: '33f36d7e-f396-46d9-90e0-52428a34d9dc', Compress: true,
    });
  });

  test('have AWS\'s security headers, and with a content security policy the same and that', () => {
    expect(viewOf(plain()).behavior.ResponseHeadersPolicyId).toBe('67f7725c-6f97-4210-82d7-5512b31e9d03');
    expect(viewOf(tuned()).headers.SecurityHeadersConfig).toEqual({
      ContentSecurityPolicy: { ContentSecurityPolicy: 'default-src \'self\'', Override: false },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'SAMEORIGIN', Override: false },
      ReferrerPolicy: { ReferrerPolicy: 'strict-origin-when-cross-origin', Override: false },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31536000, Override: false },
      XSSProtection: { ModeBlock: true, Protection: true, Override: false },
    });
  });
});

describe('static files', () => {
  test('are kept a day, by path and query, without cookies, in each encoding', () => {
    expect(viewOf(plain(), '/static/*').cache).toMatchObject({
      // With more, CloudFront would keep what says `private` or `no-store`.
      MinTTL: 0,
      DefaultTTL: 86400,
      MaxTTL: 31536000,
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'none' },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
        EnableAcceptEncodingGzip: true,
        EnableAcceptEncodingBrotli: true,
      },
    });
  });

  test('are asked for with the name, protocol and address of the viewer, and nothing else', () => {
    expect(only(plain(), 'AWS::CloudFront::OriginRequestPolicy').Properties.OriginRequestPolicyConfig).toMatchObject({
      CookiesConfig: { CookieBehavior: 'none' },
      HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Host', 'CloudFront-Forwarded-Proto', 'CloudFront-Viewer-Address'] },
      QueryStringsConfig: { QueryStringBehavior: 'none' },
    });
  });

  test('are where the application has them', () => {
    expect(configOf(tuned()).CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual(['/media/*', '/assets/*', '/*.css']);
  });
});

describe('media', () => {
  test('is kept 30 days by its path alone, once for every browser', () => {
    const { behavior, cache } = viewOf(plain(), '/media/*');
    expect(behavior.Compress).toBe(false);
    expect(cache).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 30 * 86400,
      MaxTTL: 31536000,
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'none' },
        QueryStringsConfig: { QueryStringBehavior: 'none' },
        EnableAcceptEncodingGzip: false,
        EnableAcceptEncodingBrotli: false,
      },
    });
    expect(viewOf(tuned(), '/media/*').cache).toMatchObject({ DefaultTTL: 3600 });
  });

  test('is kept a day by browsers, may be read by other sites, and runs no script', () => {
    expect(viewOf(plain(), '/media/*').headers).toMatchObject({
      CorsConfig: {
        AccessControlAllowCredentials: false,
        AccessControlAllowMethods: { Items: ['GET', 'HEAD'] },
        AccessControlAllowOrigins: { Items: ['*'] },
        OriginOverride: true,
      },
      CustomHeadersConfig: { Items: [{ Header: 'Cache-Control', Value: 'public, max-age=86400', Override: false }] },
      SecurityHeadersConfig: {
        ContentSecurityPolicy: { ContentSecurityPolicy: 'script-src \'none\'; form-action \'none\'; base-uri \'none\'', Override: true },
      },
    });
    expect(viewOf(tuned(), '/media/*').headers).toMatchObject({ CorsConfig: { AccessControlAllowOrigins: { Items: ['https://blog.example.com'] } } });
  });
});

test('users everywhere are served by every edge location, over IPv6 and HTTP/3', () => {
  expect(configOf(plain())).toMatchObject({ HttpVersion: 'http2and3', IPV6Enabled: true });
  expect(configOf(plain())).not.toHaveProperty('Restrictions');
  expect(configOf(plain())).not.toHaveProperty('PriceClass');
});

test('the locations, the countries and the shield are those that are given', () => {
  expect(configOf(tuned())).toMatchObject({
    PriceClass: 'PriceClass_100',
    Restrictions: { GeoRestriction: { RestrictionType: 'whitelist', Locations: ['BR', 'PT'] } },
    Origins: [{ OriginShield: { Enabled: true, OriginShieldRegion: 'us-east-1' } }, {}],
  });
});

describe('an edge of one\'s own', () => {
  test('receives the origins, and its distribution is the platform\'s', () => {
    let given: string[] = [];
    const own: IEdge = {
      bind: (scope, context) => {
        given = [...context.routes.map(({ pathPattern }) => pathPattern), context.loadBalancer.node.path, scope.node.path];
        return Edge.cloudFront().bind(scope, context);
      },
    };
    const platform = addPlatform(eastStack(), { edge: own });
    expect(given).toEqual(['/media/*', '*', 'Stack/Shop/LoadBalancer/Resource', 'Stack/Shop/ContentDelivery']);
    expect(platform.distribution.node.path).toBe('Stack/Shop/ContentDelivery/CloudFront/Resource');
  });
});

describe('DNS records', () => {
  function records(share?: number, ipv6?: boolean) {
    const template = platformTemplate(stack => ({
      domain: Domain.inZone(HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }), 'shop.example.com'),
      edge: { bind: (scope, context) => Edge.cloudFront().bind(scope, { ...context, dns: { share, ipv6 } }) },
    }));
    return resources(template, 'AWS::Route53::RecordSet').filter(({ id }) => id.includes('ContentDelivery'))
      .map(({ id, Properties: { Type, Weight, SetIdentifier } }) => [id.replace(/\w{8}$/, ''), Type, Weight, SetIdentifier]);
  }
  const id = 'ShopContentDeliveryCloudFrontIpv';

  test('have all the weight, for both address families', () => {
    expect(records()).toEqual([[`${id}4`, 'A', 100, 'platform'], [`${id}6`, 'AAAA', 100, 'platform']]);
  });

  test.each([0, 10])('with a share of %d have that, and no IPv6, which would be a share of 100', share => {
    expect(records(share)).toEqual([[`${id}4`, 'A', share, 'platform']]);
  });

  test('with a share of 10 name IPv6 addresses when the other side has some', () => {
    expect(records(10, true)).toEqual([[`${id}4`, 'A', 10, 'platform'], [`${id}6`, 'AAAA', 10, 'platform']]);
  });
});

testRefusals([
  ['a shield nowhere', () => Edge.cloudFront({ originShieldRegion: 'Ohio' }),
    '[Edge.cloudFront] \'originShieldRegion\' must be the name of a Region, got "Ohio": give one with Origin Shield, near the platform, such as \'us-east-1\''],
  ['a policy of two lines', () => Edge.cloudFront({ contentSecurityPolicy: 'default-src\n\'self\'' }),
    '[Edge.cloudFront] \'contentSecurityPolicy\' must be one line of directives, got "default-src\\n\'self\'": give a policy such as "default-src \'self\'", or leave it out'],
  ...[['/*'], ['static/*'], ['/a', '/a'], Array.from({ length: 21 }, (_, index) => `/${index}`)].map(staticPaths => [
    `static paths such as ${staticPaths.slice(0, 2).join(' ')}`, () => Edge.cloudFront({ staticPaths }),
    `[Edge.cloudFront] 'staticPaths' must be at most 20 different paths that begin with a slash and are not all paths, got ${JSON.stringify(staticPaths)}: give patterns such as '/static/*' or '/*.css'`,
  ] as [string, () => unknown, string]),
  ['static files where the maintenance page is', () => Edge.cloudFront({ staticPaths: ['/static/*', '/_platform/*'] }),
    '[Edge.cloudFront] \'staticPaths\' must not begin with \'/_platform/\', which is the maintenance page\'s, got ["/_platform/*"]: serve these files below another path, such as \'/static/*\''],
  ['media where the maintenance page is', () => platformTemplate({ media: Media.bucket({ prefix: '_platform' }) }),
    '[Stack/Shop/ContentDelivery/CloudFront] \'routes\' must not begin with \'/_platform/\', which is the maintenance page\'s, got "/_platform/*": give another path, for the media library by its \'prefix\''],
  ['media kept longer than CloudFront does', () => Edge.cloudFront({ mediaTtl: Duration.days(366) }),
    '[Edge.cloudFront] \'mediaTtl\' must be at most 365 days, got 366 days: CloudFront keeps nothing longer'],
  ...[[], ['blog.example.com']].map(mediaCorsOrigins => [
    `origins such as ${JSON.stringify(mediaCorsOrigins)}`, () => Edge.cloudFront({ mediaCorsOrigins }),
    `[Edge.cloudFront] 'mediaCorsOrigins' must be '*' or origins, got ${JSON.stringify(mediaCorsOrigins)}: give a scheme and a host, such as 'https://www.example.com'`,
  ] as [string, () => unknown, string]),
]);
