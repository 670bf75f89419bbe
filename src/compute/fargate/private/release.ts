import { ArnFormat, Stack } from 'aws-cdk-lib';
import { FargateService } from 'aws-cdk-lib/aws-ecs';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { FargateTask } from './task';
import { IReleasable } from '../../../core';
import { grantLogs } from '../../../workload/private/view-logs';

/** A new version of a service is a new revision of its task definition. */
export class ServiceRelease implements IReleasable {
  constructor(private readonly service: FargateService, private readonly task: FargateTask) {}

  /**
   * To register a definition takes no resource: it runs nothing by itself, since this service alone may be told to use it, and
   * the roles of this service alone may be passed to it.
   */
  public grantRelease(grantee: IGrantable): Grant {
    const { taskRole, executionRole } = this.task.taskDefinition;
    return this.grantRollOut(grantee).combine(Grant.addToPrincipal({
      grantee,
      actions: ['iam:PassRole'],
      resourceArns: [taskRole.roleArn, executionRole!.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    })).combine(Grant.addToPrincipal({
      grantee, actions: ['ecs:RegisterTaskDefinition', 'ecs:DescribeTaskDefinition'], resourceArns: ['*'],
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

  /**
   * To a definition of its own family alone, since one of another service would run with that one's roles and secrets; and without a shell in its
   * units. Neither has to be named: the newest rollout may be repeated.
   */
  private grantRollOut(grantee: IGrantable): Grant {
    const { service, task: { taskDefinition } } = this;
    return Grant.addToPrincipal({
      grantee,
      actions: ['ecs:UpdateService'],
      resourceArns: [service.serviceArn],
      conditions: {
        ArnLikeIfExists: { 'ecs:task-definition': Stack.of(service).formatArn({ service: 'ecs', resource: 'task-definition', resourceName: `${taskDefinition.family}:*` }) },
        StringEqualsIfExists: { 'ecs:enable-execute-command': 'false' },
      },
    }).combine(Grant.addToPrincipal({
      grantee, actions: ['ecs:StopServiceDeployment'], resourceArns: [service.serviceArn, this.partOfService('service-deployment')],
    }));
  }

  private grantDeployments(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['ecs:DescribeServices', 'ecs:ListServiceDeployments', 'ecs:DescribeServiceDeployments', 'ecs:DescribeServiceRevisions'],
      resourceArns: [this.service.serviceArn, this.partOfService('service-deployment'), this.partOfService('service-revision')],
    });
  }

  /** ECS numbers them below the names of cluster and service. */
  private partOfService(resource: string): string {
    const { serviceName, cluster } = this.service;
    return Stack.of(this.service).formatArn({
      service: 'ecs', resource, resourceName: `${cluster.clusterName}/${serviceName}/*`, arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }
}
