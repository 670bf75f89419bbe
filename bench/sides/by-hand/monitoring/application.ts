import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { AlarmRow } from './alarms';
import { COUNT, Graph, math, metricsOf, PERCENT, Section } from './sections';
import { HandApplication } from '../application';

const MINUTE = Duration.minutes(1);

export function applicationSection(application: HandApplication): Section {
  return {
    heading: 'Application',
    graphs: [saturation(application), health(application), deployments(application), disk(application), failures(application)],
  };
}

function saturation({ service }: HandApplication): Graph {
  const [cpu, memory] = [service.metricCpuUtilization({ label: 'CPU' }), service.metricMemoryUtilization({ label: 'Memory' })];
  const full: Pick<AlarmRow, 'severity' | 'threshold' | 'runbook'> = { severity: 'Warning', threshold: 85, runbook: 'application-is-saturated' };
  return {
    title: 'Saturation: CPU and memory of the units (%)',
    isOnService: true,
    left: [cpu, memory],
    axis: PERCENT,
    alarms: [{
      ...full,
      name: 'Application-CPU-Usage',
      metric: cpu,
      says: 'The units\' CPU has been above 85 % for a quarter of an hour: scaling is at its maximum, or too slow. First check: whether the units are at their maximum, on the board; then whether traffic has grown or one page has become slow.',
    }, {
      ...full,
      name: 'Application-Memory-Usage',
      metric: memory,
      says: 'Memory of the units has been above 85 % for a quarter of an hour: one that runs out is ended. First check: whether memory has grown since the last deployment, which is a leak, or with the traffic.',
    }],
  };
}

function health({ targetGroup: { metrics } }: HandApplication): Graph {
  const healthy = math('Healthy', 'healthy0', { healthy0: metrics.healthyHostCount({ statistic: 'Maximum' }) }, MINUTE);
  const unhealthy = math('Unhealthy', 'unhealthy0', { unhealthy0: metrics.unhealthyHostCount({ statistic: 'Maximum' }) });
  return {
    title: 'Healthy and unhealthy units',
    isOnService: true,
    left: [healthy, unhealthy],
    axis: COUNT,
    alarms: [{
      name: 'Application-Healthy-Units',
      severity: 'Critical',
      symptom: 'Down',
      metric: healthy,
      threshold: 1,
      operator: ComparisonOperator.LESS_THAN_THRESHOLD,
      points: [2, 2],
      missing: TreatMissingData.BREACHING,
      says: 'No unit is healthy: customers reach nothing. First check: the application\'s log and its last deployment, and why units stopped; then whether they reach their database.',
      runbook: 'application-is-down',
    }, {
      name: 'Application-Unhealthy-Units',
      severity: 'Warning',
      metric: unhealthy,
      threshold: 0,
      says: 'For a quarter of an hour some unit has failed its health check. First check: whether the same unit fails or new ones do, which restart; then the application\'s log and the units\' memory.',
      runbook: 'application-is-down',
    }],
  };
}

function insights({ service }: HandApplication) {
  return metricsOf('ECS/ContainerInsights', { ClusterName: service.cluster.clusterName, ServiceName: service.serviceName });
}

function deployments(application: HandApplication): Graph {
  const metric = insights(application);
  const wanted = metric('DesiredTaskCount', 'Average', 'Wanted');
  return {
    title: 'Deployments: units wanted, running and starting',
    isOnService: true,
    left: [
      wanted, metric('RunningTaskCount', 'Average', 'Running'), metric('PendingTaskCount', 'Average', 'Starting'),
      metric('DeploymentCount', 'Average', 'Deployments'),
    ],
    axis: COUNT,
    alarms: [{
      name: 'Application-Units-At-Maximum',
      severity: 'Warning',
      metric: wanted,
      threshold: 30,
      operator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      says: 'The application has run on as many units as it may for a quarter of an hour: more traffic makes it slow. First check: whether the traffic is customers\' or a flood, at the web firewall; then describe larger peaks to the platform.',
      runbook: 'application-is-saturated',
    }],
  };
}

function disk(application: HandApplication): Graph {
  const metric = insights(application);
  const used = math('Disk', '100 * used / reserved', {
    used: metric('EphemeralStorageUtilized', 'Maximum', 'Used'), reserved: metric('EphemeralStorageReserved', 'Maximum', 'Reserved'),
  });
  return {
    title: 'Disk of the fullest unit (%)',
    left: [used],
    axis: PERCENT,
    alarms: [{
      name: 'Application-Disk-Usage',
      severity: 'Warning',
      metric: used,
      threshold: 85,
      says: 'The disk of a unit has been above 85 % for a quarter of an hour. First check: what the application writes there: logs, temporary files, or uploads that belong into the media library.',
      runbook: 'application-is-saturated',
    }],
  };
}

function failures({ targetGroup: { metrics } }: HandApplication): Graph {
  const failed = math('5xx answers of the units', 'IF(FILL(requests0, 0) >= 20, 100 * FILL(failed0, 0) / FILL(requests0, 1), 0)', {
    requests0: metrics.requestCount(), failed0: metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT),
  }, MINUTE);
  return {
    title: 'Failed answers of the units (%)',
    left: [failed],
    axis: PERCENT,
    alarms: [{
      name: 'Application-Failed-Answers',
      severity: 'Critical',
      symptom: 'Failing',
      metric: failed,
      threshold: 5,
      points: [2, 2],
      says: 'More than 5 % of the units\' answers are errors; a deployment under way goes back by itself where units are containers. First check: whether a deployment is under way or just ended; then the application\'s log, and whether its database answers.',
      runbook: 'requests-fail',
    }],
  };
}
