import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Brazil } from './support';
import { CloudFrontProps, Domain, DomainInZoneOptions, Edge, migration } from '../../src';
import { pageFunctionCode } from '../../src/edge/private/functions/pages';
import { askEdge } from '../support/edge-requests';
import { ACCOUNT, once, platformTemplate } from '../support/platform';
import { only, resources } from '../support/template';

const CANONICAL = { name: 'example.com', leadsFrom: 'every other name' } as const;
const NAMES = ['www.example.com', 'old.example.com'];
const zoneIn = (stack: Stack) => HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
const domainIn = (stack: Stack, options: DomainInZoneOptions = {}) => Domain.inZone(zoneIn(stack), 'example.com', { alternativeNames: NAMES, ...options });
const make = (edge: CloudFrontProps = {}, options: DomainInZoneOptions = {}) =>
  platformTemplate(stack => ({ edge: Edge.cloudFront(edge), domain: domainIn(stack, options) }));

const redirecting = once(() => make());
const serving = once(() => make({}, { redirectAlternativeNames: false }));

interface Config {
  readonly Aliases: string[];
  readonly DefaultCacheBehavior: { readonly FunctionAssociations?: { readonly EventType: string }[] };
}
const configOf = (template: Template) => only(template, 'AWS::CloudFront::Distribution').Properties.DistributionConfig as unknown as Config;
/** The database's private name aside. */
const publicRecords = (template: Template) => resources(template, 'AWS::Route53::RecordSet').filter(({ Properties }) => Properties.Type !== 'CNAME');
const recordsOf = (template: Template) => publicRecords(template)
  .map(({ Properties: { Name, Type } }) => `${String(Name)} ${String(Type)}`).sort();
const certificateNames = (template: Template) => resources(template, 'AWS::CertificateManager::Certificate')
  .map(({ Properties }) => [Properties.DomainName, Properties.SubjectAlternativeNames]);

describe.each([['that lead to the main one', redirecting], ['that are served', serving]])('other names %s', (_, template) => {
  test('are names of the distribution, of its certificate and of the zone', () => {
    expect(configOf(template()).Aliases).toEqual(['example.com', ...NAMES]);
    expect(certificateNames(template())).toEqual([['example.com', NAMES]]);
    expect(recordsOf(template())).toEqual(['example.com', ...NAMES].flatMap(name => [`${name}. A`, `${name}. AAAA`]).sort());
  });
});

test('the records of the main name, and their ids, are the same with other names', () => {
  const alone = platformTemplate(stack => ({ domain: Domain.inZone(zoneIn(stack), 'example.com') }));
  const before = publicRecords(alone);
  expect(before).toHaveLength(2);
  expect(resources(redirecting(), 'AWS::Route53::RecordSet')).toEqual(expect.arrayContaining(before));
});

test('elsewhere than in us-east-1 both certificates hold them', () => {
  const brazil = new Brazil(stack => ({ domain: domainIn(stack) }));
  expect([brazil.template('-edge'), brazil.template()].map(certificateNames)).toEqual([[['example.com', NAMES]], [['example.com', NAMES]]]);
});

test('where DNS is kept elsewhere they are names of the distribution alone', () => {
  const template = platformTemplate(stack => ({
    domain: Domain.elsewhere('example.com', Certificate.fromCertificateArn(stack, 'Given', `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/1`), { alternativeNames: NAMES }),
  }));
  expect(configOf(template).Aliases).toEqual(['example.com', ...NAMES]);
  expect(recordsOf(template)).toEqual([]);
});

