import { Duration } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { CnameRecord, IPrivateHostedZone, PrivateHostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { IPrivateNames } from '../../core';
import { matches, Rule, validate } from '../../core/private/validation';

/** A failover keeps the endpoint's name, so the record changes only with the endpoint itself: then it should change soon. */
const TTL = Duration.seconds(30);

/**
 * Names in a private zone of their own, one for all stores of a platform: Route 53 takes no second one of the same name for a
 * VPC, and a private zone of the whole domain would shadow the public one inside it.
 */
export class ZoneNames implements IPrivateNames {
  private readonly holders = new Map<string, string>();
  private zone?: IPrivateHostedZone;

  constructor(private readonly scope: Construct, private readonly vpc: IVpc, private readonly domainName: string) {}

  public give(scope: Construct, label: string, host: string): string {
    validate(scope.node.path, { label }, this.rules());
    this.holders.set(label, scope.node.path);
    // Without a name nobody needs it.
    this.zone ??= new PrivateHostedZone(this.scope, 'PrivateZone', { zoneName: this.zoneName, vpc: this.vpc });
    new CnameRecord(scope, 'PrivateName', { zone: this.zone, recordName: label, domainName: host, ttl: TTL });
    return `${label}.${this.zoneName}`;
  }

  private get zoneName(): string {
    return `internal.${this.domainName}`;
  }

  private rules(): Rule<{ label: string }>[] {
    return [
      matches('label', /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'must hold up to 63 lower-case letters, digits and dashes, without a dash at either end',
        'choose another label, such as \'db\''),
      ({ label }) => this.holders.has(label)
        ? `'label' must be free, got ${JSON.stringify(label)}, which ${this.holders.get(label)} has: give each store a label of its own`
        : undefined,
    ];
  }
}
