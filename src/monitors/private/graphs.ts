import { GraphWidget, GraphWidgetProps, Row } from 'aws-cdk-lib/aws-cloudwatch';
import { DefaultGraphWidgetHeight, FullWidth } from 'cdk-monitoring-constructs';

/** Graphs side by side, over the whole width of a board. */
export function row(...graphs: GraphWidgetProps[]): Row {
  const width = Math.floor(FullWidth / graphs.length);
  return new Row(...graphs.map(graph => new GraphWidget({ width, height: DefaultGraphWidgetHeight, ...graph })));
}
