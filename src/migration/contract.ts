import { SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IHealthCheck } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { BindContext, Domain, IAttachable, IDescribable, IMonitorable } from '../core';
import { IMediaLibrary } from '../storage';
import { IWebWorkload } from '../workload';

/** One part of a migration: the database, the files or the cut-over. It knows what is worth watching about itself. */
export interface IMigrationStep extends IMonitorable, IDescribable {}

/** What a database migration receives. */
export interface DatabaseMigrationContext extends BindContext {
  /** Where the replication runs: private subnets with a way out. */
  readonly subnets: SubnetSelection;
  /**
   * The platform's database. Its `secrets` must hold `DB_USER` and `DB_PASSWORD` in one secret, with the fields
   * `username`, `password`, `host` and `port`, and its `environment` must name `DB_NAME`.
   */
  readonly database: IAttachable;
}

/** A way to fill the platform's database from another. Bring your own by implementing it. */
export interface IDatabaseMigration {
  /**
   * Creates what replicates. It changes no resource outside its scope but by rules and metadata of their own.
   *
   * @param scope the namespace that the platform gives
   * @param context where, and into which database
   */
  bind(scope: Construct, context: DatabaseMigrationContext): IMigrationStep;
}

/** What a file migration receives. */
export interface FileMigrationContext extends BindContext {
  /** Where network interfaces of the transfer stand, when the files go to a file system: private subnets. */
  readonly subnets: SubnetSelection;
  /** The platform's media library. */
  readonly media: IMediaLibrary;
}

/** A way to fill the platform's media library from elsewhere. Bring your own by implementing it. */
export interface IFileMigration {
  /**
   * Creates what copies. It changes no resource outside its scope but by rules and metadata of their own.
   *
   * @param scope the namespace that the platform gives
   * @param context where, and into which library
   */
  bind(scope: Construct, context: FileMigrationContext): IMigrationStep;
}

/** What a cut-over receives. */
export interface CutOverContext {
  /** The platform's name, in a hosted zone. */
  readonly domain: Domain;
}

/** A cut-over in force: the edge gives the platform's records what it says. */
export interface ICutOverStep extends IMigrationStep {
  /** Percentage of the DNS answers that lead to the platform, 0 to 100; the records of the other side have the rest. */
  readonly platformShare: number;
  /** Whether the platform answers over IPv6 too: below a share of 100 only where the other side has such addresses. */
  readonly ipv6: boolean;
  /**
   * Makes the health check of the platform. Called once, when the workload is registered.
   *
   * It must not ask the distribution by its own name: pages are asked for with the viewer's name, and the load balancer's
   * certificate is for the domain's alone, so that CloudFront would answer 502.
   *
   * @param workload what answers behind the load balancer, with its target groups
   * @returns the check without which the platform's records are left out of the answers; nothing when no answer hangs on it
   */
  healthCheckOf(workload: IWebWorkload): IHealthCheck | undefined;
}

/** A way to lead users over from where they are. Bring your own by implementing it. */
export interface ICutOver {
  /**
   * Creates the records and health checks of the other side.
   *
   * @param scope the namespace that the platform gives
   * @param context the platform's name
   */
  bind(scope: Construct, context: CutOverContext): ICutOverStep;
}

/**
 * How data and users come from where the application runs today. Everything that it makes, with its alarms and its
 * dashboard, leaves the template when the prop leaves the code; nothing else changes. One part at least must be given.
 */
export interface MigrationProps {
  /**
   * The database.
   *
   * @default - it is filled by other means
   */
  readonly database?: IDatabaseMigration;
  /**
   * The folder of images and other files.
   *
   * @default - the media library is filled by other means
   */
  readonly files?: IFileMigration;
  /**
   * How users are led over.
   *
   * @default - every DNS answer leads to the platform
   */
  readonly cutOver?: ICutOver;
}
