import {
  HeadersFrameOption, HeadersReferrerPolicy, IResponseHeadersPolicy, ResponseHeadersPolicy, ResponseSecurityHeadersBehavior,
} from 'aws-cdk-lib/aws-cloudfront';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { nameInAllRegions } from '../../core/private/naming';

/** Longest name of a response headers policy (CloudFront API reference). */
const MAX_NAME = 128;
/** A year, as AWS's managed policy and the preload list have it. */
const HSTS_DAYS = 365;
/**
 * What a media file may do when it is opened by itself: a drawing (SVG) or a page that somebody uploaded runs no script
 * in the name of the site.
 */
const MEDIA_CSP = 'script-src \'none\'; form-action \'none\'; base-uri \'none\'';

/** Headers for pages and static files: AWS's managed set, and a content security policy when there is one. */
export function pageHeaders(scope: Construct, contentSecurityPolicy?: string): IResponseHeadersPolicy {
  if (contentSecurityPolicy === undefined) return ResponseHeadersPolicy.SECURITY_HEADERS;
  const holder = new Construct(scope, 'PageHeaders');
  return new ResponseHeadersPolicy(holder, 'Resource', {
    responseHeadersPolicyName: nameInAllRegions(holder, MAX_NAME),
    securityHeadersBehavior: securityHeaders(contentSecurityPolicy, false),
  });
}

/** What media files are sent with. */
export interface MediaHeaders {
  /** Sites whose pages may read media. */
  readonly corsOrigins: string[];
  /** Whether caches on the way may keep media. */
  readonly shared: boolean;
  /** How long a browser keeps a file that says nothing about it. */
  readonly maxAge: Duration;
}

/** Headers for media: as above, open to the pages of other sites, and kept by browsers. */
export function mediaHeaders(scope: Construct, { corsOrigins, shared, maxAge }: MediaHeaders): IResponseHeadersPolicy {
  const holder = new Construct(scope, shared ? 'MediaHeaders' : 'SignedMediaHeaders');
  return new ResponseHeadersPolicy(holder, 'Resource', {
    responseHeadersPolicyName: nameInAllRegions(holder, MAX_NAME),
    corsBehavior: {
      accessControlAllowCredentials: false,
      accessControlAllowHeaders: ['*'],
      accessControlAllowMethods: ['GET', 'HEAD'],
      accessControlAllowOrigins: corsOrigins,
      originOverride: true,
    },
    customHeadersBehavior: {
      customHeaders: [{
        header: 'Cache-Control',
        value: `${shared ? 'public' : 'private'}, max-age=${maxAge.toSeconds()}`,
        // What the file itself says counts.
        override: false,
      }],
    },
    securityHeadersBehavior: securityHeaders(MEDIA_CSP, true),
  });
}

/** The values of AWS's managed policy `SecurityHeadersPolicy`; the application's own header counts, where it sends one. */
function securityHeaders(contentSecurityPolicy: string, override: boolean): ResponseSecurityHeadersBehavior {
  return {
    contentSecurityPolicy: { contentSecurityPolicy, override },
    strictTransportSecurity: { accessControlMaxAge: Duration.days(HSTS_DAYS), override: false },
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: HeadersFrameOption.SAMEORIGIN, override: false },
    referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: false },
    xssProtection: { protection: true, modeBlock: true, override: false },
  };
}
