import { Duration } from 'aws-cdk-lib';
import { CnameRecord, PrivateHostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { DatabaseContext } from '../contract';

/** A failover keeps the endpoint's name, so the record changes only with the endpoint itself: then it should change soon. */
const TTL = Duration.seconds(30);

/**
 * A name that people and tools in the VPC can remember, in a private zone of its own: a private zone of the whole domain
 * would shadow the public one inside the VPC. The application is told the name of AWS, which the certificate holds.
 *
 * @returns the name
 */
export function createPrivateName(scope: Construct, host: string, domainName: string, { vpc }: DatabaseContext): string {
  const zone = new PrivateHostedZone(scope, 'PrivateZone', { zoneName: `internal.${domainName}`, vpc });
  new CnameRecord(scope, 'PrivateName', { zone, recordName: 'db', domainName: host, ttl: TTL });
  return `db.internal.${domainName}`;
}
