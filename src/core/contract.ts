import { CfnResource } from 'aws-cdk-lib';
import { IConnectable, IVpc } from 'aws-cdk-lib/aws-ec2';
import { IAccessPoint, IFileSystem } from 'aws-cdk-lib/aws-efs';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { IConstruct } from 'constructs';
import { EnvironmentProfile } from './environment-profile';

/** Knows what is worth watching about itself. */
export interface IMonitorable {
  /**
   * Adds its dashboard segments and its alarms.
   *
   * @param monitoring the platform's facade: it names the alarms, and sends them where their severity and owner say
   */
  monitorWith(monitoring: MonitoringFacade): void;
}

/** The part that a block plays in a platform. */
export enum Tier {
  /** DNS, content delivery, firewall and load balancer */
  EDGE = 'edge',
  /** What runs the application */
  COMPUTE = 'compute',
  /** What keeps data: databases, caches, sessions, files */
  DATA = 'data',
  /** VPC, subnets, egress */
  NETWORK = 'network',
  /** What runs jobs in steps */
  WORKFLOW = 'workflow',
  /** Boards, alarms and who is told */
  OBSERVABILITY = 'observability',
}

/** That a block talks to another one: a line of the diagram, from the block to the other. */
export interface BlockLink {
  /** The `id` of the other block, of the same platform. */
  readonly to: string;
  /**
   * The port of the other block.
   *
   * @default - it goes by no network
   */
  readonly port?: number;
  /** What for, in a few words. */
  readonly why: string;
}

/** What a block says about itself, for diagrams, reports and runbooks. */
export interface BlockDescription {
  /**
   * Names it among the blocks of its platform: no other one has it, and it stays the same from one release to the next. The
   * library's own have their path below the stack, such as `Shop/Database/AuroraMysql`.
   */
  readonly id: string;
  /** What it is made of is below this construct; of what exists already, the construct that stands for it, or where it is adopted. */
  readonly construct: IConstruct;
  /** Short name for people, such as "Aurora MySQL". */
  readonly title: string;
  /** What it is there for, in one sentence. */
  readonly purpose: string;
  /** The part that it plays. */
  readonly tier: Tier;
  /**
   * The port on which what runs in the platform's network reaches it: a workload that attaches to it talks to it there.
   *
   * @default - nothing there has to
   */
  readonly port?: number;
  /**
   * What it talks to.
   *
   * @default - to no other block
   */
  readonly talksTo?: BlockLink[];
  /**
   * Facts worth knowing, by name, such as `{ engine: 'Aurora MySQL 3.10' }`.
   *
   * @default - no facts
   */
  readonly facts?: { [name: string]: string };
}

/** Can say what it is. */
export interface IDescribable {
  /** What it is, what it is for, and the facts worth knowing. */
  describe(): BlockDescription;
}

/** Something that runs code: it has security groups and an identity. */
export interface IWorkload extends IConstruct, IConnectable, IGrantable {
  /**
   * What sends from its security groups: of all that templates make, nothing else may be in them. Empty for what no template
   * makes, such as pods with security groups of their own.
   *
   * @default - every resource below its construct
   */
  readonly networkSenders?: CfnResource[];
}

/** What a team releases by itself, such as a workload, a function or a site: a new version of it, and nothing else. */
export interface IReleasable {
  /**
   * What a workflow that releases it has to know: names and no secrets.
   *
   * @default - nothing but its address
   */
  readonly parameters?: { [name: string]: string };
  /**
   * Lets somebody release a new version of it, take one back, and see how that goes; nothing else of the platform.
   *
   * @param grantee who releases it: the role of the team's pipeline
   */
  grantRelease(grantee: IGrantable): Grant;
  /**
   * Lets somebody see how it is: its versions, its units and what they log.
   *
   * @param grantee who looks
   */
  grantView(grantee: IGrantable): Grant;
}

/** A secret's value, or one field of its JSON, that a workload receives under an environment variable's name. */
export interface SecretReference {
  /** The secret in Secrets Manager. */
  readonly secret: ISecret;
  /**
   * The field of the secret's JSON.
   *
   * @default - the whole value
   */
  readonly field?: string;
}

/** A file system that a workload mounts: the files stay where they are, no unit holds a copy. */
export interface FileSystemMount {
  /** The file system. */
  readonly fileSystem: IFileSystem;
  /** The access point: the folder and the user that the workload sees. */
  readonly accessPoint: IAccessPoint;
  /** Where the workload finds it, such as `/mnt/media`. */
  readonly path: string;
}

/** A backing service (database, session store, media library) that workloads attach to. */
export interface IAttachable extends IMonitorable, IDescribable {
  /** Environment variables that tell a workload where the service is. */
  readonly environment: { [name: string]: string };
  /** Environment variables that a workload receives from Secrets Manager, never as plain text. */
  readonly secrets: { [name: string]: SecretReference };
  /**
   * A file system that each unit of a workload mounts.
   *
   * @default - nothing to mount
   */
  readonly mount?: FileSystemMount;
  /**
   * The same service past the connection pool in front of it, for what no pool carries: a bulk load, a replication.
   *
   * @default - the service has no pool: this is the way itself
   */
  readonly direct?: IAttachable;
  /**
   * Lets the workload reach the service: the one place where its security-group rule and its grant are made.
   *
   * @param workload what is to reach the service
   */
  attachTo(workload: IWorkload): void;
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
