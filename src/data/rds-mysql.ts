import { Token } from 'aws-cdk-lib';
import { InstanceType, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  CfnDBInstance, DatabaseInstance, DatabaseInstanceEngine, DatabaseSecret, IInstanceEngine, MysqlEngineVersion, OptionGroup, ParameterGroup,
  StorageType,
} from 'aws-cdk-lib/aws-rds';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BlockDescription, IAttachable, IWorkload, SecretReference, Tier } from '../core';
import { DatabaseContext, IDatabase } from './contract';
import { MysqlDatabaseProps } from './mysql-database-props';
import { MysqlAccess } from './private/access';
import { backUp, monitorBackup } from './private/backup';
import { RDS_MYSQL_CONNECTIONS } from './private/connection-limits';
import { monitorInstance } from './private/database-alarms';
import { keepExportedLogs } from './private/exported-logs';
import { memoryGibOf } from './private/headroom';
import { GIB_PER_ACU, MemoryBySize, smallestThatHolds, withoutPrefix } from './private/instance-type';
import {
  addressOf, AUDIT_EVENTS, createCredentials, createMonitoringRole, insights, keepWith, parametersOf, settle, sharedProps, waitForRights,
} from './private/mysql';
import { mysqlRules, refusePublicSubnets } from './private/mysql-rules';
import { acknowledge } from '../core/private/acknowledge';
import { closedSecurityGroup } from '../core/private/resources/closed-security-group';
import { ScheduledBackup } from '../core/private/resources/scheduled-backup';
import { notAbove, Rule, validate, wholeBetween } from '../core/private/validation';

/** Options of an RDS MySQL database. */
export interface RdsMysqlProps extends MysqlDatabaseProps {
  /**
   * Instance type, with or without the `db.` that RDS puts before it. A fixed size carries the peak all day: for rare,
   * high peaks Aurora serverless is cheaper. Performance Insights is off on micro and small types of the t families,
   * which do not have it.
   *
   * @default - the smallest m7g with the memory of the capacity that the traffic's peak needs, in ACU of 2 GiB, and a
   * warning when none is large enough; t4g.medium in a profile without a standby, where the price matters more than the
   * peak, and which is the smallest type with Performance Insights
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
   * Engine version.
   *
   * @default MysqlEngineVersion.VER_8_4_8 - the long-term-support line of MySQL
   */
  readonly version?: MysqlEngineVersion;
}

const TITLE = 'RDS MySQL';
const MAX_STORAGE_GIB = 65536;
const STORAGE_MEND = 'gp3 volumes of RDS hold 20 to 65,536 GiB';

const RULES: Rule<RdsMysqlProps>[] = [
  ...mysqlRules<RdsMysqlProps>(props => versionOf(props).mysqlMajorVersion),
  wholeBetween('allocatedStorageGib', 20, MAX_STORAGE_GIB, STORAGE_MEND),
  wholeBetween('maxAllocatedStorageGib', 20, MAX_STORAGE_GIB, STORAGE_MEND),
  notAbove('allocatedStorageGib', 'maxAllocatedStorageGib', 'raise \'maxAllocatedStorageGib\''),
];

/** Memory in GiB (EC2 instance types, "General purpose"). */
const SIZES: MemoryBySize = [
  ['m7g.large', 8], ['m7g.xlarge', 16], ['m7g.2xlarge', 32], ['m7g.4xlarge', 64], ['m7g.8xlarge', 128], ['m7g.16xlarge', 256],
];
/** The smallest burstable type with Performance Insights. */
const WITHOUT_STANDBY = 't4g.medium';
/** Types without Performance Insights (RDS user guide, "DB engine, Region, and instance class support for Database Insights"). */
const WITHOUT_INSIGHTS = /^t(2|3|4g)\.(micro|small)$/;

/** The choice of RDS MySQL. */
export class RdsMysql implements IDatabase {
  public readonly connectionLimit = RDS_MYSQL_CONNECTIONS;

  constructor(private readonly props: RdsMysqlProps) {
    validate('Database.rdsMysql', props, RULES);
  }

  public bind(scope: Construct, context: DatabaseContext): IAttachable {
    return new RdsMysqlDatabase(scope, 'RdsMysql', this.props, context);
  }
}

/** One instance, with a standby in another zone in production. */
class RdsMysqlDatabase extends Construct implements IAttachable {
  public readonly environment: { [name: string]: string };
  public readonly secrets: { [name: string]: SecretReference };
  public readonly direct?: IAttachable;
  private readonly instance: DatabaseInstance;
  private readonly access: MysqlAccess;
  private readonly backup?: ScheduledBackup;
  private readonly securityGroup: SecurityGroup;
  private readonly instanceType: InstanceType;

  constructor(scope: Construct, id: string, private readonly props: RdsMysqlProps, private readonly context: DatabaseContext) {
    super(scope, id);
    refusePublicSubnets(this, context);
    this.instanceType = props.instanceType === undefined ? this.defaultType() : withoutPrefix(props.instanceType, 'db');
    this.securityGroup = closedSecurityGroup(this, context.vpc, TITLE);
    const credentials = createCredentials(this, context, props);
    this.instance = this.createInstance(credentials);
    this.access = this.createAccess(credentials);
    this.backup = backUp(this, this.instance.instanceArn, context);
    keepExportedLogs(this, `instance/${this.instance.instanceIdentifier}`, context);
    this.environment = this.access.environment;
    this.secrets = this.access.secrets;
    this.direct = this.access.direct;
  }

