import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  AuroraMysqlEngineVersion, CfnDBCluster, DatabaseCluster, DatabaseClusterEngine, DatabaseSecret, IClusterInstance, ParameterGroup,
  ProvisionedClusterInstanceProps,
} from 'aws-cdk-lib/aws-rds';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { MysqlAccess } from './access';
import { backUp, monitorBackup } from './backup';
import { monitorCluster } from './database-alarms';
import { keepExportedLogs } from './exported-logs';
import { addressOf, AUDIT_EVENTS, createCredentials, createMonitoringRole, keepWith, parametersOf, settle, sharedProps, waitForRights } from './mysql';
import { refusePublicSubnets } from './mysql-rules';
import { BlockDescription, IAttachable, IWorkload, SecretReference, Tier } from '../../core';
import { acknowledge } from '../../core/private/acknowledge';
import { closedSecurityGroup } from '../../core/private/resources/closed-security-group';
import { ScheduledBackup } from '../../core/private/resources/scheduled-backup';
import { known, Rule, wholeBetween } from '../../core/private/validation';
import { DatabaseContext } from '../contract';
import { MysqlDatabaseProps } from '../mysql-database-props';

/** What every Aurora cluster takes. */
export interface AuroraProps extends MysqlDatabaseProps {
  readonly readers?: number;
  readonly version?: AuroraMysqlEngineVersion;
}

/** The instances of a cluster: where the variants differ. They have the same ids, so that one becomes the other in place. */
export interface Instances {
  /** What one instance is. */
  readonly describe: { [fact: string]: string };
  /** Bounds of serverless instances, in ACU. */
  readonly bounds?: { readonly minAcu: number; readonly maxAcu: number };
  /** Memory of each, at its largest; when it is known. */
  readonly memoryGib?: number;
  /** Whether they can have Performance Insights. */
  readonly insights: boolean;
  /** An instance, the first reader being the one that takes over. */
  create(id: string, props: ProvisionedClusterInstanceProps, takesOver: boolean): IClusterInstance;
}

const AURORA_TITLE = 'Aurora MySQL';

/** Rules that only Aurora has. */
export const AURORA_RULES: Rule<AuroraProps>[] = [
  known('readers', 'so many readers are made'),
  wholeBetween('readers', 0, 15, 'an Aurora cluster has up to 15 readers'),
];

/** The version that runs, given or by default. */
export function auroraVersion({ version = AuroraMysqlEngineVersion.VER_3_10_3 }: AuroraProps): AuroraMysqlEngineVersion {
  return version;
}

