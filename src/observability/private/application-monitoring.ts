import { Stack } from 'aws-cdk-lib';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { watchCostDrivers } from './cost-drivers';
import { PlatformFacade, Watching } from './facade';
import { GroundMonitoring } from './ground-monitoring';
import { headline } from './headline';
import { monitoringName } from './names';
import { SymptomAlarms } from './symptoms';
import { IMonitorable, IRequestIndicators, Owner } from '../../core';
import { validate } from '../../core/private/validation';
import { AlarmBoxes, arnsByUrgency } from '../boards/private/alarm-boxes';
import { Board, Boards, createBoard } from '../boards/private/boards';
import { ISlo } from '../objectives/contract';
import { OBJECTIVES_RULES } from '../objectives/private/slo-rules';
import { SloMonitoring } from '../objectives/slo-monitoring';
import { LogQueries } from '../queries/log-queries';

/** An application: what a team answers for. */
export interface WatchedApplication {
  /** Whose path the names of alarms and boards follow. */
  readonly construct: Construct;
  /** Where it stands: its alarms and its board are in the same stack, so that what gates its deployment is there with it. */
  readonly stack: Stack;
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
  /** What it stands on, with the other applications of the platform. */
  readonly ground: GroundMonitoring;
}

/** The alarms of an application, and the board of the team that owns it. */
export class ApplicationMonitoring extends Construct {
  public readonly facade: MonitoringFacade;
  public readonly indicators: IRequestIndicators;
  /** What customers may notice. */
  public readonly symptoms: SymptomAlarms;
  /** The team's. */
  public readonly board: Board;

  constructor(scope: Construct, id: string, { application, ground, ...watching }: ApplicationMonitoringProps) {
    super(scope, id);
    const name = monitoringName(application.construct);
    this.board = createBoard(this, 'Service', `${name}-Service`, headline(application, watching.profile.name));
    // A board of the platform cannot show what is in a stack that is deployed after it.
    const detail = application.stack === Stack.of(ground) ? ground.board : this.board;
    this.facade = new PlatformFacade(this, 'Facade', {
      ...watching, owner: application.owner, alarmNamePrefix: name, boards: new Boards(detail, [this.board]),
    });
    this.indicators = application.indicators;
    this.watch(application);
    this.symptoms = new SymptomAlarms(this, 'Symptoms', `${name}-Customers`, this.facade);
    this.board.addWidgets(...new LogQueries(this, 'LogQueries', { name, application: application.logGroup }).widgets);
    this.board.addWidgets(new AlarmBoxes('Alarms', () => [...ground.edgeAlarmArns(), ...arnsByUrgency(ground.facade, this.facade)]));
  }

  private watch({ construct, objectives, indicators, applicationSignals, subjects, logGroup }: WatchedApplication): void {
    validate(construct.node.path, { objectives }, OBJECTIVES_RULES);
    objectives.forEach(slo => this.facade.addSegment(new SloMonitoring(this.facade, { slo, indicators, applicationSignals })));
    subjects.forEach(subject => subject.monitorWith(this.facade));
    watchCostDrivers(this.facade, { Application: logGroup });
  }
}
