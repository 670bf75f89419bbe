import { Token } from 'aws-cdk-lib';
import { InstanceType, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  CfnDBInstance, DatabaseInstance, DatabaseInstanceEngine, DatabaseSecret, IInstanceEngine, MysqlEngineVersion, OptionGroup, ParameterGroup,
  StorageType,
} from 'aws-cdk-lib/aws-rds';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BlockDescription, DatabaseContext, IAttachable, IDatabase, IWorkload, SecretReference, Tier } from '../core';
import { backUp } from './private/backup';
import { MemoryBySize, smallestThatHolds, withoutPrefix } from './private/instance-type';
import {
  addressOf, AUDIT_EVENTS, connection, connectionSecrets, createCredentials, createMonitoringRole, insights, letIn, MYSQL_RULES, PARAMETERS,
  sharedProps, waitForRights,
} from './private/mysql';
import { closedSecurityGroup } from '../core/private/closed-security-group';
import { notAbove, Rule, validate, wholeBetween } from '../core/private/validation';
import { declareClosed } from '../core/reachable-by';

/** Options of an RDS MySQL database. */
export interface RdsMysqlProps {
  /**
   * Name of the database that is created with the instance. A change makes a new, empty instance: to add a database to
   * an instance, create it by SQL.
   *
   * @default 'app'
   */
  readonly databaseName?: string;
  /**
   * Port of the database, 1150 to 65535. A change makes a new, empty instance.
   *
   * @default 13306 - not MySQL's own, which scans look for; the application reads it from `DB_PORT`
   */
  readonly port?: number;
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
  ...MYSQL_RULES,
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
/** Memory of one ACU in GiB (Aurora user guide, "Aurora Serverless v2 capacity"). */
const GIB_PER_ACU = 2;

/** The choice of RDS MySQL. */
export class RdsMysql implements IDatabase {
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
  private readonly instance: DatabaseInstance;
  private readonly securityGroup: SecurityGroup;
  private readonly instanceType: InstanceType;

  constructor(scope: Construct, id: string, private readonly props: RdsMysqlProps, private readonly context: DatabaseContext) {
    super(scope, id);
    this.instanceType = props.instanceType === undefined ? this.defaultType() : withoutPrefix(props.instanceType, 'db');
    this.securityGroup = closedSecurityGroup(this, context.vpc, TITLE);
    const credentials = createCredentials(this, context);
    this.instance = this.createInstance(credentials);
    declareClosed(this.instance.node.defaultChild as CfnDBInstance);
    backUp(this, this.instance.instanceArn, context);
    this.environment = connection(this.instance.dbInstanceEndpointAddress, props);
    this.secrets = connectionSecrets(credentials);
  }

  public attachTo(workload: IWorkload): void {
    letIn(workload, this.securityGroup, this.props, TITLE, this.instance.node.defaultChild as CfnDBInstance);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitoring.monitorRdsInstance({
      instance: this.instance,
      humanReadableName: TITLE,
      alarmFriendlyName: 'Database',
      addCpuUsageAlarm: { Warning: { maxUsagePercent: 80, evaluationPeriods: 3, datapointsToAlarm: 3 } },
      addFreeStorageSpaceAlarm: { Critical: { minCount: 5 * 1024 ** 3 } },
    });
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
    const engine = DatabaseInstanceEngine.mysql({ version: this.props.version ?? MysqlEngineVersion.VER_8_4_8 });
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
      parameterGroup: new ParameterGroup(this, 'Parameters', { engine, parameters: PARAMETERS }),
      optionGroup: this.createAudit(engine),
      backupRetention: profile.backupRetention,
      autoMinorVersionUpgrade: true,
    });
    waitForRights(monitoringRole, [instance.node.defaultChild as CfnDBInstance]);
    return instance;
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

/** The given storage, and room to grow where none is given. */
function withStorage({ allocatedStorageGib: given, maxAllocatedStorageGib: most }: RdsMysqlProps) {
  const allocatedStorageGib = given ?? Math.min(100, known(most) ?? 100);
  const twice = 2 * (known(given) ?? 0);
  return { allocatedStorageGib, maxAllocatedStorageGib: most ?? Math.min(MAX_STORAGE_GIB, Math.max(1000, twice)) };
}

function known(value?: number): number | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}
