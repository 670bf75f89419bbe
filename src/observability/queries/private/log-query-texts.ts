import { LogQueryVisualizationType } from 'aws-cdk-lib/aws-cloudwatch';

/** A query of CloudWatch Logs Insights. */
export interface LogQueryText {
  /** Construct id. */
  readonly id: string;
  /** Name in the console, below the platform's, and title on a board. */
  readonly title: string;
  /** Commands, without the bars between them. */
  readonly lines: string[];
}

/** A query that has a place on the board. */
export interface ShownLogQuery extends LogQueryText {
  readonly view: LogQueryVisualizationType;
  /** Of the board's 24 columns. */
  readonly width: number;
}

/**
 * Takes apart what web servers write when nobody tells them otherwise ("combined" log format). A structured line has the
 * fields, which go first below. The names of groups are letters and digits, as in Java.
 */
const PLAIN = 'parse @message /"(?<plainMethod>[A-Z]+) (?<plainPath>[^ ?"]+)[^"]*" (?<plainStatus>[1-5][0-9][0-9]) /';
const BAD_LEVEL = 'level like /(?i)^(error|critical|alert|emergency|fatal)$/';
/** Plain text that is no access line says by its words alone how bad it is. */
const BAD_TEXT = 'not ispresent(level) and not ispresent(code) and @message like /(?i)(error|fatal|exception|critical)/';
/** Milliseconds. */
const HOUR = 60 * 60 * 1000;

/** What the team that owns an application asks first. They read structured lines, and make what they can of plain text. */
export function applicationQueries(): ShownLogQuery[] {
  const { TABLE, LINE, BAR } = LogQueryVisualizationType;
  return [
    { id: 'Errors', title: 'Errors of the last hour', lines: errors(), view: TABLE, width: 24 },
    { id: 'LinesPerMinute', title: 'Log lines per minute', lines: ['stats count(*) as lines by bin(1m)'], view: LINE, width: 12 },
    { id: 'RequestsByStatus', title: 'Requests by status', lines: requestsByStatus(), view: BAR, width: 12 },
    { id: 'SlowestRequests', title: 'Slowest requests', lines: slowestRequests(), view: TABLE, width: 12 },
    { id: 'FailuresByPath', title: 'Failures by path', lines: failuresByPath(), view: TABLE, width: 12 },
  ];
}

function errors(): string[] {
  return [
    PLAIN,
    'fields coalesce(message, @message) as text, coalesce(status, plainStatus) as code, coalesce(path, plainPath) as place',
    `filter ${BAD_LEVEL} or code >= 500 or (${BAD_TEXT})`,
    // `now` is in seconds.
    `filter toMillis(@timestamp) >= (now() * 1000 - ${HOUR})`,
    'display @timestamp, text, level, code, place, exception, at, request_id, @logStream',
    'sort @timestamp desc',
    'limit 50',
  ];
}

function requestsByStatus(): string[] {
  return [PLAIN, 'fields coalesce(status, plainStatus) as code', 'filter ispresent(code)', 'stats count(*) as requests by code', 'sort requests desc'];
}

function slowestRequests(): string[] {
  return [
    // The usual plain format tells no duration.
    'filter ispresent(duration_ms)',
    'fields @timestamp, duration_ms, upstream_ms, method, path, status, request_id',
    'sort duration_ms desc',
    'limit 25',
  ];
}

function failuresByPath(): string[] {
  return [
    PLAIN,
    'fields coalesce(status, plainStatus) as code, coalesce(method, plainMethod) as verb, coalesce(path, plainPath) as place',
    'filter code >= 500',
    'stats count(*) as failures, max(duration_ms) as slowest, latest(request_id) as example by verb, place, code',
    'sort failures desc',
    'limit 25',
  ];
}

/** Of AWS WAF's log (AWS WAF developer guide, "Log fields for protection pack (web ACL) traffic"). */
export function firewallQueries(): LogQueryText[] {
  return [{
    id: 'BlockedAddresses',
    title: 'Addresses that the firewall blocks',
    lines: ['filter action = "BLOCK"', 'stats count(*) as blocked by httpRequest.clientIp, httpRequest.country', 'sort blocked desc', 'limit 25'],
  }, {
    id: 'BlockingRules',
    title: 'Rules that block, or would',
    lines: [
      // Of the group that matched: a group that only counts has its own rule there as well.
      'parse @message /"ruleGroupId":"AWS#(?<ruleGroup>\\w+)[^"]*","terminatingRule":\\{"ruleId":"(?<groupRule>\\w+)"/',
      'filter action = "BLOCK" or ispresent(groupRule)',
      'fields coalesce(groupRule, terminatingRuleId) as rule',
      'stats count(*) as requests, count_distinct(httpRequest.clientIp) as addresses by action, ruleGroup, rule, httpRequest.httpMethod, httpRequest.uri',
      'sort requests desc',
      'limit 25',
    ],
  }];
}

/** NFS, MySQL, PostgreSQL, Valkey with its port for reading, and the ports that this library's databases have by default. */
export const DATA_PORTS = [2049, 3306, 5432, 6379, 6380, 13306, 15432];

/** Of VPC flow logs in their default format, whose fields Logs Insights knows. */
export function networkQueries(dataPorts: number[]): LogQueryText[] {
  return [{
    id: 'RejectedFlowsToData',
    title: 'Rejected flows into data ports',
    lines: [
      `filter action = "REJECT" and dstPort in [${dataPorts.join(', ')}]`,
      'stats count(*) as flows, sum(packets) as attempts by srcAddr, dstAddr, dstPort',
      'sort flows desc',
      'limit 25',
    ],
  }];
}
