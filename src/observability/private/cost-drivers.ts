import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { MetricStatistic, MonitoringFacade } from 'cdk-monitoring-constructs';

/**
 * What nobody looks at until the bill comes: CloudWatch Logs charges by the byte taken in, and a debug level that was left on
 * shows here first. The other drivers (NAT gateways, what the edge sends, database capacity, units) are on the charts of their
 * tiers.
 */
export function watchCostDrivers(monitoring: MonitoringFacade, logGroups: { readonly [label: string]: ILogGroup | undefined }): void {
  const factory = monitoring.createMetricFactory();
  const metrics = Object.entries(logGroups).flatMap(([label, logGroup]) => logGroup === undefined ? [] : [
    factory.createMetric('IncomingBytes', MetricStatistic.SUM, label, { LogGroupName: logGroup.logGroupName }, undefined, 'AWS/Logs'),
  ]);
  if (metrics.length === 0) return;
  monitoring.monitorCustom({
    humanReadableName: 'Cost drivers',
    alarmFriendlyName: 'Cost-Drivers',
    addToSummaryDashboard: false,
    metricGroups: [{ title: 'Bytes of logs taken in, charged by the GB', metrics }],
  });
}
