import { Token } from 'aws-cdk-lib';
import { GeoRestriction, PriceClass } from 'aws-cdk-lib/aws-cloudfront';
import { Duration } from 'aws-cdk-lib/core';
import { matches, Rule } from '../core/private/validation';

/** Options of a CloudFront distribution. */
export interface CloudFrontProps {
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
   * `Cache-Control` says, or a day. At most 20.
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
}

/** Each path is a cache behavior: this leaves room for others within their quota, which was 25 before AWS raised it. */
const MOST_STATIC_PATHS = 20;

/** What must hold of the options. */
export const CLOUD_FRONT_RULES: Rule<CloudFrontProps>[] = [
  matches('originShieldRegion', /^[a-z]{2}(-[a-z]+)+-\d$/, 'must be the name of a Region',
    'give one with Origin Shield, near the platform, such as \'us-east-1\''),
  matches('contentSecurityPolicy', /^[^\r\n]+$/, 'must be one line of directives',
    'give a policy such as "default-src \'self\'", or leave it out'),
  ({ staticPaths: paths = [] }) => paths.length <= MOST_STATIC_PATHS && paths.every(isPath) && new Set(paths).size === paths.length ? undefined
    : `'staticPaths' must be at most ${MOST_STATIC_PATHS} different paths that begin with a slash and are not all paths, got ${JSON.stringify(paths)}: give patterns such as '/static/*' or '/*.css'`,
  ({ mediaTtl }) => mediaTtl === undefined || mediaTtl.isUnresolved() || mediaTtl.toDays({ integral: false }) <= 365 ? undefined
    : `'mediaTtl' must be at most 365 days, got ${mediaTtl.toDays({ integral: false })} days: CloudFront keeps nothing longer`,
  ({ mediaCorsOrigins: origins }) => origins === undefined || (origins.length > 0 && origins.every(isOrigin)) ? undefined
    : `'mediaCorsOrigins' must be '*' or origins, got ${JSON.stringify(origins)}: give a scheme and a host, such as 'https://www.example.com'`,
];

function isPath(path: string): boolean {
  return Token.isUnresolved(path) || /^\/(?!\*$)[^\s?#]+$/.test(path);
}

function isOrigin(origin: string): boolean {
  return Token.isUnresolved(origin) || /^(\*|https?:\/\/(\*\.)?[\w.-]+(:\d+)?)$/.test(origin);
}
