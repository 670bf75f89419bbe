import { InstanceType, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  CfnDBInstance, DatabaseInstance, DatabaseInstanceReadReplica, DatabaseSecret, IInstanceEngine, OptionGroup, ParameterGroup, StorageType,
} from 'aws-cdk-lib/aws-rds';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { DatabaseAccess } from './access';
import { backUp, monitorBackup } from './backup';
import { monitorInstance, monitorReplica } from './database-alarms';
import { RdsEngine } from './engines/contract';
import { keepExportedLogs } from './exported-logs';
import { memoryGibOf } from './headroom';
import { hasInsights } from './instance-type';
import { acknowledgeMinorVersions, mayMoveByItself } from './minor-versions';
import { createReplica, ServingProps } from './read-replica';
import {
  addressOf, createCredentials, createMonitoringRole, insightsOn, keepingProps, keepWith, parametersOf, requiresTls, servingProps, settle,
  waitForRights,
} from './relational';
import { refusePublicSubnets } from './relational-rules';
import { BlockDescription, IAttachable, IWorkload, SecretReference, Tier } from '../../core';
import { acknowledge, skipChecks, skipForProfile } from '../../core/private/acknowledge';
import { identityOf } from '../../core/private/block-links';
import { closedSecurityGroup } from '../../core/private/resources/closed-security-group';
import { ScheduledBackup } from '../../core/private/resources/scheduled-backup';
import { DatabaseContext } from '../contract';
import { RdsProps } from '../relational-database-props';

const TLS_IS_ASKED_FOR = 'It answers with TLS whoever asks for it, and with \'requireTls\' nobody else: an application that moves in may not speak TLS yet';

/** An engine of RDS, in one of its versions. */
export interface RdsRelease {
  readonly engine: RdsEngine;
  readonly release: IInstanceEngine;
}

/** How large an instance is. */
export interface InstanceSize {
  readonly instanceType: InstanceType;
  readonly allocatedStorage: number;
  readonly maxAllocatedStorage: number;
}

/** One instance, with a standby in another zone in production. */
export class RdsDatabase extends Construct implements IAttachable {
  public readonly environment: { [name: string]: string };
  public readonly secrets: { [name: string]: SecretReference };
  public readonly direct?: IAttachable;
  private readonly instance: DatabaseInstance;
  private readonly replica?: DatabaseInstanceReadReplica;
  private readonly access: DatabaseAccess;
  private readonly backup?: ScheduledBackup;
  private readonly securityGroup: SecurityGroup;

  constructor(
    scope: Construct,
    private readonly release: RdsRelease,
    private readonly props: RdsProps,
    private readonly size: InstanceSize,
    private readonly context: DatabaseContext,
  ) {
    super(scope, release.engine.id);
    refusePublicSubnets(this, context);
    this.securityGroup = closedSecurityGroup(this, context.vpc, release.engine.title);
    const credentials = createCredentials(this, context, props);
    const serving = this.servingProps();
    this.instance = this.createInstance(serving, credentials);
    if (props.readReplica === true) this.replica = this.createReplica(serving);
    this.access = this.createAccess(credentials);
    this.backup = backUp(this, this.instance.instanceArn, context);
    const instances = this.replica === undefined ? [this.instance] : [this.instance, this.replica];
    keepExportedLogs(this, instances.map(({ instanceIdentifier }) => `instance/${instanceIdentifier}`), release.engine, context);
    this.environment = this.access.environment;
    this.secrets = this.access.secrets;
    this.direct = this.access.direct;
  }

  public attachTo(workload: IWorkload): void {
    this.access.attachTo(workload);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    const { release: { engine }, size: { instanceType }, instance, replica } = this;
    monitorInstance(monitoring, engine, instance, memoryGibOf(instanceType));
    if (replica !== undefined) monitorReplica(monitoring, engine, replica, memoryGibOf(instanceType));
    this.access.monitorWith(monitoring);
    monitorBackup(monitoring, this.backup, instance.metricCPUUtilization());
  }

  public describe(): BlockDescription {
    const { multiAz, backupRetention } = this.context.profile;
    return {
      ...identityOf(this),
      title: this.release.engine.title,
      purpose: 'Keeps the application\'s data',
      tier: Tier.DATA,
      port: Number(this.environment.DB_PORT),
      facts: {
        instance: this.size.instanceType.toString(),
        standby: multiAz ? 'in another zone' : 'none',
        ...this.replica === undefined ? {} : { reads: 'a replica' },
        backups: `${backupRetention.toDays()} days`,
        ...this.access.facts,
      },
    };
  }

