import { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { IFileSystem } from 'aws-cdk-lib/aws-efs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BindContext } from '../../core';
import { acknowledge, acknowledgeWildcards } from '../../core/private/acknowledge';
import { backupAlarms } from '../../core/private/alarms/backup-alarms';
import { ScheduledBackup } from '../../core/private/resources/scheduled-backup';
import { BackupVaultMonitoring } from '../../segments';

const WHAT = 'Files';

/**
 * Puts a file system into AWS Backup, unless the profile destroys data: a vault that holds copies cannot be deleted.
 *
 * @returns the copies, unless there are none
 */
export function backUpFiles(scope: Construct, fileSystem: IFileSystem, context: BindContext): ScheduledBackup | undefined {
  if (context.profile.destroysData) {
    acknowledge(fileSystem, ['EFSInBackupPlan'], `The ${context.profile.name} profile destroys data: copies of it would keep its stack from being deleted`);
    return undefined;
  }
  const backup = new ScheduledBackup(scope, 'Backup', { what: WHAT, resourceArn: fileSystem.fileSystemArn, statements: statementsFor(fileSystem), context });
  acknowledgeWildcards(backup.role, ['*'], 'AWS Backup finds resources by an action that takes none');
  return backup;
}

/** Segment and alarms of the copies, where there are such. */
export function monitorBackup(monitoring: MonitoringFacade, backup: ScheduledBackup | undefined, lives: IMetric): void {
  if (backup === undefined) return;
  monitoring.addSegment(new BackupVaultMonitoring(monitoring, backupAlarms(WHAT, backup.vault, lives)), { addToSummaryDashboard: false });
}

/** What AWS Backup needs for EFS, from its managed policy, narrowed to the file system. */
function statementsFor({ fileSystemArn }: IFileSystem): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['tag:GetResources'], resources: ['*'] }),
    new PolicyStatement({ actions: ['elasticfilesystem:Backup', 'elasticfilesystem:DescribeTags'], resources: [fileSystemArn] }),
  ];
}
