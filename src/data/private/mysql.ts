import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { DatabaseSecret } from 'aws-cdk-lib/aws-rds';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { BindContext } from '../../core';
import { acknowledge, acknowledgeWildcards } from '../../core/private/acknowledge';
import { managedPolicyRole } from '../../core/private/managed-policy-role';
import { matches, Rule, wholeBetween } from '../../core/private/validation';

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

/** Not MySQL's own 3306: the application reads the port from `DB_PORT`, and scans for 3306 find nothing. */
export const DEFAULT_PORT = 13306;
/** Name of the database that is created with the server. */
export const DEFAULT_DATABASE = 'app';
/** Log files sent to CloudWatch Logs; `general` stays empty until its parameter is turned on. */
export const LOG_EXPORTS = ['audit', 'error', 'general', 'slowquery'];
/** Seconds between samples of enhanced monitoring; 60 is the cheapest that keeps an hour readable. */
export const MONITORING_INTERVAL = Duration.seconds(60);
/** Queries above a second are logged; the error log and the slow log answer most questions about a database. */
export const PARAMETERS = { slow_query_log: '1', long_query_time: '1', log_output: 'FILE' };

/** User name and password, generated in Secrets Manager and never seen in a template. */
export function createCredentials(scope: Construct, { encryptionKey, profile }: BindContext): DatabaseSecret {
  const secret = new DatabaseSecret(scope, 'Credentials', { username: 'app', encryptionKey });
  // A database that is kept is of no use without its password.
  secret.applyRemovalPolicy(profile.removalPolicy);
  acknowledge(secret, ['AwsSolutions-SMG4', 'SecretsManagerRotationEnabled'],
    'ECS hands a password to a task when the task starts: a rotation under running tasks refuses their next connections, so it goes together with a deployment');
  return secret;
}

/** What RDS needs to write operating-system metrics, without AWS's managed policy that covers every log group. */
export function createMonitoringRole(scope: Construct): Role {
  const role = managedPolicyRole(scope, 'MonitoringRole', 'monitoring.rds.amazonaws.com');
  const logGroup = Stack.of(scope).formatArn({ service: 'logs', resource: 'log-group:RDSOSMetrics' });
  const streams = `${logGroup}:log-stream:*`;
  role.addToPrincipalPolicy(new PolicyStatement({
    actions: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'],
    resources: [logGroup],
  }));
  role.addToPrincipalPolicy(new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams', 'logs:GetLogEvents'],
    resources: [streams],
  }));
  acknowledgeWildcards(role, [streams], 'RDS names a log stream after each instance, within the one log group that it writes to');
  return role;
}
