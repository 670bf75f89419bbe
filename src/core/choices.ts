import { BehaviorOptions } from 'aws-cdk-lib/aws-cloudfront';
import { IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { IAttachable, IWebWorkload } from './contracts';
import { EnvironmentProfile } from './environment-profile';

/** How many units (tasks or instances) the application runs on. */
export interface ComputeCapacity {
  /** Units that always run. */
  readonly minUnits: number;
  /** Units that the application may grow to. */
  readonly maxUnits: number;
  /** Requests per minute and unit that scaling aims at. */
  readonly targetRequestsPerMinute: number;
  /** CPU utilization that scaling aims at, in percent. */
  readonly targetCpuPercent: number;
}

/** Capacity range of a serverless relational database. */
export interface DatabaseCapacity {
  /** Smallest capacity, in Aurora capacity units (ACU, about 2 GiB of memory each). */
  readonly minAcu: number;
  /** Largest capacity, in ACU. */
  readonly maxAcu: number;
}

/** Limits of a serverless cache. */
export interface CacheCapacity {
  /** Most ElastiCache processing units (ECPU) per second; one simple command of up to 1 kB is 1 ECPU. */
  readonly maxEcpuPerSecond: number;
  /** Most data held, in GB. */
  readonly maxDataGb: number;
}

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
  /** How large. */
  readonly capacity: DatabaseCapacity;
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
  /** Receives the access logs. */
  readonly accessLogs: IBucket;
}

/** A media library: files that are served at the edge and never copied to a unit. */
export interface IMediaLibrary extends IAttachable {
  /** The paths that are served from the library, such as `/media/*`. */
  readonly pathPattern: string;
  /** How the content-delivery network serves those paths. */
  readonly behavior: BehaviorOptions;
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
