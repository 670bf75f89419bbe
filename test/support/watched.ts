import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DefaultDashboardFactory, MonitoringFacade } from 'cdk-monitoring-constructs';
import { eastStack } from './platform';
import { resources, text } from './template';
import { AlarmAdvice } from '../../src/core/private/alarms/with-advice';


/** A query of an alarm's metric math. */
export interface Query {
  readonly Id: string;
  readonly Expression?: string;
  readonly Label?: string;
  readonly Period?: number;
  readonly ReturnData?: boolean;
  readonly MetricStat?: {
    readonly Metric: {
      readonly Namespace: string; readonly MetricName: string; readonly Dimensions: { readonly Name: string; readonly Value: unknown }[];
    };
    readonly Period: number;
    readonly Stat: string;
  };
}

/** An alarm, with what is looked at most. */
export interface WatchedAlarm {
  readonly [name: string]: unknown;
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly Metrics: Query[];
}

const PREFIX = 'Test';
const withoutPrefix = (name: string) => name.slice(PREFIX.length + 1);

/** What blocks make of a facade: its alarms, without the prefix of their names, and its two boards as text. */
export class Watched {
  public readonly template: Template;
  /** For engineers. */
  public readonly detail: string;
  /** For the team. */
  public readonly summary: string;
  /** Symptom and runbook of each alarm, or its runbook alone. */
  public readonly withAdvice: { readonly [name: string]: string };
  private readonly alarmList: WatchedAlarm[];

  constructor(add: (monitoring: MonitoringFacade, stack: Stack) => void, stack = eastStack()) {
    const dashboardFactory = new DefaultDashboardFactory(stack, 'Boards', { dashboardNamePrefix: 'Boards', createSummaryDashboard: true });
    const monitoring = new MonitoringFacade(stack, 'Monitoring', { dashboardFactory, alarmFactoryDefaults: { alarmNamePrefix: PREFIX, actionsEnabled: true } });
    add(monitoring, stack);
    this.template = Template.fromStack(stack);
    [this.detail, this.summary] = ['Boards', 'Boards-Summary'].map(name => this.board(name));
    this.alarmList = resources(this.template, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties as unknown as WatchedAlarm)
      .filter(({ AlarmName }) => String(AlarmName).startsWith(`${PREFIX}-`))
      .map(alarm => ({ ...alarm, AlarmName: withoutPrefix(alarm.AlarmName) }));
    this.withAdvice = Object.fromEntries(monitoring.createdAlarms().map(({ alarmName, customParams }) => {
      const { symptom, runbook } = (customParams as { advice?: AlarmAdvice } | undefined)?.advice ?? { symptom: undefined, runbook: 'none' };
      return [withoutPrefix(alarmName), [...symptom === undefined ? [] : [symptom], runbook].join(', ')];
    }));
  }

  public get alarmNames(): string[] {
    return this.alarmList.map(({ AlarmName }) => AlarmName).sort();
  }

  public alarm(name: string): WatchedAlarm {
    const found = this.alarmList.find(({ AlarmName }) => AlarmName === name);
    if (found === undefined) throw new Error(`no alarm ${name} among ${this.alarmNames.join(', ')}`);
    return found;
  }

  /** What an alarm is raised by, in metric math. */
  public expression(name: string): string | undefined {
    return this.alarm(name).Metrics.find(({ ReturnData }) => ReturnData === true)!.Expression;
  }

  /** The metrics behind an alarm, as `id: namespace metric statistic`. */
  public measures(name: string): string[] {
    return this.alarm(name).Metrics.flatMap(({ Id, MetricStat }) =>
      MetricStat === undefined ? [] : [`${Id}: ${MetricStat.Metric.Namespace} ${MetricStat.Metric.MetricName} ${MetricStat.Stat}`]);
  }

  /** The dimensions of the metrics behind an alarm, each set once. */
  public dimensions(name: string): unknown[] {
    const sets = this.alarm(name).Metrics.flatMap(({ MetricStat }) => MetricStat === undefined ? [] : [MetricStat.Metric.Dimensions]);
    return [...new Set(sets.map(set => JSON.stringify(set)))].map(set => JSON.parse(set) as unknown);
  }

  private board(name: string): string {
    const [found] = resources(this.template, 'AWS::CloudWatch::Dashboard').filter(({ Properties }) => Properties.DashboardName === name);
    return found === undefined ? '' : text(found.Properties.DashboardBody);
  }
}

/** Titles of a board's graphs. */
export function titlesOf(board: string): string[] {
  return [...board.matchAll(/"title":"([^"]*)"/g)].map(([, title]) => title);
}
