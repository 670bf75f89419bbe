import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmBehavior, FargateService } from 'aws-cdk-lib/aws-ecs';
import { ApplicationTargetGroup, HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { MetricWithAlarmSupport, MonitoringFacade } from 'cdk-monitoring-constructs';
import { FargateTargets } from './fargate-targets';

const NAMES = { humanReadableName: 'Application', alarmFriendlyName: 'Application' };
const USAGE = { Warning: { maxUsagePercent: 85, evaluationPeriods: 3, datapointsToAlarm: 3 } };
const USAGE_ALARMS = { addCpuUsageAlarm: USAGE, addMemoryUsageAlarm: USAGE };
const TWICE = { evaluationPeriods: 2, datapointsToAlarm: 2 };
/** Requests per minute of a target group below which a share of failures says nothing. */
const MIN_REQUESTS = 20;
/** Percent of a target group's answers that may fail. */
const MAX_FAILED = 5;

/** Watches a service that stands behind no load balancer, or behind one. */
export function monitorService(monitoring: MonitoringFacade, service: FargateService, targets?: FargateTargets): void {
  if (targets === undefined) {
    monitoring.monitorSimpleFargateService({ ...NAMES, ...USAGE_ALARMS, fargateService: service });
    return;
  }
  const { listener, targetGroups: [targetGroup, alternate] } = targets;
  if (alternate === undefined) {
    monitoring.monitorFargateApplicationLoadBalancer({
      ...NAMES,
      ...USAGE_ALARMS,
      fargateService: service,
      applicationLoadBalancer: listener.loadBalancer,
      applicationTargetGroup: targetGroup,
      addHealthyTaskCountAlarm: { Critical: { minHealthyTasks: 1, ...TWICE, treatMissingDataOverride: TreatMissingData.BREACHING } },
    });
  } else {
    monitoring.monitorSimpleFargateService({ ...NAMES, ...USAGE_ALARMS, fargateService: service });
    monitorHealth(monitoring, targets.targetGroups);
  }
  goBackOnFailures(monitoring, service, targets.targetGroups);
}

/** Either group may be the one that is in use. */
function monitorHealth(monitoring: MonitoringFacade, targetGroups: ApplicationTargetGroup[]): void {
  const metric = overGroups(monitoring, targetGroups, 'Healthy units', each => ({ healthy: each.metrics.healthyHostCount() }),
    terms => terms.map(({ healthy }) => `FILL(${healthy}, 0)`).join(' + '));
  monitoring.monitorCustom({
    ...NAMES,
    metricGroups: [{
      title: 'Healthy units',
      metrics: [{
        metric,
        alarmFriendlyName: 'Healthy-Tasks',
        addAlarm: {
          Critical: {
            threshold: 1,
            comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
            ...TWICE,
            treatMissingDataOverride: TreatMissingData.BREACHING,
            additionalDescription: 'No unit is healthy.',
          },
        },
      }],
    }],
  });
}

/**
 * Has ECS take a deployment back when the units answer with errors. The service knows the alarm by its name, which is
 * made of the path, and the alarm knows the target groups alone: neither needs the other's attributes.
 */
function goBackOnFailures(monitoring: MonitoringFacade, service: FargateService, targetGroups: ApplicationTargetGroup[]): void {
  const metric = overGroups(monitoring, targetGroups, '5xx answers of the units', each => ({
    requests: each.metrics.requestCount(), failed: each.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT),
  }), terms => worst(terms.map(({ requests, failed }) =>
    `IF(FILL(${requests}, 0) >= ${MIN_REQUESTS}, 100 * FILL(${failed}, 0) / FILL(${requests}, 1), 0)`)));
  const tag = service.node.addr;
  monitoring.monitorCustom({
    ...NAMES,
    metricGroups: [{
      title: 'Failed answers of the units (%)',
      metrics: [{
        metric,
        alarmFriendlyName: 'Failed-Answers',
        addAlarm: {
          Critical: {
            threshold: MAX_FAILED,
            comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
            ...TWICE,
            // Without requests there is nothing to measure, and nothing wrong.
            treatMissingDataOverride: TreatMissingData.NOT_BREACHING,
            customTags: [tag],
            additionalDescription: `More than ${MAX_FAILED} % of the units' answers are errors; a deployment under way goes back.`,
          },
        },
      }],
    }],
  });
  const alarms = monitoring.createdAlarmsWithTag(tag);
  service.enableDeploymentAlarms(alarms.map(({ alarmName }) => alarmName), { behavior: AlarmBehavior.ROLLBACK_ON_ALARM });
  // ECS looks for the alarm when a deployment begins, the first one too.
  service.node.addDependency(...alarms.map(({ alarm }) => alarm));
}

/** The group whose answers fail most: the new version may have a small share of the requests. */
function worst(shares: string[]): string {
  return shares.length === 1 ? shares[0] : `MAX([${shares.join(', ')}])`;
}

/** One metric over all groups, each minute. */
function overGroups<Name extends string>(
  monitoring: MonitoringFacade, targetGroups: ApplicationTargetGroup[], label: string,
  metricsOf: (targetGroup: ApplicationTargetGroup) => Record<Name, IMetric>, expression: (terms: Record<Name, string>[]) => string,
): MetricWithAlarmSupport {
  const used: Record<string, IMetric> = {};
  const terms = targetGroups.map((each, index) => Object.fromEntries(Object.entries<IMetric>(metricsOf(each)).map(([name, metric]) => {
    used[`${name}${index}`] = metric;
    return [name, `${name}${index}`];
  })) as Record<Name, string>);
  return monitoring.createMetricFactory().createMetricMath(expression(terms), used, label, undefined, Duration.minutes(1));
}
