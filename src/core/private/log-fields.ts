/** What a field of a structured log line means, and on which lines it is. */
export interface LogField {
  readonly meaning: string;
  /** Lines about one request each, or lines of the application's own. */
  readonly on: 'access' | 'application' | 'both';
}

/**
 * The fields of a structured log line: one JSON object, whose keys CloudWatch Logs Insights makes its fields. It is the
 * contract between what is logged (nginx on instances, the sample application) and what the saved queries ask for.
 */
export const LOG_FIELDS: { readonly [name: string]: LogField } = {
  time: { on: 'both', meaning: 'When it was written, ISO 8601 with an offset' },
  level: { on: 'application', meaning: '`debug`, `info`, `notice`, `warning`, `error`, `critical`, `alert` or `emergency`' },
  message: { on: 'application', meaning: 'What happened, in one sentence, without what a user typed' },
  request_id: { on: 'both', meaning: 'The request, as the load balancer names it (`X-Amzn-Trace-Id`): its access log has it as `trace_id`' },
  method: { on: 'both', meaning: 'HTTP method' },
  path: { on: 'both', meaning: 'Path that was asked for, without the query' },
  status: { on: 'access', meaning: 'HTTP status of the answer, a number; only access lines have it' },
  duration_ms: { on: 'access', meaning: 'Milliseconds from the first byte of the request to the last of the answer, a number' },
  upstream_ms: { on: 'access', meaning: 'Milliseconds that the application took of those; `null` when it was not asked' },
  bytes: { on: 'access', meaning: 'Bytes of the answer, with its headers, a number' },
  user_agent: { on: 'access', meaning: 'What the client says it is' },
  exception: { on: 'application', meaning: 'Class of what was thrown' },
  at: { on: 'application', meaning: 'File and line that it was thrown at' },
};
