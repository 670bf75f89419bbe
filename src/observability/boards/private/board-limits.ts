import { Stack } from 'aws-cdk-lib';
import { CfnDashboard, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';

/** What CloudWatch takes (CloudWatch User Guide, "CloudWatch service quotas"); none of it can be raised. */
const MAX_WIDGETS = 500;
const MAX_METRICS = 2500;
const MAX_METRICS_OF_WIDGET = 500;
/** Alarms of one alarm-status widget (CloudWatch API, "Dashboard body structure and syntax"). */
export const MAX_ALARMS_OF_WIDGET = 100;

interface Widget {
  readonly properties: { readonly title?: string; readonly metrics?: unknown[]; readonly alarms?: unknown[] };
}

/** What a board holds. */
export interface BoardSize {
  readonly widgets: number;
  readonly metrics: number;
}

/** Refuses, when the app is synthesized, a board that CloudWatch would not take. */
export function refuseOversized(board: Dashboard): void {
  board.node.addValidation({ validate: () => problemsOf(board.node.path, widgetsOf(board)) });
}

/** Widgets and metrics of a board, as CloudWatch counts them. */
export function sizeOf(widgets: Widget[]): BoardSize {
  return { widgets: widgets.length, metrics: widgets.reduce((sum, { properties }) => sum + (properties.metrics?.length ?? 0), 0) };
}

/** What is in a board; what is known at deployment only is named by a letter. */
export function widgetsOf(board: Dashboard): Widget[] {
  const body: unknown = Stack.of(board).resolve((board.node.defaultChild as CfnDashboard).dashboardBody);
  const text = typeof body === 'string' ? body : (body as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1].map(part => typeof part === 'string' ? part : 'T').join('');
  return (JSON.parse(text) as { widgets: Widget[] }).widgets;
}

function problemsOf(path: string, widgets: Widget[]): string[] {
  const { widgets: count, metrics } = sizeOf(widgets);
  const instead = 'move segments to a dashboard of your own (new Dashboard)';
  return [
    ...count <= MAX_WIDGETS ? [] : [`[${path}] a board may have ${MAX_WIDGETS} widgets, got ${count}: ${instead}`],
    ...metrics <= MAX_METRICS ? [] : [`[${path}] a board may show ${MAX_METRICS} metrics, got ${metrics}: ${instead}`],
    ...widgets.flatMap(({ properties: { title = 'without a title', metrics: shown = [], alarms = [] } }) => [
      ...shown.length <= MAX_METRICS_OF_WIDGET ? [] : [`[${path}] a widget may show ${MAX_METRICS_OF_WIDGET} metrics, '${title}' got ${shown.length}: make two of it`],
      ...alarms.length <= MAX_ALARMS_OF_WIDGET ? [] : [`[${path}] a widget may show ${MAX_ALARMS_OF_WIDGET} alarms, '${title}' got ${alarms.length}: make two of it`],
    ]),
  ];
}
