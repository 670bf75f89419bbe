import { Duration } from 'aws-cdk-lib';
import { IMetric, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationTargetGroup, HttpCodeElb, HttpCodeTarget, IApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CountAxisFromZero, CustomMetricGroup, MetricStatistic, MetricWithAlarmSupport, MonitoringFacade, PercentageAxisFromZero } from 'cdk-monitoring-constructs';
import { IConstruct } from 'constructs';
import { answersFail, noneHealthy, SOME_UNHEALTHY, UNHURRIED, UNIT_ALARMS } from './unit-alarms';
import { MIN_REQUESTS } from '../../core/private/alarms/thresholds';

const MINUTE = Duration.minutes(1);

/**
 * How many units are healthy, and how many are not, as the load balancer sees them. By the most that any of its nodes sees: one that
 * has just joined a growing balancer knows no unit as yet. Nothing is filled in: what has not arrived yet is not none, and
 * CloudWatch looks further back for what has.
 *
 * @param targetGroups all the groups that units may stand in: either of two may be the one in use
 * @param units what makes the units
 */
export function healthOf(monitoring: MonitoringFacade, targetGroups: IApplicationTargetGroup[], units: IConstruct): CustomMetricGroup {
  const most = (name: 'healthy' | 'unhealthy', label: string, period: Duration, metricOf: (targetGroup: IApplicationTargetGroup) => IMetric) =>
    overGroups(monitoring, targetGroups, label, each => ({ [name]: metricOf(each) }), terms => worst(terms.map(term => term[name])), period);
  const statistic = MetricStatistic.MAX;
  return {
    title: 'Healthy and unhealthy units',
    addToSummaryDashboard: true,
    graphWidgetAxis: CountAxisFromZero,
    metrics: [
      {
        metric: most('healthy', 'Healthy', MINUTE, each => each.metrics.healthyHostCount({ statistic })),
        alarmFriendlyName: UNIT_ALARMS.healthy,
        addAlarm: noneHealthy(tagOf(units)),
      },
      {
        metric: most('unhealthy', 'Unhealthy', UNHURRIED, each => each.metrics.unhealthyHostCount({ statistic, period: UNHURRIED })),
        alarmFriendlyName: UNIT_ALARMS.unhealthy,
        addAlarm: SOME_UNHEALTHY,
      },
    ],
  };
}

/**
 * Lets the alarm on having no healthy unit begin when there are units: while the first are being made it would wake somebody,
 * since that a load balancer says nothing counts as none.
 *
 * @param units as they were given to `healthOf`
 */
export function watchAfterFirst(monitoring: MonitoringFacade, units: IConstruct): void {
  monitoring.createdAlarmsWithTag(tagOf(units)).forEach(({ alarm }) => alarm.node.addDependency(units));
}

function tagOf(units: IConstruct): string {
  return `health-${units.node.addr}`;
}

/** Statuses of answers that are no failure of the service. */
const WELL = [HttpCodeTarget.TARGET_2XX_COUNT, HttpCodeTarget.TARGET_3XX_COUNT, HttpCodeTarget.TARGET_4XX_COUNT];

/**
 * The share of the requests to the units that failed, be it that a unit answered by an error, or that none did and the balancer had
 * to (502, 504). What the balancer answers is not counted by target group (Application Load Balancers user guide, "CloudWatch
 * metrics"): of a group it is what has no good answer of a unit, and no more than fails at the whole balancer, since a connection
 * that is upgraded, or that a client leaves, has no answer either. So another application's failures are not taken for these
 * units', and two groups take the ten metrics that an alarm may have. The alarm knows the target groups alone, so that a service can
 * know it.
 *
 * @param tags to find the alarm by
 */
export function answersOf(monitoring: MonitoringFacade, targetGroups: ApplicationTargetGroup[], ...tags: string[]): CustomMetricGroup {
  const [{ firstLoadBalancerFullName: LoadBalancer }] = targetGroups;
  const atBalancer = (metricName: string) =>
    new Metric({ namespace: 'AWS/ApplicationELB', metricName, dimensionsMap: { LoadBalancer }, statistic: Stats.SUM });
  const all = { failedByUnits: atBalancer(HttpCodeTarget.TARGET_5XX_COUNT), failedByBalancer: atBalancer(HttpCodeElb.ELB_5XX_COUNT) };
  const metric = overGroups(monitoring, targetGroups, 'Failed requests of the units', each => ({
    requests: each.metrics.requestCount(),
    ...Object.fromEntries(WELL.map((status, index) => [`well${index + 2}xx`, each.metrics.httpCodeTarget(status)])),
  }), terms => worst(terms.map(({ requests, ...well }) => {
    const withoutGoodAnswer = [requests, ...Object.values(well).map(each => `FILL(${each}, 0)`)].join(' - ');
    // Where no requests are known, nothing is: the latest minutes may not have arrived yet.
    return `(${requests} >= ${MIN_REQUESTS}) * 100 * MIN([${withoutGoodAnswer}, FILL(failedByUnits, 0) + FILL(failedByBalancer, 0)]) / ${requests}`;
  })), MINUTE, all);
  return {
    title: 'Failed requests of the units (%)',
    graphWidgetAxis: PercentageAxisFromZero,
    metrics: [{ metric, alarmFriendlyName: UNIT_ALARMS.failedAnswers, addAlarm: answersFail(...tags) }],
  };
}

/** The most of all groups that say something: the one that is not in use does not, and a new version has few of the requests at first. */
function worst(terms: string[]): string {
  return terms.length === 1 ? terms[0] : `MAX([${terms.join(', ')}])`;
}

/** One metric over all groups. */
function overGroups<Name extends string>(
  monitoring: MonitoringFacade, targetGroups: IApplicationTargetGroup[], label: string,
  metricsOf: (targetGroup: IApplicationTargetGroup) => { [name: string]: IMetric }, expression: (terms: Record<Name, string>[]) => string,
  period = MINUTE, ofAll: Record<string, IMetric> = {},
): MetricWithAlarmSupport {
  const used = { ...ofAll };
  const terms = targetGroups.map((each, index) => Object.fromEntries(Object.entries(metricsOf(each)).map(([name, metric]) => {
    used[`${name}${index}`] = metric;
    return [name, `${name}${index}`];
  })) as Record<Name, string>);
  return monitoring.createMetricFactory().createMetricMath(expression(terms), used, label, undefined, period);
}
