import { CfnIPSet, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { nameInAccount } from '../../core/private/naming';
import { defaultWaitingPage, WaitingPage } from '../waiting-page';

/** A rule but for its place among the others. */
export type Unplaced = Omit<CfnWebACL.RuleProperty, 'priority'>;

/** Longest name of an IP set (AWS WAF API reference). */
const MAX_NAME = 128;
/** The waiting page's rule, its metric, and its key among the bodies of a web ACL. */
export const WAITING_PAGE = 'WaitingPage';
/** `Retry-After` of the waiting page, in seconds. */
const RETRY_AFTER = 120;

/** A rule that does the same to every address of a list. */
export function addressRule(scope: Construct, id: string, action: CfnWebACL.RuleActionProperty, addresses: string[]): Unplaced {
  const holder = new Construct(scope, id);
  const sets = ['IPV4', 'IPV6'].flatMap(version => {
    const ofVersion = addresses.filter(address => (version === 'IPV6') === address.includes(':'));
    return ofVersion.length === 0 ? [] : [addressSet(new Construct(holder, version === 'IPV4' ? 'Ipv4' : 'Ipv6'), version, ofVersion)];
  });
  const [first, ...others] = sets.map((set): CfnWebACL.StatementProperty => ({ ipSetReferenceStatement: { arn: set.attrArn } }));
  return {
    name: id,
    action,
    statement: others.length === 0 ? first : { orStatement: { statements: [first, ...others] } },
    visibilityConfig: visibility(id),
  };
}

function addressSet(scope: Construct, ipAddressVersion: string, addresses: string[]): CfnIPSet {
  return new CfnIPSet(scope, 'Resource', { name: nameInAccount(scope, MAX_NAME), scope: 'CLOUDFRONT', ipAddressVersion, addresses });
}

/** Too many requests of one address. */
export function rateRule(limit: number): Unplaced {
  return {
    name: 'RateLimit',
    action: { block: {} },
    statement: { rateBasedStatement: { limit, aggregateKeyType: 'IP' } },
    visibilityConfig: visibility('RateLimit'),
  };
}

/** One of AWS's managed rule groups, of which some rules only count, or all. */
export function managedRule(name: string, count: string[], countMode: boolean): Unplaced {
  return {
    name,
    overrideAction: countMode ? { count: {} } : { none: {} },
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

/** Too many requests of all those who have no session yet. */
export function waitingRule(page: WaitingPage, sessionCookies: string[]): Unplaced {
  const { newVisitsPerMinute, exceptPaths = ['/static/', '/media/'] } = page;
  const others = [
    ...sessionCookies.map(cookie => matching({ singleHeader: { Name: 'cookie' } }, 'CONTAINS', `${cookie}=`)),
    ...exceptPaths.map(path => matching({ uriPath: {} }, 'STARTS_WITH', path)),
  ];
  return {
    name: WAITING_PAGE,
    action: {
      block: {
        customResponse: {
          responseCode: 503,
          customResponseBodyKey: WAITING_PAGE,
          responseHeaders: [
            { name: 'Retry-After', value: String(page.retryAfter?.toSeconds() ?? RETRY_AFTER) },
            { name: 'Cache-Control', value: 'no-store' },
          ],
        },
      },
    },
    statement: {
      rateBasedStatement: {
        limit: newVisitsPerMinute,
        evaluationWindowSec: 60,
        aggregateKeyType: 'CONSTANT',
        scopeDownStatement: { notStatement: { statement: others.length === 1 ? others[0] : { orStatement: { statements: others } } } },
      },
    },
    visibilityConfig: visibility(WAITING_PAGE),
  };
}

/** The page that the rule above answers with. */
export function waitingPageBody({ html, retryAfter }: WaitingPage): { [key: string]: CfnWebACL.CustomResponseBodyProperty } {
  return { [WAITING_PAGE]: { contentType: 'TEXT_HTML', content: html ?? defaultWaitingPage(retryAfter?.toSeconds() ?? RETRY_AFTER) } };
}

export function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}

function matching(fieldToMatch: CfnWebACL.FieldToMatchProperty, positionalConstraint: string, searchString: string): CfnWebACL.StatementProperty {
  return { byteMatchStatement: { fieldToMatch, positionalConstraint, searchString, textTransformations: [{ priority: 0, type: 'NONE' }] } };
}
