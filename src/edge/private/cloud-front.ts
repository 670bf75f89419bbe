import {
  AllowedMethods, BehaviorOptions, CachePolicy, Distribution, FunctionAssociation, HttpVersion, ICachePolicy, IDistribution, IOriginRequestPolicy,
  IResponseHeadersPolicy, OriginRequestPolicy, SecurityPolicyProtocol, ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { Duration, Stack, Token } from 'aws-cdk-lib/core';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BlockDescription, Tier } from '../../core';
import { CLOUD_FRONT_RULES, CloudFrontProps, PAGE_CACHING_RULES } from '../cloud-front-props';
import { EdgeContext, IEdge, IPlatformEdge } from '../contract';
import { applicationOrigin } from './application-origin';
import { hostOnly, mediaCache, pageCache, staticCache } from './cache-policies';
import { monitorDistribution } from './distribution-alarms';
import { createDnsRecords } from './dns-records';
import { errorResponses, MAINTENANCE_PATH, maintenanceBehavior } from './maintenance-page';
import { pageFunctions } from './page-function';
import { mediaHeaders, pageHeaders } from './security-headers';
import { alarmsInUsEast1, warnOfUnknownRegion } from './us-east-1';
import { acknowledge } from '../../core/private/acknowledge';
import { pathInStack } from '../../core/private/naming';
import { validate } from '../../core/private/validation';

/** The choice of a CloudFront distribution. */
export class CloudFrontEdge implements IEdge {
  constructor(private readonly props: CloudFrontProps) {
    validate('Edge.cloudFront', props, CLOUD_FRONT_RULES);
    if (props.pageCaching !== undefined) validate('Edge.cloudFront.pageCaching', props.pageCaching, PAGE_CACHING_RULES);
  }

  public bind(scope: Construct, context: EdgeContext): IPlatformEdge {
    return new CloudFrontDistribution(scope, 'CloudFront', this.props, context);
  }
}

/** What visitors see during maintenance when no page is given. */
const MAINTENANCE_PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Back soon</title><h1>Back soon</h1><p>We are working on it.</p></html>';

/** How long a browser keeps a media file that says nothing about it: a day, since it cannot be told of a change. */
const MEDIA_MAX_AGE_DAYS = 1;

/** CloudFront: the only way in. Media comes from its library, all else from the application. */
class CloudFrontDistribution extends Construct implements IPlatformEdge {
  public readonly distribution: Distribution;

  constructor(scope: Construct, id: string, private readonly props: CloudFrontProps, private readonly context: EdgeContext) {
    super(scope, id);
    requireFreePath(this, context.media.pathPattern);
    if (Token.isUnresolved(Stack.of(this).region)) warnOfUnknownRegion(this, 'the distribution\'s alarms');
    this.distribution = this.createDistribution();
    createDnsRecords(this, this.distribution, context);
    this.acknowledgeFor(this.distribution);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    this.watch(monitoring, this.distribution, alarmsInUsEast1(monitoring));
  }

  public alarmWith(monitoring: MonitoringFacade, distribution: IDistribution): void {
    this.watch(monitoring, distribution, true);
  }

  public describe(): BlockDescription {
    const { domain, media } = this.context;
    return {
      title: 'Content delivery',
      purpose: 'Answers near the user, and is the only way in',
      tier: Tier.EDGE,
      facts: {
        'name': domain?.name ?? 'the distribution\'s own',
        [media.pathPattern]: 'from the media library',
        '*': 'from the application',
      },
    };
  }

  private watch(monitoring: MonitoringFacade, distribution: IDistribution, alarms: boolean): void {
    monitorDistribution(monitoring, { distribution, alarms, additionalMetrics: this.props.additionalMetrics ?? false });
  }

