import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { BaseMetricFactory, BaseMetricFactoryProps, MetricFactory, MetricStatistic } from 'cdk-monitoring-constructs';
import { MetricMaker } from './private/typed-metrics';

/** Which file system's metrics. */
export interface EfsMetricFactoryProps extends BaseMetricFactoryProps {
  /** Id of the file system. */
  readonly fileSystemId: string;
}

const MIB = 1024 * 1024;

/** Metrics of an EFS file system (EFS user guide, "CloudWatch metrics for Amazon EFS"). */
export class EfsMetricFactory extends BaseMetricFactory {
  private readonly make: MetricMaker;

  /**
   * @param metricFactory what makes the metrics
   * @param props the file system
   */
  constructor(metricFactory: MetricFactory, props: EfsMetricFactoryProps) {
    super(metricFactory, props);
    this.make = new MetricMaker(metricFactory, { namespace: 'AWS/EFS', dimensions: { FileSystemId: props.fileSystemId } }, props);
  }

  /** Data read and written in a second, in MiB; a read counts as EFS meters it. */
  public metricUsedThroughputInMebibytesPerSecond(): MathExpression {
    return this.make.math(`moved / PERIOD(moved) / ${MIB}`, { moved: this.moved() }, 'Used');
  }

  /** Data that may be read and written in a second, in MiB; with elastic throughput, what may be written. */
  public metricPermittedThroughputInMebibytesPerSecond(): MathExpression {
    return this.make.math(`permitted / ${MIB}`, { permitted: this.permitted() }, 'Permitted');
  }

  /** Used share of the throughput that is permitted, in percent. */
  public metricThroughputUsageInPercent(): MathExpression {
    return this.make.math('100 * moved / PERIOD(moved) / permitted', { moved: this.moved(), permitted: this.permitted() }, 'Throughput used (%)');
  }

  /** Used share of the operations per second that General Purpose mode allows, in percent. */
  public metricMaxIoUsageInPercent(): Metric {
    return this.make.metric({ name: 'PercentIOLimit', statistic: MetricStatistic.MAX, label: 'Used' });
  }

  /** Clients that have the file system mounted: EFS counts them once a minute. */
  public metricAverageClientConnectionCount(): MathExpression {
    const connections = this.make.metric({ name: 'ClientConnections', statistic: MetricStatistic.SUM, label: 'Connections' });
    return this.make.math('connections / (PERIOD(connections) / 60)', { connections }, 'Connections');
  }

  /** Burst credits that are left, in bytes; with bursting throughput alone. */
  public metricMinBurstCreditBalanceInBytes(): Metric {
    return this.make.metric({ name: 'BurstCreditBalance', statistic: MetricStatistic.MIN, label: 'Left' });
  }

  private moved(): Metric {
    return this.make.metric({ name: 'MeteredIOBytes', statistic: MetricStatistic.SUM, label: 'Moved' });
  }

  private permitted(): Metric {
    return this.make.metric({ name: 'PermittedThroughput', statistic: MetricStatistic.MIN, label: 'Permitted' });
  }
}
