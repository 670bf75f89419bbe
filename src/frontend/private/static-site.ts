import { Duration } from 'aws-cdk-lib';
import { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BlockDescription, IReleasable, Tier } from '../../core';
import { identityOf } from '../../core/private/block-links';
import { wholeDuration } from '../../core/private/units';
import { Rule, validate } from '../../core/private/validation';
import { RouteKind, SiteRouting } from '../../edge';
import { monitorSite } from '../../storage/private/site/site-alarms';
import { SiteIndicators } from '../../storage/private/site/site-indicators';
import { SiteRelease } from '../../storage/private/site/site-release';
import { SiteStore } from '../../storage/private/site/site-store';
import { FrontendContext, FrontendRoute, IFrontend, IFrontendApplication } from '../contract';
import { StaticSiteProps } from '../static-site-props';

/** Folders that build tools give hashed names in: Vite, webpack's templates, Next.js, Nuxt, Astro, SvelteKit. */
const HASHED_FOLDERS = ['assets/', 'static/', '_next/static/', '_nuxt/', '_astro/', '_app/immutable/'];
const KEEP_RELEASES = Duration.days(30);

const ROUTINGS = Object.values(SiteRouting);

const RULES: Rule<StaticSiteProps>[] = [
  ({ routing }) => routing === undefined || ROUTINGS.includes(routing) ? undefined
    : `'routing' must be one of SiteRouting, got ${JSON.stringify(routing)}: give SiteRouting.SINGLE_PAGE or SiteRouting.FOLDERS`,
  ({ fileExtensions = [] }) => fileExtensions.every(each => /^[A-Za-z0-9]{1,20}$/.test(each)) ? undefined
    : `'fileExtensions' must be letters and digits, without a dot, got ${JSON.stringify(fileExtensions)}: give such as 'geojson'`,
  ({ hashedFolders = [] }) => hashedFolders.every(each => /^[^/\s][^\s]*\/$/.test(each)) ? undefined
    : `'hashedFolders' must be folders of a build that end in a slash and begin with none, got ${JSON.stringify(hashedFolders)}: give such as 'assets/'`,
  wholeDuration('keepReleases', 'days', 'releases are kept by the day'),
  ({ keepReleases }) => {
    const days = keepReleases === undefined || keepReleases.isUnresolved() ? 1 : keepReleases.toDays({ integral: false });
    return days >= 1 && days <= 365 ? undefined
      : `'keepReleases' must be 1 to 365 days, got ${days}: pages are open for hours, and a release is taken back within days`;
  },
];

/** The choice of a static site. */
export class StaticSite implements IFrontend {
  constructor(private readonly props: StaticSiteProps) {
    validate('Frontend.staticSite', props, RULES);
  }

  public bind(scope: Construct, context: FrontendContext): IFrontendApplication {
    return new Site(scope, 'StaticSite', this.props, context);
  }
}

/** Files at the edge. */
class Site extends Construct implements IFrontendApplication {
  public readonly route: FrontendRoute;
  public readonly indicators: SiteIndicators;
  public release?: IReleasable;
  private readonly store: SiteStore;

  constructor(scope: Construct, id: string, private readonly props: StaticSiteProps, private readonly context: FrontendContext) {
    super(scope, id);
    const { routing, fileExtensions } = props;
    this.store = new SiteStore(this, 'Store', context);
    this.indicators = new SiteIndicators(this.store.bucket);
    this.route = { kind: RouteKind.SITE, origin: this.store.origin, site: { path: context.path, routing, fileExtensions } };
  }

  public servedBy(distribution: IDistribution): void {
    const { hashedFolders = HASHED_FOLDERS, keepReleases = KEEP_RELEASES } = this.props;
    this.store.tellWhatIsMissing(distribution);
    this.release = new SiteRelease(this, 'Release', { ...this.context, bucket: this.store.bucket, distribution, hashedFolders, keepReleases });
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitorSite(monitoring, this.indicators, 'Site');
  }

  public describe(): BlockDescription {
    const { routing = SiteRouting.SINGLE_PAGE, keepReleases = KEEP_RELEASES } = this.props;
    return {
      ...identityOf(this),
      title: 'Static site',
      purpose: 'Keeps the builds of the site, and gives the edge the one that is released',
      tier: Tier.COMPUTE,
      facts: { 'path': this.context.path, routing, 'earlier releases': `kept for ${keepReleases.toHumanString()}` },
    };
  }
}
