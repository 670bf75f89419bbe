import { CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { MonitoringFacade, noopAction } from 'cdk-monitoring-constructs';
import { Symptom } from '../../core';

/** How each symptom is named among the alarms. */
const NAMES = { [Symptom.DOWN]: 'Down', [Symptom.FAILING]: 'Failing', [Symptom.SLOW]: 'Slow' };
/** Children of a composite alarm (CloudWatch API, PutCompositeAlarm). */
const MAX_CHILDREN = 100;

/**
 * One alarm for each thing that customers may notice, raised while any alarm of that symptom is: the operations board reads
 * them. They tell nobody, as their children do.
 */
export function createSymptomAlarms(monitoring: MonitoringFacade): Map<Symptom, CompositeAlarm> {
  const factory = monitoring.createAlarmFactory('Customers');
  return new Map(Object.values(Symptom).flatMap(symptom => {
    const alarms = monitoring.createdAlarmsWithTag(symptom).slice(0, MAX_CHILDREN);
    if (alarms.length === 0) return [];
    return [[symptom, factory.addCompositeAlarm(alarms, {
      alarmNameSuffix: NAMES[symptom],
      // Names are joined without what is twice in them.
      disambiguator: NAMES[symptom],
      alarmDescription: 'What customers notice, for the operations board; the alarms behind it tell people.',
      actionsEnabled: false,
      actionOverride: noopAction(),
    })]];
  }));
}
