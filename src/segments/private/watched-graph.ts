import { GraphWidgetProps, HorizontalAnnotation, MathExpression, Metric, YAxisProps } from 'aws-cdk-lib/aws-cloudwatch';
import { CustomAlarmThreshold } from 'cdk-monitoring-constructs';
import { Alarms, WatchedMetric } from './alarms';

/** One metric, its graph and its alarms. */
export interface WatchedGraph<T extends CustomAlarmThreshold> extends WatchedMetric<T> {
  readonly title: string;
  readonly axis: YAxisProps;
  readonly metric: Metric | MathExpression;
}

/** The graph of a metric, with what marks the alarms that are raised above a threshold. */
export function above<T extends CustomAlarmThreshold>(alarms: Alarms, watched: WatchedGraph<T>): GraphWidgetProps {
  return graphOf(watched, alarms.above(watched));
}

/** The graph of a metric, with what marks the alarms that are raised below a threshold. */
export function below<T extends CustomAlarmThreshold>(alarms: Alarms, watched: WatchedGraph<T>): GraphWidgetProps {
  return graphOf(watched, alarms.below(watched));
}

function graphOf(
  { title, axis, metric }: Pick<WatchedGraph<CustomAlarmThreshold>, 'title' | 'axis' | 'metric'>, leftAnnotations: HorizontalAnnotation[],
): GraphWidgetProps {
  return { title, left: [metric], leftYAxis: axis, leftAnnotations };
}
