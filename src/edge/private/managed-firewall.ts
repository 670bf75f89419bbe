import { Annotations, Stack } from 'aws-cdk-lib';
import { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BlockDescription, Tier } from '../../core';
import { FirewallContext, IFirewall, IWebFirewall } from '../contract';
import { ManagedFirewallProps } from '../managed-firewall-props';
import { requireKnownBefore } from './deployed-before';
import { keptWaiting, monitorFirewall } from './firewall-alarms';
import { BOUND_FIREWALL_RULES, FIREWALL_RULES, WAITING_RULES } from './firewall-checks';
import { blockRules, exceptedOf, pathRules } from './firewall-exceptions';
import { addressRule, managedRule, rateRule, Unplaced, visibility, waitingPageBody, waitingRule } from './firewall-rules';
import { RULE_GROUPS, RuleGroup } from './managed-rules';
import { alarmsInUsEast1, requireUsEast1 } from './us-east-1';
import { identityOf } from '../../core/private/block-links';
import { nameInAccount, nameOfRetained } from '../../core/private/naming';
import { validate } from '../../core/private/validation';
import { WaitingPage } from '../waiting-page';

/** Web ACL logs go to log groups whose names begin so (AWS WAF developer guide, "Logging"). */
const LOG_GROUP_PREFIX = 'aws-waf-logs-';

/** Requests in 5 minutes from one address. */
const DEFAULT_LIMIT = 2000;

/** Longest name of a web ACL and of its metric (AWS WAF API reference). */
const MAX_NAME = 128;

/** The choice of AWS's managed rules. */
export class ManagedFirewall implements IFirewall {
  constructor(private readonly props: ManagedFirewallProps) {
    validate('Firewall.managed', props, FIREWALL_RULES);
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
  public readonly turnedAway?: IMetric;
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
    validate(this.node.path, { ...props, sessionCookies, groups: this.groups }, BOUND_FIREWALL_RULES);
    requireKnownBefore(this, toldOf(props, context));
    if (props.countMode === true) {
      Annotations.of(this).addWarningV2('cdk-platform-patterns:firewall-counts',
        `[${this.node.path}] AWS's managed rules count what they match and block nothing: leave 'countMode' out once the log shows what they would refuse wrongly, and 'exceptions' name it`);
    }
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
    if (props.waitingPage !== undefined) this.turnedAway = keptWaiting(this.name);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitorFirewall(monitoring, this.name, alarmsInUsEast1(monitoring));
  }

  public alarmWith(monitoring: MonitoringFacade): void {
    monitorFirewall(monitoring, this.name, true);
  }

  public describe(): BlockDescription {
    const { rateLimit = DEFAULT_LIMIT, waitingPage, countMode = false } = this.props;
    return {
      ...identityOf(this),
      title: 'Web firewall',
      purpose: 'Refuses known attacks and floods before they reach the application',
      tier: Tier.EDGE,
      facts: {
        rules: `${this.groups.length} managed groups`,
        limit: `${rateLimit} requests in 5 minutes from one address`,
        ...countMode ? { mode: 'the managed groups count and do not block' } : {},
        ...waitingPage === undefined ? {} : { door: `shut for new visitors above ${waitingPage.newVisitsPerMinute} a minute` },
      },
    };
  }

  /** In the order of evaluation: who is let in or kept out beforehand, then what is wrong, then who has to wait. */
  private rules(): Unplaced[] {
    const { allowList = [], denyList = [], rateLimit = DEFAULT_LIMIT, waitingPage, exceptions = [], countMode = false } = this.props;
    return [
      ...allowList.length === 0 ? [] : [addressRule(this, 'AllowList', { allow: {} }, allowList)],
      ...denyList.length === 0 ? [] : [addressRule(this, 'DenyList', { block: {} }, denyList)],
      rateRule(rateLimit),
      ...pathRules(exceptions),
      ...this.groups.map(group => managedRule(group.name, this.countedOf(group), countMode)),
      ...blockRules(exceptions, countMode),
      // Last: what the others refuse is no visit.
      ...waitingPage === undefined ? [] : [waitingRule(waitingPage, this.sessionCookies)],
    ];
  }

  private countedOf({ name, count = [] }: RuleGroup): string[] {
    const { countOnly = {}, exceptions = [] } = this.props;
    return [...new Set([...count, ...countOnly[name] ?? [], ...exceptedOf(name, exceptions)])];
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
