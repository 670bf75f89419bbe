import { ArnFormat, Stack } from 'aws-cdk-lib';
import { FargateService } from 'aws-cdk-lib/aws-ecs';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { FargateTask } from './task';
import { WEB_CONTAINER } from './workload-props';
import { IReleasable } from '../../../core';
import { grantLogs } from '../../../workload/private/view-logs';

/** A new version of a service is a new revision of its task definition. */
export class ServiceRelease implements IReleasable {
  constructor(private readonly service: FargateService, private readonly task: FargateTask) {}

  public get parameters(): { [name: string]: string } {
    const { serviceName: service, cluster: { clusterName: cluster } } = this.service;
    return { kind: 'service', cluster, service, family: this.task.taskDefinition.family, container: WEB_CONTAINER };
  }

  /**
   * A definition is registered in this service's family alone, by the roles of this service alone, and the service is told to use one of
   * that family alone, where it is told at all. Neither shells nor public addresses come with a release.
   */
  public grantRelease(grantee: IGrantable): Grant {
    const { taskRole, executionRole } = this.task.taskDefinition;
    return Grant.addToPrincipal({
      grantee,
      actions: ['ecs:UpdateService'],
      resourceArns: [this.service.serviceArn],
      conditions: {
        ArnLikeIfExists: { 'ecs:task-definition': this.revisions },
        BoolIfExists: { 'ecs:enable-execute-command': 'false' },
        StringNotEqualsIfExists: { 'ecs:auto-assign-public-ip': 'ENABLED' },
      },
    }).combine(Grant.addToPrincipal({
      grantee, actions: ['ecs:StopServiceDeployment'], resourceArns: [this.service.serviceArn, this.partOfService('service-deployment')],
    })).combine(Grant.addToPrincipal({
      grantee,
      actions: ['iam:PassRole'],
      resourceArns: [taskRole.roleArn, executionRole!.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    })).combine(Grant.addToPrincipal({
      grantee, actions: ['ecs:RegisterTaskDefinition'], resourceArns: [this.revisions],
    })).combine(Grant.addToPrincipal({
      // AWS knows no resource for it; a definition holds names and addresses, and no secret.
      grantee, actions: ['ecs:DescribeTaskDefinition'], resourceArns: ['*'],
    })).combine(this.grantDeployments(grantee));
  }

  public grantView(grantee: IGrantable): Grant {
    const { clusterArn } = this.service.cluster;
    return this.grantDeployments(grantee).combine(Grant.addToPrincipal({
      grantee,
      actions: ['ecs:ListTasks', 'ecs:DescribeTasks'],
      resourceArns: ['*'],
      conditions: { ArnEquals: { 'ecs:cluster': clusterArn } },
    })).combine(grantLogs(grantee, this.task.logGroup));
  }

  private grantDeployments(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['ecs:DescribeServices', 'ecs:ListServiceDeployments', 'ecs:DescribeServiceDeployments', 'ecs:DescribeServiceRevisions'],
      resourceArns: [this.service.serviceArn, this.partOfService('service-deployment'), this.partOfService('service-revision')],
    });
  }

  /** Of the service's family. */
  private get revisions(): string {
    const { family } = this.task.taskDefinition;
    return Stack.of(this.service).formatArn({ service: 'ecs', resource: 'task-definition', resourceName: `${family}:*`, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
  }

  /** ECS numbers them below the names of cluster and service. */
  private partOfService(resource: string): string {
    const { serviceName, cluster } = this.service;
    return Stack.of(this.service).formatArn({
      service: 'ecs', resource, resourceName: `${cluster.clusterName}/${serviceName}/*`, arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }
}
