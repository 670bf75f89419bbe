import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { BaseMetricFactory, BaseMetricFactoryProps, MetricFactory, MetricStatistic } from 'cdk-monitoring-constructs';
import { DatabaseIdentifier } from './database-identifier';
import { MetricMaker } from './private/typed-metrics';

/** Which database's metrics. */
export interface DatabaseSaturationMetricFactoryProps extends BaseMetricFactoryProps {
  /** The cluster or the instance, such as `DatabaseIdentifier.cluster(cluster.clusterIdentifier)`. */
  readonly database: DatabaseIdentifier;
}

/**
 * What a database on RDS may run out of (RDS user guide, "Amazon CloudWatch metrics for Amazon RDS"; Aurora user guide,
 * "Amazon CloudWatch metrics for Amazon Aurora"). Each instance of an Aurora cluster reports under the cluster too: the
 * average over a busy writer and an idle reader would hide the writer, so that these are maxima and minima.
 */
export class DatabaseSaturationMetricFactory extends BaseMetricFactory {
  private readonly make: MetricMaker;

  /**
   * @param metricFactory what makes the metrics
   * @param props the database
   */
  constructor(metricFactory: MetricFactory, props: DatabaseSaturationMetricFactoryProps) {
    super(metricFactory, props);
    const { dimension, identifier } = props.database;
    this.make = new MetricMaker(metricFactory, { namespace: 'AWS/RDS', dimensions: { [dimension]: identifier } }, props);
  }

  /** CPU in use, in percent. */
  public metricMaxCpuUsageInPercent(): Metric {
    return this.highest('CPUUtilization', 'CPU');
  }

  /** Connections to one instance. */
  public metricMaxConnectionCount(): Metric {
    return this.highest('DatabaseConnections', 'Connections');
  }

  /** Memory that can be used, in bytes; of Aurora Serverless v2, what there would be at its largest capacity. */
  public metricMinFreeableMemoryInBytes(): Metric {
    return this.lowest('FreeableMemory', 'Free memory');
  }

  /** Capacity in use, in percent of the largest; of Aurora Serverless v2 alone. */
  public metricMaxCapacityUsageInPercent(): Metric {
    return this.highest('ACUUtilization', 'Capacity');
  }

  /** How far the readers are behind the writer, in milliseconds; of Aurora alone. */
  public metricMaxReplicaLagInMillis(): Metric {
    return this.highest('AuroraReplicaLagMaximum', 'Replica lag');
  }

  /**
   * How far a read replica of RDS is behind its source, in milliseconds; an hour when it does not follow at all, which RDS
   * writes as -1 (RDS user guide, "Monitoring read replication").
   */
  public metricMaxReadReplicaLagInMillis(): MathExpression {
    return this.make.math('IF(lag < 0, 3600000, 1000 * lag)', { lag: this.highest('ReplicaLag', 'Seconds') }, 'Replica lag');
  }

  /** Storage that is free, in bytes; of RDS alone, since Aurora's grows with the data. */
  public metricMinFreeStorageSpaceInBytes(): Metric {
    return this.lowest('FreeStorageSpace', 'Free storage');
  }

  /** Disk for temporary tables and logs that is free, in bytes; of Aurora on instances of a fixed size alone. */
  public metricMinFreeLocalStorageInBytes(): Metric {
    return this.lowest('FreeLocalStorage', 'Free local storage');
  }

  /** Transactions in a second that the database rolled back, since each of two waited for the other; of Aurora alone. */
  public metricMaxDeadlocksPerSecond(): Metric {
    return this.highest('Deadlocks', 'Deadlocks per second');
  }

  /** Logins in a second that failed; of Aurora MySQL alone. */
  public metricMaxLoginFailuresPerSecond(): Metric {
    return this.highest('LoginFailures', 'Failed logins per second');
  }

  /** Transaction ids in use: the age of the oldest row that is not frozen; of PostgreSQL alone. */
  public metricMaxUsedTransactionIdCount(): Metric {
    return this.highest('MaximumUsedTransactionIDs', 'Transaction ids');
  }

  private highest(name: string, label: string): Metric {
    return this.make.metric({ name, statistic: MetricStatistic.MAX, label });
  }

  private lowest(name: string, label: string): Metric {
    return this.make.metric({ name, statistic: MetricStatistic.MIN, label });
  }
}
