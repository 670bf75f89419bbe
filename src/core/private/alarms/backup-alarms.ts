import { Duration } from 'aws-cdk-lib';
import { IBackupVault } from 'aws-cdk-lib/aws-backup';
import { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { withAdvice, AlarmAdvice } from './with-advice';
import { Severity } from '../../severity';

const runbook = 'backup-failed';
const FAILED: AlarmAdvice = {
  why: 'A backup job failed, was stopped, or could not begin in its window: the copy of that day is missing.',
  firstCheck: 'the job\'s status message in AWS Backup; then start it by hand.',
  runbook,
};
/** Three, the first of which may be a few hours: a job ends earlier on some days than on others, and a new store waits for its first. */
const DAYS_WITHOUT_A_COPY = 3;
const MISSING: AlarmAdvice = {
  why: `For ${DAYS_WITHOUT_A_COPY} days, no backup job has made a copy.`,
  firstCheck: 'whether AWS Backup has jobs for the vault at all, and whether the account\'s settings there allow the type of resource.',
  runbook,
};

const days = (count: number) => ({ period: Duration.days(1), evaluationPeriods: count, datapointsToAlarm: count });

/**
 * Names and alarms of the daily copies in a vault, as the monitor of a vault takes them.
 *
 * @param what what is copied, such as `Database`
 * @param vault where the copies are
 * @param lives a metric that is there as long as what is copied
 */
export function backupAlarms(what: string, { backupVaultName }: IBackupVault, lives: IMetric) {
  return {
    backupVaultName,
    lives,
    humanReadableName: `${what}: copies`,
    alarmFriendlyName: `${what}-Backup`,
    addMaxUnsuccessfulJobCountAlarm: { [Severity.WARNING]: { maxErrorCount: 0, ...days(1), ...withAdvice(FAILED) } },
    addMinCompletedJobCountAlarm: { [Severity.WARNING]: { minCount: 1, ...days(DAYS_WITHOUT_A_COPY), ...withAdvice(MISSING) } },
  };
}
