import { AclRule, blockedBy, Match } from './web-acl';
import { Firewall, ManagedFirewallProps, Runtime } from '../../src';
import { bound } from '../support/blocks';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { saidBy } from '../support/said-by';
import { propertiesOf } from '../support/template';

const COMMON = 'AWSManagedRulesCommonRuleSet';
const SQL = 'AWSManagedRulesSQLiRuleSet';
const html: Match = { group: COMMON, rule: 'CrossSiteScripting_BODY', label: 'awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body' };
const sql: Match = { group: SQL, rule: 'SQLi_BODY', label: 'awswaf:managed:aws:sql-database:SQLi_Body' };
const robot: Match = { group: COMMON, rule: 'UserAgent_BadBots_HEADER', label: 'awswaf:managed:aws:core-rule-set:BadBots_Header' };
const large: Match = { group: COMMON, rule: 'SizeRestrictions_BODY', label: 'awswaf:managed:aws:core-rule-set:SizeRestrictions_Body' };

const firewall = (props: ManagedFirewallProps) =>
  bound((scope, context) => Firewall.managed(props).bind(scope, { ...context, runtime: Runtime.php() }));
const rulesOf = (made: ReturnType<typeof firewall>) => propertiesOf(made.template, 'AWS::WAFv2::WebACL').Rules as AclRule[];

describe('an editor\'s paths', () => {
  const made = once(() => firewall({
    exceptions: [
      { paths: ['/wp-admin/', '/wp-json/'], rules: { [COMMON]: [html.rule], [SQL]: [sql.rule] } },
      { paths: ['/feedback'], rules: { [COMMON]: [html.rule, robot.rule] } },
    ],
  }));
  const answer = (path: string, ...matches: Match[]) => blockedBy(rulesOf(made()), path, matches);

  test.each<[string, string, Match[]]>([
    ['a post with HTML and SQL', '/wp-admin/post.php', [html, sql]],
    ['the same by the other path', '/wp-json/wp/v2/posts', [html, sql]],
    ['a path of a second exception', '/feedback', [html]],
    ['a rule whose label has another name', '/feedback', [robot]],
    ['what nobody refuses', '/', []],
    ['a large body, which counts anyway', '/', [large]],
  ])('let %s pass', (_, path, matches) => {
    expect(answer(path, ...matches)).toBeUndefined();
  });

  test.each<[string, string, Match[], string]>([
    ['HTML at other paths', '/contact', [html], 'CrossSiteScripting_BODY-Elsewhere'],
    ['SQL at other paths', '/search', [sql], 'SQLi_BODY-Elsewhere'],
    ['a rule that the exception of this path does not name', '/feedback', [html, sql], 'SQLi_BODY-Elsewhere'],
    ['a rule of another exception', '/wp-admin/', [robot], 'UserAgent_BadBots_HEADER-Elsewhere'],
    ['another page that is asked for by the path', '/wp-admin/../contact', [html], 'CrossSiteScripting_BODY-Elsewhere'],
    ['the same in other letters', '/wp-admin/%2e%2e/contact', [html], 'CrossSiteScripting_BODY-Elsewhere'],
    ['a path that only contains it', '/x/wp-admin/', [html], 'CrossSiteScripting_BODY-Elsewhere'],
    ['rules that no exception names', '/wp-admin/', [{ group: COMMON, rule: 'GenericLFI_BODY', label: '' }], 'GenericLFI_BODY'],
  ])('block %s', (_, path, matches, rule) => {
    expect(answer(path, ...matches)).toBe(rule);
  });

  test('are one rule for each rule that is excepted, after the groups', () => {
    expect(rulesOf(made()).map(({ Name }) => Name)).toEqual([
      'RateLimit', 'Exception1', 'Exception2',
      'AWSManagedRulesAmazonIpReputationList', COMMON, 'AWSManagedRulesKnownBadInputsRuleSet', SQL, 'AWSManagedRulesPHPRuleSet',
      'CrossSiteScripting_BODY-Elsewhere', 'SQLi_BODY-Elsewhere', 'UserAgent_BadBots_HEADER-Elsewhere',
    ]);
  });

  test('are decoded before they are compared, and ".." is resolved', () => {
    expect(rulesOf(made()).filter(({ Name }) => Name === 'Exception2').map(({ Statement }) => Statement.ByteMatchStatement?.TextTransformations))
      .toEqual([[{ Priority: 0, Type: 'URL_DECODE' }, { Priority: 1, Type: 'NORMALIZE_PATH' }]]);
  });
});

