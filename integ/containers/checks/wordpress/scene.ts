import { DeclaredWorkload } from '../../platform/declared-workload';
import { DistributionView } from '../../platform/distribution-view';
import { Report } from '../../report';
import { WordPressStage } from '../../stage/wordpress-stage';
import { WordPressUser } from '../../stage/wordpress-user';

/** What every group of checks of WordPress looks at. */
export interface WordPressScene {
  readonly report: Report;
  readonly workload: DeclaredWorkload;
  readonly stage: WordPressStage;
  readonly distribution: DistributionView;
  /** Where the edge's stand-in is. */
  readonly edge: string;
  /** Who installs the site and writes for it. */
  readonly editor: WordPressUser;
}

export const EDITOR = { name: 'ada', password: 'A long enough password 4 ada' };
