import { Stack } from 'aws-cdk-lib';
import { ContainerDefinition, ContainerImage, ContainerImageConfig } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { ComputeCapacity, ComputeContext, ICompute, IWebWorkload, UnitLoad } from '../../src';

/** An image that is named at launch: of a public registry, or of any repository in ECR of the account. */
export class LaunchedImage extends ContainerImage {
  constructor(private readonly imageName: string) {
    super();
  }

  public bind(scope: Construct, { taskDefinition }: ContainerDefinition): ContainerImageConfig {
    const anyRepository = Stack.of(scope).formatArn({ service: 'ecr', region: '*', resource: 'repository', resourceName: '*' });
    taskDefinition.addToExecutionRolePolicy(new PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }));
    taskDefinition.addToExecutionRolePolicy(new PolicyStatement({
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], resources: [anyRepository],
    }));
    return { imageName: this.imageName };
  }
}

/** A way to run the application, with what is given at launch in the place of what the library would work out. */
export class LaunchedCompute implements ICompute {
  /**
   * @param sizes numbers in the place of those that a traffic gives
   * @param adapt what to do to each construct that the compute consists of
   */
  constructor(
    private readonly compute: ICompute, private readonly sizes: Partial<ComputeCapacity>, private readonly adapt?: (each: IConstruct) => void,
  ) {}

  public get unit(): UnitLoad {
    return this.compute.unit;
  }

  public bind(scope: Construct, context: ComputeContext): IWebWorkload {
    const workload = this.compute.bind(scope, { ...context, capacity: { ...context.capacity, ...this.sizes } });
    if (this.adapt !== undefined) workload.node.findAll().forEach(this.adapt);
    return workload;
  }
}
