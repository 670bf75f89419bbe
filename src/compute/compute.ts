import { Fargate, FargateProps } from './fargate';
import { ICompute } from '../core';

/** Ways to run the application. */
export class Compute {
  /**
   * Containers on Fargate: no servers to keep.
   *
   * @param props the image, and the size of a unit
   * @throws Error when Fargate has no such size, or a prop is out of its range
   */
  public static fargate(props: FargateProps): ICompute {
    return new Fargate(props);
  }

  private constructor() {}
}
