import { GraphWidgetProps, HorizontalAnnotation, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  BaseMonitoringProps, CountAxisFromZero, CustomAlarmThreshold, DefaultSummaryWidgetHeight, Monitoring, MonitoringHeaderWidget,
  MonitoringNamingStrategy, MonitoringScope, PercentageAxisFromZeroToHundred,
} from 'cdk-monitoring-constructs';
import { EdgeFirewallMetricFactory } from './edge-firewall-metric-factory';
import { Alarms } from './private/alarms';
import { row } from './private/graphs';
import { missingIsWell } from './private/missing';

/** From which share of refused requests on an alarm is raised. */
export interface BlockedSurgeThreshold extends CustomAlarmThreshold {
  /** Percentage of the requests of a period that may be refused. */
  readonly maxBlockedPercent: number;
  /** Refused requests of a period below which their share says nothing: a scanner at night is no flood. */
  readonly minBlockedCount: number;
}

/** What to alarm on of a web ACL for CloudFront: in us-east-1 alone, where its metrics are. */
export interface EdgeFirewallMonitoringOptions extends BaseMonitoringProps {
  /**
   * Alarms above a share of refused requests, once enough are refused, by severity.
   *
   * @default - no alarm
   */
  readonly addBlockedSurgeAlarm?: { [disambiguator: string]: BlockedSurgeThreshold };
}

/** Which web ACL, and what to alarm on. */
export interface EdgeFirewallMonitoringProps extends EdgeFirewallMonitoringOptions {
  /** Name of the web ACL, of scope `CLOUDFRONT`, and of its metric: one and the same in a web ACL of this library. */
  readonly webAclName: string;
}

/**
 * What a web ACL for CloudFront lets through and refuses. The monitor of cdk-monitoring-constructs asks for the resource where
 * this one asks for its name, so that another stack can watch it, and has no least number of refused requests.
 */
export class EdgeFirewallMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: EdgeFirewallMetricFactory;
  private readonly surgeMarks: HorizontalAnnotation[];

  /**
   * @param scope the facade
   * @param props the web ACL, and what to alarm on
   */
  constructor(scope: MonitoringScope, props: EdgeFirewallMonitoringProps) {
    super(scope, props);
    const naming = new MonitoringNamingStrategy({ fallbackConstructName: 'EdgeFirewall', ...props });
    this.title = naming.resolveHumanReadableName();
    const { webAclName, account } = props;
    this.metrics = new EdgeFirewallMetricFactory(scope.createMetricFactory(), { webAclName, account });
    const alarms = new Alarms(this, this.createAlarmFactory(naming.resolveAlarmFriendlyName()));
    this.surgeMarks = Object.entries(props.addBlockedSurgeAlarm ?? {}).flatMap(([disambiguator, threshold]) => alarms.above({
      metric: this.metrics.metricBlockedRequestsInPercent(threshold.minBlockedCount),
      suffix: 'Blocked-Surge',
      says: 'A large share of the requests is refused.',
      alarms: missingIsWell({ [disambiguator]: threshold }),
      limit: ({ maxBlockedPercent }) => maxBlockedPercent,
    }));
    props.useCreatedAlarms?.consume(this.createdAlarms());
  }

  public summaryWidgets(): IWidget[] {
    return [this.header(), row(...this.graphs().slice(0, 2).map(graph => ({ ...graph, height: DefaultSummaryWidgetHeight })))];
  }

  public widgets(): IWidget[] {
    return [this.header(), row(...this.graphs())];
  }

  private header(): IWidget {
    return new MonitoringHeaderWidget({ family: 'Web ACL', title: this.title });
  }

  private graphs(): GraphWidgetProps[] {
    const { metrics } = this;
    return [
      { title: 'Requests', left: [metrics.metricAllowedRequestCount(), metrics.metricBlockedRequestCount()], leftYAxis: CountAxisFromZero },
      {
        title: 'Refused of all requests (%)',
        left: [metrics.metricBlockedRequestsInPercent(1)],
        leftYAxis: PercentageAxisFromZeroToHundred,
        leftAnnotations: this.surgeMarks,
      },
      { title: 'Refused requests by rule', left: [metrics.metricBlockedRequestCountByRule()], leftYAxis: CountAxisFromZero },
    ];
  }
}
