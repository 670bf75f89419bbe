import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { CustomThreshold } from 'cdk-monitoring-constructs';
import { ComputeCapacity, Severity, Symptom } from '../../core';
import { MAX_FAILED, QUARTER_OF_AN_HOUR } from '../../core/private/alarms/thresholds';
import { withAdvice, AlarmAdvice } from '../../core/private/alarms/with-advice';

/** Alarms of a metric by severity, as cdk-monitoring-constructs takes them. */
export interface UnitAlarms {
  readonly [severity: string]: CustomThreshold;
}

/** Names of the alarms, of units of every kind: whoever changes what the application runs on has the same alarms as before. */
export const UNIT_ALARMS = {
  healthy: 'Healthy-Units',
  unhealthy: 'Unhealthy-Units',
  cpu: 'CPU-Usage',
  memory: 'Memory-Usage',
  disk: 'Disk-Usage',
  atMaximum: 'Units-At-Maximum',
  failedAnswers: 'Failed-Answers',
};

/** Names of the units' segments and alarms: several applications share a board. */
export function unitNames(label: string) {
  return { humanReadableName: label, alarmFriendlyName: label };
}

/** Percent from which on a unit has no room left for what comes next. */
const BUSY = 85;

/** Two minutes: nothing that a customer asks for is answered meanwhile. */
const TWO_MINUTES = { period: Duration.minutes(1), evaluationPeriods: 2, datapointsToAlarm: 2 };
/** Three of them make the quarter of an hour that an alarm which nobody is woken by waits for. */
export const UNHURRIED = Duration.minutes(5);
const LONG = { period: UNHURRIED, ...QUARTER_OF_AN_HOUR };
const ABOVE = {
  comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
  // No unit reports, so none is busy or fails: that none is healthy is another alarm's.
  treatMissingDataOverride: TreatMissingData.NOT_BREACHING,
};

const CPU: AlarmAdvice = {
  why: `The units' CPU has been above ${BUSY} % for a quarter of an hour: scaling is at its maximum, or too slow.`,
  firstCheck: 'whether the units are at their maximum, on the board; then whether traffic has grown or one page has become slow.',
  runbook: 'application-is-saturated',
};
const MEMORY: AlarmAdvice = {
  why: `Memory of the units has been above ${BUSY} % for a quarter of an hour: one that runs out is ended.`,
  firstCheck: 'whether memory has grown since the last deployment, which is a leak, or with the traffic.',
  runbook: 'application-is-saturated',
};
const DISK: AlarmAdvice = {
  why: `The disk of a unit has been above ${BUSY} % for a quarter of an hour.`,
  firstCheck: 'what the application writes there: logs, temporary files, or uploads that belong into the media library.',
  runbook: 'application-is-saturated',
};
const MAXIMUM: AlarmAdvice = {
  why: 'The application has run on as many units as it may for a quarter of an hour: more traffic makes it slow.',
  firstCheck: 'whether the traffic is customers\' or a flood, at the web firewall; then describe larger peaks to the platform.',
  runbook: 'application-is-saturated',
};
const DOWN: AlarmAdvice = {
  why: 'No unit is healthy: customers reach nothing.',
  firstCheck: 'the application\'s log and its last deployment, and why units stopped; then whether they reach their database.',
  runbook: 'application-is-down',
  symptom: Symptom.DOWN,
};
const UNWELL: AlarmAdvice = {
  why: 'For a quarter of an hour some unit has failed its health check.',
  firstCheck: 'whether the same unit fails or new ones do, which restart; then the application\'s log and the units\' memory.',
  runbook: 'application-is-down',
};
const FAILING: AlarmAdvice = {
  why: `More than ${MAX_FAILED} % of the requests to the units fail: they answer by errors, close connections, or take too long; a deployment under way goes back by itself where units are containers.`,
  firstCheck: 'whether a deployment is under way or just ended; then the application\'s log, and whether its database answers.',
  runbook: 'requests-fail',
  symptom: Symptom.FAILING,
};

const busy = (advice: AlarmAdvice): UnitAlarms => ({ [Severity.WARNING]: { ...ABOVE, ...LONG, threshold: BUSY, ...withAdvice(advice) } });

/** When the units have no room left. */
export const SATURATED = { cpu: busy(CPU), memory: busy(MEMORY), disk: busy(DISK) };

/** When no unit is healthy; tags to find the alarm by. */
export const noneHealthy = (...tags: string[]): UnitAlarms => ({
  [Severity.CRITICAL]: {
    ...TWO_MINUTES,
    threshold: 1,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    // A load balancer counts the units that it knows: without any, it says nothing.
    treatMissingDataOverride: TreatMissingData.BREACHING,
    ...withAdvice(DOWN, ...tags),
  },
});

/** When some unit is unhealthy. */
export const SOME_UNHEALTHY: UnitAlarms = { [Severity.WARNING]: { ...ABOVE, ...LONG, threshold: 0, ...withAdvice(UNWELL) } };

/** When requests to the units fail; tags to find the alarm by. */
export const answersFail = (...tags: string[]): UnitAlarms => ({
  [Severity.CRITICAL]: { ...ABOVE, ...TWO_MINUTES, threshold: MAX_FAILED, ...withAdvice(FAILING, ...tags) },
});

/** When there are as many units as there may be; units whose number never changes are always. */
export function atMaximum({ minUnits, maxUnits }: ComputeCapacity): UnitAlarms {
  if (minUnits === maxUnits) return {};
  return {
    [Severity.WARNING]: {
      ...ABOVE,
      ...LONG,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: maxUnits,
      ...withAdvice(MAXIMUM),
    },
  };
}
