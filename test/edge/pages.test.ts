import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CloudFrontProps, Edge } from '../../src';
import { maintenanceFunctionCode } from '../../src/edge/private/functions/maintenance';
import { pageFunctionCode } from '../../src/edge/private/functions/pages';
import { once, platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only, propertiesOf, resources } from '../support/template';

const PAGE_FUNCTION = pageFunctionCode({ caching: true });

interface Values { [name: string]: { value: string } }
interface Request { readonly method: string; readonly headers: Values }
interface Response { readonly statusCode: number; readonly headers: Values; readonly cookies: Values; readonly body?: { data: string } }

/** Runs the function as CloudFront does. */
function run(code: string, eventType: string, request: Partial<Request>, response: Partial<Response> = {}): Response & Request {
  const handler = new Function(`${code}; return handler;`)() as (event: object) => Response & Request;
  return handler({ context: { eventType }, request: { method: 'GET', headers: {}, ...request }, response: { statusCode: 200, headers: {}, cookies: {}, ...response } });
}

const template = (props: CloudFrontProps) => platformTemplate({ edge: Edge.cloudFront(props) });
const plain = once(() => platformTemplate());
const caching = once(() => template({ pageCaching: { headers: ['Accept-Language'] } }));
const failing = once(() => template({ maintenancePage: '<h1>Sorry</h1>' }));
interface Config {
  readonly DefaultCacheBehavior: { readonly FunctionAssociations?: { EventType: string }[]; readonly CachePolicyId: unknown };
  readonly CacheBehaviors: { readonly PathPattern: string; readonly TargetOriginId: string; readonly FunctionAssociations?: object[] }[];
  readonly CustomErrorResponses: { readonly [name: string]: unknown }[];
  readonly Origins: { readonly Id: string; readonly OriginAccessControlId?: unknown }[];
}

const configOf = (from: Template) => propertiesOf(from, 'AWS::CloudFront::Distribution').DistributionConfig as unknown as Config;

describe('pages that are kept', () => {
  const policyOf = (from: Template) => resources(from, 'AWS::CloudFront::CachePolicy').find(({ id }) => id.includes('PageCache'))!;

  test('are those that the application marks, apart for each session, for five minutes at most', () => {
    const policy = policyOf(caching());
    expect(configOf(caching()).DefaultCacheBehavior.CachePolicyId).toEqual({ Ref: policy.id });
    expect(policy.Properties.CachePolicyConfig).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      MaxTTL: 300,
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: 'whitelist', Cookies: ['PHPSESSID'] },
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Host', 'Accept-Language'] },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
      },
    });
    expect(policyOf(template({ pageCaching: { cookies: ['theme'], maxTtl: Duration.seconds(30) } })).Properties.CachePolicyConfig).toMatchObject({
      MaxTTL: 30, ParametersInCacheKeyAndForwardedToOrigin: { CookiesConfig: { Cookies: ['PHPSESSID', 'theme'] } },
    });
  });

  test('run through the function, both ways', () => {
    expect(configOf(caching()).DefaultCacheBehavior.FunctionAssociations?.map(({ EventType }) => EventType)).toEqual(['viewer-request', 'viewer-response']);
    expect(propertiesOf(caching(), 'AWS::CloudFront::Function').FunctionCode).toBe(PAGE_FUNCTION);
  });

  const session = { PHPSESSID: { value: 'secret' } };
  test.each([
    ['says nothing', 'GET', undefined, {}],
    ['is marked', 'GET', 'public, max-age=60', {}],
    ['is marked, without a body', 'HEAD', 's-maxage=60', {}],
    ['is marked beside a word of the application\'s own', 'GET', 'max-age=60, x-private', {}],
    ['is marked but for some of its headers', 'GET', 'max-age=60, no-cache="x-own"', {}],
    ['is for nobody else', 'GET', 'private, max-age=60', session],
    ['is not to be kept, as PHP says', 'GET', 'no-store, no-cache, must-revalidate', session],
    ['follows a POST', 'POST', undefined, session],
  ])('have no cookie that others could get: an answer that %s', (_, method, control, cookies) => {
    const headers: Response['headers'] = control === undefined ? {} : { 'cache-control': { value: control } };
    expect(run(PAGE_FUNCTION, 'viewer-response', { method }, { headers, cookies: session }).cookies).toEqual(cookies);
  });

  test('are asked for without headers by which they could be poisoned', () => {
    const { headers } = run(PAGE_FUNCTION, 'viewer-request', { headers: { 'x-forwarded-host': { value: 'evil' }, 'x-original-url': { value: '/admin' }, 'accept-language': { value: 'pt' } } });
    expect(headers).toEqual({ 'accept-language': { value: 'pt' } });
  });

  test('need no function when none is kept', () => {
    plain().resourceCountIs('AWS::CloudFront::Function', 0);
    expect(configOf(plain()).DefaultCacheBehavior.FunctionAssociations).toBeUndefined();
  });
});

