import { Duration } from 'aws-cdk-lib';
import { ApplicationTargetGroup, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';

/** Seconds: a check waits longer than any function of the platform may take, and the next one comes after it. */
const CHECK = { timeout: 60, interval: 65 };

/**
 * A target group for one function. Each check is an invocation, so AWS has none by default. Here there is one: without it nobody would be
 * told that the application is down at an hour without requests. Requests are led to the only target whatever its health is.
 */
export function functionTargetGroup(scope: Construct, path: string): ApplicationTargetGroup {
  return new ApplicationTargetGroup(scope, 'Targets', {
    targetType: TargetType.LAMBDA,
    // A request may have a header twice, and an answer two cookies.
    multiValueHeadersEnabled: true,
    healthCheck: {
      enabled: true,
      path,
      interval: Duration.seconds(CHECK.interval),
      timeout: Duration.seconds(CHECK.timeout),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
    },
  });
}
