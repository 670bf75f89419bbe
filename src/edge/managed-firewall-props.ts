import { FirewallException } from './firewall-exception';
import { WaitingPage } from './waiting-page';

/** Options of a firewall with AWS's managed rules. */
export interface ManagedFirewallProps {
  /**
   * Requests in 5 minutes from one address, above which it is blocked, 10 to 2,000,000,000.
   *
   * @default 2000 - the blanket rate limit that AWS suggests to begin with (AWS blog, "The three most important AWS WAF rate-based rules")
   */
  readonly rateLimit?: number;
  /**
   * Addresses that are let in whatever they do, in CIDR notation, IPv4 or IPv6: none of the other rules looks at them. At
   * most 10,000 (AWS WAF quota). A proxy of a company is many people behind one address, which the rate limit would block.
   *
   * @default - nobody is spared
   */
  readonly allowList?: string[];
  /**
   * Addresses that are blocked, in CIDR notation, IPv4 or IPv6, at most 10,000.
   *
   * @default - nobody is blocked beforehand
   */
  readonly denyList?: string[];
  /**
   * Rules of the managed groups that count and do not block, by the name of their group, such as
   * `{ AWSManagedRulesCommonRuleSet: ['CrossSiteScripting_BODY'] }`: those by which the firewall's log shows that they
   * refuse what is right.
   *
   * @default - only `SizeRestrictions_BODY` of `AWSManagedRulesCommonRuleSet`, which is among them in any case
   */
  readonly countOnly?: { [ruleGroup: string]: string[] };
  /**
   * Paths at which rules of the managed groups let pass what they block everywhere else.
   *
   * @default - the rules are the same everywhere
   */
  readonly exceptions?: FirewallException[];
  /**
   * Whether the managed groups count and do not block, all of them: for the first days of an application behind them, until
   * `exceptions` are known. Limits and lists of addresses act all the same.
   *
   * @default false
   */
  readonly countMode?: boolean;
  /**
   * A page for new visitors while too many come at once.
   *
   * @default - none: everyone is let in
   */
  readonly waitingPage?: WaitingPage;
}
