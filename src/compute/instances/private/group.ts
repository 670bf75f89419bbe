import { Duration } from 'aws-cdk-lib';
import {
  AdditionalHealthCheckType, AutoScalingGroup, AutoScalingGroupProps, CfnAutoScalingGroup, GroupMetrics, HealthChecks, SpotAllocationStrategy,
} from 'aws-cdk-lib/aws-autoscaling';
import { ILaunchTemplate, InstanceType, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { acknowledge } from '../../../core/private/acknowledge';

/** What a group of instances is made of. */
export interface GroupProps {
  readonly groupName: string;
  readonly template: ILaunchTemplate;
  readonly instanceTypes: InstanceType[];
  readonly spotShare: number;
  readonly vpc: IVpc;
  readonly subnets: SubnetSelection;
  readonly minUnits: number;
  readonly maxUnits: number;
}

/** The lifecycle hook that holds an instance back until its application answers. */
export const READY_HOOK = 'ready';
/** Longest that an instance takes to install and to answer; afterwards it is replaced. */
const START = Duration.minutes(15);
/** Time until a new instance's metrics are like those of the others: it answers already when it enters the group. */
const WARMUP = Duration.minutes(1);

/** Whether EC2 chooses among types and ways of payment: by a policy on top of the launch template. */
export function isMixed({ spotShare, instanceTypes }: { spotShare: number; instanceTypes: InstanceType[] }): boolean {
  return spotShare > 0 || instanceTypes.length > 1;
}

/** The group: over all subnets, with the load balancer's opinion of what is healthy. */
export function createGroup(scope: Construct, props: GroupProps): AutoScalingGroup {
  const { groupName, vpc, subnets, minUnits, maxUnits, template } = props;
  // No desired capacity: scaling owns it, and a deployment in the middle of a peak would reset it.
  const group = new AutoScalingGroup(scope, 'Group', {
    autoScalingGroupName: groupName,
    vpc,
    vpcSubnets: subnets,
    minCapacity: minUnits,
    maxCapacity: maxUnits,
    ...isMixed(props) ? mixture(props) : { launchTemplate: template },
    healthChecks: HealthChecks.withAdditionalChecks({ additionalTypes: [AdditionalHealthCheckType.ELB], gracePeriod: WARMUP }),
    defaultInstanceWarmup: WARMUP,
    groupMetrics: [GroupMetrics.all()],
  });
  renewInstances(group.node.defaultChild as CfnAutoScalingGroup, minUnits);
  acknowledge(group, ['AwsSolutions-AS3'],
    'Whom it concerns is told by alarms on what users notice; launches and ends of instances are an everyday matter, and the dashboard shows them');
  if (isMixed(props)) {
    acknowledge(group, ['AwsSolutions-EC26', 'EC2IMDSv2Enabled'],
      'The rules do not read the launch template of a mixed instances policy: it asks for IMDSv2 and encrypts the volume, as it does without the policy');
  }
  return group;
}

/** The minimum on demand; above it, Spot where capacity is deep and cheap, replaced ahead of an interruption. */
function mixture({ template, instanceTypes, minUnits, spotShare }: GroupProps): Partial<AutoScalingGroupProps> {
  return {
    capacityRebalance: spotShare > 0,
    mixedInstancesPolicy: {
      launchTemplate: template,
      launchTemplateOverrides: instanceTypes.map(instanceType => ({ instanceType })),
      instancesDistribution: {
        onDemandBaseCapacity: minUnits,
        onDemandPercentageAboveBaseCapacity: 100 - spotShare,
        spotAllocationStrategy: SpotAllocationStrategy.PRICE_CAPACITY_OPTIMIZED,
      },
    },
  };
}

/**
 * How a change reaches the instances, and how a new one is taken in.
 *
 * CloudFormation starts an instance refresh when the template or the types change: one batch after the other, launched before
 * its predecessors end, and the warm pool as well, which a rolling update would leave as it is. An instance counts once the
 * hook has seen the application answer. If the refresh fails, so does the deployment, and it is rolled back by another refresh.
 */
function renewInstances(group: CfnAutoScalingGroup, minUnits: number): void {
  group.lifecycleHookSpecificationList = [{
    lifecycleHookName: READY_HOOK,
    lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
    heartbeatTimeout: START.toSeconds(),
    defaultResult: 'ABANDON',
  }];
  // The first deployment waits for the application too: one that never answers fails it.
  group.cfnOptions.creationPolicy = { resourceSignal: { count: minUnits, timeout: START.toIsoString() } };
  // By hand: aws-cdk-lib knows the policy from 2.263 on.
  group.addOverride('UpdatePolicy', {
    AutoScalingInstanceRefresh: {
      Strategy: 'Rolling',
      Preferences: { MinHealthyPercentage: 100, MaxHealthyPercentage: 125, SkipMatching: true },
    },
    AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: true },
  });
}
