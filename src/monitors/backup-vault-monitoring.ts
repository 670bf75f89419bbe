import { HorizontalAnnotation, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  BaseMonitoringProps, CountAxisFromZero, ErrorCountThreshold, MinUsageCountThreshold, Monitoring, MonitoringHeaderWidget, MonitoringNamingStrategy,
  MonitoringScope,
} from 'cdk-monitoring-constructs';
import { BackupVaultMetricFactory, BackupVaultMetricFactoryProps } from './backup-vault-metric-factory';
import { Alarms } from './private/alarms';
import { row } from './private/graphs';

/** What to alarm on of a vault. */
export interface BackupVaultMonitoringOptions extends BaseMonitoringProps {
  /**
   * Alarms above a number of jobs in a period that made no copy, by severity.
   *
   * @default - no alarm
   */
  readonly addUnsuccessfulJobsAlarm?: { [disambiguator: string]: ErrorCountThreshold };
  /**
   * Alarms below a number of jobs in a period that made a copy, by severity. Where there is no job, there is no metric: have
   * missing data count as breaching.
   *
   * @default - no alarm
   */
  readonly addCompletedJobsAlarm?: { [disambiguator: string]: MinUsageCountThreshold };
}

/** Which vault, and what to alarm on. */
export interface BackupVaultMonitoringProps extends BackupVaultMetricFactoryProps, BackupVaultMonitoringOptions {}

/** Jobs of AWS Backup that write into a vault. */
export class BackupVaultMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: BackupVaultMetricFactory;
  private readonly unsuccessfulMarks: HorizontalAnnotation[];

  /**
   * @param scope the facade
   * @param props the vault, and what to alarm on
   */
  constructor(scope: MonitoringScope, props: BackupVaultMonitoringProps) {
    super(scope, props);
    const naming = new MonitoringNamingStrategy({ ...props, fallbackConstructName: props.backupVaultName });
    this.title = naming.resolveHumanReadableName();
    this.metrics = new BackupVaultMetricFactory(scope.createMetricFactory(), props);
    const alarms = new Alarms(this, this.createAlarmFactory(naming.resolveAlarmFriendlyName()));
    this.unsuccessfulMarks = alarms.above({
      metric: this.metrics.metricUnsuccessfulJobCount(),
      suffix: 'Failed',
      says: 'A backup job made no copy.',
      alarms: props.addUnsuccessfulJobsAlarm,
      limit: ({ maxErrorCount }) => maxErrorCount,
    });
    // No mark on the graph: its points are minutes, the alarm's are days.
    alarms.below({
      metric: this.metrics.metricCompletedJobCount(),
      suffix: 'Missing',
      says: 'No backup job made a copy.',
      alarms: props.addCompletedJobsAlarm,
      limit: ({ minCount }) => minCount,
    });
    props.useCreatedAlarms?.consume(this.createdAlarms());
  }

  public widgets(): IWidget[] {
    const { metrics } = this;
    return [
      new MonitoringHeaderWidget({ family: 'Backup vault', title: this.title }),
      row(
        { title: 'Copies made', left: [metrics.metricCompletedJobCount()], leftYAxis: CountAxisFromZero },
        {
          title: 'Jobs without a copy',
          left: [metrics.metricFailedJobCount(), metrics.metricAbortedJobCount(), metrics.metricExpiredJobCount()],
          leftYAxis: CountAxisFromZero,
          leftAnnotations: this.unsuccessfulMarks,
        },
      ),
    ];
  }
}
