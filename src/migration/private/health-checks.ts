import { Duration } from 'aws-cdk-lib';
import { HealthCheck, HealthCheckProps, HealthCheckType, IHealthCheck } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';

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
  const checks = addresses.map((ipAddress, index) =>
    new HealthCheck(scope, `Address${index}`, { ...asking(question), ipAddress, fqdn: question.host }));
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
