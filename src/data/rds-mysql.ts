import { InstanceType, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  CfnDBInstance, Credentials, DatabaseInstance, DatabaseInstanceEngine, DatabaseSecret, MysqlEngineVersion, ParameterGroup, StorageType,
} from 'aws-cdk-lib/aws-rds';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BlockDescription, DatabaseContext, IAttachable, IDatabase, IWorkload, SecretReference, Tier } from '../core';
import { backUp } from './private/backup';
import {
  createCredentials, createMonitoringRole, DEFAULT_DATABASE, DEFAULT_PORT,
  LOG_EXPORTS, MONITORING_INTERVAL, MYSQL_RULES, PARAMETERS,
} from './private/mysql';
import { closedSecurityGroup } from '../core/private/closed-security-group';
import { notAbove, Rule, validate, wholeBetween } from '../core/private/validation';
import { declareClosed, declareReachable } from '../core/reachable-by';

/** Options of an RDS MySQL database. */
export interface RdsMysqlProps {
  /**
   * Name of the database that is created with the instance.
   *
   * @default 'app'
   */
  readonly databaseName?: string;
  /**
   * Port of the database, 1150 to 65535.
   *
   * @default 13306 - not MySQL's own, which scans look for; the application reads it from `DB_PORT`
   */
  readonly port?: number;
  /**
   * Instance type. A fixed size carries the peak all day: for rare, high peaks Aurora serverless is cheaper.
   *
   * @default - the smallest m7g with the memory of the capacity that the traffic's peak needs, in ACU of 2 GiB
   */
  readonly instanceType?: InstanceType;
  /**
   * Storage at first, in GiB, 20 to 65536.
   *
   * @default 100
   */
  readonly allocatedStorageGib?: number;
  /**
   * Storage that the instance may grow to by itself, in GiB, 20 to 65536.
   *
   * @default 1000
   */
  readonly maxAllocatedStorageGib?: number;
  /**
   * Engine version.
   *
   * @default MysqlEngineVersion.VER_8_4_8 - the long-term-support line of MySQL
   */
  readonly version?: MysqlEngineVersion;
}

const STORAGE_MEND = 'gp3 volumes of RDS hold 20 to 65,536 GiB';

const RULES: Rule<RdsMysqlProps>[] = [
  ...MYSQL_RULES,
  wholeBetween('allocatedStorageGib', 20, 65536, STORAGE_MEND),
  wholeBetween('maxAllocatedStorageGib', 20, 65536, STORAGE_MEND),
  props => notAbove<{ allocatedStorageGib: number; maxAllocatedStorageGib: number }>(
    'allocatedStorageGib', 'maxAllocatedStorageGib', 'raise \'maxAllocatedStorageGib\'')(withStorage(props)),
];

/** Memory of the m7g family in GiB, by size (EC2 instance types, "General purpose"). */
const M7G: [string, number][] = [['large', 8], ['xlarge', 16], ['2xlarge', 32], ['4xlarge', 64], ['8xlarge', 128], ['16xlarge', 256]];
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
    this.instanceType = props.instanceType ?? instanceFor(context.capacity.maxAcu);
    this.securityGroup = closedSecurityGroup(this, context.vpc, 'RDS MySQL');
    const credentials = createCredentials(this, context);
    this.instance = this.createInstance(credentials);
    declareClosed(this.instance.node.defaultChild as CfnDBInstance);
    backUp(this, this.instance.instanceArn, context);
    this.environment = {
      DB_HOST: this.instance.dbInstanceEndpointAddress,
      DB_PORT: String(props.port ?? DEFAULT_PORT),
      DB_NAME: props.databaseName ?? DEFAULT_DATABASE,
    };
    this.secrets = {
      DB_USER: { secret: credentials, field: 'username' },
      DB_PASSWORD: { secret: credentials, field: 'password' },
    };
  }

  public attachTo(workload: IWorkload): void {
    workload.connections.allowTo(this.securityGroup, Port.tcp(this.props.port ?? DEFAULT_PORT), 'RDS MySQL');
    declareReachable(this.instance.node.defaultChild as CfnDBInstance, workload);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitoring.monitorRdsInstance({
      instance: this.instance,
      humanReadableName: 'RDS MySQL',
      alarmFriendlyName: 'Database',
      addCpuUsageAlarm: { Warning: { maxUsagePercent: 80, evaluationPeriods: 3, datapointsToAlarm: 3 } },
      addFreeStorageSpaceAlarm: { Critical: { minCount: 5 * 1024 ** 3 } },
    });
  }

  public describe(): BlockDescription {
    return {
      title: 'RDS MySQL',
      purpose: 'Keeps the application\'s data',
      tier: Tier.DATA,
      facts: {
        instance: this.instanceType.toString(),
        standby: this.context.profile.multiAz ? 'in another zone' : 'none',
        backups: `${this.context.profile.backupRetention.toDays()} days`,
      },
    };
  }

  private createInstance(credentials: DatabaseSecret): DatabaseInstance {
    const { vpc, subnets, profile, encryptionKey } = this.context;
    const engine = DatabaseInstanceEngine.mysql({ version: this.props.version ?? MysqlEngineVersion.VER_8_4_8 });
    const storage = withStorage(this.props);
    return new DatabaseInstance(this, 'Instance', {
      engine,
      vpc,
      vpcSubnets: subnets,
      securityGroups: [this.securityGroup],
      port: this.props.port ?? DEFAULT_PORT,
      instanceType: this.instanceType,
      multiAz: profile.multiAz,
      publiclyAccessible: false,
      credentials: Credentials.fromSecret(credentials),
      databaseName: this.props.databaseName ?? DEFAULT_DATABASE,
      storageType: StorageType.GP3,
      allocatedStorage: storage.allocatedStorageGib,
      maxAllocatedStorage: storage.maxAllocatedStorageGib,
      parameterGroup: new ParameterGroup(this, 'Parameters', { engine, parameters: PARAMETERS }),
      storageEncrypted: true,
      storageEncryptionKey: encryptionKey,
      iamAuthentication: true,
      enablePerformanceInsights: true,
      performanceInsightEncryptionKey: encryptionKey,
      monitoringInterval: MONITORING_INTERVAL,
      monitoringRole: createMonitoringRole(this),
      cloudwatchLogsExports: LOG_EXPORTS,
      backupRetention: profile.backupRetention,
      copyTagsToSnapshot: true,
      autoMinorVersionUpgrade: true,
      deletionProtection: profile.deletionProtection,
      removalPolicy: profile.removalPolicy,
    });
  }
}

function withStorage(props: RdsMysqlProps): { allocatedStorageGib: number; maxAllocatedStorageGib: number } {
  return { allocatedStorageGib: props.allocatedStorageGib ?? 100, maxAllocatedStorageGib: props.maxAllocatedStorageGib ?? 1000 };
}

function instanceFor(maxAcu: number): InstanceType {
  const [size] = M7G.find(([, gib]) => gib >= maxAcu * GIB_PER_ACU) ?? M7G[M7G.length - 1];
  return new InstanceType(`m7g.${size}`);
}
