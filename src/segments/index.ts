/*
 * Monitors that cdk-monitoring-constructs lacks, written and named as its own are:
 *
 * - A file is named after its class. What to alarm on stands in `…-monitoring-props.ts` where the two do not fit into one file.
 * - An alarm is called as cdk-monitoring-constructs calls it where it has one: `addMaxConnectionCountAlarm`,
 *   `addMinFreeableMemoryAlarm`, `addMaxEvictedItemsCountAlarm`, `addThrottleRateAlarm`, and, on the used share of what there is,
 *   `add<What>UsageAlarm`. Any other is `add<Max|Min><What><Count|Percent|Rate|Duration|…>Alarm`: `Max` is raised above its
 *   threshold, `Min` below it; what the threshold's own type measures (a latency, bytes that are free) has no unit in the name.
 * - A threshold of our own is named after its alarm: `addMaxFailedJobsPercentAlarm` takes a `MaxFailedJobsPercentThreshold`.
 * - A metric is `metric<Average|Max|Min><What><Unit>`: `Count`, `InPercent`, `InBytes`, `InSeconds`, `PerSecond`. A sum has no
 *   statistic in its name; `metricsOfNodes…` are one metric for each node.
 */
export * from './backup-vault-metric-factory';
export * from './backup-vault-monitoring';
export * from './batch-queue-metric-factory';
export * from './batch-queue-monitoring';
export * from './database-identifier';
export * from './database-saturation-metric-factory';
export * from './database-saturation-monitoring';
export * from './database-saturation-monitoring-props';
export * from './dms-replication-metric-factory';
export * from './dms-replication-monitoring';
export * from './edge-firewall-metric-factory';
export * from './edge-firewall-monitoring';
export * from './efs-metric-factory';
export * from './efs-monitoring';
export * from './eks-cluster-metric-factory';
export * from './eks-cluster-monitoring';
export * from './eks-cluster-monitoring-props';
export * from './elasticache-replication-group-metric-factory';
export * from './elasticache-replication-group-monitoring';
export * from './elasticache-serverless-cache-metric-factory';
export * from './elasticache-serverless-cache-monitoring';
export * from './elasticache-serverless-cache-monitoring-props';
export * from './nat-gateway-metric-factory';
export * from './nat-gateway-monitoring';
export * from './rds-proxy-metric-factory';
export * from './rds-proxy-monitoring';
export * from './rds-proxy-monitoring-props';
