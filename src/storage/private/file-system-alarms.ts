import { ThroughputMode } from 'aws-cdk-lib/aws-efs';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Severity, Symptom } from '../../core';
import { QUARTER_OF_AN_HOUR } from '../../core/private/alarms/thresholds';
import { withAdvice, AlarmAdvice } from '../../core/private/alarms/with-advice';
import { EfsMonitoring } from '../../segments';

const MIB = 1024 * 1024;
/** MiB per second that a file system below 1 TiB may burst to (EFS user guide, "Bursting throughput"). */
const BURST_MIB = 100;
const SECOND_OF_BURST = BURST_MIB * MIB;
/** Minutes of bursting for which credits must be left: for somebody to act in, or for a wake-up call to be in time. */
const CREDITS_LEFT = { toAct: 30, hardlyAny: 1 };
/** Percent of the permitted throughput. */
const MAX_THROUGHPUT = 80;
/** Percent of the limit of operations per second: above it, each of them takes longer. */
const MAX_OPERATIONS = 95;

const runbook = 'media-is-slow';
const BUSY: AlarmAdvice = {
  why: `Files have been read or written at more than ${MAX_THROUGHPUT} % of the throughput that is permitted for a quarter of an hour.`,
  firstCheck: 'which clients read or write so much: a bulk copy, or a cache at the edge that keeps less than it could.',
  runbook,
};
const AT_LIMIT: AlarmAdvice = {
  why: `The file system has been above ${MAX_OPERATIONS} % of its limit of operations per second for a quarter of an hour: each of them takes longer.`,
  firstCheck: 'which clients open or list so many files: a bulk copy, or an application that looks for files on every request.',
  runbook,
  symptom: Symptom.SLOW,
};
const FEW_CREDITS: AlarmAdvice = {
  why: `The burst credits last for less than ${CREDITS_LEFT.toAct} minutes at ${BURST_MIB} MiB per second; without any, throughput falls to 50 KiB per second for each GiB stored.`,
  firstCheck: 'which clients read or write so much; then choose ThroughputMode.ELASTIC.',
  runbook,
};
const NO_CREDITS: AlarmAdvice = {
  why: `The burst credits last for less than ${CREDITS_LEFT.hardlyAny} minute: then files are read and written at 50 KiB per second for each GiB stored.`,
  firstCheck: 'choose ThroughputMode.ELASTIC, which takes effect at once; then look which clients read or write so much.',
  runbook,
  symptom: Symptom.SLOW,
};

/** Segment and alarms of a file system. */
export function monitorFileSystem(monitoring: MonitoringFacade, fileSystemId: string, mode: ThroughputMode): void {
  const isBursting = mode === ThroughputMode.BURSTING;
  monitoring.addSegment(new EfsMonitoring(monitoring, {
    fileSystemId,
    humanReadableName: 'Media',
    alarmFriendlyName: 'Media',
    addThroughputUsageAlarm: { [Severity.WARNING]: { maxUsagePercent: MAX_THROUGHPUT, ...QUARTER_OF_AN_HOUR, ...withAdvice(BUSY) } },
    addIoUsageAlarm: { [Severity.CRITICAL]: { maxUsagePercent: MAX_OPERATIONS, ...QUARTER_OF_AN_HOUR, ...withAdvice(AT_LIMIT) } },
    addMinBurstCreditBalanceAlarm: isBursting ? {
      [Severity.WARNING]: { minCount: CREDITS_LEFT.toAct * 60 * SECOND_OF_BURST, ...QUARTER_OF_AN_HOUR, ...withAdvice(FEW_CREDITS) },
      [Severity.CRITICAL]: { minCount: CREDITS_LEFT.hardlyAny * 60 * SECOND_OF_BURST, ...QUARTER_OF_AN_HOUR, ...withAdvice(NO_CREDITS) },
    } : undefined,
  }), { addToSummaryDashboard: false });
}
