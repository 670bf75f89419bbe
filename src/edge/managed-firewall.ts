import { Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { FirewallContext, IFirewall, IWebFirewall } from './contract';
import { BlockDescription, Tier } from '../core';
import { requireUsEast1, US_EAST_1 } from './private/us-east-1';
import { nameInAccount, nameOfRetained } from '../core/private/naming';
import { Rule, validate, wholeBetween } from '../core/private/validation';

/** Options of a firewall with AWS's managed rules. */
export interface ManagedFirewallProps {
  /**
   * Requests in 5 minutes from one address, above which it is blocked, 10 to 2,000,000,000.
   *
   * @default 2000 - the blanket rate limit that AWS suggests to begin with (AWS blog, "The three most important AWS WAF rate-based rules")
   */
  readonly rateLimit?: number;
}

const RULES: Rule<ManagedFirewallProps>[] = [
  wholeBetween('rateLimit', 10, 2_000_000_000, 'AWS WAF takes limits in this range'),
];

/**
 * AWS's managed rule groups for a PHP application, in the order that they are evaluated: 1,225 of the 1,500 web ACL
 * capacity units that the basic price includes (AWS WAF developer guide, "AWS Managed Rules rule groups list").
 */
const RULE_GROUPS: { name: string; count?: string[] }[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList' },
  // Bodies above 8 KiB are counted, not blocked: image uploads and long forms are ordinary in a web application.
  { name: 'AWSManagedRulesCommonRuleSet', count: ['SizeRestrictions_BODY'] },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet' },
  { name: 'AWSManagedRulesSQLiRuleSet' },
  { name: 'AWSManagedRulesPHPRuleSet' },
];

/** Web ACL logs go to log groups whose names begin so (AWS WAF developer guide, "Logging"). */
const LOG_GROUP_PREFIX = 'aws-waf-logs-';

/** Longest name of a web ACL and of its metric (AWS WAF API reference). */
const MAX_NAME = 128;

/** The choice of AWS's managed rules. */
export class ManagedFirewall implements IFirewall {
  constructor(private readonly props: ManagedFirewallProps) {
    validate('Firewall.managed', props, RULES);
  }

  public bind(scope: Construct, context: FirewallContext): IWebFirewall {
    return new ManagedWebAcl(scope, 'WebAcl', this.props.rateLimit ?? 2000, context);
  }
}

/** A web ACL for CloudFront, with its log. */
class ManagedWebAcl extends Construct implements IWebFirewall {
  public readonly webAclArn: string;
  private readonly webAcl: CfnWebACL;

  constructor(scope: Construct, id: string, private readonly rateLimit: number, context: FirewallContext) {
    super(scope, id);
    requireUsEast1(this, 'the web ACL');
    const name = nameInAccount(this, MAX_NAME);
    this.webAcl = new CfnWebACL(this, 'Resource', {
      // Metrics of the web ACL go by this name.
      name,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(name),
      rules: [this.rateRule(), ...RULE_GROUPS.map(managedRule)],
    });
    this.webAclArn = this.webAcl.attrArn;
    this.log(context);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitoring.monitorWebApplicationFirewallAclV2({
      acl: this.webAcl,
      // Of a web ACL for CloudFront, wherever the dashboard is.
      region: US_EAST_1,
      humanReadableName: 'Web firewall',
      alarmFriendlyName: 'Firewall',
    });
  }

  public describe(): BlockDescription {
    return {
      title: 'Web firewall',
      purpose: 'Refuses known attacks and floods before they reach the application',
      tier: Tier.EDGE,
      facts: { rules: `${RULE_GROUPS.length} managed groups`, limit: `${this.rateLimit} requests in 5 minutes from one address` },
    };
  }

  private rateRule(): CfnWebACL.RuleProperty {
    return {
      name: 'RateLimit',
      priority: 0,
      action: { block: {} },
      statement: { rateBasedStatement: { limit: this.rateLimit, aggregateKeyType: 'IP' } },
      visibilityConfig: visibility('RateLimit'),
    };
  }

  private log({ profile, encryptionKey }: FirewallContext): void {
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
  }
}

function managedRule({ name, count = [] }: { name: string; count?: string[] }, index: number): CfnWebACL.RuleProperty {
  return {
    name,
    priority: index + 1,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: count.map(rule => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    visibilityConfig: visibility(name),
  };
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
