import { Duration } from 'aws-cdk-lib';
import { IMetric } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * What users ask of a service, counted: what objectives for it are measured by. Each metric is a count, so that its sum over
 * any period means something, and has a period of its own that whoever uses it may change (`with`).
 */
export interface IRequestIndicators {
  /** Requests. */
  readonly requests: IMetric;
  /** Requests that were answered by an error of the service (HTTP 5xx), by itself or by what stands in front of it. */
  readonly failed: IMetric;
  /**
   * Requests that were answered within a time.
   *
   * @param threshold the time
   */
  within(threshold: Duration): IMetric;
}
