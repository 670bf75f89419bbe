import { AlarmStatusWidget, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Monitoring, MonitoringScope } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { ISlo } from './contract';
import { createBurnAlarms } from './private/slo-alarms';
import { createApplicationSignalsSlo } from './private/slo-application-signals';
import { inRegionOf, SLO_RULES } from './private/slo-rules';
import { history, overview } from './private/slo-widgets';
import { SloCounts } from './slo-counts';
import { IRequestIndicators } from '../../core';
import { validate } from '../../core/private/validation';

/** What is promised, and what shows whether it is kept. */
export interface SloMonitoringProps {
  /** What is promised. */
  readonly slo: ISlo;
  /**
   * The requests of the service that promises it.
   *
   * @default - not known: the objective brings counts of its own (`Slo.freshness`, `Slo.of`)
   */
  readonly indicators?: IRequestIndicators;
  /**
   * Whether the objective is made in CloudWatch Application Signals, too, with its burn rates over the same long windows; it is
   * charged by the metrics that it reads. Whoever deploys the first one of an account needs the right to create the
   * service-linked role of Application Signals.
   *
   * @default false
   */
  readonly applicationSignals?: boolean;
}

/**
 * An objective on the boards, and alarms on the pace at which its error budget burns: 14.4 times too fast over 1 hour and 5
 * minutes and 6 times over 6 hours and 30 minutes wake somebody, faster than bearable over 3 days and 6 hours is for working
 * hours (Google, "The Site Reliability Workbook", chapter 5). For a window other than 30 days the rates are such that the same
 * share of the budget is gone, 2 %, 5 % and 10 %, and never below 1. An alarm that a lax objective can never raise is left out:
 * of 93 % in 30 days the first, of 83 % the second, too.
 *
 * Each alarm is a composite of two that tell nobody, one for each window: it is raised when the failure has lasted, and clears
 * soon after it is over. `createdAlarms` has the composites alone.
 */
export class SloMonitoring extends Monitoring {
  /** What is promised. */
  public readonly slo: ISlo;
  private readonly counts: SloCounts;

  /**
   * Makes the alarms; `monitoring.addSegment` adds what is on the boards.
   *
   * @param scope the facade of the platform
   * @param props what is promised, and what shows whether it is kept
   * @throws Error when the objective is out of its range, or needs indicators and gets none
   */
  constructor(scope: MonitoringScope, props: SloMonitoringProps) {
    super(scope);
    const { slo, indicators, applicationSignals = false } = props;
    validate(scope.node.path, slo, SLO_RULES);
    this.slo = slo;
    this.counts = slo.countsOf(indicators);
    validate(scope.node.path, this.counts, [inRegionOf(scope)]);
    createBurnAlarms(this.createAlarmFactory(slo.name), slo, this.counts).forEach(alarm => this.addAlarm(alarm));
    if (applicationSignals) createApplicationSignalsSlo(new Construct(scope, `${slo.name}-Slo`), slo, this.counts);
  }

  /** What is promised, how much of it was kept, and the error budget, for the team that owns the application. */
  public summaryWidgets(): IWidget[] {
    return overview(this.slo, this.counts, this.createdAlarms());
  }

  /** The same, and day by day. */
  public widgets(): IWidget[] {
    return [...this.summaryWidgets(), history(this.slo, this.counts)];
  }

  /** The state of the alarms: composites have no graph. */
  public alarmWidgets(): IWidget[] {
    return [new AlarmStatusWidget({ title: `Alarms: ${this.slo.name}`, alarms: this.createdAlarms().map(({ alarm }) => alarm), width: 24 })];
  }
}
