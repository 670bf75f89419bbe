/** Namespace of the agent's metrics, the only one that instances may write to. */
export const METRICS = { namespace: 'CWAgent', memory: 'mem_used_percent', disk: 'disk_used_percent' };

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

/** The CloudWatch agent's configuration: metrics of the whole group, since instances come and go, and a log stream for each. */
export function agentConfiguration(groupName: string, logGroupName: string): string {
  const group = { AutoScalingGroupName: groupName };
  return JSON.stringify({
    agent: { metrics_collection_interval: 60, omit_hostname: true },
    metrics: {
      namespace: METRICS.namespace,
      metrics_collected: {
        mem: { measurement: [METRICS.memory], append_dimensions: group },
        disk: { measurement: [METRICS.disk], resources: [ROOT_VOLUME.path], drop_device: true, append_dimensions: group },
      },
    },
    logs: {
      logs_collected: {
        files: {
          collect_list: Object.entries(LOGS).map(([name, file]) => ({
            file_path: file, log_group_name: logGroupName, log_stream_name: `{instance_id}/${name}`,
          })),
        },
      },
    },
  });
}
