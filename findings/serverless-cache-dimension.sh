#!/usr/bin/env bash
# cdk-monitoring-constructs 10.0.0 watches an ElastiCache serverless cache by a dimension that no such cache has.
#
# ElastiCache publishes the metrics of a serverless cache in AWS/ElastiCache by the dimension `clusterId` (ElastiCache user guide,
# "Serverless metrics and events for Valkey and Redis OSS"); `CacheClusterId` is that of nodes. `monitorServerlessElastiCache`
# asks for `CacheClusterId`: its graphs stay empty, and an alarm on them never leaves INSUFFICIENT_DATA.
#
# Seen with aws-cdk-lib 2.257.0:
#   AWS/ElastiCache by CacheClusterId
# Fails when the library asks by another dimension.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund aws-cdk-lib@2.257.0 constructs@10.5.1 cdk-monitoring-constructs@10.0.0
cat > run.js <<'EOF'
const { App, Duration, Stack } = require('aws-cdk-lib');
const { Template } = require('aws-cdk-lib/assertions');
const { MonitoringFacade } = require('cdk-monitoring-constructs');

const stack = new Stack(new App(), 'Stack');
new MonitoringFacade(stack, 'Monitoring').monitorServerlessElastiCache({
  clusterId: 'sessions', addAverageSuccessfulReadRequestLatencyAlarm: { Warning: { maxLatency: Duration.millis(5) } },
});
const alarms = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
const metrics = alarms.flatMap(({ Properties: { Namespace, Dimensions, Metrics = [] } }) => Dimensions
  ? [{ Namespace, Dimensions }] : Metrics.flatMap(({ MetricStat }) => MetricStat ? [MetricStat.Metric] : []));
if (metrics.length === 0) throw new Error('no alarm was made');
console.log([...new Set(metrics.map(({ Namespace, Dimensions }) => `${Namespace} by ${Dimensions.map(({ Name }) => Name).join(', ')}`))].join('\n'));
EOF
seen=$(node run.js)
echo "$seen"
[ "$seen" = 'AWS/ElastiCache by CacheClusterId' ]