  /** What the instance and its replica have in common. */
  private servingProps(): ServingProps {
    const { release: { engine, release }, context, props, size: { instanceType, maxAllocatedStorage } } = this;
    return {
      ...servingProps(engine, context, props),
      ...hasInsights(engine, instanceType) ? insightsOn(context) : {},
      instanceType,
      maxAllocatedStorage,
      storageType: StorageType.GP3,
      monitoringRole: createMonitoringRole(this),
      securityGroups: [this.securityGroup],
      publiclyAccessible: false,
      // RDS refuses to delete the parameters of an instance that is there.
      parameterGroup: new ParameterGroup(this, 'Parameters', {
        engine: release, parameters: parametersOf(this.release, props), removalPolicy: context.profile.removalPolicy,
      }),
      optionGroup: this.createOptions(),
      autoMinorVersionUpgrade: mayMoveByItself(engine, release),
    };
  }

  private createInstance(serving: ServingProps, credentials: DatabaseSecret): DatabaseInstance {
    const { release: { engine, release }, context, props, size: { allocatedStorage } } = this;
    const { multiAz, backupRetention } = context.profile;
    const instance = new DatabaseInstance(this, 'Instance', {
      ...serving,
      ...keepingProps(context, credentials),
      engine: release,
      allocatedStorage,
      multiAz,
      databaseName: addressOf(engine, props).databaseName,
      backupRetention,
    });
    keepWith(instance, 'SubnetGroup', context);
    this.settleInstance(instance.node.defaultChild as CfnDBInstance);
    waitForRights(serving.monitoringRole, [instance.node.defaultChild as CfnDBInstance]);
    acknowledgeMinorVersions([instance.node.defaultChild as CfnDBInstance]);
    return instance;
  }

  /** It asks for TLS as its source does: it has the same parameters. */
  private createReplica(serving: ServingProps): DatabaseInstanceReadReplica {
    const replica = createReplica(this, serving, this.instance);
    if (!requiresTls(this.release.engine, this.props)) skipChecks(replica, ['CKV2_AWS_69'], TLS_IS_ASKED_FOR);
    return replica;
  }

  private settleInstance(instance: CfnDBInstance): void {
    const { release: { engine }, props, context } = this;
    settle(instance, props, context.encryptionKey);
    if (!context.profile.multiAz) skipForProfile(instance, ['CKV_AWS_157'], context.profile);
    if (!requiresTls(engine, props)) skipChecks(instance, ['CKV2_AWS_69'], TLS_IS_ASKED_FOR);
    if (this.props.snapshot === undefined) return;
    instance.dbSnapshotIdentifier = this.props.snapshot.snapshotIdentifier;
    instance.dbName = undefined;
    // CloudFormation refuses them next to a snapshot, whose encryption the instance takes over.
    instance.storageEncrypted = undefined;
    instance.kmsKeyId = undefined;
    acknowledge(instance, ['AwsSolutions-RDS2', 'RDSStorageEncrypted'],
      'A restored instance is encrypted as its snapshot is, and CloudFormation refuses to be told: copy the snapshot with the key that it is to have');
  }

  private createAccess(secret: DatabaseSecret): DatabaseAccess {
    const { release: { engine, release }, instance, replica, securityGroup } = this;
    return new DatabaseAccess(this, {
      engine,
      store: instance.node.defaultChild as CfnDBInstance,
      replica: replica?.node.defaultChild as CfnDBInstance | undefined,
      securityGroup,
      host: instance.dbInstanceEndpointAddress,
      readerHost: replica?.dbInstanceEndpointAddress,
      secret,
      target: { dbInstanceIdentifiers: [instance.instanceIdentifier] },
      instances: [],
      majorVersion: release.engineVersion?.majorVersion,
    }, this.props, this.context);
  }

  private createOptions(): OptionGroup | undefined {
    const { release: { engine: { options: configurations }, release }, context } = this;
    if (configurations === undefined) return undefined;
    const options = new OptionGroup(this, 'Audit', { engine: release, configurations });
    // RDS refuses to delete an option group as long as an instance or a snapshot uses it.
    options.applyRemovalPolicy(context.profile.removalPolicy);
    return options;
  }
}
