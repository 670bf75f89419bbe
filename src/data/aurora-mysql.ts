import { Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  AuroraMysqlEngineVersion, CfnDBCluster, ClusterInstance, Credentials, DatabaseCluster, DatabaseClusterEngine, DatabaseSecret, ParameterGroup,
} from 'aws-cdk-lib/aws-rds';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BlockDescription, DatabaseContext, IAttachable, IDatabase, IWorkload, SecretReference, Tier } from '../core';
import { backUp } from './private/backup';
import {
  createCredentials, createMonitoringRole, DEFAULT_DATABASE, DEFAULT_PORT,
  LOG_EXPORTS, MONITORING_INTERVAL, MYSQL_RULES, PARAMETERS,
} from './private/mysql';
import { acknowledge } from '../core/private/acknowledge';
import { closedSecurityGroup } from '../core/private/closed-security-group';
import { between, inSteps, notAbove, Rule, validate } from '../core/private/validation';
import { declareClosed, declareReachable } from '../core/reachable-by';

/** Options of an Aurora MySQL database. */
export interface AuroraMysqlProps {
  /**
   * Name of the database that is created with the cluster.
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
   * Smallest capacity in ACU (about 2 GiB of memory each), 0.5 to 256 in steps of 0.5.
   *
   * @default - from the traffic
   */
  readonly minAcu?: number;
  /**
   * Largest capacity in ACU, 1 to 256 in steps of 0.5.
   *
   * @default - from the traffic
   */
  readonly maxAcu?: number;
  /**
   * Engine version.
   *
   * @default AuroraMysqlEngineVersion.VER_3_10_3 - MySQL 8.0 compatible, Aurora's long-term-support line
   */
  readonly version?: AuroraMysqlEngineVersion;
}

const ACU_MEND = 'Aurora serverless v2 runs between 0.5 and 256 ACU';
const STEP_MEND = 'Aurora serverless v2 grows by half an ACU';

const RULES: Rule<AuroraMysqlProps>[] = [
  ...MYSQL_RULES,
  between('minAcu', 0.5, 256, ACU_MEND),
  inSteps('minAcu', 0.5, STEP_MEND),
  between('maxAcu', 1, 256, ACU_MEND),
  inSteps('maxAcu', 0.5, STEP_MEND),
  notAbove('minAcu', 'maxAcu', 'raise \'maxAcu\' or lower \'minAcu\''),
];

/** The choice of Aurora MySQL serverless v2. */
export class AuroraMysql implements IDatabase {
  constructor(private readonly props: AuroraMysqlProps) {
    validate('Database.auroraMysql', props, RULES);
  }

  public bind(scope: Construct, context: DatabaseContext): IAttachable {
    return new AuroraMysqlDatabase(scope, 'AuroraMysql', this.props, context);
  }
}

/** A cluster of a writer and, in production, a reader in another zone that takes over. */
class AuroraMysqlDatabase extends Construct implements IAttachable {
  public readonly environment: { [name: string]: string };
  public readonly secrets: { [name: string]: SecretReference };
  private readonly cluster: DatabaseCluster;
  private readonly securityGroup: SecurityGroup;
  private readonly capacity: { minAcu: number; maxAcu: number };

  constructor(scope: Construct, id: string, private readonly props: AuroraMysqlProps, private readonly context: DatabaseContext) {
    super(scope, id);
    this.capacity = within(props, context.capacity);
    this.securityGroup = closedSecurityGroup(this, context.vpc, 'Aurora MySQL');
    const credentials = createCredentials(this, context);
    this.cluster = this.createCluster(credentials);
    ['Writer', 'Reader'].flatMap(instance => this.cluster.node.tryFindChild(instance) ?? []).forEach(instance => acknowledge(instance,
      ['RDSInBackupPlan'], 'Aurora is backed up as a cluster, not by instance, and the cluster is in the backup plan'));
    acknowledge(this.cluster, ['AwsSolutions-RDS14'],
      'Restoring to a point in time makes a new cluster and keeps the damaged one to look at; backtrack rewinds the only one in place');
    declareClosed(this.cluster.node.defaultChild as CfnDBCluster);
    backUp(this, this.cluster.clusterArn, context);
    this.environment = {
      DB_HOST: this.cluster.clusterEndpoint.hostname,
      DB_PORT: String(props.port ?? DEFAULT_PORT),
      DB_NAME: props.databaseName ?? DEFAULT_DATABASE,
    };
    this.secrets = {
      DB_USER: { secret: credentials, field: 'username' },
      DB_PASSWORD: { secret: credentials, field: 'password' },
    };
  }

