import { Dashboard, PeriodOverride } from 'aws-cdk-lib/aws-cloudwatch';
import { DefaultDashboards, HeaderWidget, IDynamicDashboardFactory, IDynamicDashboardSegment } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { refuseOversized } from './board-limits';

/** How far back the boards look when they are opened. */
const START = '-PT8H';

/** A board that is refused at synthesis when CloudWatch would not take it. */
export function createBoard(scope: Construct, id: string, dashboardName: string, headline: string): Dashboard {
  const board = new Dashboard(scope, id, {
    dashboardName,
    start: START,
    // Sums are of the minute, the hour or the day that their titles name, whatever range is looked at.
    periodOverride: PeriodOverride.INHERIT,
    widgets: [[new HeaderWidget(headline)]],
  });
  refuseOversized(board);
  return board;
}

/**
 * Where cdk-monitoring-constructs puts the segments of an application: their detail on the board for engineers, their summary
 * on that of the team that owns the application.
 */
export class Boards implements IDynamicDashboardFactory {
  constructor(private readonly platform: Dashboard, private readonly service: Dashboard) {}

  public addDynamicSegment(segment: IDynamicDashboardSegment): void {
    this.platform.addWidgets(...segment.widgetsForDashboard(DefaultDashboards.DETAIL));
    this.service.addWidgets(...segment.widgetsForDashboard(DefaultDashboards.SUMMARY));
  }

  public getDashboard(type: string): Dashboard | undefined {
    return { [DefaultDashboards.DETAIL as string]: this.platform, [DefaultDashboards.SUMMARY]: this.service }[type];
  }
}

/** Alarms alone. */
export class NoBoards implements IDynamicDashboardFactory {
  public addDynamicSegment(): void {}

  public getDashboard(): undefined {
    return undefined;
  }
}
