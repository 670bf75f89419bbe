import { Duration } from 'aws-cdk-lib';
import { IBackupVault } from 'aws-cdk-lib/aws-backup';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Severity } from '../../core';
import { advised, AlarmAdvice } from '../../core/private/advised';
import { BackupVaultMonitoring } from '../backup-vault-monitoring';

const runbook = 'backup-failed';
const FAILED: AlarmAdvice = {
  why: 'A backup job failed, was stopped, or could not begin in its window: the copy of that day is missing.',
  firstCheck: 'the job\'s status message in AWS Backup; then start it by hand.',
  runbook,
};
const MISSING: AlarmAdvice = {
  why: 'For two days, no backup job has made a copy; on the day of the deployment it is the first copy that is awaited.',
  firstCheck: 'whether AWS Backup has jobs for the vault at all, and whether the account\'s settings there allow the type of resource.',
  runbook,
};

const A_DAY = { period: Duration.days(1), evaluationPeriods: 1, datapointsToAlarm: 1, treatMissingDataOverride: TreatMissingData.NOT_BREACHING };
/** Two, since a job ends earlier on some days than on others. Without a job there is no metric, which is what is feared. */
const TWO_DAYS = { period: Duration.days(1), evaluationPeriods: 2, datapointsToAlarm: 2, treatMissingDataOverride: TreatMissingData.BREACHING };

/**
 * Segment and alarms of the daily copies in a vault.
 *
 * @param monitoring the facade
 * @param what what is copied, such as `Database`
 * @param vault where the copies are
 */
export function watchBackup(monitoring: MonitoringFacade, what: string, vault: IBackupVault): void {
  monitoring.addSegment(new BackupVaultMonitoring(monitoring, {
    backupVaultName: vault.backupVaultName,
    humanReadableName: `${what}: copies`,
    alarmFriendlyName: `${what}-Backup`,
    addUnsuccessfulJobsAlarm: { [Severity.WARNING]: { maxErrorCount: 0, ...A_DAY, ...advised(FAILED) } },
    addCompletedJobsAlarm: { [Severity.WARNING]: { minCount: 1, ...TWO_DAYS, ...advised(MISSING) } },
  }), { addToSummaryDashboard: false });
}