/** A cluster of a writer and, in production, a reader in another zone that takes over. */
export class AuroraMysqlDatabase extends Construct implements IAttachable {
  public readonly environment: { [name: string]: string };
  public readonly secrets: { [name: string]: SecretReference };
  public readonly direct?: IAttachable;
  private readonly cluster: DatabaseCluster;
  private readonly access: MysqlAccess;
  private readonly backup?: ScheduledBackup;
  private readonly securityGroup: SecurityGroup;
  private readonly readers: number;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AuroraProps,
    private readonly instances: Instances,
    private readonly context: DatabaseContext,
  ) {
    super(scope, id);
    refusePublicSubnets(this, context);
    this.readers = props.readers ?? (context.profile.multiAz ? 1 : 0);
    this.securityGroup = closedSecurityGroup(this, context.vpc, AURORA_TITLE);
    const credentials = createCredentials(this, context, props);
    this.cluster = this.createCluster(credentials);
    acknowledge(this.cluster, ['AwsSolutions-RDS14'],
      'Restoring to a point in time makes a new cluster and keeps the damaged one to look at; backtrack rewinds the only one in place');
    this.access = this.createAccess(credentials);
    this.backup = backUp(this, this.cluster.clusterArn, context);
    keepExportedLogs(this, `cluster/${this.cluster.clusterIdentifier}`, context);
    this.environment = this.access.environment;
    this.secrets = this.access.secrets;
    this.direct = this.access.direct;
  }

  public attachTo(workload: IWorkload): void {
    this.access.attachTo(workload);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    const { memoryGib, bounds } = this.instances;
    monitorCluster(monitoring, AURORA_TITLE, this.cluster, { memoryGib, isServerless: bounds !== undefined, hasReaders: this.readers > 0 });
    this.access.monitorWith(monitoring);
    monitorBackup(monitoring, this.backup, this.cluster.metricCPUUtilization());
  }

  public describe(): BlockDescription {
    return {
      title: AURORA_TITLE,
      purpose: 'Keeps the application\'s data',
      tier: Tier.DATA,
      facts: {
        ...this.instances.describe,
        instances: ['writer', 'writer and reader'][this.readers] ?? `writer and ${this.readers} readers`,
        backups: `${this.context.profile.backupRetention.toDays()} days`,
        ...this.access.facts,
      },
    };
  }

  private createCluster(credentials: DatabaseSecret): DatabaseCluster {
    const { profile, encryptionKey } = this.context;
    const engine = DatabaseClusterEngine.auroraMysql({ version: auroraVersion(this.props) });
    const insights = this.instances.insights ? { enablePerformanceInsights: true, performanceInsightEncryptionKey: encryptionKey } : {};
    const instance = { publiclyAccessible: false, ...insights };
    const monitoringRole = createMonitoringRole(this);
    const { bounds, create } = this.instances;
    const cluster = new DatabaseCluster(this, 'Cluster', {
      ...sharedProps(this.context, this.props, credentials),
      ...insights,
      engine,
      monitoringRole,
      securityGroups: [this.securityGroup],
      defaultDatabaseName: addressOf(this.props).databaseName,
      serverlessV2MinCapacity: bounds?.minAcu,
      serverlessV2MaxCapacity: bounds?.maxAcu,
      writer: create('Writer', instance, false),
      readers: this.readerIds().map((id, index) => create(id, instance, index === 0)),
      parameterGroup: new ParameterGroup(this, 'Parameters', {
        engine,
        parameters: { ...parametersOf(this.props), server_audit_logging: '1', server_audit_events: AUDIT_EVENTS },
        // RDS refuses to delete the parameters of a cluster that is there.
        removalPolicy: profile.removalPolicy,
      }),
      backup: { retention: profile.backupRetention },
    });
    keepWith(cluster, 'Subnets', this.context);
    this.settleCluster(cluster.node.defaultChild as CfnDBCluster);
    const instances = this.instancesOf(cluster);
    waitForRights(monitoringRole, instances);
    instances.forEach(each => acknowledge(each,
      ['RDSInBackupPlan'], 'Aurora is backed up as a cluster, not by instance, and the cluster is in the backup plan'));
    return cluster;
  }

  private settleCluster(cluster: CfnDBCluster): void {
    settle(cluster, this.props, this.context.encryptionKey);
    if (this.props.snapshot === undefined) return;
    cluster.snapshotIdentifier = this.props.snapshot.snapshotIdentifier;
    cluster.databaseName = undefined;
  }

  private createAccess(secret: DatabaseSecret): MysqlAccess {
    const { cluster, securityGroup } = this;
    return new MysqlAccess(this, {
      title: AURORA_TITLE,
      store: cluster.node.defaultChild as CfnDBCluster,
      securityGroup,
      host: cluster.clusterEndpoint.hostname,
      readerHost: this.readers > 0 ? cluster.clusterReadEndpoint.hostname : undefined,
      secret,
      target: { dbClusterIdentifiers: [cluster.clusterIdentifier] },
      instances: this.instancesOf(cluster),
      majorVersion: auroraVersion(this.props).auroraMysqlMajorVersion,
    }, this.props, this.context);
  }

  /** The first keeps its id whatever their number. */
  private readerIds(): string[] {
    return Array.from({ length: this.readers }, (_, index) => index === 0 ? 'Reader' : `Reader${index + 1}`);
  }

  private instancesOf(cluster: DatabaseCluster): Construct[] {
    return ['Writer', ...this.readerIds()].map(id => cluster.node.findChild(id) as Construct);
  }
}
