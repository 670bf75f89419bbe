import { KeyGroup, PublicKey } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { CloudFrontProps, Edge, EdgeRoute, Media, RouteKind } from '../../src';
import { once, platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only } from '../support/template';

const REST: EdgeRoute = { pathPattern: '*', kind: RouteKind.PAGES, from: 'the application' };
const origin = new HttpOrigin('files.example.com');

interface Behavior {
  readonly PathPattern: string;
  readonly AllowedMethods?: string[];
  readonly CachePolicyId: unknown;
  readonly FunctionAssociations?: unknown[];
  readonly OriginRequestPolicyId?: unknown;
  readonly ResponseHeadersPolicyId?: unknown;
  readonly TargetOriginId: string;
  readonly TrustedKeyGroups?: unknown[];
}

type Routes = EdgeRoute[] | ((scope: Construct) => EdgeRoute[]);

/** The behaviors of a distribution with these routes; the last is the default one. */
function behaviors(given: Routes, props: CloudFrontProps = { staticPaths: [] }): Behavior[] {
  const routes = (scope: Construct) => typeof given === 'function' ? given(scope) : given;
  const template = platformTemplate({
    edge: { bind: (scope, context) => Edge.cloudFront(props).bind(scope, { ...context, routes: routes(scope) }) },
  });
  const { DistributionConfig } = only(template, 'AWS::CloudFront::Distribution').Properties as {
    DistributionConfig: { CacheBehaviors?: Behavior[]; DefaultCacheBehavior: Behavior };
  };
  return [...DistributionConfig.CacheBehaviors ?? [], { ...DistributionConfig.DefaultCacheBehavior, PathPattern: '*' }];
}

/** AWS's own cache policy that keeps nothing (CloudFront developer guide, "Use managed cache policies"). */
const KEEPS_NOTHING = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];

const fourKinds = once(() => behaviors([
  { pathPattern: '/api/*', kind: RouteKind.API, from: 'the API' },
  { pathPattern: '/files/*', kind: RouteKind.FILES, from: 'a bucket', origin },
  { pathPattern: '/site/*', kind: RouteKind.SITE, from: 'a bucket', origin },
  REST,
], { staticPaths: [], pageCaching: {} }));

describe('routes of each kind', () => {
  test('are asked for in their order', () => {
    expect(fourKinds().map(({ PathPattern }) => PathPattern)).toEqual(['/api/*', '/files/*', '/site/*', '*']);
  });

  test('an API takes every method and is never kept, also where pages are', () => {
    const [api, , , pages] = fourKinds();
    expect(api).toMatchObject({ AllowedMethods: ALL_METHODS, CachePolicyId: KEEPS_NOTHING });
    expect(api.FunctionAssociations).toBeUndefined();
    expect(pages.AllowedMethods).toEqual(ALL_METHODS);
    expect(pages.CachePolicyId).not.toBe(KEEPS_NOTHING);
    expect(pages.FunctionAssociations).toHaveLength(2);
  });

  test('a site and files are read alone, kept, and asked for by the name of their own origin', () => {
    const [api, files, site] = fourKinds();
    expect(site.AllowedMethods).toEqual(['GET', 'HEAD']);
    expect(files.AllowedMethods).toBeUndefined();
    [files, site].forEach(behavior => {
      expect(behavior.CachePolicyId).not.toBe(KEEPS_NOTHING);
      expect(behavior.OriginRequestPolicyId).toBeUndefined();
      expect(behavior.TargetOriginId).not.toBe(api.TargetOriginId);
    });
  });
});

test('two routes of files, one of them signed, share what is kept and differ in who may read', () => {
  const signed = (scope: Construct) => [new KeyGroup(scope, 'Keys', { items: [PublicKey.fromPublicKeyId(scope, 'Key', 'K1')] })];
  const [open, closed] = behaviors(scope => [
    { pathPattern: '/a/*', kind: RouteKind.FILES, from: 'a', origin },
    { pathPattern: '/b/*', kind: RouteKind.FILES, from: 'b', origin, trustedKeyGroups: signed(scope) },
    REST,
  ]);
  expect(open.CachePolicyId).toEqual(closed.CachePolicyId);
  expect([open.TrustedKeyGroups, closed.TrustedKeyGroups]).toEqual([undefined, [expect.anything()]]);
  expect(open.ResponseHeadersPolicyId).not.toEqual(closed.ResponseHeadersPolicyId);
});

const withRoutes = (...routes: EdgeRoute[]) => () => behaviors(routes);
const at = '[Stack/Shop/ContentDelivery/CloudFront]';

testRefusals([
  ['no routes', withRoutes(), `${at} 'routes' must end in the one of '*', got none: say what answers where no other path fits`],
  ['routes without one for the rest', withRoutes({ ...REST, pathPattern: '/a/*' }),
    `${at} 'routes' must end in the one of '*', got "/a/*": say what answers where no other path fits`],
  ['a route without a slash', withRoutes({ ...REST, pathPattern: 'a/*' }, REST),
    `${at} 'routes' must have patterns that begin with a slash and are not all paths, got "a/*": give such as '/media/*'`],
  ['two routes of one pattern', withRoutes({ ...REST, pathPattern: '/a/*' }, { ...REST, pathPattern: '/a/*' }, REST),
    `${at} 'routes' must each have a pattern of their own, got "/a/*" twice: the second would never be asked`],
  ['a route behind a wider one', withRoutes({ ...REST, pathPattern: '/a/*' }, { ...REST, pathPattern: '/a/b.js' }, REST),
    `${at} 'routes' must not stand after one that has all their paths, got "/a/b.js" after "/a/*": put the narrower first, or they are never asked`],
  ['a route that has the maintenance page\'s paths, too', withRoutes({ ...REST, pathPattern: '/_*' }, REST),
    `${at} 'routes' must not hold '/_platform/', which is the maintenance page's, got "/_*": give a narrower pattern`],
]);

const ofMedia = (prefix: string, ...staticPaths: string[]) => () => platformTemplate({
  media: Media.bucket({ prefix }), edge: Edge.cloudFront({ staticPaths }),
});
const never = (clash: string) =>
  `${at} 'staticPaths' must not be paths that something else answers, got ${clash} from the media library: the application's files there would never be asked for; give other paths, for the media library by its 'prefix'`;

describe('static files and the media library', () => {
  testRefusals([
    ['the same path for both', ofMedia('static', '/static/*'), never('"/static/*" with "/static/*"')],
    ['the path that is the default of static files', () => platformTemplate({ media: Media.bucket({ prefix: 'static' }) }), never('"/static/*" with "/static/*"')],
    ['static files within the media', ofMedia('files', '/files/static/*', '/b/*'), never('"/files/static/*" with "/files/*"')],
  ]);

  test('may share some paths by their end, or the beginning of a name', () => {
    expect(ofMedia('media', '/*.css', '/medium/*', '/mediator*')).not.toThrow();
  });

  test('a narrower route may stand before a wider one', () => {
    expect(behaviors([{ ...REST, pathPattern: '/a/b/*' }, { ...REST, pathPattern: '/a/*' }, REST]).map(({ PathPattern }) => PathPattern))
      .toEqual(['/a/b/*', '/a/*', '*']);
  });
});