describe('while the managed groups only count', () => {
  const exceptions = [{ paths: ['/wp-admin/'], rules: { [COMMON]: [html.rule] } }];
  const made = once(() => firewall({ countMode: true, exceptions, denyList: ['198.51.100.0/24'] }));

  test('they block nothing', () => {
    expect([[html], [sql], [robot]].map(matches => blockedBy(rulesOf(made()).filter(({ Name }) => Name !== 'DenyList'), '/contact', matches)))
      .toEqual([undefined, undefined, undefined]);
  });

  test('limits and lists of addresses act', () => {
    expect(rulesOf(made()).slice(0, 2)).toMatchObject([{ Name: 'DenyList', Action: { Block: {} } }, { Name: 'RateLimit', Action: { Block: {} } }]);
  });

  test('the platform says so', () => {
    expect(saidBy(made().block).facts).toMatchObject({ mode: 'the managed groups count and do not block' });
  });
});

const excepting = (paths: string[], rules: { [group: string]: string[] }) => ({ exceptions: [{ paths, rules }] });
const RULE = { [COMMON]: [html.rule] };
const paths = (got: string) => `[Firewall.managed] 'paths' of 'exceptions' must be 1 or more beginnings of paths each, at most 10 together, got ${got}: give some such as '/wp-admin/'; to spare all paths name the rules in 'countOnly'`;

testRefusals([
  ['an exception without paths', () => Firewall.managed(excepting([], RULE)), paths('[[]]')],
  ['an exception for all paths', () => Firewall.managed(excepting(['/'], RULE)), paths('[["/"]]')],
  ['a path without its slash', () => Firewall.managed(excepting(['wp-admin'], RULE)), paths('[["wp-admin"]]')],
  ['too many paths', () => Firewall.managed(excepting(Array(11).fill('/a'), RULE)), paths(JSON.stringify([Array(11).fill('/a')]))],
  ['an exception without rules', () => Firewall.managed(excepting(['/a'], { [COMMON]: [] })),
    `[Firewall.managed] 'rules' of 'exceptions' must name rules, got [{"${COMMON}":[]}]: give such as { AWSManagedRulesCommonRuleSet: ['CrossSiteScripting_BODY'] }`],
  ['a rule that counts anyway', () => firewall(excepting(['/a'], { [COMMON]: ['SizeRestrictions_BODY'] })),
    `[Stack/Slot/WebAcl] 'rules' of 'exceptions' must not be rules that count everywhere, got ${COMMON}/SizeRestrictions_BODY: leave them out, they block nothing`],
]);

test.each([
  ['misspelt', COMMON, 'CrossSiteScripting_Body'], ['of another group', SQL, html.rule], ['of a group that is not there', 'AWSManagedRulesLinuxRuleSet', 'LFI_BODY'],
])('a rule that is %s is refused with those that can be named', (_, group, rule) => {
  expect(() => firewall(excepting(['/a'], { [group]: [rule] }))).toThrow(
    new RegExp(`^\\[Stack/Slot/WebAcl\\] 'rules' of 'exceptions' must be rules of this firewall's groups whose label AWS documents, got ${group}/${rule}: give some of ${COMMON} \\(NoUserAgent_HEADER, .*others can be named in 'countOnly', for all paths$`));
});
