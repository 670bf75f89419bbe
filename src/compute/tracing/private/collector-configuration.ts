/** What the collector's configuration says. */
export interface CollectorConfigurationProps {
  /** Percent of all traces that are kept. */
  readonly samplingPercent: number;
  /** From which duration on a request is slow. */
  readonly slowerThanMs: number;
  readonly memoryLimitMiB: number;
  /** The logs that a trace leads to. */
  readonly logGroupName: string;
}

/**
 * How long the collector waits for the spans of a request: ECS waits as long for requests under way when a unit goes, so that
 * hardly one takes longer.
 */
const DECISION_WAIT = '30s';
/** Traces that wait at once: 160 requests a second of one unit. */
const MOST_TRACES = 5000;
/**
 * Failed and slow requests are kept up to so many spans a second of each unit, about four requests of ten spans: enough to see
 * why, while all of them fail, without a bill for all of them.
 */
const MOST_SPANS = 40;
const LIMIT = { name: 'limit', type: 'rate_limiting', rate_limiting: { spans_per_second: MOST_SPANS } };

/** The configuration of the AWS Distro for OpenTelemetry collector: YAML, of which JSON is a part. */
export function collectorConfiguration(props: CollectorConfigurationProps): string {
  const { memoryLimitMiB, logGroupName } = props;
  return JSON.stringify({
    // Not on all addresses, as by default: nobody but the unit itself sends spans.
    receivers: { otlp: { protocols: { grpc: { endpoint: '127.0.0.1:4317' }, http: { endpoint: '127.0.0.1:4318' } } } },
    processors: {
      // First, so that spans are refused before there is no memory left.
      memory_limiter: { check_interval: '1s', limit_mib: Math.floor(memoryLimitMiB * 0.75), spike_limit_mib: Math.floor(memoryLimitMiB * 0.2) },
      tail_sampling: { decision_wait: DECISION_WAIT, num_traces: MOST_TRACES, policies: policies(props) },
      // As in AWS's own configuration for ECS (config/ecs/ecs-xray.yaml of the collector).
      batch: { timeout: '1s', send_batch_size: 50 },
    },
    exporters: { awsxray: { aws_log_groups: [logGroupName] } },
    service: {
      telemetry: { logs: { encoding: 'json', level: 'warn' }, metrics: { level: 'none' } },
      pipelines: { traces: { receivers: ['otlp'], processors: ['memory_limiter', 'tail_sampling', 'batch'], exporters: ['awsxray'] } },
    },
  });
}

/** A trace is kept when any of them wants it. The limit comes second, since it counts whatever reaches it. */
function policies({ samplingPercent, slowerThanMs }: CollectorConfigurationProps): object[] {
  const upToLimit = (name: string, policy: object) => ({ name, type: 'and', and: { and_sub_policy: [{ name, ...policy }, LIMIT] } });
  return [
    upToLimit('failed', { type: 'status_code', status_code: { status_codes: ['ERROR'] } }),
    upToLimit('slow', { type: 'latency', latency: { threshold_ms: slowerThanMs } }),
    { name: 'rest', type: 'probabilistic', probabilistic: { sampling_percentage: samplingPercent } },
  ];
}
