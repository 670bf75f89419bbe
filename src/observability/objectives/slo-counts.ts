import { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { math } from './private/slo-math';

/** What an objective is measured by: how much there was, and how much of it was bad. */
export class SloCounts {
  /**
   * Counts of all and of the bad ones.
   *
   * @param total all that counts, such as requests; a count, so that its sum over any period means something
   * @param bad those of them that break the promise, such as failed requests
   */
  public static fromBad(total: IMetric, bad: IMetric): SloCounts {
    return new SloCounts(total, bad);
  }

  /**
   * Counts of all and of the good ones.
   *
   * @param total all that counts, such as requests; a count, so that its sum over any period means something
   * @param good those of them that keep the promise, such as requests that were answered within a second
   */
  public static fromGood(total: IMetric, good: IMetric): SloCounts {
    // Under the name that the whole has in the expressions of the alarms: a metric is there once.
    return new SloCounts(total, math('sloTotal - FILL(sloGood, 0)', { sloTotal: total, sloGood: good }, { label: 'Bad' }));
  }

  private constructor(
    /** All that counts. */
    public readonly total: IMetric,
    /** Those that break the promise. */
    public readonly bad: IMetric,
  ) {}
}
