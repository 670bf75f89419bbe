import { ComparisonOperator, HorizontalAnnotation, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmFactory, CustomAlarmFactory, CustomAlarmThreshold, MetricWithAlarmSupport, Monitoring } from 'cdk-monitoring-constructs';

/** What is watched of a metric. */
export interface WatchedMetric<T extends CustomAlarmThreshold> {
  /** The metric, or how it is made for a threshold. */
  readonly metric: MetricWithAlarmSupport | ((threshold: T) => MetricWithAlarmSupport);
  /** What the alarm's name ends in, before the severity. */
  readonly suffix: string;
  /** What the alarm says when whoever asked for it gave no words. */
  readonly says: string;
  /** What it means that the metric has no data, one of `MISSING`, unless a threshold says otherwise. */
  readonly missing: TreatMissingData;
  /** The thresholds that were asked for, by severity. */
  readonly alarms?: { [disambiguator: string]: T };
  /** The number of a threshold. */
  limit(threshold: T): number;
}

/** Makes the alarms of a monitoring, and gives what marks each on its graph. */
export class Alarms {
  private readonly factory: CustomAlarmFactory;

  constructor(private readonly monitoring: Monitoring, alarmFactory: AlarmFactory) {
    this.factory = new CustomAlarmFactory(alarmFactory);
  }

  /** Raised above the threshold. */
  public above<T extends CustomAlarmThreshold>(watched: WatchedMetric<T>): HorizontalAnnotation[] {
    return this.create(watched, ComparisonOperator.GREATER_THAN_THRESHOLD);
  }

  /** Raised below the threshold. */
  public below<T extends CustomAlarmThreshold>(watched: WatchedMetric<T>): HorizontalAnnotation[] {
    return this.create(watched, ComparisonOperator.LESS_THAN_THRESHOLD);
  }

  private create<T extends CustomAlarmThreshold>(watched: WatchedMetric<T>, comparisonOperator: ComparisonOperator): HorizontalAnnotation[] {
    const { metric, suffix, says, missing, alarms = {} } = watched;
    return Object.entries(alarms).map(([disambiguator, threshold]) => {
      const alarm = this.factory.addCustomAlarm(typeof metric === 'function' ? metric(threshold) : metric, suffix, disambiguator, {
        treatMissingDataOverride: missing, ...threshold, threshold: watched.limit(threshold), comparisonOperator, additionalDescription: says,
      });
      this.monitoring.addAlarm(alarm);
      return alarm.annotation;
    });
  }
}
