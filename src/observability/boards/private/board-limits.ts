import { IWidget } from 'aws-cdk-lib/aws-cloudwatch';

/** What CloudWatch takes (CloudWatch User Guide, "CloudWatch service quotas"); none of it can be raised. */
const MAX_WIDGETS = 500;
const MAX_METRICS = 2500;
const MAX_METRICS_OF_WIDGET = 500;
/** Alarms of one alarm-status widget (CloudWatch API, "Dashboard body structure and syntax"). */
export const MAX_ALARMS_OF_WIDGET = 100;

interface Widget {
  readonly properties: { readonly title?: string; readonly metrics?: unknown[]; readonly alarms?: unknown[] };
}

/** Why CloudWatch would not take a board with these widgets. */
export function problemsOf(path: string, placed: IWidget[]): string[] {
  // Rows and columns are as many widgets as they hold. Nothing is resolved for that: it takes long.
  const widgets = placed.flatMap(each => each.toJson() as Widget[]);
  const count = widgets.length;
  const metrics = widgets.reduce((sum, { properties }) => sum + (properties.metrics?.length ?? 0), 0);
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
