import { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BindContext } from '../../core';
import { acknowledgeWildcards } from '../../core/private/acknowledge';
import { backupAlarms } from '../../core/private/alarms/backup-alarms';
import { ScheduledBackup } from '../../core/private/resources/scheduled-backup';
import { BackupVaultMonitoring } from '../../segments';

const WHAT = 'Database';

/**
 * Puts a database into AWS Backup, unless the profile destroys data: a vault that holds snapshots cannot be deleted, and
 * the automated backups of RDS go with the database.
 *
 * @returns the copies, unless there are none
 */
export function backUp(scope: Construct, databaseArn: string, context: BindContext): ScheduledBackup | undefined {
  if (context.profile.destroysData) return undefined;
  const rds = (resource: string) => Stack.of(scope).formatArn({ service: 'rds', resource });
  const snapshots = [rds('cluster-snapshot:awsbackup:*'), rds('snapshot:awsbackup:*')];
  const backup = new ScheduledBackup(scope, 'Backup', {
    what: WHAT, resourceArn: databaseArn, statements: statementsFor(databaseArn, snapshots), context,
  });
  acknowledgeWildcards(backup.role, ['*', ...snapshots],
    'AWS Backup describes databases by actions that take no resource, and names the snapshots itself, always after awsbackup:');
  return backup;
}

/** Segment and alarms of the copies, where there are such. */
export function monitorBackup(monitoring: MonitoringFacade, backup: ScheduledBackup | undefined, lives: IMetric): void {
  if (backup === undefined) return;
  monitoring.addSegment(new BackupVaultMonitoring(monitoring, backupAlarms(WHAT, backup.vault, lives)), { addToSummaryDashboard: false });
}

/** What AWS Backup needs for RDS and Aurora, from its managed policy, narrowed to this account and Region. */
function statementsFor(databaseArn: string, snapshots: string[]): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['rds:DescribeDBClusters', 'rds:DescribeDBClusterSnapshots', 'rds:DescribeDBInstances', 'rds:DescribeDBSnapshots', 'tag:GetResources'],
      resources: ['*'],
    }),
    new PolicyStatement({
      actions: ['rds:CreateDBClusterSnapshot', 'rds:CreateDBSnapshot', 'rds:AddTagsToResource', 'rds:ListTagsForResource'],
      resources: [databaseArn, ...snapshots],
    }),
    new PolicyStatement({
      actions: ['rds:CopyDBClusterSnapshot', 'rds:CopyDBSnapshot', 'rds:DeleteDBClusterSnapshot', 'rds:DeleteDBSnapshot', 'rds:ModifyDBClusterSnapshotAttribute', 'rds:ModifyDBSnapshotAttribute'],
      resources: snapshots,
    }),
  ];
}
