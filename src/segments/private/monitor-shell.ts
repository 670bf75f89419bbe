import { Stack } from 'aws-cdk-lib';
import { GraphWidget, GraphWidgetProps, HorizontalAnnotation, IWidget, Row } from 'aws-cdk-lib/aws-cloudwatch';
import {
  BaseMonitoringProps, DefaultGraphWidgetHeight, DefaultSummaryWidgetHeight, FullWidth, Monitoring, MonitoringHeaderWidget,
  MonitoringNamingStrategy, MonitoringScope,
} from 'cdk-monitoring-constructs';
import { IConstruct } from 'constructs';
import { Alarms } from './alarms';
import { otherRegion } from '../../core/private/alarms/region';
import { Rule, validate } from '../../core/private/validation';

/** What marks the alarms, by graph. */
export type Marks<Graph extends string> = Readonly<Record<Graph, HorizontalAnnotation[]>>;

/** What tells one monitor from another. */
export interface MonitorKind<P> {
  /** What is watched, before its name in the header. */
  readonly family: string;
  /** Its name, when the props give it none. */
  readonly fallbackName: string;
  /** What must hold of the props. */
  readonly rules: Rule<P>[];
  /** The only Region that has its metrics. */
  readonly region?: string;
}

/** What every monitor does alike: checks its props, finds its names, makes its alarms and tells of them, and lays out its graphs. */
export class MonitorShell<P extends BaseMonitoringProps = BaseMonitoringProps> {
  public readonly title: string;
  private readonly family: string;
  private readonly alarms: Alarms;

  constructor(private readonly monitoring: Monitoring, scope: MonitoringScope, private readonly props: P, kind: MonitorKind<P>) {
    validate(scope.node.path, props, [...kind.rules, inRegionOf(scope, kind.region)]);
    this.family = kind.family;
    const naming = new MonitoringNamingStrategy({ ...props, fallbackConstructName: kind.fallbackName });
    this.title = naming.resolveHumanReadableName();
    this.alarms = new Alarms(monitoring, monitoring.createAlarmFactory(naming.resolveAlarmFriendlyName()));
  }

  /** Makes all alarms of the monitor, tells whoever asked of them, and gives what marks them, or the graphs that are marked. */
  public watch<Marked extends Marks<string> | GraphWidgetProps[]>(make: (alarms: Alarms) => Marked): Marked {
    const marked = make(this.alarms);
    this.props.useCreatedAlarms?.consume(this.monitoring.createdAlarms());
    return marked;
  }

  /** The header, and rows of graphs, each over the whole width of a board. */
  public detail(...rows: GraphWidgetProps[][]): IWidget[] {
    return [this.header(), ...rows.filter(({ length }) => length > 0).map(graphs => row(graphs, DefaultGraphWidgetHeight))];
  }

  /** The header, and one row of graphs of the height that a summary has. */
  public summary(...graphs: GraphWidgetProps[]): IWidget[] {
    return [this.header(), row(graphs, DefaultSummaryWidgetHeight)];
  }

  private header(): IWidget {
    return new MonitoringHeaderWidget({ family: this.family, title: this.title });
  }
}

/** What is asked for, as `add<What>Alarm`. */
function alarmsIn(props: object): string[] {
  return Object.entries(props).filter(([prop, thresholds]) => /^add\w+Alarm$/.test(prop) && Object.keys((thresholds ?? {}) as object).length > 0).map(([prop]) => prop);
}

/** Boards show metrics of any Region, alarms judge those of their own. */
function inRegionOf<P extends BaseMonitoringProps>(scope: IConstruct, only: string | undefined): Rule<P> {
  return props => {
    const [alarms, region] = [alarmsIn(props), otherRegion(scope, only ?? (props as { region?: string }).region)];
    return alarms.length === 0 || region === undefined ? undefined
      : `'${alarms[0]}' must be in the Region of its metrics, got metrics of ${region} in a stack of ${Stack.of(scope).region}: watch them in a stack of ${region}, or leave the alarm out`;
  };
}

function row(graphs: GraphWidgetProps[], height: number): Row {
  const width = Math.floor(FullWidth / graphs.length);
  return new Row(...graphs.map(graph => new GraphWidget({ width, height, ...graph })));
}
