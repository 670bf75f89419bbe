import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { watchCostDrivers } from './cost-drivers';
import { EdgeAlarms } from './edge-alarms';
import { PlatformFacade, Watching } from './facade';
import { headline } from './headline';
import { monitoringName } from './names';
import { SymptomAlarms } from './symptoms';
import { IMonitorable, Owner } from '../../core';
import { alarmArns } from '../boards/private/alarm-boxes';
import { Board, Boards, createBoard } from '../boards/private/boards';

/** What the applications of a platform share: the edge, the load balancer, the data stores, the network. */
export interface WatchedGround {
  /** As people know the platform. */
  readonly name: string;
  readonly owner?: Owner;
  /** In the order in which the boards show them. */
  readonly subjects: IMonitorable[];
  /** Log groups whose growth costs, by what writes them. */
  readonly logGroups: { readonly [label: string]: ILogGroup | undefined };
  /** Alarms that are in us-east-1 while the platform is elsewhere. */
  readonly edgeAlarms?: EdgeAlarms;
}

/** The alarms of what applications share, and the board for engineers, which shows all of the platform's stack in detail. */
export class GroundMonitoring extends Construct {
  public readonly facade: MonitoringFacade;
  public readonly board: Board;
  private readonly symptoms: SymptomAlarms;
  /** The boards of the teams, which show the ground in short. */
  private readonly teamBoards: Board[] = [];

  constructor(platform: Construct, scope: Construct, id: string, private readonly ground: WatchedGround, watching: Omit<Watching, 'owner'>) {
    super(scope, id);
    const name = monitoringName(platform);
    this.board = createBoard(this, 'Platform', `${name}-Platform`, headline(ground, watching.profile.name));
    this.facade = new PlatformFacade(this, 'Facade', {
      ...watching, owner: ground.owner, alarmNamePrefix: name, boards: new Boards(this.board, this.teamBoards),
    });
    this.symptoms = new SymptomAlarms(this, 'Symptoms', `${name}-Ground`, this.facade);
  }

  /** What customers of every application may notice, also of what is in us-east-1. */
  public get named(): SymptomAlarms['named'] {
    return [...this.symptoms.named, ...this.ground.edgeAlarms?.symptoms.named ?? []];
  }

  /** The alarms in us-east-1 of a platform elsewhere. */
  public edgeAlarmArns(): string[] {
    return alarmArns(this, this.ground.edgeAlarms?.named ?? []);
  }

  /**
   * Watches it all, below what the boards show already.
   *
   * @param teamBoards a board for each application
   */
  public watch(teamBoards: Board[]): void {
    this.teamBoards.push(...teamBoards);
    this.ground.subjects.forEach(subject => subject.monitorWith(this.facade));
    watchCostDrivers(this.facade, this.ground.logGroups);
  }
}
