import { Annotations, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnDBCluster, CfnDBInstance, Credentials, DatabaseSecret, SubnetGroup } from 'aws-cdk-lib/aws-rds';
import { Construct, IConstruct } from 'constructs';
import { EXPORTED_LOGS } from './exported-logs';
import { acknowledgeNoRotation } from './rotation';
import { BindContext } from '../../core';
import { acknowledgeWildcards } from '../../core/private/acknowledge';
import { managedPolicyRole } from '../../core/private/resources/managed-policy-role';
import { DatabaseContext } from '../contract';
import { MysqlDatabaseProps } from '../mysql-database-props';

/** Queries above a second are logged; the error log and the slow log answer most questions about a database. */
const PARAMETERS = { slow_query_log: '1', long_query_time: '1', log_output: 'FILE' };
/** What the audit log records: who connects, and changes of tables and of rights. */
export const AUDIT_EVENTS = 'CONNECT,QUERY_DDL,QUERY_DCL';
/** Name of the database that is created with the server. */
const DEFAULT_DATABASE = 'app';
/** The master user, which the application uses. */
const DEFAULT_USER = 'app';
/** Not MySQL's own 3306: the application reads the port from `DB_PORT`, and scans for 3306 find nothing. */
const DEFAULT_PORT = 13306;
const FROM_SNAPSHOT = 'cdk-platform-patterns:database-from-snapshot';

/** Name and port of a database, given or by default. */
export function addressOf({ databaseName = DEFAULT_DATABASE, port = DEFAULT_PORT }: MysqlDatabaseProps): { databaseName: string; port: number } {
  return { databaseName, port };
}

/** The user that the application has, unless users alternate. */
export function usernameOf({ snapshot }: MysqlDatabaseProps): string {
  return snapshot?.username ?? DEFAULT_USER;
}

/** Whether RDS makes and changes the password. */
export function isManaged({ rotation }: MysqlDatabaseProps): boolean {
  return rotation !== undefined && rotation.alternatingSecret === undefined;
}

/** The server's parameters. */
export function parametersOf({ requireTls }: MysqlDatabaseProps): { [name: string]: string } {
  return { ...PARAMETERS, ...requireTls === true ? { require_secure_transport: 'ON' } : {} };
}

/**
 * User name and password, generated in Secrets Manager and never seen in a template. It is there too when RDS manages the
 * password: the template names the user by it, and another way to name the same user would make another database.
 */
export function createCredentials(scope: Construct, { encryptionKey, profile }: BindContext, props: MysqlDatabaseProps): DatabaseSecret {
  const secret = new DatabaseSecret(scope, 'Credentials', { username: usernameOf(props), encryptionKey });
  // A database that is kept is of no use without its password.
  secret.applyRemovalPolicy(profile.removalPolicy);
  acknowledgeNoRotation(secret, props);
  return secret;
}

/** What a cluster and an instance have in common: where they stand, and how they are encrypted, watched and kept. */
export function sharedProps({ vpc, subnets, profile, encryptionKey }: DatabaseContext, props: MysqlDatabaseProps, credentials: DatabaseSecret) {
  return {
    vpc,
    vpcSubnets: subnets,
    port: addressOf(props).port,
    credentials: Credentials.fromSecret(credentials),
    storageEncrypted: true,
    storageEncryptionKey: encryptionKey,
    iamAuthentication: true,
    // A minute is the cheapest interval that keeps an hour readable.
    monitoringInterval: Duration.minutes(1),
    // `general` stays empty until its parameter is turned on.
    cloudwatchLogsExports: EXPORTED_LOGS,
    copyTagsToSnapshot: true,
    deletionProtection: profile.deletionProtection,
    removalPolicy: profile.removalPolicy,
  };
}

/** What the constructs of CDK have no props for: a password that RDS keeps, and the same construct with a snapshot to begin with. */
export function settle(server: CfnDBCluster | CfnDBInstance, props: MysqlDatabaseProps, encryptionKey: IKey): void {
  if (isManaged(props)) {
    server.masterUserPassword = undefined;
    server.manageMasterUserPassword = true;
    server.masterUserSecret = { kmsKeyId: encryptionKey.keyArn };
  }
  if (props.snapshot === undefined) return;
  // CloudFormation refuses the user name of a restored database, and does not create another database in it.
  server.masterUsername = undefined;
  Annotations.of(server).addWarningV2(FROM_SNAPSHOT,
    `[${server.node.scope!.node.path}] the database begins as a copy of the snapshot ${props.snapshot.snapshotIdentifier}: when 'snapshot' changes or is removed, CloudFormation makes a new database without what was written since, so leave it in place`);
}

/**
 * Keeps what a database stands on as long as the database itself: RDS refuses to delete it while the database is there.
 * CDK does so only for one of the policies that keep.
 */
export function keepWith(database: IConstruct, subnetGroupId: string, { profile }: BindContext): void {
  (database.node.findChild(subnetGroupId) as SubnetGroup).applyRemovalPolicy(profile.removalPolicy);
}

/** Performance Insights, on the platform's key. */
export function insights({ encryptionKey }: BindContext) {
  return { enablePerformanceInsights: true, performanceInsightEncryptionKey: encryptionKey };
}

/** What RDS needs to write operating-system metrics, without AWS's managed policy that covers every log group. */
export function createMonitoringRole(scope: Construct): Role {
  const role = managedPolicyRole(scope, 'MonitoringRole', 'monitoring.rds.amazonaws.com');
  const logGroup = Stack.of(scope).formatArn({ service: 'logs', resource: 'log-group:RDSOSMetrics' });
  // CloudWatch Logs writes the ARN of one log group without an ending, or with `:*`, or with one of its streams.
  const endings = [`${logGroup}:*`, `${logGroup}:log-stream:*`];
  role.addToPrincipalPolicy(new PolicyStatement({
    actions: [
      'logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams', 'logs:GetLogEvents',
    ],
    resources: [logGroup, ...endings],
  }));
  acknowledgeWildcards(role, endings, 'RDS names a log stream after each instance, within the one log group that it writes to');
  return role;
}

/**
 * Makes what RDS acts for wait for the rights of the role that it takes: RDS tries the role when it creates an instance or
 * a proxy. They name the role already; naming it as a dependency too is what cfn-lint warns of.
 */
export function waitForRights(role: Role, waiting: IConstruct[]): void {
  waiting.forEach(each => each.node.addDependency(role.node.findChild('Policy')));
}
