import { IKeyGroup } from 'aws-cdk-lib/aws-cloudfront';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { AccessPoint, CfnFileSystem, FileSystem, IFileSystem, LifecyclePolicy, OutOfInfrequentAccessPolicy, ThroughputMode } from 'aws-cdk-lib/aws-efs';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { acknowledgeNoLogOfLogs } from './access-logs';
import { backUpFiles, monitorBackup } from './file-backup';
import { monitorFileSystem } from './file-system-alarms';
import { DEFAULT_PREFIX } from './prefix';
import { signedFact, signing } from './signing';
import { BlockDescription, FileSystemMount, IWorkload, SecretReference, Tier } from '../../core';
import { identityOf } from '../../core/private/block-links';
import { declareClosed, declareReachable } from '../../core/private/reachable-by';
import { closedSecurityGroup } from '../../core/private/resources/closed-security-group';
import { ScheduledBackup } from '../../core/private/resources/scheduled-backup';
import { validate } from '../../core/private/validation';
import { IMedia, MediaContext, IMediaLibrary } from '../contract';
import { MediaFileSystemProps, RULES } from '../media-file-system-props';

/** Otherwise mount targets are numbered, and one that moves to another place in the list takes another's zone. */
const MOUNT_TARGETS_BY_SUBNET = '@aws-cdk/aws-efs:mountTargetOrderInsensitiveLogicalId';
/** The port of NFS. */
const NFS = 2049;
const [READ, WRITE, AS_ROOT] = ['Mount', 'Write', 'RootAccess'].map(action => `elasticfilesystem:Client${action}`);

/** The choice of a file system. */
export class MediaFileSystem implements IMedia {
  constructor(private readonly props: MediaFileSystemProps) {
    validate('Media.fileSystem', props, RULES);
  }

  public bind(scope: Construct, context: MediaContext): IMediaLibrary {
    return new MediaFileSystemLibrary(scope, 'FileSystem', this.props, context);
  }
}

/** An EFS file system that each unit mounts: one folder for all, no unit ever holds a copy. */
class MediaFileSystemLibrary extends Construct implements IMediaLibrary {
  public readonly environment: { [name: string]: string };
  public readonly secrets: { [name: string]: SecretReference };
  public readonly mount: FileSystemMount;
  public readonly pathPattern: string;
  public readonly trustedKeyGroups?: IKeyGroup[];
  private readonly securityGroup: SecurityGroup;
  private readonly throughputMode: ThroughputMode;
  private readonly backup?: ScheduledBackup;

  constructor(scope: Construct, id: string, private readonly props: MediaFileSystemProps, private readonly context: MediaContext) {
    super(scope, id);
    this.node.setContext(MOUNT_TARGETS_BY_SUBNET, true);
    const prefix = props.prefix ?? DEFAULT_PREFIX;
    this.throughputMode = props.throughputMode ?? ThroughputMode.ELASTIC;
    this.securityGroup = closedSecurityGroup(this, context.vpc, 'Media');
    const fileSystem = this.createFileSystem();
    this.mount = { fileSystem, accessPoint: this.createAccessPoint(fileSystem), path: props.mountPath ?? '/mnt/media' };
    declareClosed(this.resource);
    this.backup = backUpFiles(this, fileSystem, context);
    acknowledgeNoLogOfLogs(context.accessLogs);
    const signed = signing(this, props.signedUrls);
    this.pathPattern = `/${prefix}/*`;
    this.trustedKeyGroups = signed.trustedKeyGroups;
    this.environment = { MEDIA_BASE_URL: `/${prefix}`, MEDIA_PATH: this.mount.path, ...signed.environment };
    this.secrets = signed.secrets;
  }

  public attachTo(workload: IWorkload): void {
    const { fileSystem, accessPoint } = this.mount;
    workload.connections.allowTo(this.securityGroup, Port.tcp(NFS), 'Media');
    workload.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({
      actions: this.isWritable ? [READ, WRITE] : [READ],
      resources: [fileSystem.fileSystemArn],
      conditions: { StringEquals: { 'elasticfilesystem:AccessPointArn': accessPoint.accessPointArn } },
    }));
    declareReachable(this.resource, workload);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitorFileSystem(monitoring, this.mount.fileSystem.fileSystemId, this.throughputMode);
    monitorBackup(monitoring, this.backup, storedBytes(this.mount.fileSystem));
  }

  public describe(): BlockDescription {
    return {
      ...identityOf(this),
      title: 'Media file system',
      purpose: 'Holds images and other files for an application that works with paths, without a copy on any unit',
      tier: Tier.DATA,
      port: NFS,
      facts: {
        path: this.pathPattern,
        mount: this.mount.path,
        throughput: this.throughputMode,
        application: this.isWritable ? 'reads and writes' : 'reads',
        encryption: 'at rest and in transit',
        ...signedFact(this.trustedKeyGroups),
      },
    };
  }

  private get isWritable(): boolean {
    return this.props.writable ?? true;
  }

  private get resource(): CfnFileSystem {
    return this.mount.fileSystem.node.defaultChild as CfnFileSystem;
  }

  private createFileSystem(): FileSystem {
    const { vpc, subnets, encryptionKey, profile } = this.context;
    return new FileSystem(this, 'Files', {
      vpc,
      // EFS takes one mount target in a zone.
      vpcSubnets: { ...subnets, onePerAz: true },
      securityGroup: this.securityGroup,
      encrypted: true,
      kmsKey: encryptionKey,
      throughputMode: this.throughputMode,
      provisionedThroughputPerSecond: this.props.provisionedThroughputPerSecond,
      lifecyclePolicy: this.props.lifecyclePolicy ?? LifecyclePolicy.AFTER_30_DAYS,
      outOfInfrequentAccessPolicy: OutOfInfrequentAccessPolicy.AFTER_1_ACCESS,
      fileSystemPolicy: policy(),
      // CDK would deny it by a statement that lets whoever reaches a mount target act as root.
      allowAnonymousAccess: true,
      removalPolicy: profile.removalPolicy,
    });
  }

  private createAccessPoint(fileSystem: FileSystem): AccessPoint {
    const { uid, gid, secondaryGids } = this.props.posixUser ?? { uid: '1000', gid: '1000' };
    return new AccessPoint(this, 'AccessPoint', {
      fileSystem,
      path: this.props.rootDirectory ?? '/media',
      posixUser: { uid, gid, secondaryGids },
      createAcl: { ownerUid: uid, ownerGid: gid, permissions: '0755' },
    });
  }
}

/**
 * Refuses clients without TLS, and those that come past the mount targets. That there is a policy at all refuses whoever
 * does not come by IAM (EFS user guide, "Default EFS file system policy"); the workload's own role lets it in.
 */
function policy(): PolicyDocument {
  const refuse = (sid: string, key: string) => new PolicyStatement({
    sid,
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: [READ, AS_ROOT, WRITE],
    conditions: { Bool: { [key]: 'false' } },
  });
  return new PolicyDocument({
    statements: [refuse('TlsOnly', 'aws:SecureTransport'), refuse('MountTargetsOnly', 'elasticfilesystem:AccessedViaMountTarget')],
  });
}

/** Reported every 15 minutes, as long as the file system is (Amazon EFS user guide, "CloudWatch metrics for Amazon EFS"). */
function storedBytes({ fileSystemId }: IFileSystem): Metric {
  return new Metric({ namespace: 'AWS/EFS', metricName: 'StorageBytes', dimensionsMap: { FileSystemId: fileSystemId, StorageClass: 'Total' } });
}
