import { Stack } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { IReleasable } from '../../../core';
import { grantLogs } from '../../../workload/private/view-logs';
import { InstanceCodeLocation } from '../instance-code';

/** What of a group a release needs to know. */
export interface ReleasedGroup {
  readonly scope: IConstruct;
  readonly groupName: string;
  readonly logGroup: ILogGroup;
  /** Nothing when the code comes with the machine image. */
  readonly code?: InstanceCodeLocation;
}

/** A new version of instances is another archive at the same key, and a refresh by which each instance fetches it. */
export class GroupRelease implements IReleasable {
  constructor(private readonly group: ReleasedGroup) {}

  public get parameters(): { [name: string]: string } {
    const { groupName, code } = this.group;
    return { kind: 'instances', group: groupName, ...code === undefined ? {} : { bucket: code.bucket.bucketName, key: code.objectKey } };
  }

  public grantRelease(grantee: IGrantable): Grant {
    const refresh = Grant.addToPrincipal({
      grantee,
      actions: ['autoscaling:StartInstanceRefresh', 'autoscaling:CancelInstanceRefresh', 'autoscaling:RollbackInstanceRefresh'],
      resourceArns: [this.groupArn],
    }).combine(this.grantDescribe(grantee));
    return this.group.code === undefined ? refresh : refresh.combine(grantUpload(grantee, this.group.code));
  }

  public grantView(grantee: IGrantable): Grant {
    return this.grantDescribe(grantee).combine(grantLogs(grantee, this.group.logGroup));
  }

  /** EC2 Auto Scaling describes no single group by a right of its own. */
  private grantDescribe(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeInstanceRefreshes', 'autoscaling:DescribeScalingActivities'],
      resourceArns: ['*'],
    });
  }

  private get groupArn(): string {
    const { partition, region, account } = Stack.of(this.group.scope);
    return `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/${this.group.groupName}`;
  }
}

/** That archive alone. */
function grantUpload(grantee: IGrantable, { bucket, objectKey }: InstanceCodeLocation): Grant {
  const upload = Grant.addToPrincipal({ grantee, actions: ['s3:PutObject'], resourceArns: [bucket.arnForObjects(objectKey)] });
  if (bucket.encryptionKey === undefined) return upload;
  return upload.combine(Grant.addToPrincipal({
    grantee,
    actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    resourceArns: [bucket.encryptionKey.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `s3.${Stack.of(bucket).region}.amazonaws.com` } },
  }));
}
