import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** Who releases an application: the pipeline of its team. Bring your own by implementing it. */
export interface IPipeline {
  /**
   * Creates, or names, the identity that it acts as. The platform gives it what a release of the application takes, and nothing else.
   *
   * @param scope the namespace that the platform gives
   */
  bind(scope: Construct): IGrantable;
}
