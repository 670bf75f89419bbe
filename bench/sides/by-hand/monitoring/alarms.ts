import { Stack } from 'aws-cdk-lib';
import {
  Alarm, AlarmBase, AlarmRule, AlarmState, ComparisonOperator, CompositeAlarm, IAlarm, IAlarmRule, IMetric, TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ITopic } from 'aws-cdk-lib/aws-sns';

export type Symptom = 'Down' | 'Failing' | 'Slow';
export type Severity = 'Critical' | 'Warning';

/** A row of the tables of alarms. */
export interface AlarmRow {
  readonly name: string;
  /** Without one, the alarm tells nobody: a composite alarm reads it. */
  readonly severity?: Severity;
  readonly metric: IMetric;
  readonly threshold: number;
  /** Above the threshold, unless said otherwise. */
  readonly operator?: ComparisonOperator;
  /** Bad points and those looked at, 3 of 3 unless said otherwise. */
  readonly points?: [number, number];
  /** Not breaching, unless said otherwise. */
  readonly missing?: TreatMissingData;
  readonly says: string;
  readonly runbook: string;
  readonly symptom?: Symptom;
}

const RUNBOOKS = 'https://github.com/cdk-platform-patterns/cdk-platform-patterns/blob/main/docs/runbooks';
const SYMPTOMS: Symptom[] = ['Down', 'Failing', 'Slow'];

/** Makes alarms of rows, and remembers them for boards and composites. */
export class Alarms {
  private readonly told: { readonly alarm: IAlarm; readonly severity: Severity; readonly symptom?: Symptom }[] = [];
  private readonly action: SnsAction;

  constructor(private readonly stack: Stack, topic: ITopic) {
    this.action = new SnsAction(topic);
  }

  public create(row: AlarmRow): Alarm {
    const [datapointsToAlarm, evaluationPeriods] = row.points ?? [3, 3];
    const name = row.severity === undefined ? row.name : `${row.name}-${row.severity}`;
    const alarm = new Alarm(this.stack, name, {
      alarmName: `Bench-${name}`,
      alarmDescription: described(row.says, row.runbook),
      metric: row.metric,
      threshold: row.threshold,
      comparisonOperator: row.operator ?? ComparisonOperator.GREATER_THAN_THRESHOLD,
      datapointsToAlarm,
      evaluationPeriods,
      treatMissingData: row.missing ?? TreatMissingData.NOT_BREACHING,
    });
    if (row.severity !== undefined) this.tell(alarm, row.severity, row.symptom);
    return alarm;
  }

  /** Raised while all of its halves are. */
  public both(name: string, severity: Severity, symptom: Symptom | undefined, says: string, halves: IAlarm[]): CompositeAlarm {
    const alarm = new CompositeAlarm(this.stack, `${name}-${severity}`, {
      compositeAlarmName: `Bench-${name}-${severity}`,
      alarmDescription: described(says, 'error-budget-burns'),
      alarmRule: AlarmRule.allOf(...halves.map(raised)),
    });
    this.tell(alarm, severity, symptom);
    return alarm;
  }

  /** An alarm that was made elsewhere, with its actions. */
  public remember(alarm: IAlarm, severity: Severity, symptom?: Symptom): void {
    this.told.push({ alarm, severity, symptom });
  }

  /** Those that wake somebody first. */
  public byUrgency(): IAlarm[] {
    return ['Critical', 'Warning'].flatMap(wanted => this.told.filter(({ severity }) => severity === wanted).map(({ alarm }) => alarm));
  }

  /** What customers notice, each in one alarm for the operations board. */
  public symptoms(): Map<Symptom, CompositeAlarm> {
    return this.noticed('Customers');
  }

  /** The same of what all applications stand on. */
  public noticed(of: string): Map<Symptom, CompositeAlarm> {
    return new Map(SYMPTOMS.map(wanted => [wanted, new CompositeAlarm(this.stack, `${of}-${wanted}`, {
      compositeAlarmName: `Bench-${of}-${wanted}`,
      alarmDescription: 'What customers notice, for the operations board; the alarms behind it tell people.',
      actionsEnabled: false,
      alarmRule: AlarmRule.anyOf(...this.told.filter(({ symptom }) => symptom === wanted).map(({ alarm }) => raised(alarm))),
    })]));
  }

  private tell(alarm: AlarmBase, severity: Severity, symptom?: Symptom): void {
    alarm.addAlarmAction(this.action);
    alarm.addOkAction(this.action);
    this.remember(alarm, severity, symptom);
  }
}

function raised(alarm: IAlarm): IAlarmRule {
  return AlarmRule.fromAlarm(alarm, AlarmState.ALARM);
}

function described(says: string, runbook: string): string {
  return `${says} \r\nDocumentation: ${RUNBOOKS}/${runbook}.md`;
}
