import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { HealthCheck, HealthCheckProps, HealthCheckType, IHealthCheck, InsufficientDataHealthStatusEnum } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledge';
import { nameInAccount } from '../../core/private/naming';

/** Longest part of an alarm's name that the path makes: CloudWatch takes 255, the names of group and balancer 117. */
const MAX_PATH = 130;

/** How a side is asked whether it answers. */
export interface Question {
  /** Name that the request is for, also in TLS. */
  readonly host: string;
  readonly path: string;
  readonly https: boolean;
}

/**
 * Asks every 30 s from several Regions, and three times before it believes in a failure: the defaults of Route 53. An
 * answer of 200 to 399 counts. The certificate is not verified.
 */
export function askByName(scope: Construct, id: string, question: Question): HealthCheck {
  return new HealthCheck(scope, id, { ...asking(question), fqdn: question.host });
}

/** Asks each address by itself: well as long as one of them answers. */
export function askByAddress(scope: Construct, addresses: string[], question: Question): IHealthCheck {
  return anyOf(scope, addresses.map((ipAddress, index) =>
    new HealthCheck(scope, `Address${index}`, { ...asking(question), ipAddress, fqdn: question.host })));
}

/**
 * Asks nobody: reads the metric by which the load balancer counts healthy units. Well as long as one group has one. A
 * group for each alarm, since Route 53 follows no alarm on an expression over several metrics.
 */
export function readHealthyUnits(scope: Construct, targetGroups: ApplicationTargetGroup[]): IHealthCheck {
  return anyOf(scope, targetGroups.map((targetGroup, index) => {
    const slot = new Construct(scope, `Group${index}`);
    return new HealthCheck(slot, 'Check', {
      type: HealthCheckType.CLOUDWATCH_METRIC,
      alarmIdentifier: { name: noneHealthy(slot, targetGroup).alarmName, region: Stack.of(scope).region },
      // A group without units reports nothing: its last state would be that of units long gone.
      insufficientDataHealthStatus: InsufficientDataHealthStatusEnum.UNHEALTHY,
    });
  }));
}

function noneHealthy(scope: Construct, targetGroup: ApplicationTargetGroup): Alarm {
  const { targetGroupFullName, firstLoadBalancerFullName } = targetGroup;
  const alarm = new Alarm(scope, 'NoneHealthy', {
    // Route 53 copies what an alarm watches when the check is made: another group or balancer takes another alarm, by name.
    alarmName: `${nameInAccount(scope, MAX_PATH)} ${targetGroupFullName} ${firstLoadBalancerFullName}`,
    alarmDescription: 'No unit is healthy. Read by a health check of the cut-over, which leaves the platform out of shared DNS answers.',
    metric: targetGroup.metrics.healthyHostCount({ statistic: Stats.MAXIMUM, period: Duration.minutes(1) }),
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    evaluationPeriods: 2,
  });
  acknowledge(alarm, ['CloudWatchAlarmAction'], 'A health check reads it, and the group that is not in use has no units; the workload\'s own alarm tells people');
  return alarm;
}

function anyOf(scope: Construct, checks: IHealthCheck[]): IHealthCheck {
  return checks.length === 1 ? checks[0]
    : new HealthCheck(scope, 'Any', { type: HealthCheckType.CALCULATED, childHealthChecks: checks, healthThreshold: 1 });
}

function asking({ path, https }: Question): HealthCheckProps {
  return {
    type: https ? HealthCheckType.HTTPS : HealthCheckType.HTTP,
    port: https ? 443 : 80,
    ...(https ? { enableSNI: true } : {}),
    resourcePath: path,
    requestInterval: Duration.seconds(30),
    failureThreshold: 3,
  };
}
