import { Duration } from 'aws-cdk-lib';
import { HostedRotation } from 'aws-cdk-lib/aws-secretsmanager';
import { AuroraEngine, Engine, GIB, RdsEngine } from './contract';

/** What the audit log records: who connects, and changes of tables and of rights. */
const AUDIT_EVENTS = 'CONNECT,QUERY_DDL,QUERY_DCL';
/** Bytes of memory for each connection of RDS for MySQL (RDS user guide, "Maximum number of database connections"). */
const BYTES_PER_CONNECTION = 12_582_880;

const MYSQL: Omit<Engine, 'title' | 'id' | 'parameters' | 'maxConnections' | 'tlsParameters'> = {
  name: 'MySQL',
  scheme: 'mysql',
  elastic: 'Database.auroraMysql()',
  // Not MySQL's own 3306: the application reads the port from `DB_PORT`, and scans for 3306 find nothing.
  port: 13306,
  longest: { databaseName: 64, username: 32 },
  // 8.4.8, and of Aurora 8.0.mysql_aurora.3.10.3.
  exactVersion: /^\d+\.\d+\.(\d+|mysql_aurora\.\d+\.\d+\.\d+)$/,
  requiresTls: false,
  // `general` stays empty until its parameter is turned on.
  exportedLogs: ['audit', 'error', 'general', 'slowquery'],
  proxy: {
    family: 'MYSQL',
    port: 3306,
    // RDS and Aurora user guides, "Supported Regions and DB engines for RDS Proxy"; of Aurora 8.4, "Comparing Aurora MySQL version
    // 8.4 and MySQL 8.4 Community Edition", which has the proxy's own user from 8.4.7 on.
    versions: /^(5\.7|8\.)/,
    inWords: 'MySQL 5.7 or 8',
  },
  looks: {
    slowQueries: 'the slow query log',
    sessions: 'SHOW PROCESSLIST',
    deadlocks: 'the latest detected deadlock (SHOW ENGINE INNODB STATUS)',
  },
  wrapsAround: false,
  hostedRotation: options => HostedRotation.mysqlMultiUser(options),
};

/** What a server that takes connections without TLS by itself is told, or one that does not; on and off are written in other words. */
function tlsOf(required: boolean, refusedByDefault: boolean, [off, on]: [off: string, on: string]): { [name: string]: string } {
  if (required) return { require_secure_transport: on };
  return refusedByDefault ? { require_secure_transport: off } : {};
}

/** Queries above a second are logged; the error log and the slow log answer most questions about a database. */
const PARAMETERS = { slow_query_log: '1', long_query_time: '1', log_output: 'FILE' };

/** Aurora MySQL. */
export const AURORA_MYSQL: AuroraEngine = {
  ...MYSQL,
  title: 'Aurora MySQL',
  id: 'AuroraMysql',
  parameters: { ...PARAMETERS, server_audit_logging: '1', server_audit_events: AUDIT_EVENTS },
  // Aurora user guide, "DB engine, Region, and instance class support for Database Insights".
  withoutInsights: /^(t2|t3)\.|^t4g\.(micro|small)$/,
  countsLoginFailures: true,
  canBacktrack: true,
  // Aurora user guide, "Comparing Aurora MySQL version 3 and Aurora MySQL version 8.4": the default of 8.4 is `ON`.
  tlsParameters: (required, majorVersion = '8.0') => tlsOf(required, !/^(5\.|8\.0)/.test(majorVersion), ['OFF', 'ON']),
  /**
   * `max_connections` of the default parameter group, with the logarithm to the base 2 (Aurora user guide, "Maximum connections
   * to an Aurora MySQL DB instance").
   */
  maxConnections: memoryGib => {
    const memory = memoryGib * GIB;
    return Math.floor(Math.max(Math.log2(memory / 805_306_368) * 45, Math.log2(memory / 8_187_281_408) * 1000));
  },
};

/** RDS for MySQL. */
export const RDS_MYSQL: RdsEngine = {
  ...MYSQL,
  title: 'RDS MySQL',
  id: 'RdsMysql',
  parameters: PARAMETERS,
  // RDS user guide, "DB engine, Region, and instance class support for Database Insights".
  withoutInsights: /^t(2|3|4g)\.(micro|small)$/,
  // RDS for MySQL writes its audit log by a plugin, which is an option (RDS user guide, "Options for MySQL DB instances").
  options: [{ name: 'MARIADB_AUDIT_PLUGIN', settings: { SERVER_AUDIT_EVENTS: AUDIT_EVENTS } }],
  // RDS user guide, "Requiring SSL/TLS for all connections to a MySQL DB instance": 1 and 0, and the default of 9.7 is 1.
  tlsParameters: (required, majorVersion = '8.4') => tlsOf(required, !/^[58]\./.test(majorVersion), ['0', '1']),
  // What AWS recommends at the most (CloudWatch user guide, "Recommended alarms": `ReplicaLag`).
  maxReplicaLag: Duration.minutes(1),
  maxConnections: memoryGib => Math.floor(memoryGib * GIB / BYTES_PER_CONNECTION),
};
