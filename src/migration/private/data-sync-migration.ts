import { CfnOutput, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnLocationEFS, CfnLocationS3, CfnTask } from 'aws-cdk-lib/aws-datasync';
import { Connections, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { IPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { MetricStatistic, MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BlockDescription, FileSystemMount, IWorkload, Tier } from '../../core';
import { HTTPS, identityOf } from '../../core/private/block-links';
import { FileMigrationContext, IFileMigration, IMigrationStep } from '../contract';
import { FileMigrationProps, FileVerification } from '../file-props';
import { dataSyncRole, letUse } from './data-sync-role';
import { bareArn, FailureEvents, letWrite } from './failure-events';
import { Source } from './sources';
import { closedSecurityGroup } from '../../core/private/resources/closed-security-group';

const TITLE = 'File migration';
/** No limit, as DataSync writes it. */
const UNLIMITED = -1;

/** The choice of a migration by DataSync. */
export class DataSyncMigration implements IFileMigration {
  constructor(private readonly props: FileMigrationProps, private readonly source: Source) {}

  public bind(scope: Construct, context: FileMigrationContext): IMigrationStep {
    return new DataSyncTransfer(scope, 'DataSync', this.props, this.source, context);
  }
}

/** A task from the source to the media library, in a bucket or in a file system. */
class DataSyncTransfer extends Construct implements IMigrationStep, IWorkload {
  public readonly connections = new Connections();
  public readonly grantPrincipal: IPrincipal;
  private readonly failures: FailureEvents;
  private readonly taskId: string;

  constructor(
    scope: Construct, id: string,
    private readonly props: FileMigrationProps, private readonly source: Source, private readonly context: FileMigrationContext,
  ) {
    super(scope, id);
    const role = dataSyncRole(this, 'DestinationRole');
    this.grantPrincipal = role;
    const task = this.createTask(source.create(this), this.createDestination(role));
    this.taskId = Fn.select(1, Fn.split('/', task.ref));
    this.failures = new FailureEvents(this, 'Failures', {
      pattern: {
        'source': ['aws.datasync'],
        'detail-type': ['DataSync Task Execution State Change'],
        'resources': [{ prefix: `${task.ref}/execution/` }],
        'detail': { State: ['ERROR'] },
      },
      advice: {
        why: 'A run of the file migration failed, or could not copy every file.',
        firstCheck: 'the task\'s log, which names the files; mend the cause and start another run.',
        runbook: 'migration-stalls',
      },
    }, context);
    new CfnOutput(this, 'Start', {
      description: 'Copies what is new or changed',
      value: `aws datasync start-task-execution --task-arn ${task.ref}`,
    });
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    const metrics = monitoring.createMetricFactory();
    const metric = (name: string, label: string) =>
      metrics.createMetric(name, MetricStatistic.SUM, label, { TaskId: this.taskId }, undefined, 'AWS/DataSync');
    monitoring.monitorCustom({
      humanReadableName: TITLE,
      alarmFriendlyName: 'File-Migration',
      addToSummaryDashboard: false,
      metricGroups: [
        { title: 'Files', metrics: [metric('FilesTransferred', 'Copied'), metric('FilesVerifiedDestination', 'Verified')] },
        { title: 'Bytes', metrics: [metric('BytesTransferred', 'Copied')] },
      ],
    });
    this.failures.monitorWith(monitoring, TITLE, 'File-Migration');
  }

  public describe(): BlockDescription {
    const { schedule, deleteRemoved } = this.props;
    const { id, port = HTTPS } = this.context.media.describe();
    return {
      ...identityOf(this),
      title: TITLE,
      purpose: 'Copies the folder of images from where it is today, then what is new or changed',
      tier: Tier.DATA,
      talksTo: [{ to: id, port, why: 'Puts the files where the application finds them' }],
      facts: {
        from: this.source.description,
        runs: schedule?.expressionString ?? 'by command',
        deletes: deleteRemoved === true ? 'what is gone at the source' : 'nothing',
      },
    };
  }

  private createDestination(role: Role): string {
    const { bucket, mount } = this.context.media;
    if (bucket !== undefined) return this.toBucket(bucket, role);
    if (mount !== undefined) return this.toFileSystem(mount, role);
    throw new Error(`[${this.node.path}] 'migration.files' needs a media library with a 'bucket' or a 'mount', got neither: give one in the library, or copy the files by other means`);
  }

  /** Below the folder that the edge serves. */
  private toBucket(bucket: IBucket, role: Role): string {
    const subdirectory = this.context.media.pathPattern.replace(/\/?\*$/, '');
    letUse(role, bucket, subdirectory, true);
    const location = new CfnLocationS3(this, 'Destination', { s3BucketArn: bucket.bucketArn, subdirectory, s3Config: { bucketAccessRoleArn: role.roleArn } });
    location.node.addDependency(role.node.findChild('Policy'));
    return location.ref;
  }

  /** As the user of the access point, by network interfaces that the library lets in; it grants reading alone by default. */
  private toFileSystem({ fileSystem, accessPoint }: FileSystemMount, role: Role): string {
    const { vpc, subnets, media } = this.context;
    const securityGroup: SecurityGroup = closedSecurityGroup(this, vpc, TITLE);
    this.connections.addSecurityGroup(securityGroup);
    media.attachTo(this);
    role.addToPrincipalPolicy(new PolicyStatement({
      actions: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
      resources: [fileSystem.fileSystemArn],
      conditions: { StringEquals: { 'elasticfilesystem:AccessPointArn': accessPoint.accessPointArn } },
    }));
    const arn = (resource: string, resourceName: string) => Stack.of(this).formatArn({ service: 'ec2', resource, resourceName });
    const location = new CfnLocationEFS(this, 'Destination', {
      efsFilesystemArn: fileSystem.fileSystemArn,
      accessPointArn: accessPoint.accessPointArn,
      fileSystemAccessRoleArn: role.roleArn,
      inTransitEncryption: 'TLS1_2',
      ec2Config: {
        subnetArn: arn('subnet', vpc.selectSubnets(subnets).subnetIds[0]),
        securityGroupArns: [arn('security-group', securityGroup.securityGroupId)],
      },
    });
    location.node.addDependency(role.node.findChild('Policy'), fileSystem.mountTargetsAvailable);
    return location.ref;
  }

  private createTask(sourceLocationArn: string, destinationLocationArn: string): CfnTask {
    const { encryptionKey, profile } = this.context;
    const { schedule, bandwidthPerSecond, verification, deleteRemoved, excludes } = this.props;
    const log = new LogGroup(this, 'Log', { encryptionKey, retention: profile.logRetention, removalPolicy: RemovalPolicy.DESTROY });
    const policy = letWrite(this, log, 'datasync.amazonaws.com');
    const task = new CfnTask(this, 'Task', {
      sourceLocationArn,
      destinationLocationArn,
      cloudWatchLogGroupArn: bareArn(log),
      ...schedule === undefined ? {} : { schedule: { scheduleExpression: schedule.expressionString } },
      ...excludes === undefined || excludes.length === 0 ? {} : { excludes: [{ filterType: 'SIMPLE_PATTERN', value: excludes.join('|') }] },
      options: {
        transferMode: 'CHANGED',
        overwriteMode: 'ALWAYS',
        preserveDeletedFiles: deleteRemoved === true ? 'REMOVE' : 'PRESERVE',
        verifyMode: verification ?? FileVerification.ONLY_FILES_TRANSFERRED,
        bytesPerSecond: bandwidthPerSecond?.toBytes() ?? UNLIMITED,
        logLevel: 'BASIC',
        // Owners and modes are the library's own: a bucket has none, and an access point has one user.
        uid: 'NONE',
        gid: 'NONE',
        posixPermissions: 'NONE',
        preserveDevices: 'NONE',
      },
    });
    task.node.addDependency(policy);
    return task;
  }
}
