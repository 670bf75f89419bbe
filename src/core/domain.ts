import { Token } from 'aws-cdk-lib';
import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { IHostedZone, PrivateHostedZone } from 'aws-cdk-lib/aws-route53';
import { alternativeNameRules, DOMAIN_NAME } from './private/alternative-names';
import { regionOfCertificate, US_EAST_1 } from './private/regions';
import { matches, Rule, validate } from './private/validation';

/** Options of a domain in a hosted zone. */
export interface DomainInZoneOptions {
  /**
   * A certificate for the name, in us-east-1 (where CloudFront reads it).
   *
   * @default - a new one, validated by a record in the zone
   */
  readonly certificate?: ICertificate;
  /**
   * A certificate for the name in the platform's own Region, for HTTPS between CloudFront and the load balancer.
   *
   * @default - in us-east-1 the same as users see; elsewhere a new one, validated by a record in the zone
   */
  readonly originCertificate?: ICertificate;
  /**
   * Other names that users reach the platform by, such as the one with `www.`: 1 to 9, each in the zone, for its records, and in new certificates; certificates that are given have to hold them.
   *
   * @default - it has the one name
   */
  readonly alternativeNames?: string[];
  /**
   * Whether pages and calls that are asked for by another name are led to the main one, at the edge: 301, or 308 where a method is to be
   * kept. `false` serves each name alike, and the application sees which.
   *
   * @default true
   */
  readonly redirectAlternativeNames?: boolean;
}

/** Options of a domain whose DNS is kept elsewhere. */
export interface DomainElsewhereOptions {
  /**
   * A certificate for the name in the platform's own Region, for HTTPS between CloudFront and the load balancer.
   *
   * @default - in us-east-1 the same as users see; elsewhere CloudFront speaks HTTP to the load balancer, within the VPC
   */
  readonly originCertificate?: ICertificate;
  /**
   * Other names that users reach the platform by, such as the one with `www.`: 1 to 9, each pointed at the distribution where its DNS is kept, and held by the certificates.
   *
   * @default - it has the one name
   */
  readonly alternativeNames?: string[];
  /**
   * Whether pages and calls that are asked for by another name are led to the main one, at the edge: 301, or 308 where a method is to be
   * kept. `false` serves each name alike, and the application sees which.
   *
   * @default true
   */
  readonly redirectAlternativeNames?: boolean;
}

const NAME: Rule<{ name: string }> = matches('name',
  DOMAIN_NAME, 'must be a domain name',
  'give the whole name without protocol or path, such as \'shop.example.com\'');

/** CDK would append the zone's name to a name of another zone, without a word. */
function inZone(zone: IHostedZone): Rule<{ name: string }> {
  return ({ name }) => {
    const zoneName = zoneNameOf(zone);
    if (zoneName === undefined) {
      return '\'zone\' must know its name, got one that was imported by its id alone: import it by HostedZone.fromHostedZoneAttributes, with its name';
    }
    if (zone instanceof PrivateHostedZone) {
      return `'zone' must be public, got the private zone ${zoneName}: users and the certificate's validation look the name up from the internet`;
    }
    if (Token.isUnresolved(name) || isIn(zoneName, name)) return undefined;
    return `'name' must be in the hosted zone ${zoneName}, got ${JSON.stringify(name)}: give '${zoneName}' or a name that ends in '.${zoneName}', or the zone of the name`;
  };
}

function isIn(zoneName: string | undefined, name: string): boolean {
  return zoneName === undefined || Token.isUnresolved(zoneName) || `.${name}`.toLowerCase().endsWith(`.${zoneName.toLowerCase()}`);
}

function zoneNameOf(zone: IHostedZone): string | undefined {
  try {
    return Token.isUnresolved(zone.zoneName) ? zone.zoneName : zone.zoneName.replace(/\.$/, '');
  } catch {
    // A zone that was imported by its id throws when it is asked for its name.
    return undefined;
  }
}

