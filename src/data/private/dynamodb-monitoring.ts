import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { BillingMode, ITable } from 'aws-cdk-lib/aws-dynamodb';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Severity, Symptom } from '../../core';
import { advised, AlarmAdvice } from '../../core/private/advised';
import { QUARTER_OF_AN_HOUR } from '../../monitors/private/periods';

const THROTTLED: AlarmAdvice = {
  why: 'The session table has turned requests away, more than 20 in 5 minutes, three times in a row: users are logged out, or get errors.',
  firstCheck: 'whether the table is at the limits that it was given, or the traffic grew faster than it can; then raise them, or give warmThroughput.',
  runbook: 'sessions-are-lost',
  symptom: Symptom.FAILING,
};
/** A table that grows turns a few requests away, which the SDK sends again. */
const ALARM = {
  [Severity.CRITICAL]: {
    maxThrottledEventsThreshold: 20, ...QUARTER_OF_AN_HOUR, treatMissingDataOverride: TreatMissingData.NOT_BREACHING, ...advised(THROTTLED),
  },
};

/** Segment and alarms of a session table. */
export function monitorTable(monitoring: MonitoringFacade, table: ITable): void {
  monitoring.monitorDynamoTable({
    table,
    billingMode: BillingMode.PAY_PER_REQUEST,
    humanReadableName: 'Sessions',
    alarmFriendlyName: 'Sessions',
    addToSummaryDashboard: false,
    addReadThrottledEventsCountAlarm: ALARM,
    addWriteThrottledEventsCountAlarm: ALARM,
  });
}
