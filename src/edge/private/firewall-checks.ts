import { isIP } from 'net';
import { Token } from 'aws-cdk-lib';
import { labelledRules, RuleGroup } from './managed-rules';
import { wholeDuration } from '../../core/private/units';
import { Rule, wholeBetween } from '../../core/private/validation';
import { FirewallException } from '../firewall-exception';
import { ManagedFirewallProps } from '../managed-firewall-props';
import { WaitingPage } from '../waiting-page';

/** Most beginnings of paths in exceptions: 220 web ACL capacity units, so that what the basic price includes is not passed. */
const MOST_PATHS = 10;

/** Most addresses of an IP set, and most bytes of a response body (AWS WAF quotas). */
const [MOST_ADDRESSES, MOST_BYTES] = [10_000, 4096];

/** What must hold of the props by themselves. */
export const FIREWALL_RULES: Rule<ManagedFirewallProps>[] = [
  wholeBetween('rateLimit', 10, 2_000_000_000, 'AWS WAF takes limits in this range'),
  addresses('allowList'),
  addresses('denyList'),
  ({ exceptions = [] }) => {
    const paths = exceptions.flatMap(each => each.paths ?? []);
    return paths.length <= MOST_PATHS && exceptions.every(each => each.paths?.length > 0) && paths.every(isBeginning) ? undefined
      : `'paths' of 'exceptions' must be 1 or more beginnings of paths each, at most ${MOST_PATHS} together, got ${JSON.stringify(exceptions.map(each => each.paths))}: give some such as '/wp-admin/'; to spare all paths name the rules in 'countOnly'`;
  },
  ({ exceptions = [] }) => exceptions.every(({ rules }) => Object.values(rules ?? {}).some(names => names.length > 0)) ? undefined
    : `'rules' of 'exceptions' must name rules, got ${JSON.stringify(exceptions.map(({ rules }) => rules))}: give such as { AWSManagedRulesCommonRuleSet: ['CrossSiteScripting_BODY'] }`,
];

/** What must hold once it is known what the applications are written in. */
export const BOUND_FIREWALL_RULES: Rule<ManagedFirewallProps & { groups: RuleGroup[]; sessionCookies: string[] }>[] = [
  ({ countOnly = {}, groups }) => {
    const unknown = Object.keys(countOnly).filter(group => !groups.some(({ name }) => name === group));
    return unknown.length === 0 ? undefined
      : `'countOnly' must name rule groups of this firewall, got ${JSON.stringify(unknown)}: give some of ${groups.map(({ name }) => name).join(', ')}`;
  },
  ({ exceptions = [], groups }) => {
    const has = (group: string, rule: string) => groups.some(({ name }) => name === group) && labelledRules(group).includes(rule);
    const unknown = named(exceptions).filter(each => !has(...each));
    const known = groups.filter(({ name }) => labelledRules(name).length > 0).map(({ name }) => `${name} (${labelledRules(name).join(', ')})`);
    return unknown.length === 0 ? undefined
      : `'rules' of 'exceptions' must be rules of this firewall's groups whose label AWS documents, got ${listOf(unknown)}: give some of ${known.join('; ')}; others can be named in 'countOnly', for all paths`;
  },
  ({ exceptions = [], countOnly = {}, groups }) => {
    const countedOf = (group: string) => [...countOnly[group] ?? [], ...groups.find(({ name }) => name === group)?.count ?? []];
    const counted = named(exceptions).filter(([group, rule]) => countedOf(group).includes(rule));
    return counted.length === 0 ? undefined
      : `'rules' of 'exceptions' must not be rules that count everywhere, got ${listOf(counted)}: leave them out, they block nothing`;
  },
  ({ waitingPage, sessionCookies }) => waitingPage === undefined || sessionCookies.length > 0 ? undefined
    : '\'sessionCookies\' of the runtime must name the session\'s cookie where there is a \'waitingPage\', got none: nobody who is in would stay in',
];

/** What must hold of a waiting page. */
export const WAITING_RULES: Rule<WaitingPage>[] = [
  wholeBetween('newVisitsPerMinute', 10, 2_000_000_000, 'AWS WAF takes limits in this range'),
  ({ exceptPaths = [] }) => exceptPaths.length <= 10 && exceptPaths.every(isBeginning) ? undefined
    : `'exceptPaths' must be at most 10 beginnings of paths that are not all paths, got ${JSON.stringify(exceptPaths)}: give some such as '/static/'`,
  ({ newVisitsPerMinute, retryAfter }) => retryAfter === undefined || retryAfter.isUnresolved() || retryAfter.toSeconds({ integral: false }) >= 1
    ? wholeDuration<WaitingPage>('retryAfter', 'seconds', 'HTTP counts it in seconds')({ newVisitsPerMinute, retryAfter })
    : `'retryAfter' must be at least 1 s, got ${retryAfter.toSeconds({ integral: false })} s: give the time after which there may be room`,
  ({ html = '' }) => Buffer.byteLength(html) <= MOST_BYTES ? undefined
    : `'html' must be at most ${MOST_BYTES} bytes, got ${Buffer.byteLength(html)}: AWS WAF answers with no more; leave out pictures and fonts`,
];

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

function isBeginning(path: string): boolean {
  return Token.isUnresolved(path) || (path.startsWith('/') && path !== '/');
}

/** Each rule of each exception, after its group. */
function named(exceptions: FirewallException[]): [string, string][] {
  return exceptions.flatMap(({ rules }) => Object.entries(rules).flatMap(([group, names]) => names.map((rule): [string, string] => [group, rule])));
}

function listOf(rules: [string, string][]): string {
  return rules.map(each => each.join('/')).join(', ');
}

function isCidr(text: string): boolean {
  const [address, bits, ...more] = text.split('/');
  const version = isIP(address);
  return more.length === 0 && version !== 0 && /^[1-9]\d*$/.test(bits ?? '') && Number(bits) <= (version === 4 ? 32 : 128);
}
