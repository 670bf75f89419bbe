import { IKeyGroup, IOrigin } from 'aws-cdk-lib/aws-cloudfront';
import { IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IHealthCheck } from 'aws-cdk-lib/aws-route53';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { IAttachable, IWebWorkload } from './contracts';
import { EnvironmentProfile } from './environment-profile';
import { CacheCapacity, ComputeCapacity, DatabaseCapacity } from './sizes';

/** What every choice receives when the platform binds it. */
export interface BindContext {
  /** The platform's network. */
  readonly vpc: IVpc;
  /** Production or development, as numbers. */
  readonly profile: EnvironmentProfile;
  /** The platform's customer-managed key. */
  readonly encryptionKey: IKey;
}

/** What a compute choice receives. */
export interface ComputeContext extends BindContext {
  /** Where the units run: private subnets with a way out. */
  readonly subnets: SubnetSelection;
  /** How many units. */
  readonly capacity: ComputeCapacity;
  /** The services that the application uses. */
  readonly attachments: IAttachable[];
}

/** A way to run the application. Bring your own by implementing it. */
export interface ICompute {
  /**
   * Creates the workload, attached to every service of the context.
   *
   * @param scope the namespace that the platform gives
   * @param context where, how large, and with which services
   */
  bind(scope: Construct, context: ComputeContext): IWebWorkload;
}

/** What a database choice receives. */
export interface DatabaseContext extends BindContext {
  /** Where the database lives: subnets without a way in or out. */
  readonly subnets: SubnetSelection;
  /** Where a function runs that speaks to the database and to AWS: private subnets with a way out. */
  readonly workloadSubnets: SubnetSelection;
  /** How large. */
  readonly capacity: DatabaseCapacity;
  /**
   * The platform's name, such as `shop.example.com`: the database gets `db.internal.<name>` within the VPC.
   *
   * @default - no name of its own, only the endpoint that AWS gives
   */
  readonly domainName?: string;
}

/** A relational database. Bring your own by implementing it. */
export interface IDatabase {
  /**
   * Creates the database.
   *
   * @param scope the namespace that the platform gives
   * @param context where and how large
   */
  bind(scope: Construct, context: DatabaseContext): IAttachable;
}

/** What a session-store choice receives. */
export interface SessionsContext extends BindContext {
  /** Where the store lives: subnets without a way in or out. */
  readonly subnets: SubnetSelection;
  /** How large. */
  readonly capacity: CacheCapacity;
}

/** A shared session store. Bring your own by implementing it. */
export interface ISessions {
  /**
   * Creates the session store.
   *
   * @param scope the namespace that the platform gives
   * @param context where and how large
   */
  bind(scope: Construct, context: SessionsContext): IAttachable;
}

/** What a media choice receives. */
export interface MediaContext extends BindContext {
  /** Where a file system is reached: subnets without a way in or out. */
  readonly subnets: SubnetSelection;
  /** Receives the access logs. */
  readonly accessLogs: IBucket;
}

/** A media library: files that are served at the edge and never copied to a unit. */
export interface IMediaLibrary extends IAttachable {
  /** The paths that are media, such as `/media/*`; the edge keeps them long. */
  readonly pathPattern: string;
  /**
   * Where the edge gets them from.
   *
   * @default - from the application, which reads them from the file system that the library mounts
   */
  readonly origin?: IOrigin;
  /**
   * Whose signatures open them: the edge refuses every other request for them.
   *
   * @default - they are public
   */
  readonly trustedKeyGroups?: IKeyGroup[];
  /**
   * The bucket that keeps the files, each below the first part of `pathPattern`.
   *
   * @default - no bucket: the files are in the file system that the library mounts
   */
  readonly bucket?: IBucket;
}

/** Where media files are kept. Bring your own by implementing it. */
export interface IMedia {
  /**
   * Creates the media library.
   *
   * @param scope the namespace that the platform gives
   * @param context the key and the log bucket
   */
  bind(scope: Construct, context: MediaContext): IMediaLibrary;
}

/** Says whether the platform is well, while its users move over from elsewhere. */
export interface IDnsHealthCheck {
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