  public attachTo(workload: IWorkload): void {
    this.access.attachTo(workload);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitorInstance(monitoring, TITLE, this.instance, memoryGibOf(this.instanceType));
    this.access.monitorWith(monitoring);
    monitorBackup(monitoring, this.backup, this.instance.metricCPUUtilization());
  }

  public describe(): BlockDescription {
    return {
      title: TITLE,
      purpose: 'Keeps the application\'s data',
      tier: Tier.DATA,
      facts: {
        instance: this.instanceType.toString(),
        standby: this.context.profile.multiAz ? 'in another zone' : 'none',
        backups: `${this.context.profile.backupRetention.toDays()} days`,
        ...this.access.facts,
      },
    };
  }

  private defaultType(): InstanceType {
    if (!this.context.profile.multiAz) return new InstanceType(WITHOUT_STANDBY);
    return smallestThatHolds(this, SIZES, this.context.capacity.maxAcu * GIB_PER_ACU,
      'give \'instanceType\', or choose Database.auroraMysql(), which grows up to 512 GiB');
  }

  private createInstance(credentials: DatabaseSecret): DatabaseInstance {
    const { profile } = this.context;
    const engine = DatabaseInstanceEngine.mysql({ version: versionOf(this.props) });
    const storage = withStorage(this.props);
    const monitoringRole = createMonitoringRole(this);
    const instance = new DatabaseInstance(this, 'Instance', {
      ...sharedProps(this.context, this.props, credentials),
      ...WITHOUT_INSIGHTS.test(this.instanceType.toString()) ? {} : insights(this.context),
      engine,
      monitoringRole,
      securityGroups: [this.securityGroup],
      instanceType: this.instanceType,
      multiAz: profile.multiAz,
      publiclyAccessible: false,
      databaseName: addressOf(this.props).databaseName,
      storageType: StorageType.GP3,
      allocatedStorage: storage.allocatedStorageGib,
      maxAllocatedStorage: storage.maxAllocatedStorageGib,
      // RDS refuses to delete the parameters of an instance that is there.
      parameterGroup: new ParameterGroup(this, 'Parameters', { engine, parameters: parametersOf(this.props), removalPolicy: profile.removalPolicy }),
      optionGroup: this.createAudit(engine),
      backupRetention: profile.backupRetention,
      autoMinorVersionUpgrade: true,
    });
    keepWith(instance, 'SubnetGroup', this.context);
    this.settleInstance(instance.node.defaultChild as CfnDBInstance);
    waitForRights(monitoringRole, [instance.node.defaultChild as CfnDBInstance]);
    return instance;
  }

  private settleInstance(instance: CfnDBInstance): void {
    settle(instance, this.props, this.context.encryptionKey);
    if (this.props.snapshot === undefined) return;
    instance.dbSnapshotIdentifier = this.props.snapshot.snapshotIdentifier;
    instance.dbName = undefined;
    // CloudFormation refuses them next to a snapshot, whose encryption the instance takes over.
    instance.storageEncrypted = undefined;
    instance.kmsKeyId = undefined;
    acknowledge(instance, ['AwsSolutions-RDS2', 'RDSStorageEncrypted'],
      'A restored instance is encrypted as its snapshot is, and CloudFormation refuses to be told: copy the snapshot with the key that it is to have');
  }

  private createAccess(secret: DatabaseSecret): MysqlAccess {
    const { instance, securityGroup } = this;
    return new MysqlAccess(this, {
      title: TITLE,
      store: instance.node.defaultChild as CfnDBInstance,
      securityGroup,
      host: instance.dbInstanceEndpointAddress,
      secret,
      target: { dbInstanceIdentifiers: [instance.instanceIdentifier] },
      instances: [],
      majorVersion: versionOf(this.props).mysqlMajorVersion,
    }, this.props, this.context);
  }

  /** RDS for MySQL writes its audit log by a plugin, which is an option (RDS user guide, "Options for MySQL DB instances"). */
  private createAudit(engine: IInstanceEngine): OptionGroup {
    const options = new OptionGroup(this, 'Audit', {
      engine,
      configurations: [{ name: 'MARIADB_AUDIT_PLUGIN', settings: { SERVER_AUDIT_EVENTS: AUDIT_EVENTS } }],
    });
    // RDS refuses to delete an option group as long as an instance or a snapshot uses it.
    options.applyRemovalPolicy(this.context.profile.removalPolicy);
    return options;
  }
}

function versionOf({ version = MysqlEngineVersion.VER_8_4_8 }: RdsMysqlProps): MysqlEngineVersion {
  return version;
}

/** The given storage, and room to grow where none is given. */
function withStorage({ allocatedStorageGib: given, maxAllocatedStorageGib: most }: RdsMysqlProps) {
  const allocatedStorageGib = given ?? Math.min(100, known(most) ?? 100);
  const twice = 2 * (known(given) ?? 0);
  return { allocatedStorageGib, maxAllocatedStorageGib: most ?? Math.min(MAX_STORAGE_GIB, Math.max(1000, twice)) };
}

function known(value?: number): number | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}
