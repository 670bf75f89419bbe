import { GraphWidgetProps, HorizontalAnnotation, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  BaseMonitoringProps, CountAxisFromZero, CustomAlarmThreshold, DurationThreshold, ErrorCountThreshold, Monitoring, MonitoringScope,
  TimeAxisSecondsFromZero,
} from 'cdk-monitoring-constructs';
import { BatchQueueMetricFactory, BatchQueueMetricFactoryProps } from './batch-queue-metric-factory';
import { Alarms } from './private/alarms';
import { MISSING } from './private/missing';
import { Marks, MonitorShell } from './private/monitor-shell';
import { countOf, minimumOf, named, percentOf, timeOf } from './private/rules';
import { Rule } from '../core/private/validation';

/** From which share of failed jobs on an alarm is raised. */
export interface MaxFailedJobsPercentThreshold extends CustomAlarmThreshold {
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
  readonly addMaxFailedJobCountAlarm?: { [disambiguator: string]: ErrorCountThreshold };
  /**
   * Alarms above a share of jobs that end badly, by severity.
   *
   * @default - no alarm
   */
  readonly addMaxFailedJobsPercentAlarm?: { [disambiguator: string]: MaxFailedJobsPercentThreshold };
  /**
   * Alarms on jobs that waited longer for capacity, by severity: raised when such a job starts, so one that never does raises
   * none; for that, make a rule for the event `Batch Job Queue Blocked`.
   *
   * @default - no alarm
   */
  readonly addMaxWaitDurationAlarm?: { [disambiguator: string]: DurationThreshold };
}

/** Which job queue, and what to alarm on. */
export interface BatchQueueMonitoringProps extends BatchQueueMetricFactoryProps, BatchQueueMonitoringOptions {}

const RULES: Rule<BatchQueueMonitoringProps>[] = [
  named('jobQueueName'),
  countOf('addMaxFailedJobCountAlarm', 'maxErrorCount'),
  percentOf('addMaxFailedJobsPercentAlarm', 'maxFailedPercent'),
  minimumOf('addMaxFailedJobsPercentAlarm', 'minEndedCount'),
  timeOf('addMaxWaitDurationAlarm', 'maxDuration', 'seconds'),
];

/** Jobs of a queue by the state that they enter, how long they wait and run, and how many fail. */
export class BatchQueueMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: BatchQueueMetricFactory;
  private readonly shell: MonitorShell;
  private readonly marks: Marks<'failures' | 'waits'>;

  /**
   * @param scope the facade
   * @param props the job queue, and what to alarm on
   * @throws Error when a prop or a threshold cannot be
   */
  constructor(scope: MonitoringScope, props: BatchQueueMonitoringProps) {
    super(scope, props);
    this.shell = new MonitorShell(this, scope, props, { family: 'Batch job queue', fallbackName: props.jobQueueName, rules: RULES });
    this.title = this.shell.title;
    this.metrics = new BatchQueueMetricFactory(scope.createMetricFactory(), props);
    this.marks = this.shell.watch(alarms => {
      this.watchShare(alarms, props);
      return { failures: this.watchFailures(alarms, props), waits: this.watchWaits(alarms, props) };
    });
  }

  public summaryWidgets(): IWidget[] {
    return this.shell.summary(...this.graphs());
  }

  public widgets(): IWidget[] {
    return this.shell.detail(this.graphs());
  }

  private watchFailures(alarms: Alarms, { addMaxFailedJobCountAlarm }: BatchQueueMonitoringProps): HorizontalAnnotation[] {
    return alarms.above({
      metric: this.metrics.metricFailedJobCount(),
      suffix: 'Failed-Job-Count',
      says: 'Jobs fail.',
      missing: MISSING.IS_WELL,
      alarms: addMaxFailedJobCountAlarm,
      limit: ({ maxErrorCount }) => maxErrorCount,
    });
  }

  /** No mark on the graph: its points are numbers of jobs. */
  private watchShare(alarms: Alarms, { addMaxFailedJobsPercentAlarm }: BatchQueueMonitoringProps): void {
    alarms.above({
      metric: ({ minEndedCount }) => this.metrics.metricFailedJobsInPercent(minEndedCount),
      suffix: 'Failed-Jobs',
      says: 'A large share of the jobs fails.',
      missing: MISSING.IS_WELL,
      alarms: addMaxFailedJobsPercentAlarm,
      limit: ({ maxFailedPercent }) => maxFailedPercent,
    });
  }

  private watchWaits(alarms: Alarms, { addMaxWaitDurationAlarm }: BatchQueueMonitoringProps): HorizontalAnnotation[] {
    return alarms.above({
      metric: this.metrics.metricMaxWaitDurationInSeconds(),
      suffix: 'Wait',
      says: 'Jobs wait for capacity.',
      missing: MISSING.IS_WELL,
      alarms: addMaxWaitDurationAlarm,
      limit: ({ maxDuration }) => maxDuration.toSeconds({ integral: false }),
    });
  }

  private graphs(): GraphWidgetProps[] {
    const { metrics, marks } = this;
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
        leftAnnotations: marks.failures,
      },
      { title: 'Longest wait', left: [metrics.metricMaxWaitDurationInSeconds()], leftYAxis: TimeAxisSecondsFromZero, leftAnnotations: marks.waits },
      { title: 'Longest run', left: [metrics.metricMaxRunDurationInSeconds()], leftYAxis: TimeAxisSecondsFromZero },
    ];
  }
}
