import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { BaseMetricFactory, BaseMetricFactoryProps, MetricFactory, MetricStatistic } from 'cdk-monitoring-constructs';
import { MetricMaker } from './private/typed-metrics';

/** Which job queue's metrics. */
export interface BatchQueueMetricFactoryProps extends BaseMetricFactoryProps {
  /** Name of the job queue. */
  readonly jobQueueName: string;
}

/**
 * Metrics of a job queue, which AWS Batch itself publishes, in namespace `AWS/Batch` and without charge, since October 2026
 * (AWS Batch user guide, "Using CloudWatch metrics with AWS Batch").
 *
 * They count jobs that **entered** a state, and the time of what has ended: none says how many jobs are in a state. A job that
 * waits for ever is told by the EventBridge event `Batch Job Queue Blocked` alone. They are there only when something happened,
 * as best effort, and count the children of an array job, not the array.
 */
export class BatchQueueMetricFactory extends BaseMetricFactory {
  private readonly make: MetricMaker;

  /**
   * @param metricFactory what makes the metrics
   * @param props the job queue
   */
  constructor(metricFactory: MetricFactory, props: BatchQueueMetricFactoryProps) {
    super(metricFactory, props);
    this.make = new MetricMaker(metricFactory, { namespace: 'AWS/Batch', dimensions: { JobQueueName: props.jobQueueName } }, props);
  }

  /** Jobs that were submitted. */
  public metricSubmittedJobCount(): Metric {
    return this.count('JobsSubmitted', 'Submitted');
  }

  /** Jobs that became ready to run: they wait for capacity from then on. A retried job counts each time. */
  public metricRunnableJobCount(): Metric {
    return this.count('JobsMovedToRunnable', 'Ready to run');
  }

  /** Jobs that began to start: capacity was found. */
  public metricStartingJobCount(): Metric {
    return this.count('JobsMovedToStarting', 'Starting');
  }

  /** Jobs that began to run. */
  public metricRunningJobCount(): Metric {
    return this.count('JobsMovedToRunning', 'Running');
  }

  /** Jobs that ended well. */
  public metricSucceededJobCount(): Metric {
    return this.count('JobsMovedToSucceeded', 'Succeeded');
  }

  /** Jobs that ended badly, after their last attempt; those that were cancelled or terminated are among them. */
  public metricFailedJobCount(): Metric {
    return this.count('JobsMovedToFailed', 'Failed');
  }

  /** Attempts that failed and are made once more, such as those whose Spot Instance was taken back. */
  public metricRetriedAttemptCount(): Metric {
    return this.count('JobsRetried', 'Retried');
  }

  /**
   * Share of the jobs that ended badly, in percent of those that ended; 0 in a period in which too few did.
   *
   * @param minEndedCount jobs that end in a period below which their share says nothing
   */
  public metricFailedJobsInPercent(minEndedCount: number): MathExpression {
    const ended = 'FILL(failed, 0) + FILL(succeeded, 0)';
    return this.make.math(`IF((${ended}) >= ${minEndedCount}, 100 * FILL(failed, 0) / (${ended}), 0)`,
      { failed: this.metricFailedJobCount(), succeeded: this.metricSucceededJobCount() }, 'Failed (%)');
  }

  /** Longest time that a job which starts had waited for capacity, in seconds. */
  public metricMaxWaitDurationInSeconds(): MathExpression {
    return this.seconds('JobAttemptRunnableToStartingDuration', 'Waited', MetricStatistic.MAX);
  }

  /** Longest time that an attempt which ended had run, in seconds. */
  public metricMaxRunDurationInSeconds(): MathExpression {
    return this.seconds('JobAttemptExecutionDuration', 'Ran', MetricStatistic.MAX);
  }

  private count(name: string, label: string): Metric {
    return this.make.metric({ name, statistic: MetricStatistic.SUM, label });
  }

  private seconds(name: string, label: string, statistic: MetricStatistic): MathExpression {
    return this.make.math('milliseconds / 1000', { milliseconds: this.make.metric({ name, statistic, label }) }, label);
  }
}