/** What imports a certificate takes any text for its ARN. */
const ARN = /^arn:[^:]+:acm:[^:]+:\d{12}:certificate\/\S+$/;

function isMalformed({ certificateArn }: ICertificate): boolean {
  return !Token.isUnresolved(certificateArn) && !ARN.test(certificateArn);
}

function ofAcm(prop: 'certificate' | 'originCertificate', certificate: ICertificate | undefined): Rule<{ name: string }> {
  return () => {
    return certificate === undefined || !isMalformed(certificate) ? undefined
      : `'${prop}' must have the ARN of a certificate in ACM, got ${JSON.stringify(certificate.certificateArn)}: give 'arn:aws:acm:<region>:<account>:certificate/<id>'`;
  };
}

/** CDK checks this too, but late and without saying which platform; and not of a certificate that is new. */
function inUsEast1(certificate: ICertificate | undefined): Rule<{ name: string }> {
  return () => {
    const region = certificate === undefined || isMalformed(certificate) ? undefined : regionOfCertificate(certificate);
    return region === undefined || region === US_EAST_1 ? undefined
      : `'certificate' must be in ${US_EAST_1}, where CloudFront reads it, got one in ${region}: request or import it there`;
  };
}

/** The name that users reach the platform by. */
export class Domain {
  /**
   * A name in a hosted zone of Route 53; the platform makes the records, and the certificate when none is given.
   *
   * @param zone the public hosted zone, new or imported
   * @param name the whole name, such as `shop.example.com`
   * @param options certificates to use instead of new ones
   * @throws Error when a name is not a domain name in the zone, or given twice, the zone is private or does not know its name, or a
   * certificate is not of ACM, or in another Region than us-east-1
   */
  public static inZone(zone: IHostedZone, name: string, options: DomainInZoneOptions = {}): Domain {
    const zoneName = zoneNameOf(zone);
    validate('Domain.inZone', { ...options, name }, [
      ...alternativeNameRules(each => isIn(zoneName, each), zoneName), NAME, inZone(zone), ofAcm('certificate', options.certificate), inUsEast1(options.certificate), ofAcm('originCertificate', options.originCertificate),
    ]);
    return new Domain(name, options, zone);
  }

  /**
   * A name whose DNS is kept elsewhere: point it at the distribution's domain name by a CNAME or ALIAS record there.
   *
   * @param name the whole name, such as `shop.example.com`
   * @param certificate a certificate for the name, in us-east-1 (where CloudFront reads it)
   * @param options a certificate of the platform's own Region
   * @throws Error when a name is not a domain name, or given twice, or a certificate is not of ACM, or in another Region than us-east-1
   */
  public static elsewhere(name: string, certificate: ICertificate, options: DomainElsewhereOptions = {}): Domain {
    validate('Domain.elsewhere', { ...options, name }, [
      ...alternativeNameRules(() => true), NAME, ofAcm('certificate', certificate), inUsEast1(certificate), ofAcm('originCertificate', options.originCertificate),
    ]);
    return new Domain(name, { ...options, certificate });
  }

  /** The certificate given for the name, in us-east-1. */
  public readonly certificate?: ICertificate;
  /** The certificate given for the name in the platform's own Region. */
  public readonly originCertificate?: ICertificate;
  /** Other names that users reach the platform by. */
  public readonly alternativeNames: string[];
  /** Whether pages and calls that are asked for by another name are led to the main one. */
  public readonly redirectAlternativeNames: boolean;

  private constructor(
    /** The whole name, such as `shop.example.com`. */
    public readonly name: string,
    options: DomainInZoneOptions,
    /** The hosted zone that receives the records, when Route 53 keeps the name. */
    public readonly zone?: IHostedZone,
  ) {
    this.certificate = options.certificate;
    this.originCertificate = options.originCertificate;
    this.alternativeNames = options.alternativeNames ?? [];
    this.redirectAlternativeNames = options.redirectAlternativeNames ?? true;
  }
}
