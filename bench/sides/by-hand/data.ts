import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnServerlessCache, CfnUser, CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import {
  AuroraMysqlEngineVersion, ClusterInstance, Credentials, DatabaseCluster, DatabaseClusterEngine, DatabaseSecret, ParameterGroup,
} from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { EXPORTED_LOGS, keepExportedLogs } from './exported-logs';

export interface HandDatabase {
  readonly cluster: DatabaseCluster;
  readonly credentials: DatabaseSecret;
  readonly securityGroup: SecurityGroup;
  readonly backupVault: BackupVault;
}

export interface HandSessions {
  readonly cache: CfnServerlessCache;
  readonly password: Secret;
  readonly securityGroup: SecurityGroup;
}

const PARAMETERS = {
  slow_query_log: '1',
  long_query_time: '1',
  log_output: 'FILE',
  server_audit_logging: '1',
  server_audit_events: 'CONNECT,QUERY_DDL,QUERY_DCL',
};

export function createDatabase(stack: Stack, vpc: Vpc, key: IKey): HandDatabase {
  const securityGroup = new SecurityGroup(stack, 'DatabaseSecurityGroup', { vpc, allowAllOutbound: false });
  const credentials = new DatabaseSecret(stack, 'DatabaseCredentials', { username: 'app', encryptionKey: key });
  const engine = DatabaseClusterEngine.auroraMysql({ version: AuroraMysqlEngineVersion.VER_3_10_3 });
  const cluster = new DatabaseCluster(stack, 'Database', {
    engine,
    vpc,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    securityGroups: [securityGroup],
    port: 13306,
    credentials: Credentials.fromSecret(credentials),
    defaultDatabaseName: 'app',
    serverlessV2MinCapacity: 2,
    serverlessV2MaxCapacity: 15,
    writer: ClusterInstance.serverlessV2('Writer', { publiclyAccessible: false }),
    readers: [ClusterInstance.serverlessV2('Reader', { publiclyAccessible: false, scaleWithWriter: true })],
    parameterGroup: new ParameterGroup(stack, 'DatabaseParameters', { engine, parameters: PARAMETERS }),
    storageEncrypted: true,
    storageEncryptionKey: key,
    iamAuthentication: true,
    enablePerformanceInsights: true,
    performanceInsightEncryptionKey: key,
    monitoringInterval: Duration.seconds(60),
    monitoringRole: createMonitoringRole(stack),
    cloudwatchLogsExports: EXPORTED_LOGS,
    backup: { retention: Duration.days(35) },
    copyTagsToSnapshot: true,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  keepExportedLogs(stack, cluster, key);
  return { cluster, credentials, securityGroup, backupVault: createBackup(stack, cluster, key) };
}

function createMonitoringRole(stack: Stack): Role {
  const role = new Role(stack, 'DatabaseMonitoringRole', { assumedBy: new ServicePrincipal('monitoring.rds.amazonaws.com') });
  const logGroup = stack.formatArn({ service: 'logs', resource: 'log-group:RDSOSMetrics' });
  new ManagedPolicy(stack, 'DatabaseMonitoringPolicy', {
    roles: [role],
    statements: [
      new PolicyStatement({ actions: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'], resources: [logGroup] }),
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams', 'logs:GetLogEvents'],
        resources: [`${logGroup}:log-stream:*`],
      }),
    ],
  });
  return role;
}

function createBackup(stack: Stack, cluster: DatabaseCluster, key: IKey): BackupVault {
  const backupVault = new BackupVault(stack, 'BackupVault', {
    backupVaultName: 'bench-database',
    encryptionKey: key,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    blockRecoveryPointDeletion: true,
  });
  const plan = new BackupPlan(stack, 'BackupPlan', { backupVault });
  plan.addRule(new BackupPlanRule({
    ruleName: 'Daily', scheduleExpression: Schedule.cron({ minute: '0', hour: '5' }), deleteAfter: Duration.days(35),
  }));
  plan.addRule(new BackupPlanRule({
    ruleName: 'Monthly', scheduleExpression: Schedule.cron({ minute: '0', hour: '6', day: '1' }), deleteAfter: Duration.days(365),
  }));
  plan.addSelection('Database', {
    resources: [BackupResource.fromArn(cluster.clusterArn)],
    role: createBackupRole(stack, cluster, key),
    disableDefaultBackupPolicy: true,
  });
  return backupVault;
}

function createBackupRole(stack: Stack, cluster: DatabaseCluster, key: IKey): Role {
  const role = new Role(stack, 'BackupRole', { assumedBy: new ServicePrincipal('backup.amazonaws.com') });
  const snapshots = ['cluster-snapshot:awsbackup:*', 'snapshot:awsbackup:*'].map(resource => stack.formatArn({ service: 'rds', resource }));
  new ManagedPolicy(stack, 'BackupPolicy', {
    roles: [role],
    statements: [
      new PolicyStatement({
        actions: ['rds:DescribeDBClusters', 'rds:DescribeDBClusterSnapshots', 'rds:DescribeDBInstances', 'rds:DescribeDBSnapshots', 'tag:GetResources'],
        resources: ['*'],
      }),
      new PolicyStatement({
        actions: ['rds:CreateDBClusterSnapshot', 'rds:CreateDBSnapshot', 'rds:AddTagsToResource', 'rds:ListTagsForResource'],
        resources: [cluster.clusterArn, ...snapshots],
      }),
      new PolicyStatement({
        actions: ['rds:CopyDBClusterSnapshot', 'rds:CopyDBSnapshot', 'rds:DeleteDBClusterSnapshot', 'rds:DeleteDBSnapshot', 'rds:ModifyDBClusterSnapshotAttribute', 'rds:ModifyDBSnapshotAttribute'],
        resources: snapshots,
      }),
      new PolicyStatement({ actions: ['kms:DescribeKey'], resources: [key.keyArn] }),
      new PolicyStatement({
        actions: ['kms:CreateGrant'], resources: [key.keyArn], conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      }),
    ],
  });
  return role;
}

export function createSessions(stack: Stack, vpc: Vpc, key: IKey): HandSessions {
  const securityGroup = new SecurityGroup(stack, 'SessionsSecurityGroup', { vpc, allowAllOutbound: false });
  const password = new Secret(stack, 'SessionsPassword', {
    encryptionKey: key,
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
  });
  const user = new CfnUser(stack, 'SessionsUser', {
    engine: 'valkey',
    userId: 'bench-sessions',
    userName: 'app',
    accessString: 'on ~* &* +@all -@admin -@dangerous',
    noPasswordRequired: false,
    passwords: [password.secretValue.unsafeUnwrap()],
  });
  const users = new CfnUserGroup(stack, 'SessionsUsers', { engine: 'valkey', userGroupId: 'bench-sessions', userIds: [user.ref] });
  const cache = new CfnServerlessCache(stack, 'Sessions', {
    serverlessCacheName: 'bench-sessions',
    engine: 'valkey',
    majorEngineVersion: '8',
    subnetIds: vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_ISOLATED }).subnetIds,
    securityGroupIds: [securityGroup.securityGroupId],
    kmsKeyId: key.keyArn,
    userGroupId: users.ref,
    cacheUsageLimits: { dataStorage: { maximum: 5, unit: 'GB' }, ecpuPerSecond: { maximum: 6000 } },
    snapshotRetentionLimit: 1,
  });
  return { cache, password, securityGroup };
}
