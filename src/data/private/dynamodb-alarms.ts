import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { BillingMode, ITable } from 'aws-cdk-lib/aws-dynamodb';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Severity, Symptom } from '../../core';
import { QUARTER_OF_AN_HOUR } from '../../core/private/alarms/thresholds';
import { withAdvice, AlarmAdvice } from '../../core/private/alarms/with-advice';

/** Requests of 5 minutes that may be throttled: of a table that grows a few are, which the SDK sends again. */
const MAX_THROTTLED = 20;

const THROTTLED: AlarmAdvice = {
  why: `The session table has throttled more than ${MAX_THROTTLED} requests in 5 minutes, three times in a row: users are logged out, or get errors.`,
  firstCheck: 'whether the table is at the limits that it was given, or the traffic grew faster than it can; then raise them, or give warmThroughput.',
  runbook: 'sessions-are-lost',
  symptom: Symptom.FAILING,
};
const ALARM = {
  [Severity.CRITICAL]: {
    maxThrottledEventsThreshold: MAX_THROTTLED,
    ...QUARTER_OF_AN_HOUR,
    // As of any metric of this library's own monitors that is there only when something happened.
    treatMissingDataOverride: TreatMissingData.NOT_BREACHING,
    ...withAdvice(THROTTLED),
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
