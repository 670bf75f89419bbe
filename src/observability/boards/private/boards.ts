import { Dashboard, IWidget, PeriodOverride } from 'aws-cdk-lib/aws-cloudwatch';
import { DefaultDashboards, HeaderWidget, IDynamicDashboardFactory, IDynamicDashboardSegment } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { problemsOf } from './board-limits';

/** How far back the boards look when they are opened. */
const START = '-PT8H';

/** A board that keeps to the periods of its graphs, and is refused at synthesis when CloudWatch would not take it. */
export class Board extends Dashboard {
  private readonly added: IWidget[] = [];

  constructor(scope: Construct, id: string, dashboardName: string, ...rows: IWidget[][]) {
    // Sums are of the minute, the hour or the day that their titles name, whatever range is looked at.
    super(scope, id, { dashboardName, start: START, periodOverride: PeriodOverride.INHERIT });
    rows.forEach(row => this.addWidgets(...row));
    this.node.addValidation({ validate: () => problemsOf(this.node.path, this.added) });
  }

  public addWidgets(...widgets: IWidget[]): void {
    this.added.push(...widgets);
    super.addWidgets(...widgets);
  }
}

/** A board with a head. */
export function createBoard(scope: Construct, id: string, dashboardName: string, headline: string): Board {
  return new Board(scope, id, dashboardName, [new HeaderWidget(headline)]);
}

/**
 * Where cdk-monitoring-constructs puts segments: their detail on the board for engineers, their summary on those of the teams
 * that own the applications.
 */
export class Boards implements IDynamicDashboardFactory {
  /**
   * @param platform for engineers
   * @param teams asked at each segment: what applications share is watched when all of them have their boards
   */
  constructor(private readonly platform: Dashboard, private readonly teams: readonly Dashboard[]) {}

  public addDynamicSegment(segment: IDynamicDashboardSegment): void {
    this.platform.addWidgets(...segment.widgetsForDashboard(DefaultDashboards.DETAIL));
    // Widgets of their own for each board: a widget knows its place.
    this.teams.forEach(team => team.addWidgets(...segment.widgetsForDashboard(DefaultDashboards.SUMMARY)));
  }

  public getDashboard(type: string): Dashboard | undefined {
    const [team, ...others] = this.teams;
    return { [DefaultDashboards.DETAIL as string]: this.platform, [DefaultDashboards.SUMMARY]: others.length === 0 ? team : undefined }[type];
  }
}

/** Alarms alone. */
export class NoBoards implements IDynamicDashboardFactory {
  public addDynamicSegment(): void {}

  public getDashboard(): undefined {
    return undefined;
  }
}
