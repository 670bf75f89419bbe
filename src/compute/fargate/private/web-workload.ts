import { Token, Tokenization } from 'aws-cdk-lib';
import { Connections } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage, FargateService } from 'aws-cdk-lib/aws-ecs';
import { ApplicationTargetGroup, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IPrincipal } from 'aws-cdk-lib/aws-iam';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct, IDependable } from 'constructs';
import { monitorService } from './alarms';
import { ServiceRelease } from './release';
import { ImageRelease } from './released/image-release';
import { ImageReleases } from './released/image-releases';
import { LIVE } from './released/release-code';
import { createRepository } from './released/repository';
import { scaleService } from './scaling';
import { ScheduledTasks } from './scheduled-tasks';
import { createService } from './service';
import { registerService } from './targets';
import { createTask } from './task';
import { drain, FargateWorkloadProps } from './workload-props';
import { BlockDescription, IReleasable, Tier } from '../../../core';
import { identityOf, linksTo } from '../../../core/private/block-links';
import { ComputeContext, IWebWorkload, WebEntry } from '../../../workload';
import { letReachXray } from '../../tracing/private/bind-tracing';
import { FargateDeploymentSettings } from '../fargate-deployment';
import { ReleasedImage } from '../released-image';

/** A Fargate service in private subnets that grows with its requests and its CPU. */
export class FargateWebWorkload extends Construct implements IWebWorkload {
  public readonly connections: Connections;
  public readonly grantPrincipal: IPrincipal;
  public readonly logGroup: ILogGroup;
  public readonly release: IReleasable;
  private readonly service: FargateService;
  private readonly deployment: FargateDeploymentSettings;
  private readonly scheduled?: ScheduledTasks;
  public targetGroups?: ApplicationTargetGroup[];
  public ready?: IDependable;

  constructor(scope: Construct, id: string, private readonly props: FargateWorkloadProps, private readonly context: ComputeContext) {
    super(scope, id);
    const repository = props.image instanceof ReleasedImage ? createRepository(this, context) : undefined;
    const image = repository === undefined ? props.image : ContainerImage.fromEcrRepository(repository, LIVE);
    const task = createTask(this, { ...props, image }, context);
    this.deployment = props.deployment.bind(this);
    this.service = createService(this, task, this.deployment, props, context);
    this.connections = this.service.connections;
    this.grantPrincipal = task.taskDefinition.taskRole;
    this.logGroup = task.logGroup;
    this.release = this.releaseOf(new ServiceRelease(this.service, task), repository);
    if (task.sendsToXray) letReachXray(this, context, this.connections);
    const { scheduledTasks: tasks, enableExecuteCommand } = props;
    if (Object.keys(tasks).length > 0) {
      this.scheduled = new ScheduledTasks(this, 'ScheduledTasks', { ...context, tasks, task, service: this.service, enableExecuteCommand });
    }
    context.attachments.forEach(each => each.attachTo(this));
  }

  public registerWith(entry: WebEntry): void {
    const { port, healthCheckPath } = this.props;
    const { vpc, capacity } = this.context;
    const registered = registerService(this, this.service, this.deployment.strategy, entry, {
      vpc, port, healthCheckPath, targetType: TargetType.IP, drain: drain(),
    });
    this.targetGroups = registered.targetGroups;
    this.ready = registered.ready;
    scaleService(this.service, registered.targetGroups, capacity);
  }

  /** Of images that a team pushes, by the platform's function; else by a revision of the definition. */
  private releaseOf(release: ServiceRelease, repository?: Repository): IReleasable {
    if (repository === undefined) return release;
    const { port, healthCheckPath, cpuArchitecture } = this.props;
    const releases = new ImageReleases(this, 'Releases', {
      repository, cluster: this.service.cluster, port, healthCheckPath, cpuArchitecture,
    }, this.context);
    this.service.node.addDependency(releases.first);
    return new ImageRelease(release, repository, releases);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitorService(monitoring, this.service, this.context, this.targetGroups);
    this.scheduled?.failed.monitorWith(monitoring, this.context.label);
  }

  public describe(): BlockDescription {
    const { cpu, memoryLimitMiB, cpuArchitecture, spotShare, scheduledTasks } = this.props;
    const { minUnits, maxUnits } = this.context.capacity;
    const spot = spotShare === 0 ? '' : `, ${spotShare} % of those above ${minUnits} on spot capacity`;
    return {
      ...identityOf(this),
      title: 'Fargate service',
      purpose: 'Runs the application in containers',
      tier: Tier.COMPUTE,
      port: this.props.port,
      talksTo: linksTo(this.context.attachments),
      facts: {
        unit: `${vcpus(cpu)}, ${Tokenization.stringifyNumber(memoryLimitMiB)} MiB, ${cpuArchitecture._cpuArchitecture}`,
        units: `${minUnits} to ${maxUnits}${spot}`,
        deployment: this.deployment.strategy,
        ...this.scheduled === undefined ? {} : { scheduled: Object.keys(scheduledTasks).join(', ') },
      },
    };
  }
}

/** What is only known at deployment cannot be divided here. */
function vcpus(cpu: number): string {
  return Token.isUnresolved(cpu) ? `${Tokenization.stringifyNumber(cpu)} CPU units` : `${cpu / 1024} vCPU`;
}
