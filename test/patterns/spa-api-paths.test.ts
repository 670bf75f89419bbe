import { parse } from 'acorn';
import { Template } from 'aws-cdk-lib/assertions';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { portalTemplate } from './spa-api';
import { Compute, Domain, Edge, Frontend, SiteRouting } from '../../src';
import { askEdge, distributionOf, EdgeRequest } from '../support/edge-requests';
import { IMAGE, once } from '../support/platform';
import { only, resources, text } from '../support/template';

const compute = Compute.fargate({ image: IMAGE });
const usual = once(() => portalTemplate());
const atRoot = once(() => portalTemplate({ frontend: { path: '/' }, backend: { path: '/api', stripPath: true } }));
const named = once(() => portalTemplate(stack => ({
  domain: Domain.inZone(HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }), 'portal.example.com'),
  edge: Edge.cloudFront({ closeDistributionName: true }),
})));

interface ListenerRule {
  readonly Conditions: { readonly PathPatternConfig?: { readonly Values: string[] } }[];
  readonly Transforms?: { readonly UrlRewriteConfig: { readonly Rewrites: { readonly Regex: string; readonly Replace: string }[] } }[];
}
const rulesOf = (template: Template) =>
  resources(template, 'AWS::ElasticLoadBalancingV2::ListenerRule').map(({ Properties }) => Properties as unknown as ListenerRule);

const BALANCER = 'PortalLoadBalancer';
const SITE = 'PortalFrontendStaticSiteStore';
const PAGE = { accept: 'text/html,application/xhtml+xml' };

describe('a site and an API on one name', () => {
  const file = (asked: string) => ({ origin: SITE, asked });
  const api = (asked: string) => ({ origin: BALANCER, asked });

  test.each<[what: string, request: EdgeRequest, answer: object]>([
    ['the site', { uri: '/frontend/' }, file('/live/frontend/index.html')],
    ['a deep link', { uri: '/frontend/items/42' }, file('/live/frontend/index.html')],
    ['a deep link with a dot', { uri: '/frontend/users/john.doe' }, file('/live/frontend/index.html')],
    ['a deep link with a version', { uri: '/frontend/releases/v1.2.3' }, file('/live/frontend/index.html')],
    ['a deep link that ends in a slash', { uri: '/frontend/a.js/' }, file('/live/frontend/index.html')],
    ['a deep link with what could be a file before it', { uri: '/frontend/a.js/b' }, file('/live/frontend/index.html')],
    ['an asset', { uri: '/frontend/assets/app-B8f3.js' }, file('/live/frontend/assets/app-B8f3.js')],
    ['an asset in capitals', { uri: '/frontend/LOGO.PNG' }, file('/live/frontend/LOGO.PNG')],
    ['a file of an unusual kind, as a page', { uri: '/frontend/map.geojson' }, file('/live/frontend/index.html')],
    ['the API itself', { uri: '/backend' }, api('/backend')],
    ['a call', { uri: '/backend/items', method: 'POST' }, api('/backend/items')],
    ['a call of what looks like a file', { uri: '/backend/report.json' }, api('/backend/report.json')],
  ])('%s', (_, request, answer) => {
    expect(askEdge(usual(), request)).toEqual(answer);
  });

  test('the name of the site leads to its folder, with the query', () => {
    expect(askEdge(usual(), { uri: '/frontend', query: 'a=1&b=%2F' })).toMatchObject({ status: 301, location: '/frontend/?a=1&b=%2F' });
  });

  test('the first address leads to the site, at the edge', () => {
    expect(askEdge(usual(), { uri: '/', query: 'utm=x' })).toMatchObject({ status: 302, location: '/frontend/?utm=x' });
  });

  test.each(['/frontends', '/back', '/index.html', '/frontend.js', '/admin/', '//evil.example.com', '/Frontend/'])(
    'what is neither is not found, in the form that is asked for: %s', uri => {
      expect(askEdge(usual(), { uri, headers: PAGE })).toMatchObject({ status: 404, contentType: 'text/html; charset=utf-8', body: expect.stringContaining('<h1>Not found') });
      expect(askEdge(usual(), { uri, headers: { accept: '*/*' } })).toMatchObject({ status: 404, contentType: 'application/json' });
      expect(askEdge(usual(), { uri, method: 'POST', headers: { accept: 'application/json' } })).toMatchObject({ status: 404, contentType: 'application/json', body: '{"message":"Not Found"}' });
    });

  test('a site takes nothing: it is read alone', () => {
    expect(['POST', 'PUT', 'DELETE', 'OPTIONS'].map(method => askEdge(usual(), { uri: '/frontend/', method }).status)).toEqual([403, 403, 403, 403]);
  });
});

