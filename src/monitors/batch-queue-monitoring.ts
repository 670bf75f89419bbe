import { GraphWidgetProps, HorizontalAnnotation, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  BaseMonitoringProps, CountAxisFromZero, CustomAlarmThreshold, DefaultSummaryWidgetHeight, DurationThreshold, ErrorCountThreshold, Monitoring,
  MonitoringHeaderWidget, MonitoringNamingStrategy, MonitoringScope, TimeAxisSecondsFromZero,
} from 'cdk-monitoring-constructs';
import { BatchQueueMetricFactory, BatchQueueMetricFactoryProps } from './batch-queue-metric-factory';
import { Alarms } from './private/alarms';
import { row } from './private/graphs';
import { missingIsWell } from './private/missing';

/** From which share of failed jobs on an alarm is raised. */
export interface FailedJobsThreshold extends CustomAlarmThreshold {
  /** Percentage of the jobs that end in a period which may end badly. */
  readonly maxFailedPercent: number;
  /** Jobs that end in a period below which their share says nothing. */
  readonly minEndedCount: number;
}

/** What to alarm on of a job queue. */
export interface BatchQueueMonitoringOptions extends BaseMonitoringProps {
  /**
   * Alarms above a number of jobs that end badly, by severity.
   *
   * @default - no alarm
   */
  readonly addFailedJobCountAlarm?: { [disambiguator: string]: ErrorCountThreshold };
  /**
   * Alarms above a share of jobs that end badly, by severity.
   *
   * @default - no alarm
   */
  readonly addFailedJobsAlarm?: { [disambiguator: string]: FailedJobsThreshold };
  /**
   * Alarms on jobs that waited longer for capacity, by severity: raised when such a job starts, so one that never does raises
   * none; for that, make a rule for the event `Batch Job Queue Blocked`.
   *
   * @default - no alarm
   */
  readonly addWaitAlarm?: { [disambiguator: string]: DurationThreshold };
}

/** Which job queue, and what to alarm on. */
export interface BatchQueueMonitoringProps extends BatchQueueMetricFactoryProps, BatchQueueMonitoringOptions {}

/** Jobs of a queue by the state that they enter, how long they wait and run, and how many fail. */
export class BatchQueueMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: BatchQueueMetricFactory;
  private readonly failureMarks: HorizontalAnnotation[];
  private readonly waitMarks: HorizontalAnnotation[];

  /**
   * @param scope the facade
   * @param props the job queue, and what to alarm on
   */
  constructor(scope: MonitoringScope, props: BatchQueueMonitoringProps) {
    super(scope, props);
    const naming = new MonitoringNamingStrategy({ fallbackConstructName: props.jobQueueName, ...props });
    this.title = naming.resolveHumanReadableName();
    this.metrics = new BatchQueueMetricFactory(scope.createMetricFactory(), props);
    const alarms = new Alarms(this, this.createAlarmFactory(naming.resolveAlarmFriendlyName()));
    this.failureMarks = alarms.above({
      metric: this.metrics.metricFailedJobCount(),
      suffix: 'Failed-Job-Count',
      says: 'Jobs fail.',
      alarms: missingIsWell(props.addFailedJobCountAlarm),
      limit: ({ maxErrorCount }) => maxErrorCount,
    });
    Object.entries(props.addFailedJobsAlarm ?? {}).forEach(([disambiguator, threshold]) => alarms.above({
      metric: this.metrics.metricFailedJobsInPercent(threshold.minEndedCount),
      suffix: 'Failed-Jobs',
      says: 'A large share of the jobs fails.',
      alarms: missingIsWell({ [disambiguator]: threshold }),
      limit: ({ maxFailedPercent }) => maxFailedPercent,
    }));
    this.waitMarks = alarms.above({
      metric: this.metrics.metricMaxWaitInSeconds(),
      suffix: 'Wait',
      says: 'Jobs wait for capacity.',
      alarms: missingIsWell(props.addWaitAlarm),
      limit: ({ maxDuration }) => maxDuration.toSeconds(),
    });
    props.useCreatedAlarms?.consume(this.createdAlarms());
  }

  public summaryWidgets(): IWidget[] {
    return [this.header(), row(...this.graphs().map(graph => ({ ...graph, height: DefaultSummaryWidgetHeight })))];
  }

  public widgets(): IWidget[] {
    return [this.header(), row(...this.graphs())];
  }

  private header(): IWidget {
    return new MonitoringHeaderWidget({ family: 'Batch job queue', title: this.title });
  }

  private graphs(): GraphWidgetProps[] {
    const { metrics } = this;
    return [
      {
        title: 'Jobs by the state that they entered',
        left: [
          metrics.metricSubmittedJobCount(), metrics.metricRunnableJobCount(), metrics.metricStartingJobCount(), metrics.metricRunningJobCount(),
        ],
        leftYAxis: CountAxisFromZero,
      },
      {
        title: 'Jobs that ended',
        left: [metrics.metricSucceededJobCount(), metrics.metricFailedJobCount(), metrics.metricRetriedAttemptCount()],
        leftYAxis: CountAxisFromZero,
        leftAnnotations: this.failureMarks,
      },
      { title: 'Longest wait', left: [metrics.metricMaxWaitInSeconds()], leftYAxis: TimeAxisSecondsFromZero, leftAnnotations: this.waitMarks },
      { title: 'Longest run', left: [metrics.metricMaxRunTimeInSeconds()], leftYAxis: TimeAxisSecondsFromZero },
    ];
  }
}
