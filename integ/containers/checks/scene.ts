import { AwsClients } from '../platform/aws';
import { DeclaredWorkload } from '../platform/declared-workload';
import { DistributionView } from '../platform/distribution-view';
import { EdgeStandIn } from '../platform/edge-stand-in';
import { SignedBucketOrigin } from '../platform/origins';
import { Report } from '../report';
import { Stage } from '../stage/stage';

/** What every group of checks looks at. */
export interface Scene {
  readonly report: Report;
  readonly aws: AwsClients;
  readonly workload: DeclaredWorkload;
  readonly stage: Stage;
  readonly edge: EdgeStandIn;
  readonly distribution: DistributionView;
  readonly mediaBucket: string;
  readonly mediaOrigin: SignedBucketOrigin;
}

/** PHP's own name for the session's cookie. */
export const COOKIE = 'PHPSESSID';

/** One of the seeded accounts of the shop's migration. */
export const SHOPPER = { name: 'ada', password: 'demo-ada' };
