import { ICompute } from '../workload';
import { Fargate, FargateProps } from './fargate/fargate';
import { Instances, InstancesProps } from './instances/instances';

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

  /**
   * EC2 instances with nginx and PHP-FPM on Amazon Linux 2023: servers of one's own, which are never logged in to by SSH.
   *
   * @param props the code or the image, and the size of a unit
   * @throws Error when neither code nor image is given, or a prop is out of its range
   */
  public static instances(props: InstancesProps): ICompute {
    return new Instances(props);
  }

  private constructor() {}
}