describe('a request by another name', () => {
  interface Request { readonly method?: string; readonly host?: string; readonly uri?: string; readonly query?: string }
  interface Answer { readonly statusCode?: number; readonly headers: { readonly [name: string]: { readonly value: string } } }

  /** Runs the function as CloudFront does. */
  function ask(caching: boolean, { method = 'GET', host = 'www.example.com', uri = '/', query = '' }: Request): Answer {
    const code = pageFunctionCode({ caching, canonical: CANONICAL });
    const handler = new Function(`${code}; return handler;`)() as (event: object) => Answer;
    return handler({
      context: { eventType: 'viewer-request' },
      request: { method, uri, headers: { 'host': { value: host }, 'x-forwarded-host': { value: 'evil' } }, rawQueryString: () => query },
    });
  }

  test.each([false, true])('is led to the main one, with its path and its query (pages kept: %s)', caching => {
    expect(ask(caching, { uri: '/a%20b/c', query: 'q=1&q=%26' })).toMatchObject({ statusCode: 301, headers: { location: { value: 'https://example.com/a%20b/c?q=1&q=%26' } } });
    expect(ask(caching, { host: 'OLD.example.com' }).headers.location.value).toBe('https://example.com/');
    expect(ask(caching, { method: 'HEAD' }).statusCode).toBe(301);
  });

  test('keeps its method', () => {
    expect(ask(false, { method: 'POST', uri: '/cart' })).toMatchObject({ statusCode: 308, headers: { location: { value: 'https://example.com/cart' } } });
  });

  test.each(['example.com', 'Example.COM'])('is none by %s, which is answered as ever', host => {
    expect(ask(false, { host }).statusCode).toBeUndefined();
    expect(ask(true, { host }).headers).not.toHaveProperty('x-forwarded-host');
  });

  test('is answered by the function that is there, before the application is asked', () => {
    expect(only(redirecting(), 'AWS::CloudFront::Function').Properties.FunctionCode).toBe(pageFunctionCode({ caching: false, canonical: CANONICAL }));
    expect(configOf(redirecting()).DefaultCacheBehavior.FunctionAssociations?.map(({ EventType }) => EventType)).toEqual(['viewer-request']);
    const kept = make({ pageCaching: {} });
    expect(configOf(kept).DefaultCacheBehavior.FunctionAssociations?.map(({ EventType }) => EventType)).toEqual(['viewer-request', 'viewer-response']);
  });

  test('is answered as any other where names are served, and during maintenance', () => {
    serving().resourceCountIs('AWS::CloudFront::Function', 0);
    expect(only(make({ maintenance: true }), 'AWS::CloudFront::Function').Properties.FunctionCode).toContain('statusCode: 503');
  });
});

describe('CloudFront\'s own name, once it is closed,', () => {
  const URIS = ['/', '/cart', '/static/app.css', '/media/cat.jpg'];
  const RAW = 'd1.cloudfront.net';
  const answers = (template: Template, host: string) => URIS.map(uri => askEdge(template, { uri, query: 'v=2', headers: { host } }));
  const ledOn = URIS.map(uri => ({ status: 301, location: `https://example.com${uri}?v=2` }));

  test.each([true, false])('leads to the domain from pages, static files and media alike (other names lead on: %s)', redirectAlternativeNames => {
    const closed = make({ closeDistributionName: true }, { redirectAlternativeNames });
    expect(answers(closed, RAW)).toMatchObject(ledOn);
    expect(answers(closed, 'example.com').map(({ status }) => status)).toEqual(URIS.map(() => undefined));
    expect(answers(closed, 'www.example.com').map(({ status }) => status === 301)).toEqual([redirectAlternativeNames, redirectAlternativeNames, false, false]);
  });

  test('serves nobody during maintenance either: pages are the maintenance function\'s, files are led to the domain', () => {
    const closed = make({ closeDistributionName: true, maintenance: true });
    expect(answers(closed, RAW).map(({ status }) => status)).toEqual([503, 503, 301, 301]);
  });

  test('is left alone without a domain, and where it is not closed', () => {
    const unnamed = platformTemplate({ edge: Edge.cloudFront({ closeDistributionName: true }) });
    expect(answers(unnamed, RAW).map(({ status }) => status)).toEqual(URIS.map(() => undefined));
    expect(answers(serving(), RAW).map(({ status }) => status)).toEqual(URIS.map(() => undefined));
  });
});

test('while users move over, other names stay where they are: a record alone has all answers, whatever its weight', () => {
  const template = platformTemplate(stack => ({
    domain: domainIn(stack), migration: { cutOver: migration.CutOver.weighted({ platformShare: 10, legacy: migration.LegacySite.addresses(['198.51.100.7']) }) },
  }));
  expect(recordsOf(template).filter(record => NAMES.some(name => record.startsWith(name)))).toEqual([]);
});
