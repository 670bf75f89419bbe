import { Token } from 'aws-cdk-lib';
import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { IHostedZone } from 'aws-cdk-lib/aws-route53';
import { matches, Rule, validate } from './private/validation';

/** Options of a domain in a hosted zone. */
export interface DomainInZoneOptions {
  /**
   * A certificate for the name, in us-east-1 (where CloudFront reads it).
   *
   * @default - a new one, validated by a record in the zone
   */
  readonly certificate?: ICertificate;
}

const NAME: Rule<{ name: string }> = matches('name',
  /^(?=.{1,253}$)([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i, 'must be a domain name',
  'give the whole name without protocol or path, such as \'shop.example.com\'');

/** CDK would append the zone's name to a name of another zone, without a word. */
function inZone(zone: IHostedZone): Rule<{ name: string }> {
  return ({ name }) => {
    const { zoneName } = zone;
    if (Token.isUnresolved(name) || Token.isUnresolved(zoneName) || name === zoneName || name.endsWith(`.${zoneName}`)) return undefined;
    return `'name' must be in the hosted zone ${zoneName}, got ${JSON.stringify(name)}: give '${zoneName}' or a name that ends in '.${zoneName}', or the zone of the name`;
  };
}

/** The name that users reach the platform by. */
export class Domain {
  /**
   * A name in a hosted zone of Route 53; the platform makes the records, and the certificate when none is given.
   *
   * @param zone the public hosted zone, new or imported
   * @param name the whole name, such as `shop.example.com`
   * @param options a certificate to use instead of a new one
   * @throws Error when the name is not a domain name in the zone
   */
  public static inZone(zone: IHostedZone, name: string, options: DomainInZoneOptions = {}): Domain {
    validate('Domain.inZone', { name }, [NAME, inZone(zone)]);
    return new Domain(name, zone, options.certificate);
  }

  /**
   * A name whose DNS is kept elsewhere: point it at the distribution's domain name by a CNAME or ALIAS record there.
   *
   * @param name the whole name, such as `shop.example.com`
   * @param certificate a certificate for the name, in us-east-1 (where CloudFront reads it)
   * @throws Error when the name is not a domain name
   */
  public static elsewhere(name: string, certificate: ICertificate): Domain {
    validate('Domain.elsewhere', { name }, [NAME]);
    return new Domain(name, undefined, certificate);
  }

  private constructor(
    /** The whole name, such as `shop.example.com`. */
    public readonly name: string,
    /** The hosted zone that receives the records, when Route 53 keeps the name. */
    public readonly zone?: IHostedZone,
    /** The certificate given for the name. */
    public readonly certificate?: ICertificate,
  ) {}
}
