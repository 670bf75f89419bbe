import { Duration } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { managedPolicyRole } from './managed-policy-role';
import { BindContext } from '../../contract';
import { nameInAccount, nameOfRetained } from '../naming';

/** What is backed up, and what AWS Backup needs for it. */
export interface ScheduledBackupProps {
  /** What it is, such as `Database`: the name of the plan's selection. */
  readonly what: string;
  /** ARN of the resource. */
  readonly resourceArn: string;
  /** What AWS Backup may do with it and its copies, besides what it needs of the key. */
  readonly statements: PolicyStatement[];
  /** The profile, which says for how long, and the key. */
  readonly context: BindContext;
}

/** Daily copies are kept as long as automated backups of a database; monthly ones for a year. */
const MONTHLY_RETENTION = Duration.days(365);
/** Longest name of a vault (AWS Backup developer guide). */
const MAX_VAULT_NAME = 50;
/** Longest name of a plan (AWS Backup API reference). */
const MAX_PLAN_NAME = 50;

/**
 * Copies in AWS Backup: apart from what they are copies of, so that they outlive it, and in a vault that refuses to be
 * emptied by whoever can delete the resource.
 */
export class ScheduledBackup extends Construct {
  /** What AWS Backup acts as. */
  public readonly role: Role;
  /** Where the copies are. */
  public readonly vault: BackupVault;

  constructor(scope: Construct, id: string, props: ScheduledBackupProps) {
    super(scope, id);
    const { profile, encryptionKey } = props.context;
    this.vault = new BackupVault(this, 'Vault', {
      backupVaultName: nameOfRetained(this, MAX_VAULT_NAME),
      encryptionKey,
      removalPolicy: profile.removalPolicy,
      blockRecoveryPointDeletion: profile.deletionProtection,
    });
    const plan = new BackupPlan(this, 'Plan', { backupPlanName: nameInAccount(this, MAX_PLAN_NAME), backupVault: this.vault });
    plan.addRule(new BackupPlanRule({
      ruleName: 'Daily',
      scheduleExpression: Schedule.cron({ minute: '0', hour: '5' }),
      deleteAfter: profile.backupRetention,
    }));
    plan.addRule(new BackupPlanRule({
      ruleName: 'Monthly',
      scheduleExpression: Schedule.cron({ minute: '0', hour: '6', day: '1' }),
      deleteAfter: MONTHLY_RETENTION,
    }));
    this.role = this.createRole(props);
    plan.addSelection(props.what, {
      resources: [BackupResource.fromArn(props.resourceArn)],
      role: this.role,
      disableDefaultBackupPolicy: true,
    });
  }

  private createRole({ statements, context: { encryptionKey } }: ScheduledBackupProps): Role {
    const role = managedPolicyRole(this, 'Role', 'backup.amazonaws.com');
    statements.forEach(statement => role.addToPrincipalPolicy(statement));
    // For what is encrypted: its service writes a copy with a grant on the key, which it receives through this role.
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['kms:DescribeKey'], resources: [encryptionKey.keyArn] }));
    role.addToPrincipalPolicy(new PolicyStatement({
      actions: ['kms:CreateGrant'],
      resources: [encryptionKey.keyArn],
      conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }));
    return role;
  }
}
