import {
  CacheCookieBehavior, CacheHeaderBehavior, CachePolicy, CachePolicyProps, CacheQueryStringBehavior, ICachePolicy,
  IOriginRequestPolicy, OriginRequestHeaderBehavior, OriginRequestPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { nameInAllRegions } from '../../core/private/naming';
import { PageCaching } from '../page-caching';

/** Longest name of a policy (CloudFront API reference). */
const MAX_NAME = 128;
/** By which answers to calls are kept apart in any case. */
export const CALL_HEADERS = ['Authorization', 'Accept'];
/** Longest that an answer can be kept (CloudFront developer guide). */
const LONGEST_DAYS = 365;

/**
 * Static files of the application: kept as long as it says, or a day; without cookies, since what is kept for all must
 * not be about one user. The query is part of the key, which AWS's managed policy leaves out: applications tell the
 * versions of a file apart by it (`site.css?v=7`).
 */
export function staticCache(scope: Construct): ICachePolicy {
  return cachePolicy(scope, 'StaticCache', {
    // More would keep what the application marks as private, no-store or no-cache, too.
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.days(1),
    maxTtl: Duration.days(LONGEST_DAYS),
    queryStringBehavior: CacheQueryStringBehavior.all(),
    enableAcceptEncodingGzip: true,
    enableAcceptEncodingBrotli: true,
  });
}

/**
 * Media: kept long, by their path alone. Images are compressed already: a key with the encoding would keep each of them
 * once for every encoding that browsers ask for, and find it a third as often.
 */
export function mediaCache(scope: Construct, defaultTtl: Duration): ICachePolicy {
  return cachePolicy(scope, 'MediaCache', { minTtl: Duration.seconds(0), defaultTtl, maxTtl: Duration.days(LONGEST_DAYS) });
}

/** Files of a static site, by their path alone: kept as long as each says, or a minute. */
export function siteCache(scope: Construct): ICachePolicy {
  return cachePolicy(scope, 'SiteCache', {
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.minutes(1),
    maxTtl: Duration.days(LONGEST_DAYS),
    enableAcceptEncodingGzip: true,
    enableAcceptEncodingBrotli: true,
  });
}

/**
 * Pages: kept only when the application says so by `Cache-Control` (the default is zero), and apart for each session: the
 * session's cookie is part of the key, so that a page made for a user is never another's.
 */
export function pageCache(scope: Construct, kept: Required<PageCaching>): ICachePolicy {
  return keptCache(scope, 'PageCache', kept);
}

/** Calls: as pages, and apart for whoever brings a token, and for each form that the answer is asked for in. */
export function callCache(scope: Construct, kept: Required<PageCaching>): ICachePolicy {
  return keptCache(scope, 'CallCache', { ...kept, headers: [...CALL_HEADERS, ...kept.headers] });
}

function keptCache(scope: Construct, id: string, { cookies, headers, maxTtl }: Required<PageCaching>): ICachePolicy {
  return cachePolicy(scope, id, {
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl,
    cookieBehavior: cookies.length === 0 ? CacheCookieBehavior.none() : CacheCookieBehavior.allowList(...cookies),
    // Answers hold links with the name that they were asked for by.
    headerBehavior: CacheHeaderBehavior.allowList('Host', ...headers),
    queryStringBehavior: CacheQueryStringBehavior.all(),
    enableAcceptEncodingGzip: true,
    enableAcceptEncodingBrotli: true,
  });
}

/**
 * What the application is told of a request whose answer is kept for all: the name that it is asked by, and, for a path that it
 * answers itself, the viewer's protocol and address. None of them is part of the cache's key.
 */
export function hostOnly(scope: Construct): IOriginRequestPolicy {
  const holder = new Construct(scope, 'HostOnly');
  return new OriginRequestPolicy(holder, 'Resource', {
    originRequestPolicyName: nameInAllRegions(holder, MAX_NAME),
    headerBehavior: OriginRequestHeaderBehavior.allowList('Host', 'CloudFront-Forwarded-Proto', 'CloudFront-Viewer-Address'),
  });
}

function cachePolicy(scope: Construct, id: string, props: CachePolicyProps): ICachePolicy {
  const holder = new Construct(scope, id);
  return new CachePolicy(holder, 'Resource', { cachePolicyName: nameInAllRegions(holder, MAX_NAME), ...props });
}
