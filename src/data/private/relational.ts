import { Annotations, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnDBCluster, CfnDBInstance, Credentials, DatabaseSecret, SubnetGroup } from 'aws-cdk-lib/aws-rds';
import { Construct, IConstruct } from 'constructs';
import { Engine } from './engines/contract';
import { Release } from './relational-rules';
import { acknowledgeNoRotation } from './rotation';
import { BindContext } from '../../core';
import { acknowledgeWildcards } from '../../core/private/acknowledge';
import { managedPolicyRole } from '../../core/private/resources/managed-policy-role';
import { DatabaseContext } from '../contract';
import { RelationalDatabaseProps } from '../relational-database-props';

/** Name of the database that is created with the server. */
const DEFAULT_DATABASE = 'app';
/** The master user, which the application uses. */
const DEFAULT_USER = 'app';
const FROM_SNAPSHOT = 'cdk-platform-patterns:database-from-snapshot';

/** Name and port of a database, given or by default. */
export function addressOf(
  engine: Engine, { databaseName = DEFAULT_DATABASE, port = engine.port }: RelationalDatabaseProps,
): { databaseName: string; port: number } {
  return { databaseName, port };
}

/** The user that the application has, unless users alternate. */
export function usernameOf({ snapshot }: RelationalDatabaseProps): string {
  return snapshot?.username ?? DEFAULT_USER;
}

/** Whether RDS makes and changes the password. */
export function isManaged({ rotation }: RelationalDatabaseProps): boolean {
  return rotation !== undefined && rotation.alternatingSecret === undefined;
}

/** Whether the server refuses connections without TLS. */
export function requiresTls(engine: Engine, { requireTls = engine.requiresTls }: RelationalDatabaseProps): boolean {
  return requireTls;
}

/** The server's parameters. */
export function parametersOf({ engine, release }: Release, props: RelationalDatabaseProps): { [name: string]: string } {
  return { ...engine.parameters, ...engine.tlsParameters(requiresTls(engine, props), release.engineVersion?.majorVersion) };
}

/**
 * User name and password, generated in Secrets Manager and never seen in a template. It is there too when RDS manages the
 * password: the template names the user by it, and another way to name the same user would make another database.
 */
export function createCredentials(scope: Construct, { encryptionKey, profile }: BindContext, props: RelationalDatabaseProps): DatabaseSecret {
  const secret = new DatabaseSecret(scope, 'Credentials', { username: usernameOf(props), encryptionKey });
  // A database that is kept is of no use without its password.
  secret.applyRemovalPolicy(profile.removalPolicy);
  acknowledgeNoRotation(secret, props);
  return secret;
}

/** What a server and a copy of it have in common: how they are reached and watched. */
export function servingProps(engine: Engine, { vpc }: DatabaseContext, props: RelationalDatabaseProps) {
  return {
    vpc,
    port: addressOf(engine, props).port,
    iamAuthentication: true,
    // A minute is the cheapest interval that keeps an hour readable.
    monitoringInterval: Duration.minutes(1),
    cloudwatchLogsExports: engine.exportedLogs,
    copyTagsToSnapshot: true,
  };
}

/** What a cluster and an instance have in common: where they stand, and how they are encrypted and kept. */
export function keepingProps({ subnets, profile, encryptionKey }: DatabaseContext, credentials: DatabaseSecret) {
  return {
    vpcSubnets: subnets,
    credentials: Credentials.fromSecret(credentials),
    storageEncrypted: true,
    storageEncryptionKey: encryptionKey,
    deletionProtection: profile.deletionProtection,
    removalPolicy: profile.removalPolicy,
  };
}

/** What the constructs of CDK have no props for: a password that RDS keeps, and the same construct with a snapshot to begin with. */
export function settle(server: CfnDBCluster | CfnDBInstance, props: RelationalDatabaseProps, encryptionKey: IKey): void {
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
export function insightsOn({ encryptionKey }: BindContext) {
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
