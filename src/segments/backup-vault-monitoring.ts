import { IMetric, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  BaseMonitoringProps, CountAxisFromZero, ErrorCountThreshold, MinUsageCountThreshold, Monitoring, MonitoringScope,
} from 'cdk-monitoring-constructs';
import { BackupVaultMetricFactory, BackupVaultMetricFactoryProps } from './backup-vault-metric-factory';
import { MISSING } from './private/missing';
import { Marks, MonitorShell } from './private/monitor-shell';
import { countOf, floorOf, named } from './private/rules';
import { Rule } from '../core/private/validation';

/** What to alarm on of a vault. */
export interface BackupVaultMonitoringOptions extends BaseMonitoringProps {
  /**
   * Alarms above a number of jobs in a period that made no copy, by severity.
   *
   * @default - no alarm
   */
  readonly addMaxUnsuccessfulJobCountAlarm?: { [disambiguator: string]: ErrorCountThreshold };
  /**
   * Alarms below a number of jobs in a period that made a copy, by severity, and without any job: the service then has no metric.
   *
   * @default - no alarm
   */
  readonly addMinCompletedJobCountAlarm?: { [disambiguator: string]: MinUsageCountThreshold };
  /**
   * A metric that is there as long as what is copied, such as the CPU of a database: periods before it are no failure.
   *
   * @default - a period without a job is a failure, also before the first one
   */
  readonly lives?: IMetric;
}

/** Which vault, and what to alarm on. */
export interface BackupVaultMonitoringProps extends BackupVaultMetricFactoryProps, BackupVaultMonitoringOptions {}

const RULES: Rule<BackupVaultMonitoringProps>[] = [
  named('backupVaultName'), countOf('addMaxUnsuccessfulJobCountAlarm', 'maxErrorCount'), floorOf('addMinCompletedJobCountAlarm', 'minCount'),
];

/** Jobs of AWS Backup that write into a vault. */
export class BackupVaultMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: BackupVaultMetricFactory;
  private readonly shell: MonitorShell;
  private readonly marks: Marks<'unsuccessful'>;

  /**
   * @param scope the facade
   * @param props the vault, and what to alarm on
   * @throws Error when a prop or a threshold cannot be
   */
  constructor(scope: MonitoringScope, props: BackupVaultMonitoringProps) {
    super(scope, props);
    this.shell = new MonitorShell(this, scope, props, { family: 'Backup vault', fallbackName: props.backupVaultName, rules: RULES });
    this.title = this.shell.title;
    this.metrics = new BackupVaultMetricFactory(scope.createMetricFactory(), props);
    this.marks = this.shell.watch(alarms => {
      // No mark on the graph: its points are minutes, the alarm's are days.
      alarms.below({
        metric: props.lives === undefined ? this.metrics.metricCompletedJobCount() : this.metrics.metricCompletedJobCountWhile(props.lives),
        suffix: 'Missing',
        says: 'No backup job made a copy.',
        missing: props.lives === undefined ? MISSING.IS_A_FAILURE : MISSING.IS_WELL,
        alarms: props.addMinCompletedJobCountAlarm,
        limit: ({ minCount }) => minCount,
      });
      return {
        unsuccessful: alarms.above({
          metric: this.metrics.metricUnsuccessfulJobCount(),
          suffix: 'Failed',
          says: 'A backup job made no copy.',
          missing: MISSING.IS_WELL,
          alarms: props.addMaxUnsuccessfulJobCountAlarm,
          limit: ({ maxErrorCount }) => maxErrorCount,
        }),
      };
    });
  }

  public widgets(): IWidget[] {
    const { metrics, marks } = this;
    return this.shell.detail([
      { title: 'Copies made', left: [metrics.metricCompletedJobCount()], leftYAxis: CountAxisFromZero },
      {
        title: 'Jobs without a copy',
        left: [metrics.metricFailedJobCount(), metrics.metricAbortedJobCount(), metrics.metricExpiredJobCount()],
        leftYAxis: CountAxisFromZero,
        leftAnnotations: marks.unsuccessful,
      },
    ]);
  }
}
