import { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { AaaaRecord, ARecord, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { EdgeContext } from '../contract';

/** Tells the platform's records from those of the other side of a migration; a change of it would replace them. */
const SET_IDENTIFIER = 'platform';
/** A share of all answers. */
const ALL = 100;

/**
 * Points the domain's name at the distribution, when Route 53 keeps the name.
 *
 * The records are weighted also when nobody shares the name: a record with a weight beside it cannot be made while one
 * without a weight is there, so the first step of a migration, and the last, would leave the name without an answer.
 */
export function createDnsRecords(scope: Construct, distribution: IDistribution, { name, dns = {} }: EdgeContext): void {
  const { domain } = name ?? {};
  const { share = ALL, ipv6 = share === ALL, healthCheck } = dns;
  if (domain?.zone === undefined) return;
  const { name: recordName, zone } = domain;
  const target = RecordTarget.fromAlias(new CloudFrontTarget(distribution));
  const record = { zone, recordName, target, setIdentifier: SET_IDENTIFIER, weight: share, healthCheck };
  new ARecord(scope, 'Ipv4', record);
  if (ipv6) new AaaaRecord(scope, 'Ipv6', record);
  // While users move over, another name is still the other side's: alone, a record of any weight would have all answers.
  if (share < ALL || domain.alternativeNames.length === 0) return;
  const others = new Construct(scope, 'AlternativeNames');
  domain.alternativeNames.map(other => other.toLowerCase()).forEach(other => {
    const place = new Construct(others, other);
    new ARecord(place, 'Ipv4', { ...record, recordName: other });
    if (ipv6) new AaaaRecord(place, 'Ipv6', { ...record, recordName: other });
  });
}
