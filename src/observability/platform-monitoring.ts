import { AlarmStatusWidget, CompositeAlarm, IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { IMonitorable, Symptom } from '../core';
import { Boards } from './private/boards';
import { callable, PlatformFacade, Watching } from './private/facade';
import { monitoringName } from './private/names';
import { createSymptomAlarms } from './private/symptoms';

/** What the monitoring of a platform needs. */
export interface PlatformMonitoringProps extends Watching {
  readonly subjects: IMonitorable[];
}

/** The boards of a platform, and alarms that call whoever answers for it. */
export class PlatformMonitoring extends Construct {
  public readonly facade: MonitoringFacade;
  /** What customers may notice. */
  public readonly symptoms: Map<Symptom, CompositeAlarm>;

  constructor(scope: Construct, id: string, private readonly props: PlatformMonitoringProps) {
    super(scope, id);
    const name = monitoringName(scope);
    const boards = new Boards(this, 'Boards', { namePrefix: name, headline: this.headline(scope.node.id) });
    this.facade = new PlatformFacade(this, 'Facade', { ...props, alarmNamePrefix: name, boards });
    props.subjects.forEach(subject => subject.monitorWith(this.facade));
    this.symptoms = createSymptomAlarms(this.facade);
    boards.service.addWidgets(...alarmWidgets(this.facade.createdAlarms().map(({ alarm }) => alarm)));
  }

  private headline(platform: string): string {
    const { profile, owner } = this.props;
    const who = owner === undefined ? [] : [callable(owner), ...owner.runbook === undefined ? [] : [`[runbook](${owner.runbook})`]];
    return [platform, profile.name, ...who].join(' · ');
  }
}

/** Alarms of one widget (CloudWatch API, "Dashboard body structure and syntax"). */
const ALARMS_OF_WIDGET = 100;

/** State of each alarm. */
function alarmWidgets(alarms: IAlarm[]): AlarmStatusWidget[] {
  const pages = Math.ceil(alarms.length / ALARMS_OF_WIDGET);
  return Array.from({ length: pages }, (_, page) => new AlarmStatusWidget({
    title: 'Alarms', width: 24, height: 4, alarms: alarms.slice(page * ALARMS_OF_WIDGET, (page + 1) * ALARMS_OF_WIDGET),
  }));
}
