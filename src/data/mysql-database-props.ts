import { PasswordRotation } from './password-rotation';

/** A snapshot that a database begins as a copy of. */
export interface DatabaseSnapshot {
  /**
   * Name or ARN of the snapshot: a cluster's for Aurora, an instance's for RDS. A manual snapshot, or one of AWS Backup; an
   * automated one expires.
   */
  readonly snapshotIdentifier: string;
  /** The master user of the database that the snapshot was taken of: a restored database keeps it. */
  readonly username: string;
}

/** What every MySQL database takes. */
export interface MysqlDatabaseProps {
  /**
   * Name of the database that is created with the server. A change makes a new, empty server: to add a database to a
   * server, create it by SQL. With `snapshot`, the name of the application's database in it, which nothing creates.
   *
   * @default 'app'
   */
  readonly databaseName?: string;
  /**
   * Port of the database, 1150 to 65535. A change keeps the data of Aurora: every connection is cut, and made again on the
   * new port. It makes a new, empty instance of RDS. Behind a proxy the application is told the proxy's port, which is
   * always 3306.
   *
   * @default 13306 - not MySQL's own, which scans look for; the application reads it from `DB_PORT`
   */
  readonly port?: number;
  /**
   * Whether RDS Proxy stands between the application and the database: it pools connections, so that a peak of units does
   * not open more of them than the database takes, and it holds the application's connections over a failover.
   *
   * @default - as the traffic's peak needs it, when the version has a proxy and `rotation` can go through
   * one; and with `iamAuthentication`
   */
  readonly proxy?: boolean;
  /**
   * Whether the application shows the proxy a token of its role (`rds:GenerateDBAuthToken` of the AWS SDK) instead of a
   * password. It receives `DB_USER` and `DB_IAM`, and no password.
   *
   * @default false
   */
  readonly iamAuthentication?: boolean;
  /**
   * How the password changes by itself.
   *
   * @default - it does not: running tasks got it when they started, and most applications cannot read it again
   */
  readonly rotation?: PasswordRotation;
  /**
   * A snapshot to begin with. A change, and its removal, makes a new database, without what was written since: leave it
   * in place.
   *
   * @default - an empty database
   */
  readonly snapshot?: DatabaseSnapshot;
  /**
   * Whether the server and its proxy refuse connections without TLS (`require_secure_transport`). The application then has to trust
   * the certificate authorities of RDS, whose bundle is at https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem.
   *
   * @default false - connections that do not speak TLS are taken too; the application decides
   */
  readonly requireTls?: boolean;
}
