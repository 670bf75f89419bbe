import { Annotations, Duration, Stack } from 'aws-cdk-lib';
import {
  CapacityProviderStrategy, CfnClusterCapacityProviderAssociations, Cluster, ContainerInsights, DeploymentControllerType,
  DeploymentStrategy, ExecuteCommandLogging, FargatePlatformVersion, FargateService, PropagatedTagSource,
} from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { FargateTask } from './task';
import { FargateWorkloadProps } from './workload-props';
import { acknowledgeWildcards } from '../../../core/private/acknowledge';
import { ComputeContext } from '../../../workload';
import { applicationSecurityGroup, mountsOf } from '../../../workload/private/attached';
import { FargateDeploymentSettings } from '../fargate-deployment';

/** Time that a unit has, once it runs, to answer its first health check. */
const HEALTH_GRACE = Duration.minutes(2);

/**
 * Where a service stands, with its groups and its rule, below the workload.
 *
 * Where ECS shifts requests by a rule, CloudFormation does not know which of two groups has them: a rule that is made again, as for the
 * listener of a domain, or a service that is told of one group alone, would lead to the one that is empty. So such a service is for one
 * listener and no other way of deploying: after a change of either another one is made, with everything of its own, and the first one
 * serves until that is well (ADR 0026).
 */
function placeOfService(scope: Construct, { strategy }: FargateDeploymentSettings, { httpsToOrigin }: ComputeContext): Construct {
  if (strategy === DeploymentStrategy.ROLLING) return scope;
  return new Construct(new Construct(scope, 'SideBySide'), httpsToOrigin === true ? 'Https' : 'Http');
}

/** A cluster and the service in it, in private subnets. */
export function createService(
  scope: Construct, task: FargateTask, deployment: FargateDeploymentSettings, props: FargateWorkloadProps, context: ComputeContext,
): FargateService {
  const { vpc, subnets, capacity, attachments } = context;
  const { enableExecuteCommand, spotShare } = props;
  const cluster = new Cluster(scope, 'Cluster', {
    vpc,
    containerInsightsV2: ContainerInsights.ENHANCED,
    executeCommandConfiguration: enableExecuteCommand
      ? { logging: ExecuteCommandLogging.OVERRIDE, logConfiguration: { cloudWatchLogGroup: task.logGroup } } : undefined,
  });
  // CDK's own switch adds these where nothing waits for them: the cluster would lose them before its service is gone.
  const providers = new CfnClusterCapacityProviderAssociations(scope, 'CapacityProviders', {
    cluster: cluster.clusterName, capacityProviders: ['FARGATE', 'FARGATE_SPOT'], defaultCapacityProviderStrategy: [],
  });
  // No desired count: scaling owns it, and a deployment in the middle of a peak would reset it.
  const service = new FargateService(placeOfService(scope, deployment, context), 'Service', {
    cluster,
    taskDefinition: task.taskDefinition,
    vpcSubnets: subnets,
    securityGroups: [applicationSecurityGroup(scope, context.vpc)],
    assignPublicIp: false,
    platformVersion: FargatePlatformVersion.VERSION1_4,
    // A launch type in its place could not give way to a strategy without another service.
    capacityProviderStrategies: strategyOf(spotShare, capacity.minUnits),
    ...deploymentProps(deployment),
    healthCheckGracePeriod: HEALTH_GRACE,
    enableExecuteCommand,
    propagateTags: PropagatedTagSource.SERVICE,
    enableECSManagedTags: true,
  });
  service.node.addDependency(providers, ...mountsOf(attachments).map(({ fileSystem }) => fileSystem.mountTargetsAvailable));
  if (enableExecuteCommand) acknowledgeShells(service, task);
  if (deployment.strategy !== DeploymentStrategy.ROLLING) {
    Annotations.of(service).acknowledgeWarning('@aws-cdk/aws-ecs:shouldUseCircuitBreaker',
      'ECS has a circuit breaker for rolling deployments alone: here an alarm on failing requests takes a version back');
  }
  return service;
}

/** Units up to the minimum never run on spot capacity, which AWS takes back with two minutes' notice. */
function strategyOf(spotShare: number, minUnits: number): CapacityProviderStrategy[] {
  return spotShare === 0
    ? [{ capacityProvider: 'FARGATE', weight: 1 }]
    : [{ capacityProvider: 'FARGATE', base: minUnits, weight: 100 - spotShare }, { capacityProvider: 'FARGATE_SPOT', weight: spotShare }];
}

function deploymentProps({ strategy, bakeTime, canary, linear, lifecycleHooks }: FargateDeploymentSettings) {
  return {
    // Said even where it is the default: a service cannot be told later on without being replaced.
    deploymentController: { type: DeploymentControllerType.ECS },
    deploymentStrategy: strategy,
    bakeTime,
    canaryConfiguration: canary,
    linearConfiguration: linear,
    lifecycleHooks,
    // ECS has it for rolling deployments alone (API reference, `DeploymentConfiguration`).
    circuitBreaker: strategy === DeploymentStrategy.ROLLING ? { enable: true, rollback: true } : undefined,
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
  };
}

function acknowledgeShells(service: FargateService, { taskDefinition, logGroup }: FargateTask): void {
  const { partition, region, account } = Stack.of(service);
  acknowledgeWildcards(taskDefinition.taskRole, ['*', `arn:${partition}:logs:${region}:${account}:log-group:${logGroup.logGroupName}:*`],
    'ECS Exec, which the development platform asks for: its channels and the list of log groups take no resource; what is typed is logged');
}
