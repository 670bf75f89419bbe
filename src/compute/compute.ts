import { Stack } from 'aws-cdk-lib';
import { ICompute } from '../workload';
import { Fargate, FargateProps } from './fargate/fargate';
import { FunctionProps, LambdaFunction } from './function/function';
import { Instances, InstancesProps } from './instances/instances';
import { InStack } from './private/in-stack';

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

  /**
   * A Lambda function that the load balancer invokes: nothing runs, and little is paid, where nobody asks.
   *
   * @param props the code, and the size of an execution
   * @throws Error when a prop is out of its range
   */
  public static function(props: FunctionProps): ICompute {
    return new LambdaFunction(props);
  }

  /**
   * The application in a stack of its own, which its team deploys after the platform's: the platform does not know it, and is
   * neither updated nor held up by it. The application goes before the platform does.
   *
   * @param stack the team's stack, in the app, the account and the Region of the platform
   * @param compute what runs in it
   * @throws Error when the stack is of another app, account or Region, or a nested one
   */
  public static inStack(stack: Stack, compute: ICompute): ICompute {
    return new InStack(stack, compute);
  }

  private constructor() {}
}
