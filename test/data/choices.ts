import { AuroraMysqlEngineVersion, AuroraPostgresEngineVersion, MysqlEngineVersion, PostgresEngineVersion } from 'aws-cdk-lib/aws-rds';
import { Database, IDatabase, RelationalDatabaseProps } from '../../src';

/** What the engine of a choice is known by. */
interface EngineFacts {
  readonly engine: string;
  /** What the application finds in `DB_ENGINE`. */
  readonly scheme: string;
  readonly port: number;
  readonly proxyPort: number;
  readonly proxyFamily: string;
  readonly rotationType: string;
  /** Whether connections without TLS are refused by default. */
  readonly tls: boolean;
  /** What makes the server refuse connections without TLS, or take them. */
  readonly tlsParameter: { readonly name: string; readonly on: string; readonly off?: string };
  readonly longest: { readonly databaseName: number; readonly username: number };
  /** What RDS Proxy speaks to, and a version that it does not. */
  readonly spokenTo: string;
  readonly oldVersion: string;
}

/** Every relational choice: what holds for one holds for each. */
export interface Choice extends EngineFacts {
  readonly name: string;
  readonly title: string;
  /** Path of what keeps the data, below the slot. */
  readonly path: string;
  /** The type that keeps the data. */
  readonly store: string;
  /** Where it answers. */
  readonly endpoint: string;
  readonly exportedLogs: string[];
  readonly make: (props?: RelationalDatabaseProps) => IDatabase;
  /** The same with a version that RDS Proxy does not speak to. */
  readonly old: (props?: RelationalDatabaseProps) => IDatabase;
}

const MYSQL: EngineFacts & Pick<Choice, 'exportedLogs'> = {
  engine: 'MySQL',
  scheme: 'mysql',
  port: 13306,
  proxyPort: 3306,
  proxyFamily: 'MYSQL',
  rotationType: 'MySQLMultiUser',
  tls: false,
  tlsParameter: { name: 'require_secure_transport', on: 'ON' },
  longest: { databaseName: 64, username: 32 },
  spokenTo: 'MySQL 5.7 or 8',
  oldVersion: '5.6',
  exportedLogs: ['audit', 'error', 'general', 'slowquery'],
};
const POSTGRESQL: EngineFacts = {
  engine: 'PostgreSQL',
  scheme: 'postgresql',
  port: 15432,
  proxyPort: 5432,
  proxyFamily: 'POSTGRESQL',
  rotationType: 'PostgreSQLMultiUser',
  tls: true,
  tlsParameter: { name: 'rds.force_ssl', on: '1', off: '0' },
  longest: { databaseName: 63, username: 63 },
  spokenTo: 'PostgreSQL 11 to 17',
  oldVersion: '10',
};
const CLUSTER = { store: 'AWS::RDS::DBCluster', endpoint: 'Endpoint.Address' };
const INSTANCE = { store: 'AWS::RDS::DBInstance', endpoint: 'Endpoint.Address' };
const AURORA_MYSQL = { ...MYSQL, ...CLUSTER, title: 'Aurora MySQL', path: 'AuroraMysql/Cluster' };
const AURORA_POSTGRESQL = { ...POSTGRESQL, ...CLUSTER, title: 'Aurora PostgreSQL', path: 'AuroraPostgresql/Cluster', exportedLogs: ['postgresql'] };

const OLD_AURORA_MYSQL = AuroraMysqlEngineVersion.of('5.6.mysql_aurora.1.23.4', '5.6');
const OLD_AURORA_POSTGRESQL = AuroraPostgresEngineVersion.of('10.21', '10');

export const CHOICES: Choice[] = [
  {
    ...AURORA_MYSQL,
    name: 'auroraMysql',
    make: props => Database.auroraMysql(props),
    old: props => Database.auroraMysql({ ...props, version: OLD_AURORA_MYSQL }),
  },
  {
    ...AURORA_MYSQL,
    name: 'auroraMysqlProvisioned',
    make: props => Database.auroraMysqlProvisioned(props),
    old: props => Database.auroraMysqlProvisioned({ ...props, version: OLD_AURORA_MYSQL }),
  },
  {
    ...MYSQL,
    ...INSTANCE,
    // In numbers, where clusters take words.
    tlsParameter: { name: 'require_secure_transport', on: '1' },
    name: 'rdsMysql',
    title: 'RDS MySQL',
    path: 'RdsMysql/Instance',
    make: props => Database.rdsMysql(props),
    old: props => Database.rdsMysql({ ...props, version: MysqlEngineVersion.of('5.6.51', '5.6') }),
  },
  {
    ...AURORA_POSTGRESQL,
    name: 'auroraPostgresql',
    make: props => Database.auroraPostgresql(props),
    old: props => Database.auroraPostgresql({ ...props, version: OLD_AURORA_POSTGRESQL }),
  },
  {
    ...AURORA_POSTGRESQL,
    name: 'auroraPostgresqlProvisioned',
    make: props => Database.auroraPostgresqlProvisioned(props),
    old: props => Database.auroraPostgresqlProvisioned({ ...props, version: OLD_AURORA_POSTGRESQL }),
  },
  {
    ...POSTGRESQL,
    ...INSTANCE,
    name: 'rdsPostgresql',
    title: 'RDS PostgreSQL',
    path: 'RdsPostgresql/Instance',
    exportedLogs: ['postgresql', 'upgrade'],
    make: props => Database.rdsPostgresql(props),
    old: props => Database.rdsPostgresql({ ...props, version: PostgresEngineVersion.of('10.21', '10') }),
  },
];

/** Those of RDS, which may have a read replica. */
export const RDS_CHOICES = [
  { ...CHOICES[2], replicated: Database.rdsMysql.bind(Database) },
  { ...CHOICES[5], replicated: Database.rdsPostgresql.bind(Database) },
];
