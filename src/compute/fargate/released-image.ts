import { ContainerDefinition, ContainerImage, ContainerImageConfig } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';

/**
 * The image that the application's team released last: for `image` of `Compute.fargate` alone.
 *
 * The platform makes a repository, and no template names a version: a deployment of the platform keeps what runs, and the team releases without
 * one. Until the first release a small server of the platform's says that nothing is released yet, also where another image ran before: make that
 * change in a quiet hour, and release at once.
 */
export class ReleasedImage extends ContainerImage {
  /** Made, kept and released by the platform, for the team's pipeline. */
  public static byTeam(): ReleasedImage {
    return new ReleasedImage();
  }

  private constructor() {
    super();
  }

  /**
   * Where something else than `Compute.fargate` asks for it.
   *
   * @throws Error always: it knows neither service nor repository
   */
  public bind(scope: Construct, _containerDefinition: ContainerDefinition): ContainerImageConfig {
    throw new Error(`[${scope.node.path}] 'image' must not be ReleasedImage.byTeam() here, got one: it is for 'image' of Compute.fargate alone; give another, such as ContainerImage.fromEcrRepository(repository, tag)`);
  }
}
