import { isIP } from 'net';
import { Stack, Token } from 'aws-cdk-lib';
import { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { FirewallContext, IFirewall, IWebFirewall } from './contract';
import { BlockDescription, Tier } from '../core';
import { requireKnownBefore } from './private/deployed-before';
import { monitorFirewall } from './private/firewall-alarms';
import { addressRule, managedRule, rateRule, Unplaced, visibility, waitingPageBody, waitingRule } from './private/firewall-rules';
import { alarmsInUsEast1, requireUsEast1 } from './private/us-east-1';
import { WaitingPage } from './waiting-page';
import { identityOf } from '../core/private/block-links';
import { nameInAccount, nameOfRetained } from '../core/private/naming';
import { wholeDuration } from '../core/private/units';
import { Rule, validate, wholeBetween } from '../core/private/validation';

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
   * A page for new visitors while too many come at once.
   *
   * @default - none: everyone is let in
   */
  readonly waitingPage?: WaitingPage;
}

/** One of AWS's managed rule groups, and its rules that count and do not block. */
interface RuleGroup {
  readonly name: string;
  readonly count?: string[];
}

/**
 * AWS's managed rule groups for every application, in the order that they are evaluated: 1,125 of the 1,500 web ACL capacity
 * units that the basic price includes (AWS WAF developer guide, "AWS Managed Rules rule groups list"). Those of the runtime come
 * after them, 100 for PHP's; the other rules take 2 each, and the waiting page 12 more for each cookie and path at most.
 */
const RULE_GROUPS: RuleGroup[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList' },
  // Bodies above 8 KiB are counted, not blocked: image uploads and long forms are ordinary in a web application.
  { name: 'AWSManagedRulesCommonRuleSet', count: ['SizeRestrictions_BODY'] },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet' },
  { name: 'AWSManagedRulesSQLiRuleSet' },
];

/** Most addresses of an IP set, and most bytes of a response body (AWS WAF quotas). */
const [MOST_ADDRESSES, MOST_BYTES] = [10_000, 4096];

const RULES: Rule<ManagedFirewallProps>[] = [
  wholeBetween('rateLimit', 10, 2_000_000_000, 'AWS WAF takes limits in this range'),
  addresses('allowList'),
  addresses('denyList'),
];

/** What must hold once it is known what the applications are written in. */
const BOUND_RULES: Rule<ManagedFirewallProps & { groups: RuleGroup[]; sessionCookies: string[] }>[] = [
  ({ countOnly = {}, groups }) => {
    const unknown = Object.keys(countOnly).filter(group => !groups.some(({ name }) => name === group));
    return unknown.length === 0 ? undefined
      : `'countOnly' must name rule groups of this firewall, got ${JSON.stringify(unknown)}: give some of ${groups.map(({ name }) => name).join(', ')}`;
  },
  ({ waitingPage, sessionCookies }) => waitingPage === undefined || sessionCookies.length > 0 ? undefined
    : '\'sessionCookies\' of the runtime must name the session\'s cookie where there is a \'waitingPage\', got none: nobody who is in would stay in',
];

const WAITING_RULES: Rule<WaitingPage>[] = [
  wholeBetween('newVisitsPerMinute', 10, 2_000_000_000, 'AWS WAF takes limits in this range'),
  ({ exceptPaths = [] }) => exceptPaths.length <= 10 && exceptPaths.every(path => Token.isUnresolved(path) || (path.startsWith('/') && path !== '/')) ? undefined
    : `'exceptPaths' must be at most 10 beginnings of paths that are not all paths, got ${JSON.stringify(exceptPaths)}: give some such as '/static/'`,
  ({ newVisitsPerMinute, retryAfter }) => retryAfter === undefined || retryAfter.isUnresolved() || retryAfter.toSeconds({ integral: false }) >= 1
    ? wholeDuration<WaitingPage>('retryAfter', 'seconds', 'HTTP counts it in seconds')({ newVisitsPerMinute, retryAfter })
    : `'retryAfter' must be at least 1 s, got ${retryAfter.toSeconds({ integral: false })} s: give the time after which there may be room`,
  ({ html = '' }) => Buffer.byteLength(html) <= MOST_BYTES ? undefined
    : `'html' must be at most ${MOST_BYTES} bytes, got ${Buffer.byteLength(html)}: AWS WAF answers with no more; leave out pictures and fonts`,
];

/** Web ACL logs go to log groups whose names begin so (AWS WAF developer guide, "Logging"). */
const LOG_GROUP_PREFIX = 'aws-waf-logs-';

/** Requests in 5 minutes from one address. */
const DEFAULT_LIMIT = 2000;

/** Longest name of a web ACL and of its metric (AWS WAF API reference). */
const MAX_NAME = 128;

/** The choice of AWS's managed rules. */
export class ManagedFirewall implements IFirewall {
  constructor(private readonly props: ManagedFirewallProps) {
    validate('Firewall.managed', props, RULES);
    if (props.waitingPage !== undefined) validate('Firewall.managed.waitingPage', props.waitingPage, WAITING_RULES);
  }

  public bind(scope: Construct, context: FirewallContext): IWebFirewall {
    return new ManagedWebAcl(scope, 'WebAcl', this.props, context);
  }
}

