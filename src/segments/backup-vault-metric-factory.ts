import { IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { BaseMetricFactory, BaseMetricFactoryProps, MetricFactory, MetricStatistic } from 'cdk-monitoring-constructs';
import { MetricMaker } from './private/typed-metrics';

/** Which vault's metrics. */
export interface BackupVaultMetricFactoryProps extends BaseMetricFactoryProps {
  /** Name of the vault. */
  readonly backupVaultName: string;
}

/**
 * Metrics of the jobs that write into a vault of AWS Backup, which reports them every 5 minutes, and none where there was no
 * job (AWS Backup developer guide, "AWS Backup metrics with Amazon CloudWatch").
 */
export class BackupVaultMetricFactory extends BaseMetricFactory {
  private readonly make: MetricMaker;

  /**
   * @param metricFactory what makes the metrics
   * @param props the vault
   */
  constructor(metricFactory: MetricFactory, props: BackupVaultMetricFactoryProps) {
    super(metricFactory, props);
    this.make = new MetricMaker(metricFactory, { namespace: 'AWS/Backup', dimensions: { BackupVaultName: props.backupVaultName } }, props);
  }

  /** Jobs that made a copy. */
  public metricCompletedJobCount(): Metric {
    return this.jobs('Completed');
  }

  /**
   * Jobs that made a copy: 0 where there was none, for as long as something is there to be copied.
   *
   * @param lives a metric that is there as long as what is copied
   */
  public metricCompletedJobCountWhile(lives: IMetric): MathExpression {
    return this.make.math('IF(lives >= 0, FILL(completed, 0), 1)', { lives, completed: this.metricCompletedJobCount() }, 'Copies');
  }

  /** Jobs that failed. */
  public metricFailedJobCount(): Metric {
    return this.jobs('Failed');
  }

  /** Jobs that somebody stopped. */
  public metricAbortedJobCount(): Metric {
    return this.jobs('Aborted');
  }

  /** Jobs that could not begin within their window. */
  public metricExpiredJobCount(): Metric {
    return this.jobs('Expired');
  }

  /** Jobs that made no copy, for whatever reason: 0 where there was none. */
  public metricUnsuccessfulJobCount(): MathExpression {
    return this.make.math('FILL(failed, 0) + FILL(aborted, 0) + FILL(expired, 0)', {
      failed: this.metricFailedJobCount(), aborted: this.metricAbortedJobCount(), expired: this.metricExpiredJobCount(),
    }, 'Without a copy');
  }

  private jobs(state: string): Metric {
    return this.make.metric({ name: `NumberOfBackupJobs${state}`, statistic: MetricStatistic.SUM, label: state });
  }
}
