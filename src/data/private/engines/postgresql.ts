import { Duration } from 'aws-cdk-lib';
import { HostedRotation } from 'aws-cdk-lib/aws-secretsmanager';
import { AuroraEngine, Engine, GIB, RdsEngine } from './contract';

/**
 * `max_connections` of the default parameter groups of both, `LEAST({DBInstanceClassMemory/9531392},5000)` (RDS user guide,
 * "Maximum number of database connections"; Aurora user guide, "Maximum connections to an Aurora PostgreSQL DB instance").
 */
const BYTES_PER_CONNECTION = 9_531_392;
const MOST_CONNECTIONS = 5000;

const POSTGRESQL: Omit<Engine, 'title' | 'id' | 'exportedLogs'> = {
  name: 'PostgreSQL',
  scheme: 'postgresql',
  elastic: 'Database.auroraPostgresql()',
  // Not PostgreSQL's own 5432: the application reads the port from `DB_PORT`, and scans for 5432 find nothing.
  port: 15432,
  longest: { databaseName: 63, username: 63 },
  // 17.9.
  exactVersion: /^\d+\.\d+$/,
  // As RDS itself has it from PostgreSQL 15 on, and Aurora from 17 on; libpq speaks TLS without being told.
  requiresTls: true,
  parameters: {
    // Statements above a second are logged, in milliseconds, and those that wait long for a lock.
    'log_min_duration_statement': '1000',
    'log_lock_waits': '1',
    // Who connects, and changes of tables and of rights. By pgAudit, which leaves passwords out; `log_statement` writes them.
    'log_connections': '1',
    'shared_preload_libraries': 'pg_stat_statements,pgaudit',
    'pgaudit.log': 'ddl,role',
  },
  proxy: {
    family: 'POSTGRESQL',
    port: 5432,
    // RDS and Aurora user guides, "Supported Regions and DB engines for RDS Proxy".
    versions: /^1[1-7]$/,
    inWords: 'PostgreSQL 11 to 17',
  },
  looks: {
    slowQueries: 'the database\'s log',
    sessions: 'pg_stat_activity',
    deadlocks: 'the statements that the database\'s log names ("deadlock detected")',
  },
  wrapsAround: true,
  tlsParameters: required => ({ 'rds.force_ssl': required ? '1' : '0' }),
  hostedRotation: options => HostedRotation.postgreSqlMultiUser(options),
  maxConnections: memoryGib => Math.min(MOST_CONNECTIONS, Math.floor(memoryGib * GIB / BYTES_PER_CONNECTION)),
};

/** Aurora PostgreSQL, whose every type has Performance Insights. */
export const AURORA_POSTGRESQL: AuroraEngine = {
  ...POSTGRESQL,
  title: 'Aurora PostgreSQL',
  id: 'AuroraPostgresql',
  exportedLogs: ['postgresql'],
  countsLoginFailures: false,
  canBacktrack: false,
  // Aurora user guide, "Performance and scaling for Aurora Serverless v2": maximum connections.
  mostAtHalfAnAcu: 2000,
};

/** RDS for PostgreSQL, whose every type has Performance Insights. */
export const RDS_POSTGRESQL: RdsEngine = {
  ...POSTGRESQL,
  title: 'RDS PostgreSQL',
  id: 'RdsPostgresql',
  exportedLogs: ['postgresql', 'upgrade'],
  // A replica of a database at rest says up to 5 minutes, since the log is switched so often (RDS user guide, "Monitoring read replication").
  maxReplicaLag: Duration.minutes(6),
};
