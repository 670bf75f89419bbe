import { Browser } from 'playwright-core';
import { ApiUnit } from './stage/api-units';
import { SiteTeam } from './stage/site-builds';
import { Viewer } from './stage/viewer';
import { Report } from '../containers/report';

/** A deployed portal, the units of its API, the team of its site, and who looks at it. */
export interface Scene {
  readonly report: Report;
  readonly viewer: Viewer;
  readonly browser: Browser;
  readonly team: SiteTeam;
  readonly units: ApiUnit[];
}
