import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Database } from '../../src';
import { LOG_FIELDS } from '../../src/core/private/log-fields';
import { LogQueries } from '../../src/observability/queries/log-queries';
import { applicationQueries, DATA_PORTS, firewallQueries, LogQueryText, networkQueries } from '../../src/observability/queries/private/log-query-texts';
import { filled } from '../support/filled';
import { eastStack, once, PlatformProps, platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { propertiesOf, Resource, resources, text } from '../support/template';

const QUERY = 'AWS::Logs::QueryDefinition';

/** Of AWS WAF's log (AWS WAF developer guide, "Log fields"); of flow logs in their default format (CloudWatch Logs user guide, "Supported logs and discovered fields"). */
const FIREWALL_FIELDS = ['action', 'terminatingRuleId', 'httpRequest.clientIp', 'httpRequest.country', 'httpRequest.httpMethod', 'httpRequest.uri'];
const NETWORK_FIELDS = ['action', 'srcAddr', 'dstAddr', 'dstPort', 'packets'];
/** What every line has. */
const OF_ALL = ['@timestamp', '@message', '@logStream'];
const WORDS = [
  'parse', 'fields', 'filter', 'display', 'stats', 'sort', 'limit', 'by', 'as', 'and', 'or', 'not', 'in', 'like', 'asc', 'desc',
  'coalesce', 'ispresent', 'toMillis', 'now', 'count', 'count_distinct', 'sum', 'max', 'latest', 'bin', '1m',
];

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly properties: { readonly title: string; readonly view: string; readonly query: string };
}

