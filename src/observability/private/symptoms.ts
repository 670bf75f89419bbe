import { Lazy, Stack } from 'aws-cdk-lib';
import { AlarmRule, CompositeAlarm, IAlarmRule } from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmWithAnnotation, MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { Symptom } from '../../core';

/** How each symptom is named among the alarms, the worst first. */
const NAMES: [symptom: string, name: string][] = [[Symptom.DOWN, 'Down'], [Symptom.FAILING, 'Failing'], [Symptom.SLOW, 'Slow']];
/** Children of a composite alarm (CloudWatch API, PutCompositeAlarm). */
const MAX_CHILDREN = 100;

/**
 * One alarm for each thing that customers may notice, raised while any alarm of that symptom is: the operations board reads
 * them. They tell nobody, as their children do.
 */
export class SymptomAlarms extends Construct {
  /** By their names, which stacks of other Regions know as well. */
  public readonly named: { readonly symptom: string; readonly alarmName: string; readonly region?: string }[];

  constructor(scope: Construct, id: string, namePrefix: string, monitoring: MonitoringFacade) {
    super(scope, id);
    const { region } = Stack.of(this);
    this.named = NAMES.map(([symptom, name]) => {
      const alarmName = `${namePrefix}-${name}`;
      new CompositeAlarm(this, name, {
        compositeAlarmName: alarmName,
        alarmDescription: 'What customers notice, for the operations board; the alarms behind it tell people.',
        alarmRule: new AnyTagged(() => monitoring.createdAlarmsWithTag(symptom)),
        actionsEnabled: false,
      });
      return { symptom, alarmName, region };
    });
    this.node.addValidation({ validate: () => NAMES.flatMap(([symptom]) => this.problemsOf(symptom, monitoring)) });
  }

  private problemsOf(symptom: string, monitoring: MonitoringFacade): string[] {
    const { length } = monitoring.createdAlarmsWithTag(symptom);
    return length <= MAX_CHILDREN ? []
      : [`[${this.node.path}] 'customTags' may hold '${symptom}' for ${MAX_CHILDREN} alarms, got ${length}: leave it to those that customers notice first`];
  }
}

/** Raised while one of the alarms is; which they are is known when the app is synthesized, as users add some of their own. */
class AnyTagged implements IAlarmRule {
  constructor(private readonly alarms: () => AlarmWithAnnotation[]) {}

  public renderAlarmRule(): string {
    return Lazy.string({
      produce: () => {
        const rules = this.alarms().map(({ alarmRuleWhenAlarming }) => alarmRuleWhenAlarming);
        return (rules.length === 0 ? AlarmRule.fromBoolean(false) : AlarmRule.anyOf(...rules)).renderAlarmRule();
      },
    });
  }
}
