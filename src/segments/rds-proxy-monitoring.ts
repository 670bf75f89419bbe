import { GraphWidgetProps, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  CountAxisFromZero, LatencyThreshold, Monitoring, MonitoringScope, PercentageAxisFromZero, PercentageAxisFromZeroToHundred, TimeAxisMillisFromZero,
} from 'cdk-monitoring-constructs';
import { Alarms } from './private/alarms';
import { MISSING } from './private/missing';
import { Marks, MonitorShell } from './private/monitor-shell';
import { countOf, named, percentOf, timeOf } from './private/rules';
import { RdsProxyMetricFactory } from './rds-proxy-metric-factory';
import { RdsProxyMonitoringProps } from './rds-proxy-monitoring-props';
import { Rule } from '../core/private/validation';

type Graphs = 'usage' | 'refused' | 'borrow' | 'query' | 'availability';

const RULES: Rule<RdsProxyMonitoringProps>[] = [
  named('proxyName'),
  percentOf('addConnectionUsageAlarm'),
  percentOf('addMinAvailabilityPercentAlarm', 'minAvailabilityPercent'),
  countOf('addMaxRefusedLoginCountAlarm', 'maxErrorCount'),
  timeOf('addMaxBorrowLatencyAlarm', 'maxLatency', 'milliseconds'),
  timeOf('addMaxQueryLatencyAlarm', 'maxLatency', 'milliseconds'),
];

/** Connections, waits, logins and reach of an RDS Proxy. */
export class RdsProxyMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: RdsProxyMetricFactory;
  private readonly shell: MonitorShell;
  private readonly marks: Marks<Graphs>;

  /**
   * @param scope the facade
   * @param props the proxy, and what to alarm on
   * @throws Error when a prop or a threshold cannot be
   */
  constructor(scope: MonitoringScope, props: RdsProxyMonitoringProps) {
    super(scope, props);
    this.shell = new MonitorShell(this, scope, props, { family: 'RDS Proxy', fallbackName: props.proxyName, rules: RULES });
    this.title = this.shell.title;
    this.metrics = new RdsProxyMetricFactory(scope.createMetricFactory(), props);
    this.marks = this.shell.watch(alarms => ({
      ...this.watchConnections(alarms, props), ...this.watchLatency(alarms, props), ...this.watchAvailability(alarms, props),
    }));
  }

  public widgets(): IWidget[] {
    return this.shell.detail(this.connections(), this.queries());
  }

  private connections(): GraphWidgetProps[] {
    const { metrics, marks } = this;
    return [
      {
        title: 'Connections to the database (% of those allowed)',
        left: [metrics.metricConnectionUsageInPercent()],
        leftYAxis: PercentageAxisFromZero,
        leftAnnotations: marks.usage,
      },
      {
        title: 'Connections',
        left: [metrics.metricClientConnectionCount(), metrics.metricDatabaseConnectionCount(), metrics.metricPinnedConnectionCount()],
        leftYAxis: CountAxisFromZero,
      },
      { title: 'Refused logins', left: [metrics.metricRefusedLoginCount()], leftYAxis: CountAxisFromZero, leftAnnotations: marks.refused },
    ];
  }

  private queries(): GraphWidgetProps[] {
    const { metrics, marks } = this;
    return [
      {
        title: 'Latency (average)',
        left: [metrics.metricAverageBorrowLatencyInMillis(), metrics.metricAverageQueryLatencyInMillis()],
        leftYAxis: TimeAxisMillisFromZero,
        leftAnnotations: [...marks.borrow, ...marks.query],
      },
      { title: 'Queries', left: [metrics.metricQueryCount()], leftYAxis: CountAxisFromZero },
      {
        title: 'Database reachable',
        left: [metrics.metricAverageAvailabilityInPercent()],
        leftYAxis: PercentageAxisFromZeroToHundred,
        leftAnnotations: marks.availability,
      },
    ];
  }

  private watchConnections(alarms: Alarms, props: RdsProxyMonitoringProps): Marks<'usage' | 'refused'> {
    return {
      usage: alarms.above({
        metric: this.metrics.metricConnectionUsageInPercent(),
        suffix: 'Connections',
        says: 'The connections to the database are nearly used.',
        missing: MISSING.IS_WELL,
        alarms: props.addConnectionUsageAlarm,
        limit: ({ maxUsagePercent }) => maxUsagePercent,
      }),
      refused: alarms.above({
        metric: this.metrics.metricRefusedLoginCount(),
        suffix: 'Refused-Logins',
        says: 'Connections are refused.',
        missing: MISSING.IS_WELL,
        alarms: props.addMaxRefusedLoginCountAlarm,
        limit: ({ maxErrorCount }) => maxErrorCount,
      }),
    };
  }

  private watchLatency(alarms: Alarms, props: RdsProxyMonitoringProps): Marks<'borrow' | 'query'> {
    const latency = { missing: MISSING.IS_WELL, limit: ({ maxLatency }: LatencyThreshold) => maxLatency.toMilliseconds({ integral: false }) };
    return {
      borrow: alarms.above({
        ...latency,
        metric: this.metrics.metricAverageBorrowLatencyInMillis(),
        suffix: 'Borrow-Latency',
        says: 'Queries wait for a connection to the database.',
        alarms: props.addMaxBorrowLatencyAlarm,
      }),
      query: alarms.above({
        ...latency,
        metric: this.metrics.metricAverageQueryLatencyInMillis(),
        suffix: 'Query-Latency',
        says: 'Queries are slow.',
        alarms: props.addMaxQueryLatencyAlarm,
      }),
    };
  }

  private watchAvailability(alarms: Alarms, { addMinAvailabilityPercentAlarm }: RdsProxyMonitoringProps): Marks<'availability'> {
    return {
      availability: alarms.below({
        metric: this.metrics.metricAverageAvailabilityInPercent(),
        suffix: 'Availability',
        says: 'The proxy does not reach the database.',
        // The proxy reports it every minute, whether it is used or not; before its first connection there may be none.
        missing: MISSING.SAYS_NOTHING,
        alarms: addMinAvailabilityPercentAlarm,
        limit: ({ minAvailabilityPercent }) => minAvailabilityPercent,
      }),
    };
  }
}
