import { CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Credentials, DatabaseSecret } from 'aws-cdk-lib/aws-rds';
import { Construct, IConstruct } from 'constructs';
import { acknowledgeNoRotation } from './rotation';
import { BindContext, DatabaseContext, IWorkload, SecretReference } from '../../core';
import { acknowledgeWildcards } from '../../core/private/acknowledge';
import { managedPolicyRole } from '../../core/private/managed-policy-role';
import { matches, Rule, wholeBetween } from '../../core/private/validation';
import { declareReachable } from '../../core/reachable-by';

/** What every MySQL choice takes. */
export interface MysqlProps {
  readonly databaseName?: string;
  readonly port?: number;
}

/** Rules of {@link MysqlProps}. */
export const MYSQL_RULES: Rule<MysqlProps>[] = [
  matches('databaseName', /^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'must begin with a letter and hold up to 64 letters, digits and underscores',
    'choose another name, such as \'shop\''),
  wholeBetween('port', 1150, 65535, 'RDS takes ports between 1150 and 65535'),
];

/** Queries above a second are logged; the error log and the slow log answer most questions about a database. */
export const PARAMETERS = { slow_query_log: '1', long_query_time: '1', log_output: 'FILE' };
/** What the audit log records: who connects, and changes of tables and of rights. */
export const AUDIT_EVENTS = 'CONNECT,QUERY_DDL,QUERY_DCL';
/** Name of the database that is created with the server. */
const DEFAULT_DATABASE = 'app';
/** Not MySQL's own 3306: the application reads the port from `DB_PORT`, and scans for 3306 find nothing. */
const DEFAULT_PORT = 13306;

/** Name and port of a database, given or by default. */
export function addressOf({ databaseName = DEFAULT_DATABASE, port = DEFAULT_PORT }: MysqlProps): Required<MysqlProps> {
  return { databaseName, port };
}

/** What a workload needs to know. */
export function connection(host: string, props: MysqlProps): { [name: string]: string } {
  const { databaseName, port } = addressOf(props);
  return { DB_HOST: host, DB_PORT: String(port), DB_NAME: databaseName };
}

/** What a workload receives from Secrets Manager. */
export function connectionSecrets(credentials: DatabaseSecret): { [name: string]: SecretReference } {
  return {
    DB_USER: { secret: credentials, field: 'username' },
    DB_PASSWORD: { secret: credentials, field: 'password' },
  };
}

/** The one way in: from the workload's security group to the database's port. */
export function letIn(workload: IWorkload, securityGroup: SecurityGroup, props: MysqlProps, title: string, database: CfnResource): void {
  workload.connections.allowTo(securityGroup, Port.tcp(addressOf(props).port), title);
  declareReachable(database, workload);
}

/** User name and password, generated in Secrets Manager and never seen in a template. */
export function createCredentials(scope: Construct, { encryptionKey, profile }: BindContext): DatabaseSecret {
  const secret = new DatabaseSecret(scope, 'Credentials', { username: 'app', encryptionKey });
  // A database that is kept is of no use without its password.
  secret.applyRemovalPolicy(profile.removalPolicy);
  acknowledgeNoRotation(secret);
  return secret;
}

/** What a cluster and an instance have in common: where they stand, and how they are encrypted, watched and kept. */
export function sharedProps({ vpc, subnets, profile, encryptionKey }: DatabaseContext, props: MysqlProps, credentials: DatabaseSecret) {
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
    cloudwatchLogsExports: ['audit', 'error', 'general', 'slowquery'],
    copyTagsToSnapshot: true,
    deletionProtection: profile.deletionProtection,
    removalPolicy: profile.removalPolicy,
  };
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
 * Makes instances wait for the rights of their monitoring role: RDS tries the role when it creates an instance. They
 * name the role already; naming it as a dependency too is what cfn-lint warns of.
 */
export function waitForRights(role: Role, instances: IConstruct[]): void {
  instances.forEach(instance => instance.node.addDependency(role.node.findChild('Policy')));
}
