import { Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Connections, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  Cluster, ContainerImage, ContainerInsights, CpuArchitecture, FargatePlatformVersion, FargateService, FargateTaskDefinition,
  LogDrivers, OperatingSystemFamily, PropagatedTagSource, Secret,
} from 'aws-cdk-lib/aws-ecs';
import { ApplicationListener, ApplicationTargetGroup, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { scaleService } from './fargate-scaling';
import { registerWebTargets } from './web-targets';
import { BlockDescription, ComputeContext, IAttachable, IWebWorkload, SecretReference, Tier } from '../../core';
import { acknowledge, acknowledgeWildcards } from '../../core/private/acknowledge';
import { managedPolicyRole } from '../../core/private/managed-policy-role';
import { nameInAccount } from '../../core/private/naming';

/** The props of a Fargate workload with every default filled in. */
export interface FargateWorkloadProps {
  readonly image: ContainerImage;
  readonly port: number;
  readonly healthCheckPath: string;
  readonly cpu: number;
  readonly memoryLimitMiB: number;
  readonly cpuArchitecture: CpuArchitecture;
  readonly environment: { [name: string]: string };
}

/** Longest name of a task definition's family (ECS API reference). */
const MAX_FAMILY = 255;
/** Time for requests under way when a unit goes; longer than the slowest page, shorter than patience with a deployment. */
const DRAIN = Duration.seconds(30);
/** Time that a unit has, once it runs, to answer its first health check. */
const HEALTH_GRACE = Duration.minutes(2);

/** A Fargate service in private subnets that grows with its requests and its CPU. */
export class FargateWebWorkload extends Construct implements IWebWorkload {
  public readonly connections: Connections;
  public readonly grantPrincipal: IPrincipal;
  private readonly service: FargateService;
  private registration?: { listener: ApplicationListener; targetGroup: ApplicationTargetGroup };

  constructor(scope: Construct, id: string, private readonly props: FargateWorkloadProps, private readonly context: ComputeContext) {
    super(scope, id);
    const taskDefinition = this.createTaskDefinition();
    const securityGroup = this.createSecurityGroup();
    this.service = this.createService(taskDefinition, securityGroup);
    this.connections = this.service.connections;
    this.grantPrincipal = taskDefinition.taskRole;
    context.attachments.forEach(each => each.attachTo(this));
  }

  public registerWith(listener: ApplicationListener): void {
    const { port, healthCheckPath } = this.props;
    const targetGroup = registerWebTargets(this, {
      vpc: this.context.vpc,
      listener,
      target: this.service.loadBalancerTarget({ containerName: 'web', containerPort: port }),
      targetType: TargetType.IP,
      port,
      healthCheckPath,
      drain: DRAIN,
    });
    this.registration = { listener, targetGroup };
    scaleService(this.service, targetGroup, this.context.capacity);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    const alarms = {
      addCpuUsageAlarm: { Warning: { maxUsagePercent: 85, evaluationPeriods: 3, datapointsToAlarm: 3 } },
      addMemoryUsageAlarm: { Warning: { maxUsagePercent: 85, evaluationPeriods: 3, datapointsToAlarm: 3 } },
    };
    const names = { humanReadableName: 'Application', alarmFriendlyName: 'Application' };
    if (this.registration === undefined) {
      monitoring.monitorSimpleFargateService({ ...names, ...alarms, fargateService: this.service });
      return;
    }
    monitoring.monitorFargateApplicationLoadBalancer({
      ...names,
      ...alarms,
      fargateService: this.service,
      applicationLoadBalancer: this.registration.listener.loadBalancer,
      applicationTargetGroup: this.registration.targetGroup,
      addHealthyTaskCountAlarm: {
        Critical: { minHealthyTasks: 1, evaluationPeriods: 2, datapointsToAlarm: 2, treatMissingDataOverride: TreatMissingData.BREACHING },
      },
    });
  }

  public describe(): BlockDescription {
    const { cpu, memoryLimitMiB, cpuArchitecture } = this.props;
    const { minUnits, maxUnits } = this.context.capacity;
    return {
      title: 'Fargate service',
      purpose: 'Runs the application in containers',
      tier: Tier.COMPUTE,
      facts: { unit: `${cpu / 1024} vCPU, ${memoryLimitMiB} MiB, ${cpuArchitecture._cpuArchitecture}`, units: `${minUnits} to ${maxUnits}` },
    };
  }

  private createTaskDefinition(): FargateTaskDefinition {
    const { cpu, memoryLimitMiB, cpuArchitecture, image, port, environment } = this.props;
    const taskDefinition = new FargateTaskDefinition(this, 'Task', {
      family: nameInAccount(this, MAX_FAMILY),
      cpu,
      memoryLimitMiB,
      runtimePlatform: { cpuArchitecture, operatingSystemFamily: OperatingSystemFamily.LINUX },
      taskRole: this.createRole('TaskRole'),
      executionRole: this.createRole('ExecutionRole'),
    });
    const { attachments } = this.context;
    taskDefinition.addContainer('web', {
      image,
      portMappings: [{ containerPort: port }],
      environment: Object.assign({}, ...attachments.map(each => each.environment), environment),
      secrets: secretsOf(attachments, environment),
      logging: LogDrivers.awsLogs({ logGroup: this.createLogGroup(), streamPrefix: 'web' }),
      stopTimeout: DRAIN,
    });
    acknowledge(taskDefinition, ['AwsSolutions-ECS2'],
      'Plain variables hold addresses and names alone; user names and passwords come from Secrets Manager');
    acknowledgeWildcards(taskDefinition.executionRole!, ['*'],
      'Only ecr:GetAuthorizationToken, which takes no resource, when the image is in ECR');
    return taskDefinition;
  }

  private createRole(id: string): Role {
    return managedPolicyRole(this, id, 'ecs-tasks.amazonaws.com');
  }

  private createLogGroup(): LogGroup {
    const { encryptionKey, profile } = this.context;
    return new LogGroup(this, 'Logs', { encryptionKey, retention: profile.logRetention, removalPolicy: profile.removalPolicy });
  }

  /** Out by HTTPS alone, for images, logs and the APIs of others; whatever attaches adds its own port. */
  private createSecurityGroup(): SecurityGroup {
    const group = new SecurityGroup(this, 'SecurityGroup', { vpc: this.context.vpc, description: 'Application', allowAllOutbound: false });
    group.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'HTTPS to AWS and others');
    return group;
  }

  private createService(taskDefinition: FargateTaskDefinition, securityGroup: SecurityGroup): FargateService {
    const { vpc, subnets } = this.context;
    const cluster = new Cluster(this, 'Cluster', { vpc, containerInsightsV2: ContainerInsights.ENHANCED });
    // No desired count: scaling owns it, and a deployment in the middle of a peak would reset it.
    return new FargateService(this, 'Service', {
      cluster,
      taskDefinition,
      vpcSubnets: subnets,
      securityGroups: [securityGroup],
      assignPublicIp: false,
      platformVersion: FargatePlatformVersion.VERSION1_4,
      circuitBreaker: { enable: true, rollback: true },
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      healthCheckGracePeriod: HEALTH_GRACE,
      enableExecuteCommand: false,
      propagateTags: PropagatedTagSource.SERVICE,
      enableECSManagedTags: true,
    });
  }
}

/** ECS refuses a secret with the name of a plain variable; a variable that the user gave wins. */
function secretsOf(attachments: IAttachable[], given: { [name: string]: string }): { [name: string]: Secret } {
  const references: { [name: string]: SecretReference } = Object.assign({}, ...attachments.map(each => each.secrets));
  return Object.fromEntries(Object.entries(references)
    .filter(([name]) => !(name in given))
    .map(([name, { secret, field }]) => [name, Secret.fromSecretsManager(secret, field)]));
}
