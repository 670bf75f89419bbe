import { CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { CpuArchitecture, ICluster } from 'aws-cdk-lib/aws-ecs';
import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { RELEASE_CODE } from './release-code';
import { servicesOf } from './services-of';
import { acknowledgeWildcards } from '../../../../core/private/acknowledge';
import { createInlineFunction, InlineFunction } from '../../../../core/private/resources/inline-function';
import { ComputeContext } from '../../../../workload';
import { WEB_CONTAINER } from '../workload-props';

/** Longest that a function runs (Lambda quota), and that CloudFormation waits for its answer. */
const TIMEOUT = Duration.minutes(15);
/** The base of the first image is a few MB, and is held twice. */
const MEMORY_MIB = 512;

/** What the releases of an image need. */
export interface ImageReleasesProps {
  readonly repository: Repository;
  readonly cluster: ICluster;
  readonly cpuArchitecture: CpuArchitecture;
  readonly port: number;
  readonly healthCheckPath: string;
}

/** Releases an image of the application's repository, by a function of the platform's, which the team's pipeline asks. */
export class ImageReleases extends Construct {
  /** What the pipeline asks. */
  public readonly made: InlineFunction;
  /** What the service waits for: there is something to run. */
  public readonly first: CustomResource;

  constructor(scope: Construct, id: string, private readonly props: ImageReleasesProps, private readonly context: ComputeContext) {
    super(scope, id);
    this.made = this.createFunction();
    this.first = new CustomResource(this, 'First', {
      resourceType: 'Custom::FirstImage',
      serviceToken: this.made.fn.attrArn,
      serviceTimeout: TIMEOUT,
      properties: {
        Port: String(props.port),
        Path: props.healthCheckPath,
        Architecture: props.cpuArchitecture === CpuArchitecture.ARM64 ? 'arm64' : 'amd64',
      },
    });
    this.settleEnds();
  }

  private createFunction(): InlineFunction {
    const { encryptionKey, profile } = this.context;
    const services = servicesOf(this.props.cluster);
    const made = createInlineFunction(this, {
      description: 'Releases images of an application, and takes them back',
      code: RELEASE_CODE,
      environment: { REPOSITORY: this.props.repository.repositoryName, CLUSTER: this.props.cluster.clusterName, CONTAINER: WEB_CONTAINER },
      statements: [
        new PolicyStatement({
          actions: [
            'ecr:BatchGetImage', 'ecr:DescribeImages', 'ecr:PutImage', 'ecr:BatchCheckLayerAvailability', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart',
            'ecr:CompleteLayerUpload',
          ],
          resources: [this.props.repository.repositoryArn],
        }),
        new PolicyStatement({
          actions: ['ecs:UpdateService', 'ecs:ListServiceDeployments', 'ecs:DescribeServiceDeployments', 'ecs:DescribeServiceRevisions'], resources: services,
        }),
        new PolicyStatement({ actions: ['ecs:ListServices'], resources: ['*'], conditions: { ArnEquals: { 'ecs:cluster': this.props.cluster.clusterArn } } }),
      ],
      encryptionKey,
      logRetention: profile.logRetention,
      logRemovalPolicy: RemovalPolicy.DESTROY,
      timeout: TIMEOUT,
      memorySize: MEMORY_MIB,
      bareBecause: 'A pipeline asks it, and waits for its answer: a failure fails the release; it speaks to ECR, ECS and a public registry alone',
    });
    acknowledgeWildcards(made.fn.node.scope!, [...services, '*'], 'The service and its deployments in a cluster of its own, whose names AWS gives; a list of services takes no resource, but its cluster');
    return made;
  }

  /**
   * Of a deployment that ECS takes back when nobody waits any more: it tells of a failure where there is a circuit breaker, and of the end of the way back
   * in any case (ECS developer guide, "Service deployment state change events").
   */
  private settleEnds(): void {
    const { fn } = this.made;
    const rule = new Rule(this, 'Ended', {
      description: 'A deployment of the application has ended',
      eventPattern: {
        source: ['aws.ecs'],
        detailType: ['ECS Deployment State Change'],
        detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED', 'SERVICE_DEPLOYMENT_COMPLETED'] },
        resources: Match.wildcard(servicesOf(this.props.cluster)[0]),
      },
    });
    rule.addTarget({ bind: () => ({ arn: fn.attrArn }) });
    new CfnPermission(this, 'LetEnded', { action: 'lambda:InvokeFunction', functionName: fn.ref, principal: 'events.amazonaws.com', sourceArn: rule.ruleArn });
  }
}
