import { Token } from 'aws-cdk-lib';
import { GeoRestriction, PriceClass } from 'aws-cdk-lib/aws-cloudfront';
import { Duration } from 'aws-cdk-lib/core';
import { IFirewall } from './contract';
import { PageCaching } from './page-caching';
import { MAINTENANCE_PATH } from './private/maintenance-page';
import { ORIGIN_SHIELD_RULE } from '../core/private/regions';
import { wholeDuration } from '../core/private/units';
import { matches, Rule } from '../core/private/validation';

/** Options of a CloudFront distribution. */
export interface CloudFrontProps {
  /**
   * The web firewall.
   *
   * @default Firewall.managed() - AWS's managed rules and a rate limit
   */
  readonly firewall?: IFirewall;
  /**
   * The edge locations that answer.
   *
   * @default PriceClass.PRICE_CLASS_ALL - near every user
   */
  readonly priceClass?: PriceClass;
  /**
   * Countries whose users are let in, or kept out.
   *
   * @default - users from everywhere
   */
  readonly geoRestriction?: GeoRestriction;
  /**
   * The Region of CloudFront's Origin Shield for the application: one more cache, which all edge locations ask before
   * they ask the application. AWS suggests that next to the platform's Region (CloudFront developer guide, "Use Amazon
   * CloudFront Origin Shield"). It is charged for each request that passes it.
   *
   * @default - none: little that the application answers is cached
   */
  readonly originShieldRegion?: string;
  /**
   * The `Content-Security-Policy` of pages and static files that come without one, such as `default-src 'self'`.
   *
   * @default - none: only the application knows where its scripts come from
   */
  readonly contentSecurityPolicy?: string;
  /**
   * Paths of static files that the application serves itself: asked for without cookies, and kept as long as their
   * `Cache-Control` says, or a day. At most 20, none below `/_platform/`, where the maintenance page is.
   *
   * @default ['/static/*']
   */
  readonly staticPaths?: string[];
  /**
   * How long the edge keeps a media file that has no `Cache-Control` of its own, at most 365 days.
   *
   * @default Duration.days(30)
   */
  readonly mediaTtl?: Duration;
  /**
   * Sites whose pages may read media files by script, such as `https://www.example.com`.
   *
   * @default ['*'] - every site; never with cookies
   */
  readonly mediaCorsOrigins?: string[];
  /**
   * Keeps pages for anonymous visitors at the edge, those that the application marks: in a peak most requests are theirs.
   *
   * @default - no page is kept
   */
  readonly pageCaching?: PageCaching;
  /**
   * The page, in HTML, that visitors see with its status when the application cannot be reached (502, 503, 504), and for
   * all pages while `maintenance` is on: at most 8,000 bytes as a JSON string, without files of its own. An answer of 503 of
   * the application itself is replaced by it, too. Where the platform has an API, failures stay what they are, for all paths: the page is
   * for `maintenance` alone.
   *
   * @default - CloudFront's own few words; a few plain ones while `maintenance` is on
   */
  readonly maintenancePage?: string;
  /**
   * Whether each page, and each call to the application, is answered with status 503 and the maintenance page, at the edge.
   * Static files that are kept, and media, are served as ever.
   *
   * @default false
   */
  readonly maintenance?: boolean;
  /**
   * Whether CloudFront measures how long the edge waits for what it does not keep, and how much comes from its cache: with it
   * the boards show both, and an alarm tells when the edge waits. CloudFront charges for these metrics (CloudFront developer
   * guide, "Viewing additional CloudFront distribution metrics").
   *
   * @default false
   */
  readonly additionalMetrics?: boolean;
  /**
   * The page, in HTML, for paths that nobody serves, where the platform has such: at most 8,000 bytes as a JSON string. Who does not
   * ask for a page gets JSON.
   *
   * @default - a few plain words
   */
  readonly notFoundPage?: string;
  /**
   * Whether nobody is served by CloudFront's own name for the distribution, where the platform has a domain: whoever asks by it is led
   * to the domain, 301, or 308 where a method is to be kept. A function more runs for each file, too.
   *
   * @default false
   */
  readonly closeDistributionName?: boolean;
}

/** Each path is a cache behavior: this leaves room for others within their quota, which was 25 before AWS raised it. */
const MOST_STATIC_PATHS = 20;
/** A year, in seconds. */
const LONGEST = 31_536_000;
/** Within the 10 kB of a CloudFront Function, which holds the page while maintenance is on. */
const MOST_PAGE_BYTES = 8000;

