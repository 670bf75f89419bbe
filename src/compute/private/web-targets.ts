import { Duration } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationListener, ApplicationProtocol, ApplicationTargetGroup, IApplicationLoadBalancerTarget, TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';

/** What stands behind the load balancer, of whatever kind the units are. */
export interface WebTargetsProps {
  readonly vpc: IVpc;
  readonly listener: ApplicationListener;
  readonly target: IApplicationLoadBalancerTarget;
  readonly targetType: TargetType;
  /** The port that a unit answers on. */
  readonly port: number;
  readonly healthCheckPath: string;
  /** How long requests under way have when a unit goes. */
  readonly drain: Duration;
}

/** How the load balancer knows the units, where they answer, and which of them are well. */
export function registerWebTargets(scope: Construct, props: WebTargetsProps): ApplicationTargetGroup {
  const { vpc, listener, target, targetType, port, healthCheckPath, drain } = props;
  const targetGroup = new ApplicationTargetGroup(scope, 'Targets', {
    vpc,
    port,
    protocol: ApplicationProtocol.HTTP,
    targetType,
    targets: [target],
    deregistrationDelay: drain,
    healthCheck: {
      path: healthCheckPath,
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 3,
    },
  });
  listener.addTargetGroups('Application', { targetGroups: [targetGroup] });
  return targetGroup;
}
