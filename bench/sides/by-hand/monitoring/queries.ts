import { Stack } from 'aws-cdk-lib';
import { IWidget, LogQueryVisualizationType, LogQueryWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnQueryDefinition, ILogGroup } from 'aws-cdk-lib/aws-logs';

interface Query {
  readonly title: string;
  readonly lines: string[];
}

interface ShownQuery extends Query {
  readonly view: LogQueryVisualizationType;
  readonly width: number;
}

const { TABLE, LINE, BAR } = LogQueryVisualizationType;
const PLAIN = 'parse @message /"(?<plainMethod>[A-Z]+) (?<plainPath>[^ ?"]+)[^"]*" (?<plainStatus>[1-5][0-9][0-9]) /';

const APPLICATION: ShownQuery[] = [
  {
    title: 'Errors of the last hour',
    view: TABLE,
    width: 24,
    lines: [
      PLAIN,
      'fields coalesce(message, @message) as text, coalesce(status, plainStatus) as code, coalesce(path, plainPath) as place',
      'filter level like /(?i)^(error|critical|alert|emergency|fatal)$/ or code >= 500 or (not ispresent(level) and not ispresent(code) and @message like /(?i)(error|fatal|exception|critical)/)',
      'filter toMillis(@timestamp) >= (now() * 1000 - 3600000)',
      'display @timestamp, text, level, code, place, exception, at, request_id, @logStream',
      'sort @timestamp desc',
      'limit 50',
    ],
  },
  { title: 'Log lines per minute', view: LINE, width: 12, lines: ['stats count(*) as lines by bin(1m)'] },
  {
    title: 'Requests by status',
    view: BAR,
    width: 12,
    lines: [
      PLAIN, 'fields coalesce(status, plainStatus) as code', 'filter ispresent(code)', 'stats count(*) as requests by code', 'sort requests desc',
    ],
  },
  {
    title: 'Slowest requests',
    view: TABLE,
    width: 12,
    lines: [
      'filter ispresent(duration_ms)', 'fields @timestamp, duration_ms, upstream_ms, method, path, status, request_id', 'sort duration_ms desc', 'limit 25',
    ],
  },
  {
    title: 'Failures by path',
    view: TABLE,
    width: 12,
    lines: [
      PLAIN,
      'fields coalesce(status, plainStatus) as code, coalesce(method, plainMethod) as verb, coalesce(path, plainPath) as place',
      'filter code >= 500',
      'stats count(*) as failures, max(duration_ms) as slowest, latest(request_id) as example by verb, place, code',
      'sort failures desc',
      'limit 25',
    ],
  },
];
const FIREWALL: Query[] = [
  {
    title: 'Addresses that the firewall blocks',
    lines: [
      'filter action = "BLOCK"', 'stats count(*) as blocked by httpRequest.clientIp, httpRequest.country', 'sort blocked desc', 'limit 25',
    ],
  },
  {
    title: 'Rules that block',
    lines: [
      'filter action = "BLOCK"',
      'stats count(*) as blocked, count_distinct(httpRequest.clientIp) as addresses, latest(httpRequest.uri) as example by terminatingRuleId',
      'sort blocked desc',
      'limit 25',
    ],
  },
];
const NETWORK: Query[] = [
  {
    title: 'Rejected flows into data ports',
    lines: [
      'filter action = "REJECT" and dstPort in [2049, 3306, 5432, 6379, 6380]',
      'stats count(*) as flows, sum(packets) as attempts by srcAddr, dstAddr, dstPort',
      'sort flows desc',
      'limit 25',
    ],
  },
];

/** What is asked first of each log. */
export function createQueries(stack: Stack, application: ILogGroup, firewall: ILogGroup, flows: ILogGroup): void {
  const tables: [ILogGroup, Query[]][] = [[application, APPLICATION], [firewall, FIREWALL], [flows, NETWORK]];
  for (const [logGroup, queries] of tables) {
    queries.forEach(({ title, lines }) => new CfnQueryDefinition(stack, `Query ${title}`, {
      name: `Bench/${title}`, logGroupNames: [logGroup.logGroupName], queryString: lines.join('\n| '),
    }));
  }
}

export function queryWidgets({ region }: Stack, { logGroupName }: ILogGroup): IWidget[] {
  return APPLICATION.map(({ title, lines, view, width }) =>
    new LogQueryWidget({ region, title, view, width, height: 6, logGroupNames: [logGroupName], queryLines: lines }));
}
