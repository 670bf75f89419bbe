import {
  AllowedMethods, BehaviorOptions, CachePolicy, IOriginRequestPolicy, IResponseHeadersPolicy, OriginRequestPolicy, ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { applicationOrigin } from './application-origin';
import { callCache, hostOnly, mediaCache, pageCache, siteCache, staticCache } from './cache-policies';
import { EdgeFunctions } from './functions/edge-functions';
import { maintenanceBehavior } from './maintenance-page';
import { defaultStaticPaths } from './routes';
import { mediaHeaders, pageHeaders } from './security-headers';
import { Rule, validate } from '../../core/private/validation';
import { CloudFrontProps } from '../cloud-front-props';
import { EdgeContext } from '../contract';
import { PageCaching } from '../page-caching';
import { EdgeRoute, RouteKind } from '../route';

/** Cookies of a cache policy (CloudFront quota). */
const MOST_COOKIES = 10;
/** How long a browser keeps a file that says nothing about it: a day, since it cannot be told of a change. */
const FILE_MAX_AGE_DAYS = 1;

interface Kept {
  readonly prop: string;
  readonly sessionCookies: string[];
  readonly all: string[];
}

/** What must hold where answers are kept. */
const KEPT_RULES: Rule<Kept>[] = [
  ({ all, prop }) => all.length <= MOST_COOKIES ? undefined
    : `'cookies' of '${prop}' must be ${MOST_COOKIES} at the most with the session's, got ${JSON.stringify(all)}: a cache policy takes no more`,
];

/** What must hold of pages besides: who asks for one may be known by nothing but a cookie. */
const KEPT_PAGES_RULES: Rule<Kept>[] = [
  ({ sessionCookies }) => sessionCookies.length > 0 ? undefined
    : '\'sessionCookies\' of the runtime must name the session\'s cookie where pages are kept (\'pageCaching\'), got none: a page of one user would be shown to another',
  ...KEPT_RULES,
];

type ByPath = { [path: string]: BehaviorOptions };

/** The behaviors of a distribution: one for each route, by its kind, and those of the maintenance page and of static files. */
export class Behaviors {
  private readonly made = new Map<string, unknown>();
  private readonly application: BehaviorOptions['origin'];
  private readonly headers: IResponseHeadersPolicy;
  private readonly functions: EdgeFunctions;

  constructor(private readonly scope: Construct, private readonly props: CloudFrontProps, private readonly context: EdgeContext) {
    this.headers = pageHeaders(scope, props.contentSecurityPolicy);
    this.application = applicationOrigin(scope, context, props.originShieldRegion);
    this.functions = new EdgeFunctions(scope, props, context);
  }

  /** In the order in which CloudFront looks for the first that matches. */
  public get all(): { defaultBehavior: BehaviorOptions; additionalBehaviors: ByPath } {
    const { routes } = this.context;
    const { staticPaths = defaultStaticPaths(routes) } = this.props;
    const others = routes.slice(0, -1);
    return {
      defaultBehavior: this.behaviorOf(routes[routes.length - 1]),
      additionalBehaviors: {
        ...Object.fromEntries(others.map(route => [route.pathPattern, this.behaviorOf(route)])),
        ...this.maintenancePath(),
        ...Object.fromEntries(staticPaths.map(path => [path, this.staticFiles()])),
      },
    };
  }

  private behaviorOf(route: EdgeRoute): BehaviorOptions {
    const { origin = this.application, trustedKeyGroups } = route;
    switch (route.kind) {
      case RouteKind.PAGES: return { ...this.pages(), origin, trustedKeyGroups };
      case RouteKind.API: return { ...this.calls(route), origin, trustedKeyGroups };
      case RouteKind.SITE: return { ...this.siteFiles(route), origin, trustedKeyGroups };
      case RouteKind.FILES: return { ...this.mediaFiles(route), origin };
      case RouteKind.UNKNOWN: return this.nothing(route);
    }
  }

  private pages(): BehaviorOptions {
    const { pageCaching } = this.props;
    return this.dynamic({
      functionAssociations: this.functions.dynamic('Pages', pageCaching !== undefined),
      cachePolicy: pageCaching === undefined ? CachePolicy.CACHING_DISABLED
        : this.once('PageCache', () => pageCache(this.scope, this.keptApart('pageCaching', pageCaching, KEPT_PAGES_RULES))),
    });
  }

  /** What the edge keeps of pages, it does not keep of calls. */
  private calls({ caching }: EdgeRoute): BehaviorOptions {
    return this.dynamic({
      functionAssociations: caching === undefined ? this.functions.dynamic('Calls', false) : this.functions.dynamic('KeptCalls', true),
      cachePolicy: caching === undefined ? CachePolicy.CACHING_DISABLED
        : this.once('CallCache', () => callCache(this.scope, this.keptApart('caching', caching, KEPT_RULES))),
    });
  }

  private dynamic(own: Pick<BehaviorOptions, 'functionAssociations' | 'cachePolicy'>): BehaviorOptions {
    return {
      origin: this.application,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      // With CloudFront's own headers: `CloudFront-Forwarded-Proto` tells the application that its viewer speaks HTTPS.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_AND_CLOUDFRONT_2022,
      responseHeadersPolicy: this.headers,
      compress: true,
      ...own,
    };
  }

  /** An answer may be about one user: what is kept is kept apart by the session's cookie. */
  private keptApart(
    prop: string, { cookies = [], headers = [], maxTtl = Duration.minutes(5) }: PageCaching, rules: Rule<Kept>[],
  ): Required<PageCaching> {
    const { sessionCookies } = this.context.runtime;
    const all = [...new Set([...sessionCookies, ...cookies])];
    validate(this.scope.node.path, { prop, sessionCookies, all }, rules);
    return { cookies: all, headers, maxTtl };
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
      ...this.files(),
      cachePolicy: this.once('StaticCache', () => staticCache(this.scope)),
      originRequestPolicy: this.named(),
      functionAssociations: this.functions.files(),
    };
  }

  /** A bucket takes no part of a query, and whoever asks with a new one each time is not to pass the cache. */
  private siteFiles(route: EdgeRoute): BehaviorOptions {
    if (route.origin === undefined) return this.staticFiles();
    return {
      ...this.files(),
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: this.once('SiteCache', () => siteCache(this.scope)),
      functionAssociations: this.functions.site(route),
    };
  }

  /** Its function always answers: the application is never asked. */
  private nothing(route: EdgeRoute): BehaviorOptions {
    return {
      origin: this.application,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      responseHeadersPolicy: this.headers,
      functionAssociations: this.functions.unknown(route),
    };
  }

  private files(): BehaviorOptions {
    return {
      origin: this.application,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
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
      functionAssociations: this.functions.files(),
      compress: false,
    };
  }

  /** The application is asked by the viewer's name; a bucket by its own, and refuses another. */
  private askedByName({ origin }: EdgeRoute): IOriginRequestPolicy | undefined {
    return origin === undefined ? this.named() : undefined;
  }

  private named(): IOriginRequestPolicy {
    return this.once('HostOnly', () => hostOnly(this.scope));
  }
}
