import { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { DefaultDashboards, HeaderWidget, IDynamicDashboardFactory, IDynamicDashboardSegment } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { refuseOversized } from './board-limits';

/** What stands at the head of the two boards of an application. */
export interface BoardsProps {
  /** What the name of each board begins with. */
  readonly namePrefix: string;
  /** Markdown. */
  readonly headline: string;
}

/** How far back the boards look when they are opened. */
const START = '-PT8H';

/**
 * The boards that cdk-monitoring-constructs fills: a segment's detail goes on the board for engineers, its summary on that of
 * the team that owns the application.
 */
export class Boards extends Construct implements IDynamicDashboardFactory {
  /** For engineers: every tier. */
  public readonly platform: Dashboard;
  /** For the team that owns the application: golden signals, deployments, logs, alarms. */
  public readonly service: Dashboard;

  constructor(scope: Construct, id: string, props: BoardsProps) {
    super(scope, id);
    this.platform = this.board('Platform', props);
    this.service = this.board('Service', props);
  }

  public addDynamicSegment(segment: IDynamicDashboardSegment): void {
    this.platform.addWidgets(...segment.widgetsForDashboard(DefaultDashboards.DETAIL));
    this.service.addWidgets(...segment.widgetsForDashboard(DefaultDashboards.SUMMARY));
  }

  public getDashboard(type: string): Dashboard | undefined {
    return { [DefaultDashboards.DETAIL as string]: this.platform, [DefaultDashboards.SUMMARY]: this.service }[type];
  }

  private board(name: string, { namePrefix, headline }: BoardsProps): Dashboard {
    const board = new Dashboard(this, name, { dashboardName: `${namePrefix}-${name}`, start: START, widgets: [[new HeaderWidget(headline)]] });
    refuseOversized(board);
    return board;
  }
}

/** Alarms alone. */
export class NoBoards implements IDynamicDashboardFactory {
  public addDynamicSegment(): void {}

  public getDashboard(): undefined {
    return undefined;
  }
}
