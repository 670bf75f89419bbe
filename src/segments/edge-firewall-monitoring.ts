import { GraphWidgetProps, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  BaseMonitoringProps, CountAxisFromZero, CustomAlarmThreshold, Monitoring, MonitoringScope, PercentageAxisFromZeroToHundred,
} from 'cdk-monitoring-constructs';
import { EdgeFirewallMetricFactory } from './edge-firewall-metric-factory';
import { MISSING } from './private/missing';
import { Marks, MonitorShell } from './private/monitor-shell';
import { minimumOf, named, percentOf } from './private/rules';
import { US_EAST_1 } from '../core/private/regions';
import { matches, Rule } from '../core/private/validation';

/** From which share of refused requests on an alarm is raised. */
export interface MaxBlockedRequestsPercentThreshold extends CustomAlarmThreshold {
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
  readonly addMaxBlockedRequestsPercentAlarm?: { [disambiguator: string]: MaxBlockedRequestsPercentThreshold };
}

/** Which web ACL, and what to alarm on. `region` is us-east-1, whether it is given or not. */
export interface EdgeFirewallMonitoringProps extends EdgeFirewallMonitoringOptions {
  /** Name of the web ACL, of scope `CLOUDFRONT`, and of its metric: one and the same in a web ACL of this library. */
  readonly webAclName: string;
}

const RULES: Rule<EdgeFirewallMonitoringProps>[] = [
  named('webAclName'),
  matches('region', new RegExp(`^${US_EAST_1}$`), `must be ${US_EAST_1}`, 'the metrics of web ACLs for CloudFront are nowhere else; leave it out'),
  percentOf('addMaxBlockedRequestsPercentAlarm', 'maxBlockedPercent'),
  minimumOf('addMaxBlockedRequestsPercentAlarm', 'minBlockedCount'),
];

/**
 * What a web ACL for CloudFront lets through and refuses. The monitor of cdk-monitoring-constructs asks for the resource where
 * this one asks for its name, so that another stack can watch it, and has no least number of refused requests.
 */
export class EdgeFirewallMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: EdgeFirewallMetricFactory;
  private readonly shell: MonitorShell;
  private readonly marks: Marks<'surges'>;

  /**
   * @param scope the facade
   * @param props the web ACL, and what to alarm on
   * @throws Error when a prop or a threshold cannot be
   */
  constructor(scope: MonitoringScope, props: EdgeFirewallMonitoringProps) {
    super(scope, props);
    this.shell = new MonitorShell(this, scope, props, { family: 'Web ACL', fallbackName: 'EdgeFirewall', rules: RULES, region: US_EAST_1 });
    this.title = this.shell.title;
    const { webAclName, account } = props;
    this.metrics = new EdgeFirewallMetricFactory(scope.createMetricFactory(), { webAclName, account });
    this.marks = this.shell.watch(alarms => ({
      surges: alarms.above({
        metric: ({ minBlockedCount }) => this.metrics.metricBlockedRequestsInPercent(minBlockedCount),
        suffix: 'Blocked-Surge',
        says: 'A large share of the requests is refused.',
        missing: MISSING.IS_WELL,
        alarms: props.addMaxBlockedRequestsPercentAlarm,
        limit: ({ maxBlockedPercent }) => maxBlockedPercent,
      }),
    }));
  }

  public summaryWidgets(): IWidget[] {
    return this.shell.summary(...this.graphs().slice(0, 2));
  }

  public widgets(): IWidget[] {
    return this.shell.detail(this.graphs());
  }

  private graphs(): GraphWidgetProps[] {
    const { metrics } = this;
    return [
      { title: 'Requests', left: [metrics.metricAllowedRequestCount(), metrics.metricBlockedRequestCount()], leftYAxis: CountAxisFromZero },
      {
        title: 'Refused of all requests (%)',
        left: [metrics.metricBlockedRequestsInPercent(1)],
        leftYAxis: PercentageAxisFromZeroToHundred,
        leftAnnotations: this.marks.surges,
      },
      { title: 'Refused requests by rule', left: [metrics.metricBlockedRequestCountByRule()], leftYAxis: CountAxisFromZero },
    ];
  }
}