  private createDistribution(): Distribution {
    const { domain, certificate, webAclArn, accessLogs } = this.context;
    const { priceClass, geoRestriction } = this.props;
    return new Distribution(this, 'Resource', {
      comment: this.node.path,
      ...(domain === undefined ? {} : {
        domainNames: [domain.name],
        certificate,
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
      ...this.behaviors(),
      errorResponses: errorResponses(this.props.maintenancePage !== undefined),
      webAclId: webAclArn,
      httpVersion: HttpVersion.HTTP2_AND_3,
      enableIpv6: true,
      priceClass,
      geoRestriction,
      enableLogging: true,
      logBucket: accessLogs,
      logFilePrefix: `cloudfront/${pathInStack(this)}/`,
      logIncludesCookies: false,
      publishAdditionalMetrics: this.props.additionalMetrics,
    });
  }

  private behaviors(): { defaultBehavior: BehaviorOptions; additionalBehaviors: { [path: string]: BehaviorOptions } } {
    const { media } = this.context;
    const headers = pageHeaders(this, this.props.contentSecurityPolicy);
    const pages = this.pages(headers);
    const named = hostOnly(this);
    const files = this.staticFiles(pages, named);
    const { staticPaths = ['/static/*'] } = this.props;
    return {
      defaultBehavior: pages,
      additionalBehaviors: {
        [media.pathPattern]: this.mediaFiles(pages, named),
        // The library's paths are the library's, should one be the same.
        ...this.maintenancePath(),
        ...Object.fromEntries(staticPaths.filter(path => path !== media.pathPattern).map(path => [path, files])),
      },
    };
  }

  private pages(responseHeadersPolicy: IResponseHeadersPolicy): BehaviorOptions {
    return {
      origin: applicationOrigin(this, this.context, this.props.originShieldRegion),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: this.pageCache(),
      // With CloudFront's own headers: `CloudFront-Forwarded-Proto` tells the application that its viewer speaks HTTPS.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_AND_CLOUDFRONT_2022,
      responseHeadersPolicy,
      functionAssociations: this.pageFunctions(),
      compress: true,
    };
  }

  /** A page may be about one user: nothing is kept that the application did not put under a static path, or mark. */
  private pageCache(): ICachePolicy {
    const { pageCaching } = this.props;
    if (pageCaching === undefined) return CachePolicy.CACHING_DISABLED;
    const { cookies = ['PHPSESSID'], headers = [], maxTtl = Duration.minutes(5) } = pageCaching;
    return pageCache(this, cookies, headers, maxTtl);
  }

  private pageFunctions(): FunctionAssociation[] | undefined {
    const { maintenance, maintenancePage = MAINTENANCE_PAGE, pageCaching } = this.props;
    const functions = pageFunctions(this, {
      maintenancePage: maintenance === true ? maintenancePage : undefined, caching: pageCaching !== undefined,
    });
    return functions.length === 0 ? undefined : functions;
  }

  private maintenancePath(): { [path: string]: BehaviorOptions } {
    const { maintenancePage } = this.props;
    return maintenancePage === undefined ? {} : maintenanceBehavior(this, maintenancePage, this.context);
  }

  private staticFiles(pages: BehaviorOptions, originRequestPolicy: IOriginRequestPolicy): BehaviorOptions {
    return {
      origin: pages.origin,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachePolicy: staticCache(this),
      originRequestPolicy,
      responseHeadersPolicy: pages.responseHeadersPolicy,
      compress: true,
    };
  }

  /** From the application when the library has no origin of its own. */
  private mediaFiles(pages: BehaviorOptions, named: IOriginRequestPolicy): BehaviorOptions {
    const { origin, trustedKeyGroups } = this.context.media;
    const { mediaTtl = Duration.days(30), mediaCorsOrigins = ['*'] } = this.props;
    return {
      origin: origin ?? pages.origin,
      trustedKeyGroups,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: mediaCache(this, mediaTtl),
      // A bucket is asked by its own name, and refuses another.
      originRequestPolicy: origin === undefined ? named : undefined,
      responseHeadersPolicy: mediaHeaders(this, {
        corsOrigins: mediaCorsOrigins,
        shared: trustedKeyGroups === undefined,
        maxAge: Duration.days(MEDIA_MAX_AGE_DAYS),
      }),
      compress: false,
    };
  }

  private acknowledgeFor(distribution: Distribution): void {
    if (this.props.geoRestriction === undefined) {
      acknowledge(distribution, ['AwsSolutions-CFR1'], 'Users are anywhere; a country is blocked by a decision of the business');
    }
    if (this.context.domain === undefined) {
      acknowledge(distribution, ['AwsSolutions-CFR4'], 'CloudFront sets the protocols of its own domain name; with a domain it is TLS 1.2 and newer');
    }
  }
}

function requireFreePath(scope: Construct, pathPattern: string): void {
  if (Token.isUnresolved(pathPattern) || !pathPattern.startsWith(MAINTENANCE_PATH)) return;
  throw new Error(`[${scope.node.path}] 'pathPattern' of the media library must not begin with '${MAINTENANCE_PATH}', which is the maintenance page's, got ${JSON.stringify(pathPattern)}: give the library another prefix, such as 'media'`);
}
