import { Duration } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationProtocol, ApplicationTargetGroup, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';

/** How the units of any kind answer. */
export interface WebTargetGroupProps {
  readonly vpc: IVpc;
  readonly targetType: TargetType;
  /** The port that a unit answers on. */
  readonly port: number;
  readonly healthCheckPath: string;
  /** How long requests under way have when a unit goes. */
  readonly drain: Duration;
}

/** A target group without targets as yet. */
export function webTargetGroup(scope: Construct, id: string, props: WebTargetGroupProps): ApplicationTargetGroup {
  const { vpc, targetType, port, healthCheckPath, drain } = props;
  return new ApplicationTargetGroup(scope, id, {
    vpc,
    port,
    protocol: ApplicationProtocol.HTTP,
    targetType,
    deregistrationDelay: drain,
    healthCheck: {
      path: healthCheckPath,
      // Often, so that a new unit serves soon.
      interval: Duration.seconds(5),
      timeout: Duration.seconds(4),
      healthyThresholdCount: 2,
      // A unit that is too busy to answer in time is still the best there is: to replace it makes the others busier.
      unhealthyThresholdCount: 10,
    },
  });
}
