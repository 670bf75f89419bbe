import { Duration } from 'aws-cdk-lib';
import { LegacySite } from './legacy-site';

/** Options of a weighted cut-over. */
export interface WeightedCutOverProps {
  /**
   * Percentage of the DNS answers that lead to the platform, a whole number from 0 to 100. Each resolver keeps an answer for
   * the TTL, so the share of users follows it roughly, and soon after.
   */
  readonly platformShare: number;
  /** Where the other answers lead. */
  readonly legacy: LegacySite;
  /**
   * Path that the health check of the legacy site asks for: 200 to 399 counts. The platform is not asked by Route 53: its
   * load balancer's count of healthy units says whether it is well, by the workload's own health check path.
   *
   * @default '/'
   */
  readonly legacyHealthCheckPath?: string;
  /**
   * Whether the health check of the legacy site asks by HTTPS, on port 443; otherwise by HTTP, on port 80.
   *
   * @default true
   */
  readonly legacyHttps?: boolean;
  /**
   * How long resolvers keep an answer that leads to the legacy site's addresses, 1 second to 1 day: the way over, and the
   * way back, take as long. Answers of aliases, the platform's among them, have AWS's own 60 seconds.
   *
   * @default Duration.seconds(60)
   */
  readonly ttl?: Duration;
}
