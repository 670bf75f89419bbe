/** Namespace of the agent's metrics, the only one that instances may write to. */
export const METRICS = { namespace: 'CWAgent', memory: 'mem_used_percent', disk: 'disk_used_percent', cpu: 'cpu_usage_active' };

/** Dimensions of the agent's CPU metric besides the group: all processors together. */
export const ALL_PROCESSORS = { cpu: 'cpu-total' };
/**
 * Seconds between two values of CPU, and the longest that one waits to be sent (60 unless it is said). Below 60, CloudWatch
 * keeps each value, and alarms may have periods of 10, 20 or 30 seconds (CloudWatch user guide, "High-resolution metrics").
 */
const RESOLUTION = 10;

/** Dimensions of the agent's disk metric besides the group: the root volume of Amazon Linux 2023. */
export const ROOT_VOLUME = { path: '/', fstype: 'xfs' };

const LOGS = {
  'nginx-access': '/var/log/nginx/access.log',
  'nginx-error': '/var/log/nginx/error.log',
  'php-application': '/var/log/php-fpm/application.log',
  'php-slow': '/var/log/php-fpm/slow.log',
  'php-fpm': '/var/log/php-fpm/error.log',
  'boot': '/var/log/cloud-init-output.log',
};

/** What the agent reports, and where. */
export interface AgentProps {
  readonly groupName: string;
  readonly logGroupName: string;
  /** Whether CPU is reported often enough for an alarm on a sharp ramp. */
  readonly frequentCpu: boolean;
  /** Whether it takes spans, by OTLP on 127.0.0.1:4317 and 4318, and sends them to X-Ray. */
  readonly receivesTraces: boolean;
}

/** Stands for the name of the log group, which is written into the file afterwards: it is there six times, and may be long. */
const LOG_GROUP = '@LOGS@';

/** The CloudWatch agent's configuration: metrics of the whole group, since instances come and go, and a log stream for each. */
export function agentConfiguration({ groupName, frequentCpu, receivesTraces }: Omit<AgentProps, 'logGroupName'>): string {
  const group = { AutoScalingGroupName: groupName };
  const cpu = { measurement: [METRICS.cpu], totalcpu: true, metrics_collection_interval: RESOLUTION, append_dimensions: group };
  return JSON.stringify({
    agent: { metrics_collection_interval: 60, omit_hostname: true },
    metrics: {
      namespace: METRICS.namespace,
      ...frequentCpu ? { force_flush_interval: RESOLUTION } : {},
      metrics_collected: {
        ...frequentCpu ? { cpu } : {},
        mem: { measurement: [METRICS.memory], append_dimensions: group },
        disk: { measurement: [METRICS.disk], resources: [ROOT_VOLUME.path], drop_device: true, append_dimensions: group },
      },
    },
    logs: {
      logs_collected: {
        files: {
          collect_list: Object.entries(LOGS).map(([name, file]) => ({
            file_path: file, log_group_name: LOG_GROUP, log_stream_name: `{instance_id}/${name}`,
          })),
        },
      },
    },
    ...receivesTraces ? { traces: { traces_collected: { otlp: {} } } } : {},
  });
}

/** What writes the name of the log group into the configuration. */
export function agentEdit({ logGroupName }: Pick<AgentProps, 'logGroupName'>): string {
  return `s|${LOG_GROUP}|${logGroupName}|g`;
}
