import { Duration } from 'aws-cdk-lib';
import {
  AlarmRule, AlarmState, CfnCompositeAlarm, ComparisonOperator, CompositeAlarm, TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { AddCompositeAlarmProps, AlarmFactory, AlarmWithAnnotation, CompositeAlarmOperator, noopAction } from 'cdk-monitoring-constructs';
import { Burn, burnsOf, goneWithin } from './slo-burn';
import { burnRate } from './slo-expressions';
import { Severity } from '../../../core';
import { acknowledge } from '../../../core/private/acknowledge';
import { withAdvice, AlarmAdvice } from '../../../core/private/alarms/with-advice';
import { ISlo } from '../contract';
import { SloCounts } from '../slo-counts';

const RUNBOOK = 'error-budget-burns';

/** An alarm for each pace, of two halves that tell nobody: the failure has lasted, and it still does. */
export function createBurnAlarms(factory: AlarmFactory, slo: ISlo, counts: SloCounts): AlarmWithAnnotation[] {
  return burnsOf(slo).map(burn => {
    const long = createHalf(factory, slo, counts, burn, 'Long');
    const short = createHalf(factory, slo, counts, burn, 'Short');
    const props: AddCompositeAlarmProps = {
      alarmNameSuffix: burn.name,
      disambiguator: burn.severity,
      compositeOperator: CompositeAlarmOperator.AND,
      ...withAdvice(adviceOf(slo, burn)),
    };
    return asAlarm(factory.addCompositeAlarm([long, short], props), props, long);
  });
}

function createHalf(factory: AlarmFactory, slo: ISlo, counts: SloCounts, burn: Burn, half: 'Long' | 'Short'): AlarmWithAnnotation {
  const window = half === 'Long' ? burn.long : burn.short;
  const alarm = factory.addAlarm(burnRate(slo, counts, window), {
    ...withAdvice({
      why: `Within ${window.toHumanString()} the error budget burned more than ${burn.rate} times faster than it may. One half of the alarm ${burn.name}, it tells nobody.`,
      firstCheck: 'is the other half raised, too? Alone, this is what is over already, or what has just begun.',
      runbook: RUNBOOK,
    }),
    alarmDescription: burn.name,
    alarmNameSuffix: `${burn.name}-${half}`,
    ...asOnePeriod(burn.rate),
    actionsEnabled: false,
    actionOverride: noopAction(),
  });
  acknowledge(alarm.alarm, ['CloudWatchAlarmAction'],
    'One half of a composite alarm, which tells people when both halves are raised: alone it says that a failure has just begun or is over');
  return alarm;
}

/** One period as long as the window: CloudWatch takes 7 days (API, PutMetricAlarm, "Period"), and moves it on each evaluation. */
function asOnePeriod(threshold: number) {
  return {
    threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
  };
}

function adviceOf(slo: ISlo, burn: Burn): AlarmAdvice {
  const { objective, promise, window, symptom } = slo;
  const pace = burn.rate === 1 ? 'faster than it may' : `more than ${burn.rate} times faster than it may`;
  const wakes = burn.severity === Severity.CRITICAL;
  return {
    why: `${objective} % of ${promise}: that is promised over ${daysOf(window)}, and its error budget burns ${pace}; within ${burn.long.toHumanString()} ${goneWithin(slo, burn)} % of it is gone.`,
    firstCheck: `since when does it burn (burn rate on the service board), and what was deployed or changed then? ${wakes ? 'Take that back first, look for the cause after.' : 'Mend it before the budget is gone.'}`,
    runbook: RUNBOOK,
    symptom: wakes ? symptom : undefined,
  };
}

export function daysOf(window: Duration): string {
  return `${window.toDays()} days`;
}

/** A composite alarm among the others, so that boards, symptoms and the catalogue take it for what it is: the halves are not there. */
function asAlarm(composite: CompositeAlarm, { disambiguator, customTags, customParams, alarmNameSuffix = '' }: AddCompositeAlarmProps, half: AlarmWithAnnotation): AlarmWithAnnotation {
  const { alarmName = '', alarmDescription = '' } = composite.node.defaultChild as CfnCompositeAlarm;
  return {
    ...half,
    alarm: composite,
    alarmName,
    alarmNameSuffix,
    alarmLabel: `${half.alarmLabel.replace(/-Long$/, '')} ${disambiguator}`,
    alarmDescription,
    disambiguator,
    customTags,
    customParams,
    alarmRuleWhenOk: AlarmRule.fromAlarm(composite, AlarmState.OK),
    alarmRuleWhenAlarming: AlarmRule.fromAlarm(composite, AlarmState.ALARM),
    alarmRuleWhenInsufficientData: AlarmRule.fromAlarm(composite, AlarmState.INSUFFICIENT_DATA),
  };
}
