import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Compute, Edge, Firewall, InstanceCode, Runtime, RuntimeOptions, Sessions } from '../../src';
import { IMAGE, once, platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { propertiesOf, resources, text } from '../support/template';

/** What every application is guarded by. */
const EVERYBODY = [
  'AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesSQLiRuleSet',
];

interface Rule {
  readonly Name: string;
  readonly Statement: { readonly ManagedRuleGroupStatement?: unknown };
}

interface Container {
  readonly Environment: { readonly Name: string; readonly Value: unknown }[];
}

const platform = (runtime?: Runtime) => platformTemplate({
  compute: Compute.fargate({ image: IMAGE, runtime }),
  edge: Edge.cloudFront({ pageCaching: {}, firewall: Firewall.managed({ waitingPage: { newVisitsPerMinute: 600 } }) }),
});

function keptBy(template: Template): unknown {
  const [policy] = resources(template, 'AWS::CloudFront::CachePolicy').filter(({ id }) => id.includes('PageCache'));
  return (policy.Properties.CachePolicyConfig as { ParametersInCacheKeyAndForwardedToOrigin: { CookiesConfig: { Cookies: unknown } } })
    .ParametersInCacheKeyAndForwardedToOrigin.CookiesConfig.Cookies;
}

const rulesOf = (template: Template) => propertiesOf(template, 'AWS::WAFv2::WebACL').Rules as Rule[];
const isManaged = ({ Statement }: Rule) => Statement.ManagedRuleGroupStatement !== undefined;
const groupsOf = (template: Template) => rulesOf(template).filter(isManaged).map(({ Name }) => Name);

function letInBy(template: Template): string[] {
  const [page] = rulesOf(template).filter(({ Name }) => Name === 'WaitingPage');
  return [...text(page).matchAll(/"PositionalConstraint":"CONTAINS","SearchString":"([^"]+)"/g)].map(([, cookie]) => cookie);
}

function sessionOf(template: Template): { [name: string]: string } {
  const [{ Environment }] = propertiesOf(template, 'AWS::ECS::TaskDefinition').ContainerDefinitions as Container[];
  const own = Environment.filter(({ Name }) => Name.startsWith('SESSION_'));
  return Object.fromEntries(own.map(({ Name, Value }) => [Name, text(Value)]));
}

const PLAIN = ['SESSION_HOST', 'SESSION_PORT', 'SESSION_TLS', 'SESSION_USER'];

describe.each<[string, Runtime | undefined, string[], string[], string]>([
  ['by default', undefined, ['PHPSESSID'], ['AWSManagedRulesPHPRuleSet'], 'SESSION_PHP_INI'],
  ['in PHP', Runtime.php(), ['PHPSESSID'], ['AWSManagedRulesPHPRuleSet'], 'SESSION_PHP_INI'],
  ['in PHP with WordPress', Runtime.php({ firewallRuleGroups: ['AWSManagedRulesPHPRuleSet', 'AWSManagedRulesWordPressRuleSet'] }), ['PHPSESSID'],
    ['AWSManagedRulesPHPRuleSet', 'AWSManagedRulesWordPressRuleSet'], 'SESSION_PHP_INI'],
  ['in Node.js', Runtime.node(), ['connect.sid'], [], 'SESSION_URL'],
  ['in Python', Runtime.python(), ['sessionid', 'session'], [], 'SESSION_URL'],
  ['in Java', Runtime.java(), ['JSESSIONID', 'SESSION'], [], 'SESSION_URL'],
  ['in another language', Runtime.any({ name: 'Ruby', sessionCookies: ['_shop'] }), ['_shop'], [], 'SESSION_URL'],
  ['with a cookie of its own', Runtime.python({ sessionCookies: ['shop-session'] }), ['shop-session'], [], 'SESSION_URL'],
])('an application %s', (_, runtime, cookies, groups, variable) => {
  const template = once(() => platform(runtime));

  test('has its pages kept apart by its session\'s cookie', () => {
    expect(keptBy(template())).toEqual(cookies);
  });

  test('lets in by its cookie who is in already', () => {
    expect(letInBy(template())).toEqual(cookies.map(cookie => `${cookie}=`));
  });

  test('is guarded by what AWS has for it, besides the rules for everybody', () => {
    expect(groupsOf(template())).toEqual([...EVERYBODY, ...groups]);
  });

  test('is told of the session store in its own form', () => {
    expect(Object.keys(sessionOf(template()))).toEqual([...PLAIN, variable]);
  });
});

test('the address of the session store is that of Redis over TLS, without a user and without a password', () => {
  expect(sessionOf(platform(Runtime.node())).SESSION_URL).toMatch(/^rediss:\/\/\$\{[A-Za-z0-9]+\.Endpoint\.Address\}:\$\{[A-Za-z0-9]+\.Endpoint\.Port\}$/);
});

test('nodes of Valkey say where they are in the form of the runtime, and DynamoDB in none', () => {
  const [nodes, table] = [Sessions.valkeyNodes(), Sessions.dynamoDb()].map(sessions =>
    sessionOf(platformTemplate({ sessions, compute: Compute.fargate({ image: IMAGE, runtime: Runtime.java() }) })));
  expect(Object.keys(nodes)).toEqual([...PLAIN, 'SESSION_URL']);
  expect(Object.keys(table).filter(name => /URL|INI/.test(name))).toEqual([]);
  expect(Object.keys(table)).toContain('SESSION_TABLE');
});

test('instances are PHP\'s, with a cookie of their own when it is given', () => {
  const template = platformTemplate({
    compute: Compute.instances({ code: InstanceCode.fromAsset('integ/apps/php-shop'), php: { sessionCookies: ['shop'] } }),
    edge: Edge.cloudFront({ pageCaching: {} }),
  });
  expect(keptBy(template)).toEqual(['shop']);
  expect(groupsOf(template)).toContain('AWSManagedRulesPHPRuleSet');
});

test('an application in its team\'s stack is of the same runtime', () => {
  const choice = Compute.fargate({ image: IMAGE, runtime: Runtime.node() });
  expect(Compute.inStack(new Stack(), choice).runtime?.name).toBe('Node.js');
});

test('applications that stand together have what any of them needs, once', () => {
  const { name, sessionCookies, firewallRuleGroups, sessionVariables } =
    Runtime.together(Runtime.node(), Runtime.php({ sessionCookies: ['sid'] }), Runtime.node({ sessionCookies: ['sid'] }));
  expect({ name, sessionCookies, firewallRuleGroups, sessionVariables }).toEqual({
    name: 'Node.js, PHP',
    sessionCookies: ['connect.sid', 'sid'],
    firewallRuleGroups: ['AWSManagedRulesPHPRuleSet'],
    sessionVariables: ['SESSION_URL', 'SESSION_PHP_INI'],
  });
});

const WITHOUT = Runtime.python({ sessionCookies: [] });
const cookies = (given: string) => `'sessionCookies' must be at most 5 names of cookies, got ${given}: give those by which the application knows its sessions, such as 'sid'`;
const options: RuntimeOptions = { sessionCookies: ['a=b'] };
testRefusals([
  ['pages of an application without sessions that are kept', () => platformTemplate({
    compute: Compute.fargate({ image: IMAGE, runtime: WITHOUT }), edge: Edge.cloudFront({ pageCaching: { cookies: ['currency'] } }),
  }), '[Stack/Shop/ContentDelivery/CloudFront] \'sessionCookies\' of the runtime must name the session\'s cookie where pages are kept (\'pageCaching\'), got none: a page of one user would be shown to another'],
  ['more cookies than a cache policy takes', () => platformTemplate({
    compute: Compute.fargate({ image: IMAGE }), edge: Edge.cloudFront({ pageCaching: { cookies: [...'abcdefghij'] } }),
  }), '[Stack/Shop/ContentDelivery/CloudFront] \'cookies\' of \'pageCaching\' must be 10 at the most with the session\'s, got ["PHPSESSID","a","b","c","d","e","f","g","h","i","j"]: a cache policy takes no more'],
  ['what is no name of a cookie, of PHP', () => Runtime.php(options), `[Runtime.php] ${cookies('["a=b"]')}`],
  ['what is no name of a cookie, of Node.js', () => Runtime.node(options), `[Runtime.node] ${cookies('["a=b"]')}`],
  ['what is no name of a cookie, of Python', () => Runtime.python(options), `[Runtime.python] ${cookies('["a=b"]')}`],
  ['what is no name of a cookie, of Java', () => Runtime.java(options), `[Runtime.java] ${cookies('["a=b"]')}`],
  ['six cookies', () => Runtime.any({ name: 'Ruby', sessionCookies: [...'abcdef'] }), `[Runtime.any] ${cookies('["a","b","c","d","e","f"]')}`],
  ['six cookies on instances', () => Compute.instances({ code: InstanceCode.fromAsset('integ/apps/php-shop'), php: { sessionCookies: [...'abcdef'] } }),
    `[Compute.instances.php] ${cookies('["a","b","c","d","e","f"]')}`],
  ['a rule group of nobody', () => Runtime.php({ firewallRuleGroups: ['PHP'] }),
    '[Runtime.php] \'firewallRuleGroups\' must be names of AWS\'s managed rule groups, got ["PHP"]: give such as \'AWSManagedRulesWordPressRuleSet\''],
  ['nothing together', () => Runtime.together(), '[Runtime.together] \'runtimes\' must be one at least, got none: give that of each application'],
]);