/** The fields that a query asks for, without those that it makes itself. */
function fieldsOf(lines: string[]): string[] {
  const query = lines.join('\n| ');
  const made = [...query.matchAll(/ as (\w+)|\(\?<(\w+)>/g)].map(([, alias, group]) => alias ?? group);
  const bare = query.replace(/\/(?:\\.|[^/\n])+\//g, ' ').replace(/"[^"]*"/g, ' ');
  const names = [...bare.matchAll(/@?[A-Za-z0-9_][\w.]*/g)].map(([name]) => name).filter(name => !/^\d+$/.test(name));
  return [...new Set(names)].filter(name => !WORDS.includes(name) && !made.includes(name));
}

const all = once(() => {
  const stack = eastStack();
  const [application, firewall, network] = ['Application', 'Firewall', 'Network'].map(name => new LogGroup(stack, name));
  const { widgets } = new LogQueries(stack, 'LogQueries', { name: 'Stack-Shop', application, firewall, network });
  new Dashboard(stack, 'Board').addWidgets(...widgets);
  return { template: Template.fromStack(stack) };
});

function saved({ template }: { template: Template } = all()): Resource[] {
  return resources(template, QUERY);
}

describe('saved queries', () => {
  test('are in the folder of their platform, each for the log that it reads', () => {
    expect(saved().map(({ Properties }) => [Properties.Name, (Properties.LogGroupNames as unknown[]).map(text).join()])).toEqual([
      ['Errors of the last hour', 'Application'],
      ['Log lines per minute', 'Application'],
      ['Requests by status', 'Application'],
      ['Slowest requests', 'Application'],
      ['Failures by path', 'Application'],
      ['Addresses that the firewall blocks', 'Firewall'],
      ['Rules that block, or would', 'Firewall'],
      ['Rejected flows into data ports', 'Network'],
    ].map(([title, log]) => [`Stack-Shop/${title}`, expect.stringMatching(new RegExp(`^\\$\\{${log}[0-9A-F]{8}}$`))]));
  });

  test('are commands with a bar between each two', () => {
    const [errors] = saved().map(({ Properties }) => String(Properties.QueryString));
    expect(errors.split('\n').map(line => line.split(' ')[0])).toEqual(['parse', '|', '|', '|', '|', '|', '|']);
  });

  test.each<[string, PlatformProps, number[]]>([
    ['by default', {}, [2049, 3306, 5432, 6379, 6380, 13306, 15432]],
    ['with ports of their own', { database: Database.rdsPostgresql({ port: 15999 }) }, [2049, 3306, 5432, 6379, 6380, 13306, 15432, 15999]],
  ])('ask for what is rejected at the ports of the stores that are there, %s', (_, props, ports) => {
    const query = saved({ template: platformTemplate(props) }).find(({ Properties }) => String(Properties.Name).endsWith('Rejected flows into data ports'))!;
    expect(String(query.Properties.QueryString).split('\n')[0]).toBe(`filter action = "REJECT" and dstPort in [${ports.join(', ')}]`);
  });

  test('are those of the logs that there are', () => {
    const stack = eastStack();
    const { widgets } = new LogQueries(stack, 'LogQueries', { name: 'Shop', network: new LogGroup(stack, 'Network') });
    expect(saved({ template: Template.fromStack(stack) }).map(({ Properties }) => Properties.Name)).toEqual(['Shop/Rejected flows into data ports']);
    expect(widgets).toEqual([]);
  });

  test('of two platforms in one stack have other names and other logical ids', () => {
    const stack = eastStack();
    for (const id of ['One', 'Two']) new LogQueries(stack, id, { name: `Stack-${id}`, application: new LogGroup(stack, `${id}Logs`) });
    const names = saved({ template: Template.fromStack(stack) }).map(({ Properties }) => Properties.Name);
    expect(new Set(names).size).toBe(10);
  });

  testRefusals([
    ['a log group of another Region', () => {
      const home = eastStack();
      const far = new Stack(home.node.root, 'Far', { env: { account: '111111111111', region: 'sa-east-1' } });
      return new LogQueries(far, 'LogQueries', { name: 'Far', firewall: new LogGroup(home, 'Firewall') });
    }, '[Far/LogQueries] \'firewall\' must be in sa-east-1, got a log group in us-east-1: a saved query is in the Region of what it asks; make it in a stack of us-east-1'],
  ]);
});

describe('a query', () => {
  const TEXTS: [string, LogQueryText, string[]][] = [
    ...applicationQueries().map((query): [string, LogQueryText, string[]] => [query.title, query, Object.keys(LOG_FIELDS)]),
    ...firewallQueries().map((query): [string, LogQueryText, string[]] => [query.title, query, FIREWALL_FIELDS]),
    ...networkQueries(DATA_PORTS).map((query): [string, LogQueryText, string[]] => [query.title, query, NETWORK_FIELDS]),
  ];

  test.each(TEXTS)('asks for documented fields alone: %s', (_, { lines }, documented) => {
    expect(fieldsOf(lines).filter(field => ![...documented, ...OF_ALL].includes(field))).toEqual([]);
  });

  test('is read as it is meant, so that a field that nobody documents is found', () => {
    expect(fieldsOf(['parse @message /"(?<plainStatus>\\d+) seconds/', 'fields coalesce(status, plainStatus) as code', 'filter client like "x" or code >= 500']))
      .toEqual(['@message', 'status', 'client']);
  });

  test('makes a field of what a group of a pattern caught, by a name that Java takes', () => {
    const groups = TEXTS.flatMap(([, { lines }]) => [...lines.join(' ').matchAll(/\(\?<([^>]+)>/g)].map(([, name]) => name));
    expect([...new Set(groups)]).toEqual(['plainMethod', 'plainPath', 'plainStatus', 'ruleGroup', 'groupRule']);
    filled(groups).forEach(name => expect(name).toMatch(/^[A-Za-z][A-Za-z0-9]*$/));
  });
});

describe('plain text', () => {
  const pattern = once(() => {
    const [parse] = applicationQueries().find(({ id }) => id === 'RequestsByStatus')!.lines;
    return new RegExp(/^parse @message \/(.*)\/$/.exec(parse)![1]);
  });

  test('of a web server is taken apart', () => {
    const line = '203.0.113.7 - - [25/Nov/2026:16:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 503 197 "-" "Mozilla/5.0"';
    expect({ ...pattern().exec(line)!.groups }).toEqual({ plainMethod: 'GET', plainPath: '/cart', plainStatus: '503' });
  });

  test('is not what a structured line is taken for', () => {
    expect(pattern().exec('{"time":"2026-11-25T16:00:00+00:00","method":"GET","path":"/cart","status":503,"user_agent":"Mozilla/5.0"}')).toBeNull();
  });

  test('that is no access line counts as an error by its words alone', () => {
    const { lines } = applicationQueries().find(({ id }) => id === 'Errors')!;
    expect(lines).toContain('filter level like /(?i)^(error|critical|alert|emergency|fatal)$/ or code >= 500 or (not ispresent(level) and not ispresent(code) and @message like /(?i)(error|fatal|exception|critical)/)');
    expect(lines).toContain('filter toMillis(@timestamp) >= (now() * 1000 - 3600000)');
  });
});

describe('a line of the firewall', () => {
  const groupsIn = (line: string) => {
    const [parse] = firewallQueries().find(({ id }) => id === 'BlockingRules')!.lines;
    return new RegExp(/^parse @message \/(.*)\/$/.exec(parse)![1]).exec(line)?.groups;
  };
  /** As AWS shows one (AWS WAF developer guide, "Log examples"): each group that was evaluated, and the rule that ended it, if one did. */
  const lineWith = (ofCommonRules: string) => `{"timestamp":1,"terminatingRuleId":"Default_Action","action":"ALLOW","ruleGroupList":[${[
    '{"ruleGroupId":"AWS#AWSManagedRulesAmazonIpReputationList","terminatingRule":null,"nonTerminatingMatchingRules":[],"excludedRules":null}',
    `{"ruleGroupId":"AWS#AWSManagedRulesCommonRuleSet#Version_1.6","terminatingRule":${ofCommonRules},"nonTerminatingMatchingRules":[],"excludedRules":null}`,
  ].join(',')}],"httpRequest":{"clientIp":"192.0.2.7","uri":"/wp-admin/post.php","httpMethod":"POST"}}`;

  test('names the group and the rule that ended it, also where the group only counts', () => {
    expect({ ...groupsIn(lineWith('{"ruleId":"CrossSiteScripting_BODY","action":"BLOCK","ruleMatchDetails":null}')) })
      .toEqual({ ruleGroup: 'AWSManagedRulesCommonRuleSet', groupRule: 'CrossSiteScripting_BODY' });
  });

  test('names none where no rule of a group matched', () => {
    expect(groupsIn(lineWith('null'))).toBeUndefined();
  });
});

describe('the board of a service', () => {
  test('shows the application\'s queries, in rows of 24 columns, and nothing of the firewall or the network', () => {
    const { widgets } = JSON.parse(text(propertiesOf(all().template, 'AWS::CloudWatch::Dashboard').DashboardBody)) as { widgets: Widget[] };
    expect(widgets.map(({ type, x, y, width, properties: { title, view } }) => [type, x, y, width, title, view])).toEqual([
      ['log', 0, 0, 24, 'Errors of the last hour', 'table'],
      ['log', 0, 6, 12, 'Log lines per minute', 'timeSeries'],
      ['log', 12, 6, 12, 'Requests by status', 'bar'],
      ['log', 0, 12, 12, 'Slowest requests', 'table'],
      ['log', 12, 12, 12, 'Failures by path', 'table'],
    ]);
    filled(widgets).forEach(({ properties: { query } }) => expect(query).toContain('SOURCE \'${Application'));
    expect(widgets[1].properties.query).toMatch(/\| stats count\(\*\) as lines by bin\(1m\)$/);
  });
});
