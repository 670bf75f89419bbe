import { Resource, text } from '../../support/template';

interface Query {
  readonly Label?: string;
  readonly Expression?: string;
  readonly ReturnData?: boolean;
  readonly Period?: number;
  readonly MetricStat?: { readonly Metric: { readonly MetricName: string }; readonly Period: number; readonly Stat: string };
}

interface MetricAlarm {
  readonly Metrics?: Query[];
  readonly MetricName?: string;
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
  readonly Period?: number;
  readonly Threshold: number;
  readonly ComparisonOperator: string;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly TreatMissingData?: string;
}

const COMPARISONS: { [operator: string]: string } = {
  GreaterThanThreshold: 'above',
  GreaterThanOrEqualToThreshold: 'at least',
  LessThanThreshold: 'below',
  LessThanOrEqualToThreshold: 'at most',
};

/** When an alarm is raised, in words. */
export function conditionOf({ Type, Properties }: Resource, names: Map<string, string>): string {
  return Type === 'AWS::CloudWatch::CompositeAlarm' ? ruleInWords(text(Properties.AlarmRule), names) : metricInWords(Properties as unknown as MetricAlarm);
}

function metricInWords(alarm: MetricAlarm): string {
  const what = alarm.Metrics === undefined
    ? `${code(alarm.MetricName)} (${alarm.Statistic ?? alarm.ExtendedStatistic})`
    : returned(alarm.Metrics);
  const noData = alarm.TreatMissingData === 'breaching' ? '; no data counts as well' : '';
  return `${what} ${COMPARISONS[alarm.ComparisonOperator] ?? alarm.ComparisonOperator} ${alarm.Threshold.toLocaleString('en')}, ${lasting(alarm)}${noData}`;
}

function returned(metrics: Query[]): string {
  const { Label, Expression, MetricStat } = metrics.find(({ ReturnData }) => ReturnData !== false)!;
  if (MetricStat !== undefined) return `${code(MetricStat.Metric.MetricName)} (${MetricStat.Stat})`;
  const measured = [...new Set(metrics.flatMap(each => each.MetricStat === undefined ? [] : [code(each.MetricStat.Metric.MetricName)]))];
  return `${Label ?? code(Expression)} (of ${measured.join(', ')})`;
}

/** As `15 minutes`, when every value counts, and as `2 of 3 times 5 minutes`, when not. */
function lasting({ Metrics, Period, EvaluationPeriods: periods, DatapointsToAlarm: needed = periods }: MetricAlarm): string {
  const seconds = Period ?? Math.max(...Metrics!.map(each => each.MetricStat?.Period ?? each.Period ?? 0));
  return needed === periods ? `for ${duration(seconds * periods)}` : `${needed} of ${periods} times ${duration(seconds)}`;
}

function duration(seconds: number): string {
  const [unit, length] = seconds % 86_400 === 0 ? ['day', 86_400] : seconds % 3600 === 0 ? ['hour', 3600] : seconds % 60 === 0 ? ['minute', 60] : ['second', 1];
  const count = seconds / length;
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}

/** Alarms that must be raised together, by their names; a list of which any will do is that of a symptom. */
function ruleInWords(rule: string, names: Map<string, string>): string {
  if (!/\bAND\b/.test(rule)) return 'any alarm with that symptom is';
  const words = rule.replace(/ALARM\("?\$\{(\w+)(?:\.Arn)?\}"?\)/g, (_, id: string) => code(names.get(id) ?? id));
  return `${words.replace(/\bAND\b/g, 'and').replace(/\bOR\b/g, 'or').replace(/\bNOT\b/g, 'not').replace(/^\((.*)\)$/, '$1')} are`;
}

function code(name = ''): string {
  return `\`${name}\``;
}