describe('an error', () => {
  test('is never kept for others', () => {
    expect(configOf(plain()).CustomErrorResponses)
      .toEqual([404, 405, 414, 500, 501, 502, 503, 504].map(ErrorCode => ({ ErrorCode, ErrorCachingMinTTL: 0 })));
    plain().resourceCountIs('Custom::MaintenancePage', 0);
  });

  test('of the way to the application shows the page, with its own status', () => {
    const page = (ErrorCode: number) => ({ ErrorCode, ErrorCachingMinTTL: 0, ResponseCode: ErrorCode, ResponsePagePath: '/_platform/maintenance.html' });
    const bare = (ErrorCode: number) => ({ ErrorCode, ErrorCachingMinTTL: 0 });
    expect(configOf(failing()).CustomErrorResponses).toEqual([...[404, 405, 414, 500, 501].map(bare), page(502), page(503), page(504)]);
  });

  test('finds the page in a private bucket, where a function of the template puts it', () => {
    const bucket = resources(failing(), 'AWS::S3::Bucket').find(({ id }) => id.includes('MaintenancePage'))!;
    expect(bucket).toMatchObject({ DeletionPolicy: 'Delete', Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true } } });
    expect(only(failing(), 'Custom::MaintenancePage').Properties).toMatchObject({ Bucket: { Ref: bucket.id }, Key: '_platform/maintenance.html', Page: '<h1>Sorry</h1>' });
    const { CacheBehaviors, Origins } = configOf(failing());
    const target = CacheBehaviors.find(({ PathPattern }) => PathPattern === '/_platform/*')!.TargetOriginId;
    expect(Origins.find(({ Id }) => Id === target)?.OriginAccessControlId).toBeDefined();
  });
});

describe('maintenance', () => {
  test('answers every page with the given one, or a plain one', () => {
    const given = propertiesOf(template({ maintenance: true, maintenancePage: '<h1>Soon</h1>' }), 'AWS::CloudFront::Function').FunctionCode;
    expect(given).toBe(maintenanceFunctionCode('<h1>Soon</h1>'));
    expect(propertiesOf(template({ maintenance: true }), 'AWS::CloudFront::Function').FunctionCode).toContain('Back soon');
  });

  test('tells programs that it failed, and when to come back', () => {
    const answer = run(maintenanceFunctionCode('<p title="a">\\ \u2028</p>'), 'viewer-request', {});
    expect(answer).toMatchObject({
      statusCode: 503,
      headers: { 'content-type': { value: 'text/html; charset=utf-8' }, 'cache-control': { value: 'no-store' }, 'retry-after': { value: '300' } },
      body: { data: '<p title="a">\\ \u2028</p>' },
    });
  });

  test.each([['text/html,*/*;q=0.8', 'text/html; charset=utf-8'], ['application/json', 'application/json'], ['*/*', 'application/json'], ['image/avif,*/*', 'application/json']])(
    'answers who takes %s with %s', (accept, type) => {
      const { headers, body } = run(maintenanceFunctionCode('<h1>Soon</h1>'), 'viewer-request', { headers: { accept: { value: accept } } });
      expect([headers['content-type'].value, body?.data]).toEqual([type, type === 'application/json' ? '{"message":"Service Unavailable"}' : '<h1>Soon</h1>']);
    });

  test('leaves room for the largest page in the function', () => {
    expect(maintenanceFunctionCode('x'.repeat(7998)).length).toBeLessThan(10_240);
  });

  test.each([false, true])('is a function of its own, whose every run is such an answer, on each path of the application (pages kept: %s)', kept => {
    const made = template({ maintenance: true, ...kept ? { pageCaching: {} } : {} });
    const { id } = only(made, 'AWS::CloudFront::Function');
    const config = configOf(made);
    const behaviors = [config.DefaultCacheBehavior, ...config.CacheBehaviors].map(({ FunctionAssociations }) => FunctionAssociations);
    expect(behaviors.filter(each => each !== undefined)).toEqual([
      [{ EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': [id, 'FunctionARN'] } }],
    ]);
  });
});

const cached = (pageCaching: object) => () => Edge.cloudFront({ pageCaching });
testRefusals([
  ['a large page', () => Edge.cloudFront({ maintenancePage: 'x'.repeat(7999) }),
    '[Edge.cloudFront] \'maintenancePage\' must be HTML of 1 to 8000 bytes as a JSON string, got 8001: leave out pictures and fonts'],
  ['an empty page', () => Edge.cloudFront({ maintenancePage: '' }),
    '[Edge.cloudFront] \'maintenancePage\' must be HTML of 1 to 8000 bytes as a JSON string, got 2: leave out pictures and fonts'],
  ['what is no name of a cookie', cached({ cookies: ['a b'] }),
    '[Edge.cloudFront.pageCaching] \'cookies\' must be at most 10 names of cookies, got ["a b"]: give each by which a page differs, such as \'currency\''],
  ['a header that is there already', cached({ headers: ['Cookie'] }),
    '[Edge.cloudFront.pageCaching] \'headers\' must be at most 9 names of headers other than Host, Cookie and Authorization, got ["Cookie"]: give some such as \'Accept-Language\''],
  ['no time at all', cached({ maxTtl: Duration.seconds(0) }),
    '[Edge.cloudFront.pageCaching] \'maxTtl\' must be 1 s to 365 days, got 0 s: leave out the caching to keep nothing'],
]);
