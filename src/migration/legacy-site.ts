import { isIPv4, isIPv6 } from 'net';
import { Token } from 'aws-cdk-lib';
import { IAliasRecordTarget } from 'aws-cdk-lib/aws-route53';
import { Rule, validate } from '../core/private/validation';

/** Options of a legacy site behind an alias. */
export interface LegacyAliasOptions {
  /**
   * Name by which the health check reaches the site past the platform's own name, such as `old.example.com`.
   *
   * @default - no health check: the alias target's own evaluation, if it has one, says whether the site answers
   */
  readonly hostname?: string;
  /**
   * Whether the target answers over IPv6 too.
   *
   * @default false
   */
  readonly ipv6?: boolean;
}

interface Addresses {
  readonly ipv4: string[];
  readonly ipv6: string[];
}

/** Blocks that no user and no health checker of Route 53 reaches (RFC 1918, RFC 6598, RFC 3927, RFC 1122). */
const NOT_PUBLIC_IPV4 = /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;
/** Unique local, link-local and loopback (RFC 4193, RFC 4291). */
const NOT_PUBLIC_IPV6 = /^(f[cd]|fe[89ab])|^::1?$/i;

const RULES: Rule<Addresses>[] = [
  ({ ipv4 }) => ipv4.length > 0 ? undefined
    : '\'ipv4\' must name an address at least, got []: give the addresses that users reach the site by today',
  each('ipv4', address => isIPv4(address) && !NOT_PUBLIC_IPV4.test(address), '\'203.0.113.7\''),
  each('ipv6', address => isIPv6(address) && !NOT_PUBLIC_IPV6.test(address), '\'2001:db8::7\''),
];

function each(prop: keyof Addresses, holds: (address: string) => boolean, example: string): Rule<Addresses> {
  return props => {
    const bad = props[prop].filter(address => !Token.isUnresolved(address) && !holds(address));
    return bad.length === 0 ? undefined
      : `'${prop}' must be public addresses, got ${JSON.stringify(bad)}: give such as ${example}; a name is no address, see LegacySite.alias`;
  };
}

/**
 * Where users are led today. A name alone (CNAME) cannot share the platform's name: DNS allows no other record beside a
 * CNAME, and the platform's are of types A and AAAA.
 */
export class LegacySite {
  /**
   * The addresses that users reach it by.
   *
   * @param ipv4 public addresses, at least one
   * @param ipv6 public addresses; without any, users with IPv6 come by IPv4 until the platform has every answer
   * @throws Error when an address is none, or is not public
   */
  public static addresses(ipv4: string[], ipv6: string[] = []): LegacySite {
    validate('LegacySite.addresses', { ipv4, ipv6 }, RULES);
    return new LegacySite(ipv4, ipv6, ipv6.length > 0);
  }

  /**
   * A load balancer or another resource of AWS that a record can be an alias of.
   *
   * @param target such as a LoadBalancerTarget
   * @param options the name for the health check, and IPv6
   */
  public static alias(target: IAliasRecordTarget, options: LegacyAliasOptions = {}): LegacySite {
    return new LegacySite([], [], options.ipv6 ?? false, target, options.hostname);
  }

  private constructor(
    /** Public IPv4 addresses; none for an alias. */
    public readonly ipv4: string[],
    /** Public IPv6 addresses; none for an alias. */
    public readonly ipv6: string[],
    /** Whether it answers over IPv6. */
    public readonly answersIpv6: boolean,
    /** What its records are an alias of. */
    public readonly target?: IAliasRecordTarget,
    /** Name for the health check of an alias. */
    public readonly hostname?: string,
  ) {}
}
