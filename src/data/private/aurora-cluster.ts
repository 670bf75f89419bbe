import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  CfnDBCluster, CfnDBInstance, DatabaseCluster, DatabaseSecret, IClusterEngine, IClusterInstance, ParameterGroup, ProvisionedClusterInstanceProps,
} from 'aws-cdk-lib/aws-rds';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { DatabaseAccess } from './access';
import { backUp, monitorBackup } from './backup';
import { monitorCluster } from './database-alarms';
import { AuroraEngine } from './engines/contract';
import { keepExportedLogs } from './exported-logs';
import { acknowledgeMinorVersions, mayMoveByItself } from './minor-versions';
import {
  addressOf, createCredentials, createMonitoringRole, insightsOn, keepingProps, keepWith, parametersOf, servingProps, settle, waitForRights,
} from './relational';
import { refusePublicSubnets } from './relational-rules';
import { BlockDescription, IAttachable, IWorkload, SecretReference, Tier } from '../../core';
import { acknowledge } from '../../core/private/acknowledge';
import { identityOf } from '../../core/private/block-links';
import { closedSecurityGroup } from '../../core/private/resources/closed-security-group';
import { ScheduledBackup } from '../../core/private/resources/scheduled-backup';
import { known, Rule, wholeBetween } from '../../core/private/validation';
import { DatabaseContext } from '../contract';
import { AuroraProps } from '../relational-database-props';

/** An engine of Aurora, in one of its versions. */
export interface AuroraRelease {
  readonly engine: AuroraEngine;
  readonly release: IClusterEngine;
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

/** Rules that only Aurora has. */
export const AURORA_RULES: Rule<AuroraProps>[] = [
  known('readers', 'so many readers are made'),
  wholeBetween('readers', 0, 15, 'an Aurora cluster has up to 15 readers'),
];

/**
 * A cluster of a writer and, in production, a reader in another zone that takes over. Its id is that of the engine: a change
 * between serverless and a fixed size keeps the cluster, and changes its instances in place.
 */
export class AuroraDatabase extends Construct implements IAttachable {
  public readonly environment: { [name: string]: string };
  public readonly secrets: { [name: string]: SecretReference };
  public readonly direct?: IAttachable;
  private readonly cluster: DatabaseCluster;
  private readonly access: DatabaseAccess;
  private readonly backup?: ScheduledBackup;
  private readonly securityGroup: SecurityGroup;
  private readonly readers: number;

  constructor(
    scope: Construct,
    private readonly release: AuroraRelease,
    private readonly props: AuroraProps,
    private readonly instances: Instances,
    private readonly context: DatabaseContext,
  ) {
    super(scope, release.engine.id);
    refusePublicSubnets(this, context);
    this.readers = props.readers ?? (context.profile.multiAz ? 1 : 0);
    this.securityGroup = closedSecurityGroup(this, context.vpc, release.engine.title);
    const credentials = createCredentials(this, context, props);
    this.cluster = this.createCluster(credentials);
    if (release.engine.canBacktrack) {
      acknowledge(this.cluster, ['AwsSolutions-RDS14'],
        'Restoring to a point in time makes a new cluster and keeps the damaged one to look at; backtrack rewinds the only one in place');
    }
    this.access = this.createAccess(credentials);
    this.backup = backUp(this, this.cluster.clusterArn, context);
    keepExportedLogs(this, [`cluster/${this.cluster.clusterIdentifier}`], release.engine, context);
    this.environment = this.access.environment;
    this.secrets = this.access.secrets;
    this.direct = this.access.direct;
  }

  public attachTo(workload: IWorkload): void {
    this.access.attachTo(workload);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    const { memoryGib, bounds } = this.instances;
    monitorCluster(monitoring, this.release.engine, this.cluster, { memoryGib, minAcu: bounds?.minAcu, hasReaders: this.readers > 0 });
    this.access.monitorWith(monitoring);
    monitorBackup(monitoring, this.backup, this.cluster.metricCPUUtilization());
  }

  public describe(): BlockDescription {
    return {
      ...identityOf(this),
      title: this.release.engine.title,
      purpose: 'Keeps the application\'s data',
      tier: Tier.DATA,
      port: Number(this.environment.DB_PORT),
      facts: {
        ...this.instances.describe,
        instances: ['writer', 'writer and reader'][this.readers] ?? `writer and ${this.readers} readers`,
        backups: `${this.context.profile.backupRetention.toDays()} days`,
        ...this.access.facts,
      },
    };
  }

  private createCluster(credentials: DatabaseSecret): DatabaseCluster {
    const { context: { profile }, release: { engine, release } } = this;
    const insights = this.instances.insights ? insightsOn(this.context) : {};
    const instance = { publiclyAccessible: false, autoMinorVersionUpgrade: mayMoveByItself(engine, release), ...insights };
    const monitoringRole = createMonitoringRole(this);
    const { bounds, create } = this.instances;
    const cluster = new DatabaseCluster(this, 'Cluster', {
      ...servingProps(engine, this.context, this.props),
      ...keepingProps(this.context, credentials),
      ...insights,
      engine: release,
      monitoringRole,
      securityGroups: [this.securityGroup],
      defaultDatabaseName: addressOf(engine, this.props).databaseName,
      serverlessV2MinCapacity: bounds?.minAcu,
      serverlessV2MaxCapacity: bounds?.maxAcu,
      writer: create('Writer', instance, false),
      readers: this.readerIds().map((id, index) => create(id, instance, index === 0)),
      parameterGroup: new ParameterGroup(this, 'Parameters', {
        engine: release,
        parameters: parametersOf(this.release, this.props),
        // RDS refuses to delete the parameters of a cluster that is there.
        removalPolicy: profile.removalPolicy,
      }),
      backup: { retention: profile.backupRetention },
    });
    keepWith(cluster, 'Subnets', this.context);
    this.settleCluster(cluster.node.defaultChild as CfnDBCluster);
    const instances = this.instancesOf(cluster);
    waitForRights(monitoringRole, instances);
    acknowledgeMinorVersions(instances.map(each => each.node.defaultChild as CfnDBInstance));
    instances.forEach(each => acknowledge(each,
      ['RDSInBackupPlan'], 'Aurora is backed up as a cluster, not by instance, and the cluster is in the backup plan'));
    return cluster;
  }

  private settleCluster(cluster: CfnDBCluster): void {
    settle(cluster, this.props, this.context.encryptionKey);
    if (this.props.snapshot === undefined) return;
    cluster.snapshotIdentifier = this.props.snapshot.snapshotIdentifier;
    cluster.databaseName = undefined;
    // The password is set once the snapshot is restored, as CDK's own construct has it; cfn-lint 1.58 wants a user beside it, whom the snapshot has.
    cluster.addMetadata('cfn-lint', { config: { ignore_checks: ['E3021'] } });
  }

  private createAccess(secret: DatabaseSecret): DatabaseAccess {
    const { cluster, securityGroup } = this;
    return new DatabaseAccess(this, {
      engine: this.release.engine,
      store: cluster.node.defaultChild as CfnDBCluster,
      securityGroup,
      host: cluster.clusterEndpoint.hostname,
      readerHost: this.readers > 0 ? cluster.clusterReadEndpoint.hostname : undefined,
      secret,
      target: { dbClusterIdentifiers: [cluster.clusterIdentifier] },
      instances: this.instancesOf(cluster),
      majorVersion: this.release.release.engineVersion?.majorVersion,
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
