import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { BaseMetricFactory, BaseMetricFactoryProps, MetricFactory, MetricStatistic } from 'cdk-monitoring-constructs';
import { MetricMaker } from './private/typed-metrics';

/** Which proxy's metrics. */
export interface RdsProxyMetricFactoryProps extends BaseMetricFactoryProps {
  /** Name of the proxy. */
  readonly proxyName: string;
}

const NAMESPACE = 'AWS/RDS';
/** The proxy's one target group, and the database's writer in it. */
const WRITER = { TargetGroup: 'default', TargetRole: 'READ_WRITE' };
/** Each node of a proxy counts its connections once a minute: their sum over a minute is how many there are. */
const COUNTED = { statistic: MetricStatistic.SUM, period: Duration.minutes(1) };

/**
 * Metrics of an RDS Proxy, over all its nodes (RDS user guide, "Monitoring RDS Proxy metrics with Amazon CloudWatch").
 */
export class RdsProxyMetricFactory extends BaseMetricFactory {
  private readonly make: MetricMaker;
  private readonly ofWriter: MetricMaker;

  /**
   * @param metricFactory what makes the metrics
   * @param props the proxy
   */
  constructor(metricFactory: MetricFactory, props: RdsProxyMetricFactoryProps) {
    super(metricFactory, props);
    const dimensions = { ProxyName: props.proxyName };
    this.make = new MetricMaker(metricFactory, { namespace: NAMESPACE, dimensions }, props);
    this.ofWriter = new MetricMaker(metricFactory, { namespace: NAMESPACE, dimensions: { ...dimensions, ...WRITER } }, props);
  }

  /** Connections of the application. */
  public metricClientConnectionCount(): Metric {
    return this.make.metric({ name: 'ClientConnections', label: 'Of the application', ...COUNTED });
  }

  /** Connections to the database. */
  public metricDatabaseConnectionCount(): Metric {
    return this.make.metric({ name: 'DatabaseConnections', label: 'To the database', ...COUNTED });
  }

  /** Connections to the database that one client keeps to itself, so that no other can share them. */
  public metricPinnedConnectionCount(): Metric {
    return this.make.metric({ name: 'DatabaseConnectionsCurrentlySessionPinned', label: 'Pinned to one client', ...COUNTED });
  }

  /** Share of the connections to the database that the proxy may have, in percent. */
  public metricConnectionUsageInPercent(): MathExpression {
    return this.make.math('100 * inUse / allowed', {
      inUse: this.make.metric({ name: 'DatabaseConnections', statistic: MetricStatistic.SUM, label: 'Open' }),
      allowed: this.make.metric({ name: 'MaxDatabaseConnectionsAllowed', statistic: MetricStatistic.SUM, label: 'Allowed' }),
    }, 'Connections (%)');
  }

  /**
   * Time that a query waits for a connection to the database, in milliseconds. The number of queries is among its metrics,
   * under the id `queries`.
   */
  public metricAverageBorrowLatencyInMillis(): MathExpression {
    return this.inMillis('wait', 'DatabaseConnectionsBorrowLatency', 'Wait for a connection');
  }

  /**
   * Time from a query to its answer, the wait for a connection included, in milliseconds. The number of queries is among
   * its metrics, under the id `queries`.
   */
  public metricAverageQueryLatencyInMillis(): MathExpression {
    return this.inMillis('query', 'QueryResponseLatency', 'Query');
  }

  /** Queries that the proxy received. */
  public metricQueryCount(): Metric {
    return this.make.metric({ name: 'QueryRequests', statistic: MetricStatistic.SUM, label: 'Queries' });
  }

  /** Share of the time in which the proxy reached the database's writer, in percent. */
  public metricAverageAvailabilityInPercent(): Metric {
    return this.ofWriter.metric({ name: 'AvailabilityPercentage', statistic: MetricStatistic.AVERAGE, label: 'Reachable' });
  }

  /** Connections that the proxy refused for a wrong password or token, or for a lack of TLS. */
  public metricRefusedLoginCount(): Metric {
    return this.make.metric({ name: 'ClientConnectionsSetupFailedAuth', statistic: MetricStatistic.SUM, label: 'Refused' });
  }

  /** The service measures in microseconds. Each has an id of its own, so that both may be in one graph. */
  private inMillis(id: string, name: string, label: string): MathExpression {
    const metric = this.make.metric({ name, statistic: MetricStatistic.AVERAGE, label });
    return this.make.math(`${id} / 1000`, { [id]: metric, queries: this.metricQueryCount() }, label);
  }
}
