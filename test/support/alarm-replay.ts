import { Template } from 'aws-cdk-lib/assertions';
import { compileMath, Value } from './metric-math';
import { Resource, resources, text } from './template';

/** Values that a metric had in one minute, each with how often. */
export interface Samples {
  readonly value: number;
  readonly times: number;
}

/** What each metric, by its name or by its id in the alarm, had in each minute: nothing where it had no data. */
export interface Recording {
  readonly [metric: string]: (minute: number) => Samples[];
}

/** When an alarm was raised and when it was over; without the second, it was still raised at the end. */
export interface Raised {
  readonly from: number;
  readonly until?: number;
}

/** A metric or an expression of an alarm. */
export interface Query {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: { readonly MetricName: string }; readonly Period: number; readonly Stat: string };
  readonly ReturnData?: boolean;
}

/** An alarm of a template. */
export interface AlarmProperties {
  readonly Metrics: Query[];
  readonly Threshold: number;
  readonly ComparisonOperator: string;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly TreatMissingData?: string;
}

const HOUR = 60;
const DAY = 24 * HOUR;

/** What every composite alarm of a template does, by its name, while the minutes of a recording go by. */
export function replay(template: Template, recording: Recording, minutes: number): { [alarm: string]: Raised[] } {
  const metrics = new Aggregates(recording, minutes);
  const states = new Map(resources(template, 'AWS::CloudWatch::Alarm').map(alarm => [alarm.id, statesOf(alarm, metrics, minutes)]));
  return Object.fromEntries(resources(template, 'AWS::CloudWatch::CompositeAlarm').map(({ Properties }) => {
    const rule = compileRule(text(Properties.AlarmRule));
    const raised = Array.from({ length: minutes }, (_, minute) => rule(id => states.get(id)![minute]));
    return [text(Properties.AlarmName), timesOf(raised)];
  }));
}

/** When an alarm of minutes is raised, so many of them to the last being above its threshold; a minute without a value is none. */
export function replayMinutes(alarm: AlarmProperties, recording: Recording, minutes: number): Raised[] {
  const { Metrics, Threshold, ComparisonOperator, EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods, TreatMissingData } = alarm;
  if (ComparisonOperator !== 'GreaterThanThreshold' || TreatMissingData !== 'notBreaching') throw new Error('Only alarms above a threshold, to which nothing is well, can be replayed');
  if (Metrics.some(({ MetricStat }) => MetricStat !== undefined && MetricStat.Period !== 60)) throw new Error('Only alarms of minutes can be replayed');
  const valueAt = compileQueries(Metrics, new Aggregates(recording, minutes));
  const above = Array.from({ length: minutes }, (_, minute) => (valueAt(minute + 1) ?? 0) > Threshold);
  return timesOf(above.map((_, minute) =>
    above.slice(Math.max(0, minute + 1 - EvaluationPeriods), minute + 1).filter(each => each).length >= DatapointsToAlarm));
}

/** What the rule of a composite alarm gives: AND, OR and NOT of other alarms, by their logical ids, that are raised. */
export function compileRule(rule: string): (isRaised: (logicalId: string) => boolean) => boolean {
  const ids: string[] = [];
  const asMath = rule
    .replace(/ALARM\("\$\{(\w+)\.Arn\}"\)/g, (_, id: string) => `a${ids.push(id) - 1}`)
    .replace(/NOT (\(.*?\)|\w+)/g, '(1 - $1)');
  const compiled = compileMath(asMath);
  return isRaised => compiled(id => Number(isRaised(ids[Number(id.slice(1))]))) !== 0;
}

/** One state a minute. CloudWatch looks once a minute, and once an hour at what spans more than a day ("Alarm evaluation"). */
function statesOf({ Properties }: Resource, metrics: Aggregates, minutes: number): boolean[] {
  const { Metrics, Threshold, ComparisonOperator, EvaluationPeriods } = Properties as unknown as AlarmProperties;
  if (ComparisonOperator !== 'GreaterThanThreshold' || EvaluationPeriods !== 1) throw new Error('Only alarms of one period above a threshold can be replayed');
  const span = Math.max(...Metrics.map(({ MetricStat }) => (MetricStat?.Period ?? 0) / 60));
  const valueAt = compileQueries(Metrics, metrics);
  const states: boolean[] = [];
  for (let minute = 0; minute < minutes; minute++) {
    const before = states[minute - 1] ?? false;
    const value = span > DAY && minute % HOUR !== 0 ? undefined : valueAt(minute);
    // Where there is no value, CloudWatch takes older ones that it finds: the worst of it is that nothing changes.
    states.push(value === undefined ? before : value > Threshold);
  }
  return states;
}

/** What the queries return at a minute, from what was known then. */
function compileQueries(queries: Query[], metrics: Aggregates): (minute: number) => Value {
  const nodes = new Map(queries.map(({ Id, Expression, MetricStat }): [string, (minute: number) => Value] => {
    if (MetricStat !== undefined) {
      const { Metric: { MetricName }, Period, Stat } = MetricStat;
      return [Id, minute => metrics.over(metrics.nameOf(Id, MetricName), Stat, minute - Period / 60, minute)];
    }
    const compiled = compileMath(Expression!);
    return [Id, minute => compiled(id => nodes.get(id)!(minute))];
  }));
  return nodes.get(queries.find(({ ReturnData }) => ReturnData !== false)!.Id)!;
}

/** Statistics over any span of minutes, from sums of all before. */
class Aggregates {
  private readonly sums = new Map<string, { readonly values: number[]; readonly data: number[] }>();

  constructor(private readonly recording: Recording, private readonly minutes: number) {}

  /** As it was recorded: two metrics of one name are told apart by their ids in the alarm. */
  public nameOf(id: string, metricName: string): string {
    return id in this.recording ? id : metricName;
  }

  public over(metric: string, statistic: string, from: number, to: number): Value {
    const { values, data } = this.sumsOf(metric, statistic);
    const start = Math.max(from, 0);
    return data[to] === data[start] ? undefined : values[to] - values[start];
  }

  private sumsOf(metric: string, statistic: string) {
    const key = `${metric} ${statistic}`;
    const known = this.sums.get(key);
    if (known !== undefined) return known;
    const made = { values: [0], data: [0] };
    for (let minute = 0; minute < this.minutes; minute++) {
      const samples = this.recording[metric](minute);
      made.values.push(made.values[minute] + statisticOf(statistic, samples));
      made.data.push(made.data[minute] + samples.length);
    }
    this.sums.set(key, made);
    return made;
  }
}

function statisticOf(statistic: string, samples: Samples[]): number {
  const [, upTo] = /^TC\(:([\d.]+)\)$/.exec(statistic) ?? [];
  if (statistic !== 'Sum' && statistic !== 'SampleCount' && statistic !== 'Average' && upTo === undefined) throw new Error(`'${statistic}' is not known`);
  // Of one minute: no alarm of longer ones is replayed by it.
  if (statistic === 'Average') return samples.length === 0 ? 0 : samples.reduce((sum, { value }) => sum + value, 0) / samples.length;
  return samples
    .filter(({ value }) => upTo === undefined || value <= Number(upTo))
    .reduce((sum, { value, times }) => sum + times * (statistic === 'Sum' ? value : 1), 0);
}

function timesOf(states: boolean[]): Raised[] {
  const starts = states.flatMap((raised, minute) => raised && !(states[minute - 1] ?? false) ? [minute] : []);
  return starts.map(from => {
    const until = states.indexOf(false, from);
    return until === -1 ? { from } : { from, until };
  });
}
