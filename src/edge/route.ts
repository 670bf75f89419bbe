import { IKeyGroup, IOrigin } from 'aws-cdk-lib/aws-cloudfront';
import { PageCaching } from './page-caching';
import { IDescribable } from '../core';

/** What is asked for on a path, by which the edge decides what it keeps, what it passes on, and which methods it lets through. */
export enum RouteKind {
  /** Pages that an application makes: every method, kept only as far as the edge is told to keep pages */
  PAGES = 'pages',
  /** Calls of an API: every method, kept only as far as the route says, answers pass untouched */
  API = 'api',
  /** Files such as images, read by anybody: kept long */
  FILES = 'files',
  /** A static site: read alone, kept as long as it says, with the headers that protect a page */
  SITE = 'site',
  /** Nobody's: answered at the edge itself, which says that there is nothing */
  UNKNOWN = 'unknown',
}

/** Which document of a static site answers for a path that is no file's. */
export enum SiteRouting {
  /** One for all, whose own router does the rest: `index.html` */
  SINGLE_PAGE = 'single-page',
  /** Each folder has its own: `/about/` is `/about/index.html`, and `/about` leads there */
  FOLDERS = 'folders',
}

/** How the paths of a static site become files. */
export interface EdgeSite {
  /** The path that all of it is below, such as `/frontend`, or `/`; its first document is `index.html` there. */
  readonly path: string;
  /**
   * Which document answers for a path that is no file's.
   *
   * @default SiteRouting.SINGLE_PAGE
   */
  readonly routing?: SiteRouting;
  /**
   * Extensions of files besides the usual ones of sites, such as `geojson`: letters and digits.
   *
   * @default - those that web builds make
   */
  readonly fileExtensions?: string[];
}

/** Requests of a path, and where they are led. */
export interface EdgeRoute {
  /**
   * The paths: begins with a slash, `*` stands for any text, such as `/media/*`; or `*`, for all that no route before it is for.
   * The first route that matches serves.
   */
  readonly pathPattern: string;
  /** What is asked for there. */
  readonly kind: RouteKind;
  /** Named on boards and in diagrams, such as "the media library". */
  readonly from: string;
  /**
   * Where it comes from.
   *
   * @default - the platform's load balancer
   */
  readonly origin?: IOrigin;
  /**
   * The block that the origin is of: the edge says that it talks to it. The platform names its load balancer itself.
   *
   * @default - not known: nothing is said
   */
  readonly block?: IDescribable;
  /**
   * Whose signatures open it: the edge refuses every other request for it.
   *
   * @default - it is public
   */
  readonly trustedKeyGroups?: IKeyGroup[];
  /**
   * What the edge keeps of an API's answers to GET and HEAD, those that the API marks.
   *
   * @default - nothing is ever kept
   */
  readonly caching?: PageCaching;
  /**
   * How the paths of a static site become files.
   *
   * @default - each path is the name of a file
   */
  readonly site?: EdgeSite;
  /**
   * Where `/` leads, among paths that are nobody's, such as `/frontend/`.
   *
   * @default - `/` is nobody's, too
   */
  readonly home?: string;
}
