import { IPipeline } from '../access';
import { Owner, Traffic } from '../core';
import { IDatabase, ICache, ISessions } from '../data';
import { PageCaching } from '../edge';
import { IFrontend } from '../frontend';
import { PlatformProps } from '../ground';
import { ICompute } from '../workload';

/** The site that users open. */
export interface FrontendProps {
  /**
   * What serves it.
   *
   * @default Frontend.staticSite() - files at the edge
   */
  readonly site?: IFrontend;
  /**
   * The path that all of it is below: begins with a slash and ends in none; or `/`, for every path that is not the backend's.
   *
   * @default '/frontend'
   */
  readonly path?: string;
  /**
   * As people know it, on boards.
   *
   * @default - the platform's name, and "site"
   */
  readonly name?: string;
  /**
   * Who answers for it: its alarms call them, and its resources carry their tag.
   *
   * @default - who answers for the platform
   */
  readonly owner?: Owner;
  /**
   * Who releases it: the pipeline may do what a release takes and see how that goes, and nothing of the other application or the platform.
   *
   * @default - nobody by a right of their own
   */
  readonly pipeline?: IPipeline;
}

/** The API. */
export interface BackendProps {
  /** What runs it. */
  readonly compute: ICompute;
  /**
   * The path that all of it is below: begins with a slash and ends in none; or `/`, for every path that is not the frontend's.
   *
   * @default '/backend'
   */
  readonly path?: string;
  /**
   * Whether the API sees paths without that: `/items` in place of `/backend/items`. The load balancer takes it away; health checks ask the
   * path that they name in either case.
   *
   * @default false - the API sees the path that the user sees
   */
  readonly stripPath?: boolean;
  /**
   * What it is to carry.
   *
   * @default Traffic.spiky({ baselineRps: 20 }) - a small API with peaks of 30 times its base
   */
  readonly traffic?: Traffic;
  /**
   * What the edge keeps of answers to GET and HEAD, for seconds to minutes: those that the API marks by `Cache-Control`, apart for each
   * `Authorization`, each `Accept`, each query and each session; at most 7 headers besides.
   *
   * @default - nothing is ever kept
   */
  readonly caching?: PageCaching;
  /**
   * As people know it, on boards.
   *
   * @default - the platform's name, and "API"
   */
  readonly name?: string;
  /**
   * Who answers for it: its alarms call them, and its resources carry their tag.
   *
   * @default - who answers for the platform
   */
  readonly owner?: Owner;
  /**
   * Who releases it: the pipeline may do what a release takes and see how that goes, and nothing of the other application or the platform.
   *
   * @default - nobody by a right of their own
   */
  readonly pipeline?: IPipeline;
}

/** What is served, for whom, and where it keeps its data; all but what runs the API has a default. */
export interface SpaApiPlatformProps extends PlatformProps {
  /** The API. */
  readonly backend: BackendProps;
  /**
   * The site that users open.
   *
   * @default - a static site below `/frontend`
   */
  readonly frontend?: FrontendProps;
  /**
   * The relational database, which the backend reaches, and no site in a browser.
   *
   * @default Database.auroraPostgresql() - grows and shrinks with the traffic
   */
  readonly database?: IDatabase;
  /**
   * A session store that the backend reaches.
   *
   * @default - none: an API's callers bring a token
   */
  readonly sessions?: ISessions;
  /**
   * A cache that the backend reaches.
   *
   * @default - none: few applications bring one
   */
  readonly cache?: ICache;
}
