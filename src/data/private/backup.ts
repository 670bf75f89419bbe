import { Duration } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { BindContext } from '../../core';
import { acknowledgeWildcards } from '../../core/private/acknowledge';
import { managedPolicyRole } from '../../core/private/managed-policy-role';
import { nameInAccount, nameOfRetained } from '../../core/private/naming';

/** Daily snapshots are kept as long as automated backups; monthly ones for a year. */
const MONTHLY_RETENTION = Duration.days(365);

/** Longest name of a vault (AWS Backup developer guide). */
const MAX_VAULT_NAME = 50;
/** Longest name of a plan (AWS Backup API reference). */
const MAX_PLAN_NAME = 50;

/**
 * Puts a database into AWS Backup, unless the profile destroys data: a vault that holds snapshots cannot be deleted, and
 * the automated backups of RDS go with the database.
 */
export function backUp(scope: Construct, databaseArn: string, context: BindContext): void {
  if (!context.profile.destroysData) new DatabaseBackup(scope, 'Backup', databaseArn, context);
}

/**
 * Copies of a database in AWS Backup: apart from the database, so that they outlive it, and in a vault that refuses to
 * be emptied by whoever can delete the database.
 */
class DatabaseBackup extends Construct {
  constructor(scope: Construct, id: string, databaseArn: string, context: BindContext) {
    super(scope, id);
    const vault = new BackupVault(this, 'Vault', {
      backupVaultName: nameOfRetained(this, MAX_VAULT_NAME),
      encryptionKey: context.encryptionKey,
      removalPolicy: context.profile.removalPolicy,
      blockRecoveryPointDeletion: context.profile.deletionProtection,
    });
    const plan = new BackupPlan(this, 'Plan', { backupPlanName: nameInAccount(this, MAX_PLAN_NAME), backupVault: vault });
    plan.addRule(new BackupPlanRule({
      ruleName: 'Daily',
      scheduleExpression: Schedule.cron({ minute: '0', hour: '5' }),
      deleteAfter: context.profile.backupRetention,
    }));
    if (context.profile.multiAz) {
      plan.addRule(new BackupPlanRule({
        ruleName: 'Monthly',
        scheduleExpression: Schedule.cron({ minute: '0', hour: '6', day: '1' }),
        deleteAfter: MONTHLY_RETENTION,
      }));
    }
    plan.addSelection('Database', {
      resources: [BackupResource.fromArn(databaseArn)],
      role: this.createRole(databaseArn, context.encryptionKey),
      disableDefaultBackupPolicy: true,
    });
  }

  /** What AWS Backup needs for RDS and Aurora, from its managed policy, narrowed to this account and Region. */
  private createRole(databaseArn: string, encryptionKey: IKey): Role {
    const role = managedPolicyRole(this, 'Role', 'backup.amazonaws.com');
    const rds = (resource: string) => Stack.of(this).formatArn({ service: 'rds', resource });
    const snapshots = [rds('cluster-snapshot:awsbackup:*'), rds('snapshot:awsbackup:*')];
    role.addToPrincipalPolicy(new PolicyStatement({
      actions: ['rds:DescribeDBClusters', 'rds:DescribeDBClusterSnapshots', 'rds:DescribeDBInstances', 'rds:DescribeDBSnapshots', 'tag:GetResources'],
      resources: ['*'],
    }));
    role.addToPrincipalPolicy(new PolicyStatement({
      actions: ['rds:CreateDBClusterSnapshot', 'rds:CreateDBSnapshot', 'rds:AddTagsToResource', 'rds:ListTagsForResource'],
      resources: [databaseArn, ...snapshots],
    }));
    role.addToPrincipalPolicy(new PolicyStatement({
      actions: ['rds:CopyDBClusterSnapshot', 'rds:CopyDBSnapshot', 'rds:DeleteDBClusterSnapshot', 'rds:DeleteDBSnapshot', 'rds:ModifyDBClusterSnapshotAttribute', 'rds:ModifyDBSnapshotAttribute'],
      resources: snapshots,
    }));
    // For encrypted databases: RDS writes a snapshot with a grant on the key, which it receives through this role.
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['kms:DescribeKey'], resources: [encryptionKey.keyArn] }));
    role.addToPrincipalPolicy(new PolicyStatement({
      actions: ['kms:CreateGrant'],
      resources: [encryptionKey.keyArn],
      conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }));
    acknowledgeWildcards(role, ['*', ...snapshots],
      'AWS Backup describes databases by actions that take no resource, and names the snapshots itself, always after awsbackup:');
    return role;
  }
}
