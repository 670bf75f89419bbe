import { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** Who releases an application. Bring your own by implementing it. */
export interface IPipeline {
  /**
   * Creates the role that the pipeline takes; the platform lets it release the one application and see how that goes, and nothing else.
   *
   * @param scope the namespace that the platform gives
   */
  bind(scope: Construct): IRole;
}