/** A web ACL for CloudFront, with its log. */
class ManagedWebAcl extends Construct implements IWebFirewall {
  public readonly webAclArn: string;
  public readonly logGroup: ILogGroup;
  /** Of the web ACL and of its metrics. */
  private readonly name: string;
  private readonly groups: RuleGroup[];
  private readonly sessionCookies: string[];

  constructor(scope: Construct, id: string, private readonly props: ManagedFirewallProps, context: FirewallContext) {
    super(scope, id);
    requireUsEast1(this, 'the web ACL');
    const { sessionCookies, firewallRuleGroups } = context.runtime;
    this.groups = [...RULE_GROUPS, ...firewallRuleGroups.map(group => ({ name: group }))];
    this.sessionCookies = sessionCookies;
    validate(this.node.path, { ...props, sessionCookies, groups: this.groups }, BOUND_RULES);
    requireKnownBefore(this, toldOf(props, context));
    this.name = nameInAccount(this, MAX_NAME);
    const webAcl = new CfnWebACL(this, 'Resource', {
      name: this.name,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(this.name),
      customResponseBodies: props.waitingPage === undefined ? undefined : waitingPageBody(props.waitingPage),
      rules: this.rules().map((rule, priority) => ({ ...rule, priority })),
    });
    this.webAclArn = webAcl.attrArn;
    this.logGroup = this.log(context);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitorFirewall(monitoring, this.name, alarmsInUsEast1(monitoring));
  }

  public alarmWith(monitoring: MonitoringFacade): void {
    monitorFirewall(monitoring, this.name, true);
  }

  public describe(): BlockDescription {
    const { rateLimit = DEFAULT_LIMIT, waitingPage } = this.props;
    return {
      ...identityOf(this),
      title: 'Web firewall',
      purpose: 'Refuses known attacks and floods before they reach the application',
      tier: Tier.EDGE,
      facts: {
        rules: `${this.groups.length} managed groups`,
        limit: `${rateLimit} requests in 5 minutes from one address`,
        ...waitingPage === undefined ? {} : { door: `shut for new visitors above ${waitingPage.newVisitsPerMinute} a minute` },
      },
    };
  }

  /** In the order of evaluation: who is let in or kept out beforehand, then what is wrong, then who has to wait. */
  private rules(): Unplaced[] {
    const { allowList = [], denyList = [], rateLimit = DEFAULT_LIMIT, countOnly = {}, waitingPage } = this.props;
    return [
      ...allowList.length === 0 ? [] : [addressRule(this, 'AllowList', { allow: {} }, allowList)],
      ...denyList.length === 0 ? [] : [addressRule(this, 'DenyList', { block: {} }, denyList)],
      rateRule(rateLimit),
      ...this.groups.map(({ name, count = [] }) => managedRule(name, [...new Set([...count, ...countOnly[name] ?? []])])),
      // Last: what the others refuse is no visit.
      ...waitingPage === undefined ? [] : [waitingRule(waitingPage, this.sessionCookies)],
    ];
  }

  private log({ profile, encryptionKey }: FirewallContext): ILogGroup {
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `${LOG_GROUP_PREFIX}${nameOfRetained(this, 255)}`,
      encryptionKey,
      retention: profile.logRetention,
      removalPolicy: profile.removalPolicy,
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.webAclArn,
      // The log group's own ARN ends in `:*`, which AWS WAF refuses.
      logDestinationConfigs: [Stack.of(this).formatArn({ service: 'logs', resource: `log-group:${logGroup.logGroupName}` })],
      redactedFields: ['authorization', 'cookie'].map(name => ({ singleHeader: { Name: name } })),
    });
    return logGroup;
  }
}

/** All that the rules are made of, as messages call it. */
function toldOf({ waitingPage = {} as WaitingPage, ...props }: ManagedFirewallProps, { runtime }: FirewallContext): { [what: string]: unknown } {
  const { newVisitsPerMinute, exceptPaths, retryAfter, html } = waitingPage;
  const { sessionCookies, firewallRuleGroups } = runtime;
  return Object.fromEntries([
    ...Object.entries(props).map(([prop, value]) => [`'${prop}'`, value]),
    ...Object.entries({ newVisitsPerMinute, exceptPaths, retryAfter, html }).map(([prop, value]) => [`'${prop}' of 'waitingPage'`, value]),
    ...Object.entries({ sessionCookies, firewallRuleGroups }).map(([prop, value]) => [`'${prop}' of the runtime`, value]),
  ]);
}

function addresses(prop: 'allowList' | 'denyList'): Rule<ManagedFirewallProps> {
  return props => {
    const list = props[prop];
    if (list === undefined) return undefined;
    if (list.length === 0 || list.length > MOST_ADDRESSES) return `'${prop}' must hold 1 to ${MOST_ADDRESSES} addresses, got ${list.length}: leave it out for none`;
    const wrong = list.filter(address => !Token.isUnresolved(address) && !isCidr(address));
    return wrong.length === 0 ? undefined
      : `'${prop}' must hold addresses in CIDR notation, got ${JSON.stringify(wrong)}: give some such as '192.0.2.7/32' or '2001:db8::/48'`;
  };
}

function isCidr(text: string): boolean {
  const [address, bits, ...more] = text.split('/');
  const version = isIP(address);
  return more.length === 0 && version !== 0 && /^[1-9]\d*$/.test(bits ?? '') && Number(bits) <= (version === 4 ? 32 : 128);
}
