import { Dashboard, IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { AlarmWithAnnotation, MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { EdgeAlarms } from './edge-alarms';
import { callable, PlatformFacade, Watching } from './facade';
import { monitoringName } from './names';
import { SymptomAlarms } from './symptoms';
import { IMonitorable, IRequestIndicators, Owner, Severity } from '../../core';
import { AlarmBoxes, alarmsNamed } from '../boards/private/alarm-boxes';
import { Boards, createBoard } from '../boards/private/boards';
import { ISlo } from '../objectives/slo';
import { SloMonitoring } from '../objectives/slo-monitoring';
import { LogQueries } from '../queries/log-queries';

/** An application and all that it stands on: what somebody answers for. */
export interface WatchedApplication {
  /** Whose path the names of alarms and boards follow. */
  readonly construct: Construct;
  /** As people know it. */
  readonly name: string;
  readonly owner?: Owner;
  /** In the order in which the boards show them. */
  readonly subjects: IMonitorable[];
  readonly indicators: IRequestIndicators;
  readonly objectives: ISlo[];
  /** Whether the objectives are in Application Signals, too. */
  readonly applicationSignals: boolean;
  readonly logGroup?: ILogGroup;
}

/** What the monitoring of an application needs. */
export interface ApplicationMonitoringProps extends Omit<Watching, 'owner'> {
  readonly application: WatchedApplication;
  /** The board for engineers. */
  readonly platformBoard: Dashboard;
  /** The application's alarms that are in us-east-1 while the platform is elsewhere. */
  readonly edgeAlarms?: EdgeAlarms;
}

/** The alarms of an application, and the board of the team that owns it. */
export class ApplicationMonitoring extends Construct {
  public readonly facade: MonitoringFacade;
  public readonly indicators: IRequestIndicators;
  /** What customers may notice. */
  public readonly symptoms: SymptomAlarms;

  constructor(scope: Construct, id: string, { application, platformBoard, edgeAlarms, ...watching }: ApplicationMonitoringProps) {
    super(scope, id);
    const name = monitoringName(application.construct);
    const board = createBoard(this, 'Service', `${name}-Service`, headline(application, watching.profile.name));
    const facade = new PlatformFacade(this, 'Facade', {
      ...watching, owner: application.owner, alarmNamePrefix: name, boards: new Boards(platformBoard, board),
    });
    this.facade = facade;
    const { objectives, indicators, applicationSignals } = application;
    this.indicators = indicators;
    objectives.forEach(slo => facade.addSegment(new SloMonitoring(facade, { slo, indicators, applicationSignals })));
    application.subjects.forEach(subject => subject.monitorWith(facade));
    this.symptoms = new SymptomAlarms(this, 'Symptoms', name, facade);
    board.addWidgets(...new LogQueries(this, 'LogQueries', { name, application: application.logGroup }).widgets);
    const atEdge = alarmsNamed(new Construct(this, 'EdgeAlarms'), edgeAlarms?.named ?? []);
    board.addWidgets(new AlarmBoxes('Alarms', () => [...atEdge, ...byUrgency(facade.createdAlarms())]));
  }
}

/** What an application is, and whom to call, in one line. */
export function headline({ name, owner }: WatchedApplication, profile: string): string {
  const who = owner === undefined ? [] : [callable(owner), ...owner.runbook === undefined ? [] : [`[runbook](${owner.runbook})`]];
  return [name, profile, ...who].join(' · ');
}

/** Those that wake somebody first. */
function byUrgency(alarms: AlarmWithAnnotation[]): IAlarm[] {
  const rank = ({ disambiguator }: AlarmWithAnnotation) => disambiguator === Severity.CRITICAL ? 0 : 1;
  return [...alarms].sort((one, other) => rank(one) - rank(other)).map(({ alarm }) => alarm);
}