/** What must hold of the options. */
export const CLOUD_FRONT_RULES: Rule<CloudFrontProps>[] = [
  ORIGIN_SHIELD_RULE,
  matches('contentSecurityPolicy', /^[^\r\n]+$/, 'must be one line of directives',
    'give a policy such as "default-src \'self\'", or leave it out'),
  ({ staticPaths: paths = [] }) => paths.length <= MOST_STATIC_PATHS && paths.every(isPath) && new Set(paths).size === paths.length ? undefined
    : `'staticPaths' must be at most ${MOST_STATIC_PATHS} different paths that begin with a slash and are not all paths, got ${JSON.stringify(paths)}: give patterns such as '/static/*' or '/*.css'`,
  ({ staticPaths: paths = [] }) => paths.every(isFree) ? undefined
    : `'staticPaths' must not begin with '${MAINTENANCE_PATH}', which is the maintenance page's, got ${JSON.stringify(paths.filter(path => !isFree(path)))}: serve these files below another path, such as '/static/*'`,
  ({ mediaTtl }) => mediaTtl === undefined || mediaTtl.isUnresolved() || mediaTtl.toDays({ integral: false }) <= 365 ? undefined
    : `'mediaTtl' must be at most 365 days, got ${mediaTtl.toDays({ integral: false })} days: CloudFront keeps nothing longer`,
  wholeDuration('mediaTtl', 'seconds', 'CloudFront counts in seconds'),
  page('maintenancePage'),
  page('notFoundPage'),
  ({ mediaCorsOrigins: origins }) => origins === undefined || (origins.length > 0 && origins.every(isOrigin)) ? undefined
    : `'mediaCorsOrigins' must be '*' or origins, got ${JSON.stringify(origins)}: give a scheme and a host, such as 'https://www.example.com'`,
];

function page(prop: 'maintenancePage' | 'notFoundPage'): Rule<CloudFrontProps> {
  return ({ [prop]: html }) => html === undefined || (html !== '' && Buffer.byteLength(JSON.stringify(html)) <= MOST_PAGE_BYTES) ? undefined
    : `'${prop}' must be HTML of 1 to ${MOST_PAGE_BYTES} bytes as a JSON string, got ${Buffer.byteLength(JSON.stringify(html))}: leave out pictures and fonts`;
}

/** What must hold of the caching of pages. */
export const PAGE_CACHING_RULES: Rule<PageCaching>[] = [
  ({ cookies = [] }) => cookies.length <= 10 && cookies.every(isToken) ? undefined
    : `'cookies' must be at most 10 names of cookies, got ${JSON.stringify(cookies)}: give each by which a page differs, such as 'currency'`,
  ({ headers = [] }) => headers.length <= 9 && headers.every(header => isToken(header) && !/^(cookie|authorization|host)$/i.test(header)) ? undefined
    : `'headers' must be at most 9 names of headers other than Host, Cookie and Authorization, got ${JSON.stringify(headers)}: give some such as 'Accept-Language'`,
  ({ maxTtl }) => maxTtl === undefined || maxTtl.isUnresolved() || (seconds(maxTtl) >= 1 && seconds(maxTtl) <= LONGEST) ? undefined
    : `'maxTtl' must be 1 s to 365 days, got ${seconds(maxTtl)} s: leave out the caching to keep nothing`,
  wholeDuration('maxTtl', 'seconds', 'CloudFront counts in seconds'),
];

function seconds(duration: Duration): number {
  return duration.toSeconds({ integral: false });
}

/** A name of a cookie or a header (RFC 9110). */
function isToken(name: string): boolean {
  return Token.isUnresolved(name) || /^[\w!#$%&'*+.^`|~-]+$/.test(name);
}

function isPath(path: string): boolean {
  return Token.isUnresolved(path) || /^\/(?!\*$)[^\s?#]+$/.test(path);
}

function isFree(path: string): boolean {
  return Token.isUnresolved(path) || !path.startsWith(MAINTENANCE_PATH);
}

function isOrigin(origin: string): boolean {
  return Token.isUnresolved(origin) || /^(\*|https?:\/\/(\*\.)?[\w.-]+(:\d+)?)$/.test(origin);
}
