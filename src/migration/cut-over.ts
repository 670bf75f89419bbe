import { ICutOver } from './contract';
import { WeightedCutOverProps } from './cut-over-props';
import { WeightedCutOver } from './private/weighted-cut-over';

/** Ways to lead users over. */
export class CutOver {
  /**
   * Weighted DNS answers: a share leads to the platform, the rest to where the application runs today. The share is raised
   * from deployment to deployment, and lowered for the way back.
   *
   * @param props the share, and the other side
   * @throws Error when the share is not a whole number of percent, or a path or the TTL is out of its range
   */
  public static weighted(props: WeightedCutOverProps): ICutOver {
    return new WeightedCutOver(props);
  }

  private constructor() {}
}
