import { HorizontalAnnotation, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  AvailabilityThreshold, BaseMonitoringProps, CountAxisFromZero, ErrorCountThreshold, LatencyThreshold, Monitoring, MonitoringHeaderWidget,
  MonitoringNamingStrategy, MonitoringScope, PercentageAxisFromZero, PercentageAxisFromZeroToHundred, TimeAxisMillisFromZero, UsageThreshold,
} from 'cdk-monitoring-constructs';
import { Alarms } from './private/alarms';
import { row } from './private/graphs';
import { RdsProxyMetricFactory, RdsProxyMetricFactoryProps } from './rds-proxy-metric-factory';

/** What to alarm on of a proxy. */
export interface RdsProxyMonitoringOptions extends BaseMonitoringProps {
  /**
   * Alarms above a share of the connections to the database that the proxy may have, by severity.
   *
   * @default - no alarm
   */
  readonly addConnectionsUsageAlarm?: { [disambiguator: string]: UsageThreshold };
  /**
   * Alarms above an average wait for a connection to the database, by severity. With `minSampleCountToEvaluateDatapoint`,
   * give `sampleCountMetricId: 'queries'`.
   *
   * @default - no alarm
   */
  readonly addBorrowLatencyAlarm?: { [disambiguator: string]: LatencyThreshold };
  /**
   * Alarms above an average time of a query, by severity. With `minSampleCountToEvaluateDatapoint`, give
   * `sampleCountMetricId: 'queries'`.
   *
   * @default - no alarm
   */
  readonly addQueryLatencyAlarm?: { [disambiguator: string]: LatencyThreshold };
  /**
   * Alarms below a share of the time in which the proxy reaches the database, by severity.
   *
   * @default - no alarm
   */
  readonly addAvailabilityAlarm?: { [disambiguator: string]: AvailabilityThreshold };
  /**
   * Alarms above a number of refused connections in a period, by severity.
   *
   * @default - no alarm
   */
  readonly addRefusedLoginsAlarm?: { [disambiguator: string]: ErrorCountThreshold };
}

/** Which proxy, and what to alarm on. */
export interface RdsProxyMonitoringProps extends RdsProxyMetricFactoryProps, RdsProxyMonitoringOptions {}

interface Marks {
  readonly [graph: string]: HorizontalAnnotation[];
}

/** Connections, waits, logins and reach of an RDS Proxy. */
export class RdsProxyMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: RdsProxyMetricFactory;
  private readonly marks: Marks;

  /**
   * @param scope the facade
   * @param props the proxy, and what to alarm on
   */
  constructor(scope: MonitoringScope, props: RdsProxyMonitoringProps) {
    super(scope, props);
    const naming = new MonitoringNamingStrategy({ ...props, fallbackConstructName: props.proxyName });
    this.title = naming.resolveHumanReadableName();
    this.metrics = new RdsProxyMetricFactory(scope.createMetricFactory(), props);
    const alarms = new Alarms(this, this.createAlarmFactory(naming.resolveAlarmFriendlyName()));
    this.marks = { ...this.watchConnections(alarms, props), ...this.watchLatency(alarms, props) };
    props.useCreatedAlarms?.consume(this.createdAlarms());
  }

  public widgets(): IWidget[] {
    const { metrics, marks } = this;
    return [
      new MonitoringHeaderWidget({ family: 'RDS Proxy', title: this.title }),
      row(
        {
          title: 'Connections to the database (% of those allowed)',
          left: [metrics.metricConnectionsUsageInPercent()],
          leftYAxis: PercentageAxisFromZero,
          leftAnnotations: marks.usage,
        },
        {
          title: 'Connections',
          left: [metrics.metricClientConnections(), metrics.metricDatabaseConnections(), metrics.metricPinnedConnections()],
          leftYAxis: CountAxisFromZero,
        },
        { title: 'Refused logins', left: [metrics.metricRefusedLoginCount()], leftYAxis: CountAxisFromZero, leftAnnotations: marks.refused },
      ),
      row(
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
      ),
    ];
  }

  private watchConnections(alarms: Alarms, props: RdsProxyMonitoringProps): Marks {
    return {
      usage: alarms.above({
        metric: this.metrics.metricConnectionsUsageInPercent(),
        suffix: 'Connections',
        says: 'The connections to the database are nearly used.',
        alarms: props.addConnectionsUsageAlarm,
        limit: ({ maxUsagePercent }) => maxUsagePercent,
      }),
      refused: alarms.above({
        metric: this.metrics.metricRefusedLoginCount(),
        suffix: 'Refused-Logins',
        says: 'Connections are refused.',
        alarms: props.addRefusedLoginsAlarm,
        limit: ({ maxErrorCount }) => maxErrorCount,
      }),
      availability: alarms.below({
        metric: this.metrics.metricAverageAvailabilityInPercent(),
        suffix: 'Availability',
        says: 'The proxy does not reach the database.',
        alarms: props.addAvailabilityAlarm,
        limit: ({ minAvailabilityPercent }) => minAvailabilityPercent,
      }),
    };
  }

  private watchLatency(alarms: Alarms, props: RdsProxyMonitoringProps): Marks {
    const limit = ({ maxLatency }: LatencyThreshold) => maxLatency.toMilliseconds();
    return {
      borrow: alarms.above({
        metric: this.metrics.metricAverageBorrowLatencyInMillis(),
        suffix: 'Borrow-Latency',
        says: 'Queries wait for a connection to the database.',
        alarms: props.addBorrowLatencyAlarm,
        limit,
      }),
      query: alarms.above({
        metric: this.metrics.metricAverageQueryLatencyInMillis(),
        suffix: 'Query-Latency',
        says: 'Queries are slow.',
        alarms: props.addQueryLatencyAlarm,
        limit,
      }),
    };
  }
}
