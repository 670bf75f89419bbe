import { Duration, Stack } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, IMetric, IWidget, MathExpression, Metric, Row, TextWidget, YAxisProps } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmRow, Alarms } from './alarms';

/** A row of the tables of graphs. */
export interface Graph {
  readonly title: string;
  readonly left: IMetric[];
  readonly right?: IMetric[];
  readonly axis: YAxisProps;
  /** Of the board's 24 columns, 8 unless said otherwise. */
  readonly width?: number;
  /** What alarms on it. */
  readonly alarms?: AlarmRow[];
  /** Whether the team's board shows it, too. */
  readonly isOnService?: boolean;
}

/** What belongs together on a board. */
export interface Section {
  readonly heading: string;
  readonly graphs: Graph[];
}

/** The board for engineers, and the one of the team. */
export interface Boards {
  readonly platform: Dashboard;
  readonly service: Dashboard;
}

export const COUNT: YAxisProps = { min: 0, label: 'Count', showUnits: false };
export const RATE: YAxisProps = { min: 0, label: 'Rate', showUnits: false };
export const PERCENT: YAxisProps = { min: 0, label: '%', showUnits: false };
export const WHOLE_PERCENT: YAxisProps = { ...PERCENT, max: 100 };
export const BYTES: YAxisProps = { min: 0, label: 'bytes', showUnits: false };

const HALF = 12;

export function heading(markdown: string): TextWidget {
  return new TextWidget({ markdown: `### ${markdown}`, width: 24, height: 1 });
}

/** Makes metrics of one namespace and of one thing in it. */
export function metricsOf(namespace: string, dimensionsMap: { [name: string]: string }): (name: string, statistic: string, label?: string) => Metric {
  return (metricName, statistic, label) => new Metric({ namespace, metricName, dimensionsMap, statistic, label });
}

/** An expression, of 5 minutes unless said otherwise. */
export function math(label: string, expression: string, usingMetrics: { [id: string]: IMetric }, period?: Duration): MathExpression {
  return new MathExpression({ label, expression, usingMetrics, period });
}

/** Makes the section's alarms, and shows its graphs. */
export function addSection(stack: Stack, alarms: Alarms, { platform, service }: Boards, section: Section): void {
  const shown = section.graphs.map(graph => {
    const leftAnnotations = graph.alarms?.map(row => alarms.create(row).toAnnotation());
    const { title, left, right, axis } = graph;
    return { graph, props: { title, left, right, leftAnnotations, leftYAxis: axis, rightYAxis: right && axis, region: stack.region } };
  });
  const onService = shown.filter(({ graph }) => graph.isOnService);
  const widgets: IWidget[] = shown.map(({ graph, props }) => new GraphWidget({ ...props, width: graph.width ?? 8, height: 5 }));
  platform.addWidgets(heading(section.heading), new Row(...widgets));
  if (onService.length === 0) return;
  const width = onService.length === 2 ? HALF : 8;
  service.addWidgets(heading(section.heading), new Row(...onService.map(({ props }) => new GraphWidget({ ...props, width, height: 6 }))));
}
