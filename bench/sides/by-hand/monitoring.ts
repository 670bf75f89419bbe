import { Stack } from 'aws-cdk-lib';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationLoadBalancer, HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { DefaultDashboardFactory, MetricStatistic, MonitoringFacade, SnsAlarmActionStrategy } from 'cdk-monitoring-constructs';
import { HandApplication } from './application';
import { HandDatabase, HandSessions } from './data';
import { HandEdge } from './edge';

/** What is watched. */
export interface Watched {
  readonly topic: ITopic;
  readonly database: HandDatabase;
  readonly sessions: HandSessions;
  readonly application: HandApplication;
  readonly edge: HandEdge;
}

const PERSISTENT = { evaluationPeriods: 3, datapointsToAlarm: 3 };

export function monitor(stack: Stack, { topic, database, sessions, application, edge }: Watched): void {
  const monitoring = new MonitoringFacade(stack, 'Monitoring', {
    alarmFactoryDefaults: {
      alarmNamePrefix: 'Bench', actionsEnabled: true, action: new SnsAlarmActionStrategy({ onAlarmTopic: topic, onOkTopic: topic }),
    },
    dashboardFactory: new DefaultDashboardFactory(stack, 'Dashboards', {
      dashboardNamePrefix: 'Bench', createSummaryDashboard: false, createAlarmDashboard: false,
    }),
  });
  monitoring.addLargeHeader('Shop');
  monitoring.monitorCloudFrontDistribution({
    distribution: edge.distribution,
    humanReadableName: 'Edge',
    alarmFriendlyName: 'Edge',
    addFault5xxRate: { Critical: { maxErrorRate: 0.05, ...PERSISTENT } },
  });
  monitoring.monitorWebApplicationFirewallAclV2({ acl: edge.webAcl, humanReadableName: 'Web firewall', alarmFriendlyName: 'Firewall' });
  monitorLoadBalancer(monitoring, application.loadBalancer);
  monitorApplication(monitoring, application);
  monitoring.monitorServerlessElastiCache({
    clusterId: sessions.cache.serverlessCacheName,
    humanReadableName: 'Sessions',
    alarmFriendlyName: 'Sessions',
    addThrottleRateAlarm: { Critical: { maxThrottleRatePercent: 1, ...PERSISTENT } },
  });
  monitoring.monitorAuroraCluster({
    cluster: database.cluster,
    humanReadableName: 'Aurora MySQL',
    alarmFriendlyName: 'Database',
    addCpuUsageAlarm: { Warning: { maxUsagePercent: 80, ...PERSISTENT } },
  });
  monitorCapacity(monitoring, database);
  monitoring.monitorS3Bucket({ bucket: edge.media, humanReadableName: 'Media', alarmFriendlyName: 'Media' });
}

function monitorApplication(monitoring: MonitoringFacade, { service, loadBalancer, targetGroup }: HandApplication): void {
  monitoring.monitorFargateApplicationLoadBalancer({
    humanReadableName: 'Application',
    alarmFriendlyName: 'Application',
    fargateService: service,
    applicationLoadBalancer: loadBalancer,
    applicationTargetGroup: targetGroup,
    addCpuUsageAlarm: { Warning: { maxUsagePercent: 85, ...PERSISTENT } },
    addMemoryUsageAlarm: { Warning: { maxUsagePercent: 85, ...PERSISTENT } },
    addHealthyTaskCountAlarm: { Critical: { minHealthyTasks: 1, evaluationPeriods: 2, datapointsToAlarm: 2 } },
  });
  const failed = monitoring.createMetricFactory().createMetricMath(
    'IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0)',
    { requests: targetGroup.metrics.requestCount(), errors: targetGroup.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT) },
    'Failed answers',
  );
  monitoring.monitorCustom({
    humanReadableName: 'Application',
    alarmFriendlyName: 'Application',
    metricGroups: [{
      title: 'Failed answers of the units (%)',
      metrics: [{
        metric: failed,
        alarmFriendlyName: 'Failed-Answers',
        addAlarm: { Critical: { threshold: 5, comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD, ...PERSISTENT } },
      }],
    }],
  });
}

function monitorLoadBalancer(monitoring: MonitoringFacade, { metrics }: ApplicationLoadBalancer): void {
  const factory = monitoring.createMetricFactory();
  const failed = factory.createMetricMath(
    'IF(requests >= 20, 100 * errors / requests, 0)',
    { requests: metrics.requestCount(), errors: metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT) },
    '5xx answers of the application',
  );
  const slowest = factory.adaptMetric(metrics.targetResponseTime({ statistic: 'p99' }));
  const alarm = { comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD, ...PERSISTENT };
  monitoring.monitorCustom({
    humanReadableName: 'Load balancer',
    alarmFriendlyName: 'LoadBalancer',
    metricGroups: [{
      title: 'Failed requests (%)',
      metrics: [{ metric: failed, alarmFriendlyName: 'Failed', addAlarm: { Critical: { ...alarm, threshold: 5 } } }],
    }, {
      title: 'Slowest 1 % of answers (s)',
      metrics: [{ metric: slowest, alarmFriendlyName: 'Slow', addAlarm: { Warning: { ...alarm, threshold: 2 } } }],
    }],
  });
}

function monitorCapacity(monitoring: MonitoringFacade, { cluster }: HandDatabase): void {
  const metric = monitoring.createMetricFactory().createMetric(
    'ACUUtilization', MetricStatistic.AVERAGE, 'Capacity', { DBClusterIdentifier: cluster.clusterIdentifier }, undefined, 'AWS/RDS');
  monitoring.monitorCustom({
    humanReadableName: 'Aurora MySQL capacity',
    alarmFriendlyName: 'Database',
    metricGroups: [{
      title: 'Capacity in use (% of the largest)',
      metrics: [{
        metric,
        alarmFriendlyName: 'Capacity',
        addAlarm: { Warning: { threshold: 90, comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD, ...PERSISTENT } },
      }],
    }],
  });
}