describe('what users of others ask for', () => {
  test('an API\'s 403 and 404 stay its own JSON: the distribution has no page for an error', () => {
    const { CustomErrorResponses } = distributionOf(usual()) as unknown as { CustomErrorResponses: { ErrorCode: number }[] };
    expect(CustomErrorResponses.map(each => Object.keys(each).sort())).toEqual(CustomErrorResponses.map(() => ['ErrorCachingMinTTL', 'ErrorCode']));
    const page = distributionOf(portalTemplate({ edge: Edge.cloudFront({ maintenancePage: '<h1>Sorry</h1>' }) })) as unknown as { CustomErrorResponses: object[] };
    expect(JSON.stringify(page.CustomErrorResponses)).not.toContain('ResponsePagePath');
  });

  test('a missing asset is a 404: what is asked for is the file, and S3 may say that there is none', () => {
    const { PolicyDocument } = resources(usual(), 'AWS::S3::BucketPolicy').find(({ id }) => id.startsWith(SITE))!.Properties as never as
      { PolicyDocument: { Statement: { Action: string[] | string; Principal: { Service?: string }; Condition: object }[] } };
    const ofEdge = PolicyDocument.Statement.filter(({ Principal }) => Principal.Service === 'cloudfront.amazonaws.com');
    expect(ofEdge.flatMap(({ Action }) => Action).sort()).toEqual(['s3:GetObject', 's3:ListBucket']);
    expect(ofEdge.every(({ Condition }) => JSON.stringify(Condition).includes('PortalContentDeliveryCloudFront'))).toBe(true);
  });

  test('nobody reads the bucket\'s list: no query is passed on, and the first address is a document\'s', () => {
    const ofSite = distributionOf(usual()).CacheBehaviors.filter(({ PathPattern }) => PathPattern!.startsWith('/frontend'));
    const behaviors = ofSite as unknown as { OriginRequestPolicyId?: string; CachePolicyId: { Ref: string } }[];
    expect(behaviors.map(({ OriginRequestPolicyId }) => OriginRequestPolicyId)).toEqual([undefined, undefined]);
    const policy = resources(usual(), 'AWS::CloudFront::CachePolicy').find(({ id }) => id === behaviors[0].CachePolicyId.Ref)!.Properties.CachePolicyConfig;
    expect(policy).toMatchObject({ ParametersInCacheKeyAndForwardedToOrigin: { QueryStringsConfig: { QueryStringBehavior: 'none' }, CookiesConfig: { CookieBehavior: 'none' } } });
    expect(askEdge(atRoot(), { uri: '/', query: 'list-type=2' })).toEqual({ origin: SITE, asked: '/live/index.html' });
  });

  test('a VPC origin: the API is reached through the edge alone, by an internal load balancer', () => {
    expect(only(usual(), 'AWS::ElasticLoadBalancingV2::LoadBalancer').Properties.Scheme).toBe('internal');
    usual().resourceCountIs('AWS::CloudFront::VpcOrigin', 1);
  });

  test('the raw CloudFront name is closed when there is a domain, for pages, calls, files and what is nobody\'s', () => {
    const by = (host: string) => ['/', '/frontend/', '/frontend/a.js', '/backend/items', '/nothing'].map(uri => askEdge(named(), { uri, headers: { host } }));
    expect(by('d1.cloudfront.net').map(({ status, location }) => [status, location])).toEqual(
      ['/', '/frontend/', '/frontend/a.js', '/backend/items', '/nothing'].map(uri => [301, `https://portal.example.com${uri}`]));
    expect(by('portal.example.com').map(({ status }) => status)).toEqual([302, undefined, undefined, undefined, 404]);
    expect(resources(named(), 'AWS::CloudFront::Function')).toHaveLength(3);
  });
});

