import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { ThroughputMode } from 'aws-cdk-lib/aws-efs';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Severity, Symptom } from '../../core';
import { advised, AlarmAdvice } from '../../core/private/advised';
import { EfsMonitoring } from '../../monitors';
import { QUARTER_OF_AN_HOUR } from '../../monitors/private/periods';

const MIB = 1024 * 1024;
/** A second of 100 MiB, what a file system below 1 TiB may burst to (EFS user guide, "Bursting throughput"). */
const SECOND_OF_BURST = 100 * MIB;

const runbook = 'media-is-slow';
const BUSY: AlarmAdvice = {
  why: 'Files have been read or written at more than 80 % of the throughput that is permitted for a quarter of an hour.',
  firstCheck: 'which clients read or write so much: a bulk copy, or a cache at the edge that keeps less than it could.',
  runbook,
};
const AT_LIMIT: AlarmAdvice = {
  why: 'The file system has been at its limit of operations per second for a quarter of an hour: each of them takes longer.',
  firstCheck: 'which clients open or list so many files: a bulk copy, or an application that looks for files on every request.',
  runbook,
  symptom: Symptom.SLOW,
};
const FEW_CREDITS: AlarmAdvice = {
  why: 'The burst credits last for half an hour at 100 MiB per second; without any, throughput falls to 50 KiB per second for each GiB stored.',
  firstCheck: 'which clients read or write so much; then choose ThroughputMode.ELASTIC.',
  runbook,
};
const NO_CREDITS: AlarmAdvice = {
  why: 'The burst credits are used: files are read and written at 50 KiB per second for each GiB stored.',
  firstCheck: 'choose ThroughputMode.ELASTIC, which takes effect at once; then look which clients read or write so much.',
  runbook,
  symptom: Symptom.SLOW,
};

/** Without a client there is nothing to measure, and nothing wrong. */
const WHILE_USED = { ...QUARTER_OF_AN_HOUR, treatMissingDataOverride: TreatMissingData.NOT_BREACHING };

/** Segment and alarms of a file system. */
export function monitorFileSystem(monitoring: MonitoringFacade, fileSystemId: string, mode: ThroughputMode): void {
  const isBursting = mode === ThroughputMode.BURSTING;
  monitoring.addSegment(new EfsMonitoring(monitoring, {
    fileSystemId,
    humanReadableName: 'Media',
    alarmFriendlyName: 'Media',
    showBurstCredits: isBursting,
    addThroughputUtilizationAlarm: { [Severity.WARNING]: { maxUsagePercent: 80, ...WHILE_USED, ...advised(BUSY) } },
    addIoLimitAlarm: { [Severity.CRITICAL]: { maxUsagePercent: 95, ...WHILE_USED, ...advised(AT_LIMIT) } },
    addBurstCreditBalanceAlarm: isBursting ? {
      [Severity.WARNING]: { minCount: 1800 * SECOND_OF_BURST, ...WHILE_USED, ...advised(FEW_CREDITS) },
      [Severity.CRITICAL]: { minCount: 60 * SECOND_OF_BURST, ...WHILE_USED, ...advised(NO_CREDITS) },
    } : undefined,
  }), { addToSummaryDashboard: false });
}
