import { Template } from 'aws-cdk-lib/assertions';
import { Resource, resources } from './template';

/**
 * USD a month in us-east-1, without the free tier (CloudWatch pricing, us-east-1, 2026). An alarm is charged by the metrics
 * that it reads, in metric math too ("per alarm metric"). Saved queries are free.
 */
export const PRICES = {
  dashboard: 3,
  alarmMetric: 0.1,
  highResolutionAlarmMetric: 0.3,
  compositeAlarm: 0.5,
  customMetric: 0.3,
  /** Container Insights with enhanced observability, for ECS. */
  containerInsightsMetric: 0.07,
};

/**
 * Metrics that Container Insights makes for a cluster, and for a service whose tasks have one container: counted by others in
 * their bills (unsure: AWS says no number; each further task counts for the hours that it runs).
 */
const CLUSTER_METRICS = 23;
const SERVICE_METRICS = 157;

/** One line of the bill. */
export interface BillLine {
  readonly what: string;
  readonly count: number;
  readonly usd: number;
}

interface Query {
  readonly MetricStat?: {
    readonly Metric: { readonly Namespace: string; readonly MetricName: string; readonly Dimensions?: unknown };
    readonly Period: number;
  };
}

/** What the templates of a platform cost a month in CloudWatch, but for what depends on use: logs, queries, calls. */
export function billOf(templates: Template[]): BillLine[] {
  const of = (type: string) => templates.flatMap(template => resources(template, type));
  const alarms = of('AWS::CloudWatch::Alarm');
  const high = alarms.filter(isHighResolution);
  const standard = alarms.filter(alarm => !isHighResolution(alarm));
  const clusters = of('AWS::ECS::Cluster').filter(({ Properties }) => JSON.stringify(Properties.ClusterSettings ?? []).includes('"enhanced"'));
  const services = clusters.length === 0 ? [] : of('AWS::ECS::Service');
  return [
    line('boards', of('AWS::CloudWatch::Dashboard').length, PRICES.dashboard),
    line('metrics of alarms', sum(standard.map(metricsOf)), PRICES.alarmMetric),
    line('metrics of alarms below a minute', sum(high.map(metricsOf)), PRICES.highResolutionAlarmMetric),
    line('composite alarms', of('AWS::CloudWatch::CompositeAlarm').length, PRICES.compositeAlarm),
    line('custom metrics', customMetrics(alarms, of('AWS::Logs::MetricFilter')), PRICES.customMetric),
    line('metrics of Container Insights (unsure)', clusters.length * CLUSTER_METRICS + services.length * SERVICE_METRICS, PRICES.containerInsightsMetric),
  ].filter(({ count }) => count > 0);
}

/** What the lines come to, in USD. */
export function total(bill: BillLine[]): number {
  return sum(bill.map(({ usd }) => usd));
}

/** Metrics that an alarm reads: an expression is none. */
export function metricsOf({ Properties: { Metrics } }: Resource): number {
  return Metrics === undefined ? 1 : (Metrics as Query[]).filter(({ MetricStat }) => MetricStat !== undefined).length;
}

function isHighResolution({ Properties: { Period, Metrics } }: Resource): boolean {
  const periods = [
    ...Period === undefined ? [] : [Number(Period)],
    ...(Metrics as Query[] ?? []).map(({ MetricStat }) => MetricStat?.Period ?? Infinity),
  ];
  return Math.min(...periods) < 60;
}

/** What the platform makes itself: alarms read it in a namespace that is not AWS's, filters make it of logs. */
function customMetrics(alarms: Resource[], filters: Resource[]): number {
  const read = alarms.flatMap(({ Properties: { Namespace, MetricName, Dimensions, Metrics } }) => [
    ...Namespace === undefined ? [] : [{ Namespace: String(Namespace), MetricName, Dimensions }],
    ...(Metrics as Query[] ?? []).flatMap(({ MetricStat }) => MetricStat === undefined ? [] : [MetricStat.Metric]),
  ]).filter(({ Namespace }) => !/^(AWS|ECS)\//.test(Namespace));
  const filtered = filters.flatMap(({ Properties }) => (Properties.MetricTransformations as { MetricName: string; MetricNamespace: string }[])
    .map(({ MetricNamespace, MetricName }) => ({ Namespace: MetricNamespace, MetricName })));
  const named = (each: { Namespace: string; MetricName?: unknown }) => `${each.Namespace} ${String(each.MetricName)}`;
  const made = new Set(filtered.map(named));
  return made.size + new Set(read.filter(each => !made.has(named(each))).map(each => JSON.stringify(each))).size;
}

function line(what: string, count: number, price: number): BillLine {
  return { what, count, usd: count * price };
}

function sum(numbers: number[]): number {
  return numbers.reduce((before, each) => before + each, 0);
}