describe('paths of one\'s own', () => {
  test('the site at the first address: every path is its own but the API\'s', () => {
    expect(['/', '/about', '/apis', '/assets/a.css', '/api'].map(uri => askEdge(atRoot(), { uri }).asked))
      .toEqual(['/live/index.html', '/live/index.html', '/live/index.html', '/live/assets/a.css', '/api']);
  });

  test('the API may not see its path: the load balancer takes it away', () => {
    const [rule] = rulesOf(atRoot()).filter(({ Transforms }) => Transforms !== undefined);
    expect(rule.Conditions).toEqual([{ Field: 'path-pattern', PathPatternConfig: { Values: ['/api', '/api/*'] } }]);
    const [{ Regex, Replace }] = rule.Transforms![0].UrlRewriteConfig.Rewrites;
    expect(['/api', '/api/', '/api/items/1?q=/api/', '/api?x=1'].map(url => url.replace(new RegExp(Regex), Replace)))
      .toEqual(['/', '/', '/items/1?q=/api/', '/?x=1']);
    expect(JSON.stringify(usual().toJSON())).not.toContain('url-rewrite');
  });

  test('the API at the first address', () => {
    const template = portalTemplate({ frontend: { path: '/site' }, backend: { path: '/' } });
    expect(['/', '/items', '/site/x', '/sites'].map(uri => askEdge(template, { uri }).asked)).toEqual(['/', '/items', '/live/site/index.html', '/sites']);
  });

  test('a site with a document for each folder', () => {
    const site = Frontend.staticSite({ routing: SiteRouting.FOLDERS, fileExtensions: ['geojson'] });
    const template = portalTemplate({ frontend: { path: '/', site }, backend: { path: '/api' } });
    expect(['/', '/about/', '/map.geojson'].map(uri => askEdge(template, { uri }).asked)).toEqual(['/live/index.html', '/live/about/index.html', '/live/map.geojson']);
    expect(askEdge(template, { uri: '/about', query: 'a=1' })).toMatchObject({ status: 301, location: '/about/?a=1' });
    expect(askEdge(template, { uri: '//evil.example.com/x' })).toMatchObject({ status: 301, location: '/evil.example.com/x/' });
  });

  test('a site that units make page by page: neither sees the other\'s paths', () => {
    const template = portalTemplate({ frontend: { site: Frontend.container({ compute }) } });
    expect(['/frontend/x', '/frontend/a.js', '/backend/x'].map(uri => askEdge(template, { uri }).origin)).toEqual([BALANCER, BALANCER, BALANCER]);
    expect(rulesOf(template).flatMap(({ Conditions }) => Conditions.flatMap(each => each.PathPatternConfig?.Values ?? [])).sort()).toEqual(['/backend', '/backend/*', '/frontend', '/frontend/*']);
  });
});

describe('each function at the edge', () => {
  const codes = () => [usual(), atRoot(), named()].flatMap(template => resources(template, 'AWS::CloudFront::Function').map(({ Properties }) => text(Properties.FunctionCode)));

  test('is of the oldest language that runtimes of CloudFront and of nginx speak, and within 10 kB', () => {
    expect(codes().length).toBeGreaterThan(5);
    expect(codes().map(code => Buffer.byteLength(code) < 10_000 && parse(code, { ecmaVersion: 5 }).type)).toEqual(codes().map(() => 'Program'));
  });
});
