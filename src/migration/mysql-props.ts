import { Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { wholeSize } from '../core/private/units';
import { matches, Rule, wholeBetween } from '../core/private/validation';

/** How the connection to the source is encrypted; DMS knows no other way for MySQL (DMS user guide, "Using SSL with AWS DMS"). */
export enum MysqlSslMode {
  /** Not encrypted: for a source that is reached by a VPN or Direct Connect alone. */
  NONE = 'none',
  /** Encrypted; the certificate must come from the given authority, for whatever name. */
  VERIFY_CA = 'verify-ca',
  /** Encrypted; the certificate must come from the given authority and name the server. */
  VERIFY_FULL = 'verify-full',
}

/** What a full load does to tables that are in the platform's database already. */
export enum TargetTablePreparation {
  /** Rows are added to the tables that are there: made before, with their indexes and foreign keys. Nothing is ever deleted. */
  DO_NOTHING = 'DO_NOTHING',
  /** Tables stay and are emptied first. */
  TRUNCATE_BEFORE_LOAD = 'TRUNCATE_BEFORE_LOAD',
  /** Tables are dropped and made anew with columns and primary key alone. */
  DROP_AND_CREATE = 'DROP_AND_CREATE',
}

/** Options of a migration from a MySQL database. */
export interface MysqlMigrationProps {
  /**
   * The source's address and user in Secrets Manager: JSON with the fields `host`, `port`, `username` and `password`, which
   * DMS reads itself. A customer-managed key of its own must be the secret's `encryptionKey`, and its policy must leave
   * access to IAM, as that of every key made by CDK does.
   */
  readonly sourceSecret: ISecret;
  /** Name of the database at the source. Its tables go into the platform's database, whatever that one's name. */
  readonly sourceDatabase: string;
  /**
   * Port of the source, 1 to 65535: what the replication's security group lets out to. It must be the secret's `port`.
   *
   * @default 3306 - MySQL's own
   */
  readonly sourcePort?: number;
  /**
   * Addresses of the source in CIDR notation (IPv4): where the replication's security group lets out to.
   *
   * @default '0.0.0.0/0' - wherever the secret's `host` is, by the source's port alone
   */
  readonly sourceCidr?: string;
  /**
   * Certificate of the authority that signed the source's certificate, in PEM.
   *
   * @default - the connection is not encrypted, and a warning says so
   */
  readonly sourceCertificate?: string;
  /**
   * How the source's certificate is verified.
   *
   * @default - MysqlSslMode.VERIFY_FULL with a certificate, MysqlSslMode.NONE without
   */
  readonly sourceSslMode?: MysqlSslMode;
  /**
   * Certificates of RDS's authority in the platform's Region, in PEM, from
   * `https://truststore.pki.rds.amazonaws.com/<region>/<region>-bundle.pem`. The database's certificate is verified by it.
   *
   * @default - the connection to the database, which never leaves the VPC, is not encrypted, and a warning says so
   */
  readonly targetCertificate?: string;
  /**
   * Tables that are copied; `%` stands for any characters.
   *
   * @default ['%'] - every table
   */
  readonly tables?: string[];
  /**
   * Tables that are not copied, though `tables` names them; `%` stands for any characters.
   *
   * @default - no table is left out
   */
  readonly excludedTables?: string[];
  /**
   * What a full load does to tables that are in the platform's database already.
   *
   * @default TargetTablePreparation.DO_NOTHING - nothing is ever deleted; make the tables from the source's own schema first
   */
  readonly targetTablePreparation?: TargetTablePreparation;
  /**
   * Largest value of a BLOB or TEXT column, 1 KiB to 100 MiB: faster, but **a larger value is cut**.
   *
   * @default - every value arrives whole, fetched in pieces of 64 KiB (full LOB mode): slower for tables with such columns
   */
  readonly maxLobSize?: Size;
  /**
   * Class of the replication instance.
   *
   * @default - `dms.r6i.large` (2 vCPU, 16 GiB) in a profile with standbys, `dms.t3.medium` (2 vCPU, 4 GiB) in one without
   */
  readonly replicationInstanceClass?: string;
  /**
   * Storage of the replication instance in GiB, 5 to 6144: logs, and changes that wait while a full load runs.
   *
   * @default 100
   */
  readonly allocatedStorageGib?: number;
  /**
   * Whether the stack makes the roles `dms-vpc-role` and `dms-cloudwatch-logs-role`, of which an account has one each. A
   * role that exists already makes the deployment fail (within one app, the synthesis); the stack's own go with the migration.
   *
   * @default true - as an empty account needs
   */
  readonly createServiceRoles?: boolean;
}

/** Databases of the server itself: accounts with their passwords, not data (MySQL reference manual, "The mysql System Schema"). */
const SYSTEM_DATABASES = ['mysql', 'sys', 'information_schema', 'performance_schema'];
const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/;
const OCTET = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const CIDR = new RegExp(`^${OCTET}(\\.${OCTET}){3}/(3[0-2]|[12]?\\d)$`);
const MAX_LOB_KIB = 100 * 1024;

function named(prop: 'tables' | 'excludedTables'): Rule<MysqlMigrationProps> {
  return props => props[prop] === undefined || (props[prop].length > 0 && props[prop].every(name => name !== '')) ? undefined
    : `'${prop}' must name tables, got ${JSON.stringify(props[prop])}: leave it out, or give names such as 'orders' or 'log_%'`;
}

function pem(prop: 'sourceCertificate' | 'targetCertificate'): Rule<MysqlMigrationProps> {
  return props => {
    const given = props[prop];
    return given === undefined || Token.isUnresolved(given) || PEM.test(given) ? undefined
      : `'${prop}' must be a certificate in PEM, which begins with '-----BEGIN CERTIFICATE-----': give the file's content, not its path`;
  };
}

/** Rules of {@link MysqlMigrationProps}. */
export const MYSQL_MIGRATION_RULES: Rule<MysqlMigrationProps>[] = [
  matches('sourceDatabase', /^[^%/\\]{1,64}$/, 'must be the name of one database', 'give it as SHOW DATABASES does'),
  ({ sourceDatabase: name }) => SYSTEM_DATABASES.includes(name.toLowerCase())
    ? `'sourceDatabase' must not be one of MySQL's own, got ${JSON.stringify(name)}: it holds the source's accounts; make users by SQL`
    : undefined,
  wholeBetween('sourcePort', 1, 65535, 'give the port that the source listens on'),
  matches('sourceCidr', CIDR, 'must be IPv4 addresses in CIDR notation', 'give such as \'203.0.113.7/32\''),
  pem('sourceCertificate'),
  ({ sourceSslMode: mode = MysqlSslMode.NONE, sourceCertificate }) => mode === MysqlSslMode.NONE || sourceCertificate !== undefined ? undefined
    : `'sourceSslMode' ${mode} needs 'sourceCertificate': give the authority's certificate, which DMS verifies the source by`,
  pem('targetCertificate'),
  named('tables'),
  named('excludedTables'),
  ({ maxLobSize: size }) => {
    const kib = size === undefined || size.isUnresolved() ? undefined : size.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
    return kib === undefined || (kib >= 1 && kib <= MAX_LOB_KIB) ? undefined
      : `'maxLobSize' must be between 1 KiB and 100 MiB, got ${kib} KiB: leave it out for larger values, which then arrive whole`;
  },
  // A fraction of a known size is rounded up.
  props => props.maxLobSize?.isUnresolved() ? wholeSize<MysqlMigrationProps>('maxLobSize', 'KiB', 'DMS counts in KiB')(props) : undefined,
  matches('replicationInstanceClass', /^dms\.[a-z0-9]+\.[a-z0-9]+$/, 'must be a class of DMS', 'give such as \'dms.r6i.large\''),
  wholeBetween('allocatedStorageGib', 5, 6144, 'a replication instance has 5 to 6,144 GiB'),
];
