import {
  AllowedMethods, BehaviorOptions, CachePolicy, FunctionAssociation, ICachePolicy, IOriginRequestPolicy, IResponseHeadersPolicy,
  OriginRequestPolicy, ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { applicationOrigin } from './application-origin';
import { hostOnly, mediaCache, pageCache, staticCache } from './cache-policies';
import { maintenanceBehavior } from './maintenance-page';
import { maintenanceFunctions, pageFunctions } from './page-function';
import { DEFAULT_STATIC_PATHS } from './routes';
import { mediaHeaders, pageHeaders } from './security-headers';
import { Rule, validate } from '../../core/private/validation';
import { CloudFrontProps } from '../cloud-front-props';
import { EdgeContext, EdgeRoute, RouteKind } from '../contract';

/** What visitors see during maintenance when no page is given. */
const MAINTENANCE_PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Back soon</title><h1>Back soon</h1><p>We are working on it.</p></html>';

/** Cookies of a cache policy (CloudFront quota). */
const MOST_COOKIES = 10;
/** How long a browser keeps a file that says nothing about it: a day, since it cannot be told of a change. */
const FILE_MAX_AGE_DAYS = 1;

/** What must hold where pages are kept. */
const KEPT_RULES: Rule<{ sessionCookies: string[]; all: string[] }>[] = [
  ({ sessionCookies }) => sessionCookies.length > 0 ? undefined
    : '\'sessionCookies\' of the runtime must name the session\'s cookie where pages are kept (\'pageCaching\'), got none: a page of one user would be shown to another',
  ({ all }) => all.length <= MOST_COOKIES ? undefined
    : `'cookies' of 'pageCaching' must be ${MOST_COOKIES} at the most with the session's, got ${JSON.stringify(all)}: a cache policy takes no more`,
];

type ByPath = { [path: string]: BehaviorOptions };

/** The behaviors of a distribution: one for each route, by its kind, and those of the maintenance page and of static files. */
export class Behaviors {
  private readonly made = new Map<string, unknown>();
  private readonly application: BehaviorOptions['origin'];
  private readonly headers: IResponseHeadersPolicy;
  private readonly pages: BehaviorOptions;
  private readonly named: IOriginRequestPolicy;
  private readonly files: BehaviorOptions;

  constructor(private readonly scope: Construct, private readonly props: CloudFrontProps, private readonly context: EdgeContext) {
    this.headers = pageHeaders(scope, props.contentSecurityPolicy);
    this.application = applicationOrigin(scope, context, props.originShieldRegion);
    this.pages = this.pagesOf();
    this.named = hostOnly(scope);
    this.files = this.staticFiles();
  }

  /** In the order in which CloudFront looks for the first that matches. */
  public get all(): { defaultBehavior: BehaviorOptions; additionalBehaviors: ByPath } {
    const { routes } = this.context;
    const { staticPaths = DEFAULT_STATIC_PATHS } = this.props;
    const others = routes.slice(0, -1);
    return {
      defaultBehavior: this.behaviorOf(routes[routes.length - 1]),
      additionalBehaviors: {
        ...Object.fromEntries(others.map(route => [route.pathPattern, this.behaviorOf(route)])),
        ...this.maintenancePath(),
        ...Object.fromEntries(staticPaths.map(path => [path, this.files])),
      },
    };
  }

  private behaviorOf(route: EdgeRoute): BehaviorOptions {
    const { origin = this.application, trustedKeyGroups } = route;
    switch (route.kind) {
      case RouteKind.PAGES: return { ...this.pages, origin, trustedKeyGroups };
      case RouteKind.API: return { ...this.pages, ...this.untouched(), origin, trustedKeyGroups };
      case RouteKind.SITE: return { ...this.files, origin, trustedKeyGroups, originRequestPolicy: this.askedByName(route) };
      case RouteKind.FILES: return { ...this.mediaFiles(route), origin };
    }
  }

  private pagesOf(): BehaviorOptions {
    return {
      origin: this.application,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: this.pageCache(),
      // With CloudFront's own headers: `CloudFront-Forwarded-Proto` tells the application that its viewer speaks HTTPS.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_AND_CLOUDFRONT_2022,
      responseHeadersPolicy: this.headers,
      functionAssociations: this.functions(),
      compress: true,
    };
  }

  /** A page may be about one user: nothing is kept that the application did not put under a static path, or mark. */
  private pageCache(): ICachePolicy {
    const { pageCaching } = this.props;
    if (pageCaching === undefined) return CachePolicy.CACHING_DISABLED;
    const { cookies = [], headers = [], maxTtl = Duration.minutes(5) } = pageCaching;
    const { sessionCookies } = this.context.runtime;
    const all = [...new Set([...sessionCookies, ...cookies])];
    validate(this.scope.node.path, { sessionCookies, all }, KEPT_RULES);
    return pageCache(this.scope, all, headers, maxTtl);
  }

  /** What the edge keeps of pages, it does not keep of calls. */
  private untouched(): Pick<BehaviorOptions, 'cachePolicy' | 'functionAssociations'> {
    if (this.props.pageCaching === undefined) return {};
    return { cachePolicy: CachePolicy.CACHING_DISABLED, functionAssociations: this.whileClosed() ?? this.once('Calls', () => this.leading('Calls', false)) };
  }

  private functions(): FunctionAssociation[] | undefined {
    return this.whileClosed() ?? this.leading('Pages', this.props.pageCaching !== undefined);
  }

  private leading(id: string, caching: boolean): FunctionAssociation[] | undefined {
    const { domain } = this.context.name ?? {};
    const leads = domain !== undefined && domain.alternativeNames.length > 0 && domain.redirectAlternativeNames;
    return pageFunctions(this.scope, id, { caching, canonicalName: leads ? domain.name : undefined });
  }

  private whileClosed(): FunctionAssociation[] | undefined {
    const { maintenance, maintenancePage = MAINTENANCE_PAGE } = this.props;
    return maintenance === true ? this.once('Maintenance', () => maintenanceFunctions(this.scope, maintenancePage)) : undefined;
  }

  /** Routes of one kind share what is made for them. */
  private once<T>(name: string, make: () => T): T {
    if (!this.made.has(name)) this.made.set(name, make());
    return this.made.get(name) as T;
  }

  private maintenancePath(): ByPath {
    const { maintenancePage } = this.props;
    return maintenancePage === undefined ? {} : maintenanceBehavior(this.scope, maintenancePage, this.context);
  }

  private staticFiles(): BehaviorOptions {
    return {
      origin: this.application,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachePolicy: staticCache(this.scope),
      originRequestPolicy: this.named,
      responseHeadersPolicy: this.headers,
      compress: true,
    };
  }

  private mediaFiles(route: EdgeRoute): Omit<BehaviorOptions, 'origin'> {
    const { mediaTtl = Duration.days(30), mediaCorsOrigins = ['*'] } = this.props;
    const shared = route.trustedKeyGroups === undefined;
    return {
      trustedKeyGroups: route.trustedKeyGroups,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: this.once('MediaCache', () => mediaCache(this.scope, mediaTtl)),
      originRequestPolicy: this.askedByName(route),
      responseHeadersPolicy: this.once(`MediaHeaders, ${shared}`, () =>
        mediaHeaders(this.scope, { corsOrigins: mediaCorsOrigins, shared, maxAge: Duration.days(FILE_MAX_AGE_DAYS) })),
      compress: false,
    };
  }

  /** The application is asked by the viewer's name; a bucket by its own, and refuses another. */
  private askedByName({ origin }: EdgeRoute): IOriginRequestPolicy | undefined {
    return origin === undefined ? this.named : undefined;
  }
}
