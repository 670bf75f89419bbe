import { InstanceType } from 'aws-cdk-lib/aws-ec2';
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

/** What every relational database takes. */
export interface RelationalDatabaseProps {
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
   * always the engine's own: 3306 or 5432.
   *
   * @default - 13306 for MySQL, 15432 for PostgreSQL: not their own, which scans look for; the application reads it from `DB_PORT`
   */
  readonly port?: number;
  /**
   * Whether RDS Proxy stands between the application and the database: it pools connections, so that a peak of units does
   * not open more of them than the database takes, and it holds the application's connections over a failover.
   *
   * @default - as the traffic's peak needs it, when the version has a proxy, `rotation` can go through one and there is no
   * read replica; and with `iamAuthentication`
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
   * Whether the server and its proxy refuse connections without TLS (`require_secure_transport` of MySQL, `rds.force_ssl` of
   * PostgreSQL). To verify the server, the application has to trust the certificate authorities of RDS, whose bundle is at
   * https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem.
   *
   * @default - false for MySQL: connections that do not speak TLS are taken too, and the application decides; true for
   * PostgreSQL, as RDS has it
   */
  readonly requireTls?: boolean;
}

/** What every Aurora cluster takes. */
export interface AuroraProps extends RelationalDatabaseProps {
  /**
   * Readers, 0 to 15. The first takes over when the writer fails; in a serverless cluster it is always as large as the writer,
   * and the others have a size of their own. The application finds them all at `DB_READER_HOST`, unless there is a proxy.
   *
   * @default - 1 in a profile with a standby, else 0
   */
  readonly readers?: number;
}

/** What every serverless Aurora cluster takes. */
export interface AuroraServerlessProps extends AuroraProps {
  /**
   * Smallest capacity in ACU (about 2 GiB of memory each), 0.5 to 256 in steps of 0.5. Aurora does not pause: with 0 it
   * would, and with a proxy it could not.
   *
   * @default - from the traffic
   */
  readonly minAcu?: number;
  /**
   * Largest capacity in ACU, 1 to 256 in steps of 0.5. The number of connections that an instance takes follows a
   * change only when the instance is rebooted.
   *
   * @default - from the traffic
   */
  readonly maxAcu?: number;
}

/** What every Aurora cluster on instances of a fixed size takes. */
export interface AuroraProvisionedProps extends AuroraProps {
  /**
   * Type of every instance, with or without the `db.` that RDS puts before it. A change restarts the instances one by one,
   * the writer last to be seen: a reader takes over meanwhile. Performance Insights is off on the types that do not have it.
   *
   * @default - the smallest r7g with the memory of the capacity that the traffic's peak needs, in ACU of 2 GiB, and a
   * warning when none is large enough; t4g.medium in a profile without a standby, where the price matters more than the peak
   */
  readonly instanceType?: InstanceType;
}

/** What every RDS instance takes. */
export interface RdsProps extends RelationalDatabaseProps {
  /**
   * Instance type, with or without the `db.` that RDS puts before it. A fixed size carries the peak all day: for rare,
   * high peaks Aurora serverless is cheaper. Performance Insights is off on the types that do not have it.
   *
   * @default - the smallest m7g with the memory of the capacity that the traffic's peak needs, in ACU of 2 GiB, and a
   * warning when none is large enough; t4g.medium in a profile without a standby, where the price matters more than the
   * peak, and which is the smallest type with Performance Insights for each engine
   */
  readonly instanceType?: InstanceType;
  /**
   * Storage at first, in GiB, 20 to 65536.
   *
   * @default 100 - or `maxAllocatedStorageGib`, if that is less
   */
  readonly allocatedStorageGib?: number;
  /**
   * Storage that the instance may grow to by itself, in GiB, 20 to 65536. Equal to `allocatedStorageGib` it never grows.
   *
   * @default - 1000, or twice `allocatedStorageGib`, if that is more
   */
  readonly maxAllocatedStorageGib?: number;
  /**
   * Whether a second instance of the same type holds a copy that is read from: the application finds it at `DB_READER_HOST`,
   * on the same port and with the same user. What is read there may be seconds old. It does not take over: the standby does.
   *
   * @default false
   */
  readonly readReplica?: boolean;
}