  public attachTo(workload: IWorkload): void {
    workload.connections.allowTo(this.securityGroup, Port.tcp(this.props.port ?? DEFAULT_PORT), 'Aurora MySQL');
    declareReachable(this.cluster.node.defaultChild as CfnDBCluster, workload);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitoring.monitorAuroraCluster({
      cluster: this.cluster,
      humanReadableName: 'Aurora MySQL',
      alarmFriendlyName: 'Database',
      addCpuUsageAlarm: { Warning: { maxUsagePercent: 80, evaluationPeriods: 3, datapointsToAlarm: 3 } },
    });
  }

  public describe(): BlockDescription {
    return {
      title: 'Aurora MySQL',
      purpose: 'Keeps the application\'s data',
      tier: Tier.DATA,
      facts: {
        capacity: `${this.capacity.minAcu} to ${this.capacity.maxAcu} ACU`,
        instances: this.context.profile.multiAz ? 'writer and reader' : 'writer',
        backups: `${this.context.profile.backupRetention.toDays()} days`,
      },
    };
  }

  private createCluster(credentials: DatabaseSecret): DatabaseCluster {
    const { vpc, subnets, profile, encryptionKey } = this.context;
    const engine = DatabaseClusterEngine.auroraMysql({ version: this.props.version ?? AuroraMysqlEngineVersion.VER_3_10_3 });
    return new DatabaseCluster(this, 'Cluster', {
      engine,
      vpc,
      vpcSubnets: subnets,
      securityGroups: [this.securityGroup],
      port: this.props.port ?? DEFAULT_PORT,
      credentials: Credentials.fromSecret(credentials),
      defaultDatabaseName: this.props.databaseName ?? DEFAULT_DATABASE,
      serverlessV2MinCapacity: this.capacity.minAcu,
      serverlessV2MaxCapacity: this.capacity.maxAcu,
      writer: ClusterInstance.serverlessV2('Writer', { publiclyAccessible: false, enablePerformanceInsights: true }),
      readers: profile.multiAz ? [ClusterInstance.serverlessV2('Reader', { publiclyAccessible: false, enablePerformanceInsights: true, scaleWithWriter: true })] : [],
      parameterGroup: new ParameterGroup(this, 'Parameters', { engine, parameters: { ...PARAMETERS, server_audit_logging: '1', server_audit_events: 'CONNECT,QUERY_DDL,QUERY_DCL' } }),
      storageEncrypted: true,
      storageEncryptionKey: encryptionKey,
      iamAuthentication: true,
      enablePerformanceInsights: true,
      performanceInsightEncryptionKey: encryptionKey,
      monitoringInterval: MONITORING_INTERVAL,
      monitoringRole: createMonitoringRole(this),
      cloudwatchLogsExports: LOG_EXPORTS,
      backup: { retention: profile.backupRetention },
      copyTagsToSnapshot: true,
      deletionProtection: profile.deletionProtection,
      removalPolicy: profile.removalPolicy,
    });
  }
}

/** The given bounds, and the traffic's where none is given, widened so that they stay in order. */
function within(props: AuroraMysqlProps, planned: { minAcu: number; maxAcu: number }): { minAcu: number; maxAcu: number } {
  const minAcu = props.minAcu ?? Math.min(planned.minAcu, props.maxAcu ?? planned.minAcu);
  return { minAcu, maxAcu: props.maxAcu ?? Math.max(planned.maxAcu, minAcu) };
}
