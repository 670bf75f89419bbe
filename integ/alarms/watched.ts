import {
  AlarmType, CloudWatchClient, CompositeAlarm, DescribeAlarmsCommandOutput, Metric, MetricAlarm, MetricDatum, paginateDescribeAlarms,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { LocalAws, REGION } from '../emulator/local-aws';

/** More than any limit, in bytes, too; and seen so often that it is no handful. */
const MUCH = 1e12;
const OFTEN = 1000;
const A_SECOND = 1000;
/** How many seconds ago a handful was seen: in each of the last three minutes, and of the last three times five. */
const FEW = [1, 61, 121, 301, 601];

/** What an alarm on a share of failures takes off: good answers, and those of 503 that somebody wants. */
const TAKEN_OFF = /^(well\dxx\d*|maintenance|waiting)$/;

/** The alarms of a stack, and what puts the metrics of one over its threshold. */
export class Watched {
  private readonly client: CloudWatchClient;

  constructor(aws: LocalAws, private readonly stack: string) {
    this.client = new CloudWatchClient({ endpoint: aws.url, region: REGION, credentials: { accessKeyId: '000000000000', secretAccessKey: 'local' } });
  }

  /** Alarms on metrics. */
  public async alarms(): Promise<MetricAlarm[]> {
    return (await this.pages('MetricAlarm')).flatMap(({ MetricAlarms = [] }) => MetricAlarms);
  }

  /** Alarms on alarms. */
  public async composites(): Promise<CompositeAlarm[]> {
    return (await this.pages('CompositeAlarm')).flatMap(({ CompositeAlarms = [] }) => CompositeAlarms);
  }

  /** Both. */
  public async all(): Promise<(MetricAlarm | CompositeAlarm)[]> {
    return [...await this.alarms(), ...await this.composites()];
  }

  /**
   * A handful of each thing that the alarms count or measure, one at a time: a share of it may be 100 %. Nothing of what too
   * little of is wrong: a handful of copies is a copy, and would be there all day.
   */
  public async putFew(alarms: MetricAlarm[]): Promise<void> {
    for (const { metric } of metricsOf(alarms.filter(alarm => !isFloor(alarm)))) {
      for (const seconds of FEW) await this.put(metric, { Values: [1], Counts: [1], Timestamp: ago(seconds) });
    }
  }

  /** In each of the alarm's periods nothing where too little is wrong; else so much of what fails that any share of it is too much. */
  public async breach(alarm: MetricAlarm): Promise<void> {
    const value = isFloor(alarm) ? 0 : MUCH;
    for (const { metric, period } of metricsOf([alarm], TAKEN_OFF)) {
      for (let periods = 0; periods < (alarm.EvaluationPeriods ?? 1); periods++) {
        await this.put(metric, { Values: [value], Counts: [OFTEN], Timestamp: ago(periods * period + 1) });
      }
    }
  }

  private async pages(type: AlarmType): Promise<DescribeAlarmsCommandOutput[]> {
    const pages: DescribeAlarmsCommandOutput[] = [];
    for await (const page of paginateDescribeAlarms({ client: this.client }, { AlarmNamePrefix: `${this.stack}-`, AlarmTypes: [type] })) pages.push(page);
    return pages;
  }

  private async put({ Namespace, ...metric }: Metric, values: Omit<MetricDatum, 'MetricName'>): Promise<void> {
    await this.client.send(new PutMetricDataCommand({ Namespace, MetricData: [{ ...metric, ...values }] as MetricDatum[] }));
  }
}

/** Whether too little is wrong. */
function isFloor({ ComparisonOperator }: MetricAlarm): boolean {
  return (ComparisonOperator ?? '').startsWith('Less');
}

function ago(seconds: number): Date {
  return new Date(Date.now() - A_SECOND * seconds);
}

/** What alarms are on, each metric once; without those of some ids. */
function metricsOf(alarms: MetricAlarm[], without = /^$/): { metric: Metric; period: number }[] {
  const found = alarms.flatMap(({ Metrics = [], Namespace, MetricName, Dimensions, Period = 60 }) => Metrics.length === 0
    ? [{ metric: { Namespace, MetricName, Dimensions }, period: Period }]
    : Metrics.flatMap(({ Id = '', MetricStat }) => MetricStat === undefined || without.test(Id) ? [] : [{ metric: MetricStat.Metric ?? {}, period: MetricStat.Period ?? 60 }]));
  return [...new Map(found.map(each => [JSON.stringify(each.metric), each])).values()];
}
