import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  AuroraMysqlEngineVersion, CfnDBCluster, ClusterInstance, DatabaseCluster, DatabaseClusterEngine, DatabaseSecret, ParameterGroup,
} from 'aws-cdk-lib/aws-rds';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BlockDescription, DatabaseContext, IAttachable, IDatabase, IWorkload, SecretReference, Tier } from '../core';
import { backUp } from './private/backup';
import {
  addressOf, AUDIT_EVENTS, connection, connectionSecrets, createCredentials, createMonitoringRole, insights, letIn, MYSQL_RULES, PARAMETERS,
  sharedProps, waitForRights,
} from './private/mysql';
import { acknowledge } from '../core/private/acknowledge';
import { closedSecurityGroup } from '../core/private/closed-security-group';
import { monitoringConstructs } from '../core/private/monitoring-constructs';
import { between, inSteps, notAbove, Rule, validate } from '../core/private/validation';
import { declareClosed } from '../core/reachable-by';

/** Options of an Aurora MySQL database. */
export interface AuroraMysqlProps {
  /**
   * Name of the database that is created with the cluster. A change makes a new, empty cluster: to add a database to a
   * cluster, create it by SQL.
   *
   * @default 'app'
   */
  readonly databaseName?: string;
  /**
   * Port of the database, 1150 to 65535. A change keeps the data: every connection is cut, and made again on the new port.
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
   * Largest capacity in ACU, 1 to 256 in steps of 0.5. The number of connections that an instance takes follows a
   * change only when the instance is rebooted.
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

const TITLE = 'Aurora MySQL';
/** Three periods of 5 minutes, the platform's default. */
const QUARTER_OF_AN_HOUR = { evaluationPeriods: 3, datapointsToAlarm: 3 };
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
    this.securityGroup = closedSecurityGroup(this, context.vpc, TITLE);
    const credentials = createCredentials(this, context);
    this.cluster = this.createCluster(credentials);
    acknowledge(this.cluster, ['AwsSolutions-RDS14'],
      'Restoring to a point in time makes a new cluster and keeps the damaged one to look at; backtrack rewinds the only one in place');
    declareClosed(this.cluster.node.defaultChild as CfnDBCluster);
    backUp(this, this.cluster.clusterArn, context);
    this.environment = connection(this.cluster.clusterEndpoint.hostname, props);
    this.secrets = connectionSecrets(credentials);
  }

  public attachTo(workload: IWorkload): void {
    letIn(workload, this.securityGroup, this.props, TITLE, this.cluster.node.defaultChild as CfnDBCluster);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitoring.monitorAuroraCluster({
      cluster: this.cluster,
      humanReadableName: TITLE,
      alarmFriendlyName: 'Database',
      addCpuUsageAlarm: { Warning: { maxUsagePercent: 80, ...QUARTER_OF_AN_HOUR } },
    });
    monitorCapacity(monitoring, this.cluster);
  }

  public describe(): BlockDescription {
    return {
      title: TITLE,
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
    const { profile } = this.context;
    const engine = DatabaseClusterEngine.auroraMysql({ version: this.props.version ?? AuroraMysqlEngineVersion.VER_3_10_3 });
    const instance = { publiclyAccessible: false, ...insights(this.context) };
    const monitoringRole = createMonitoringRole(this);
    const cluster = new DatabaseCluster(this, 'Cluster', {
      ...sharedProps(this.context, this.props, credentials),
      ...insights(this.context),
      engine,
      monitoringRole,
      securityGroups: [this.securityGroup],
      defaultDatabaseName: addressOf(this.props).databaseName,
      serverlessV2MinCapacity: this.capacity.minAcu,
      serverlessV2MaxCapacity: this.capacity.maxAcu,
      writer: ClusterInstance.serverlessV2('Writer', instance),
      readers: profile.multiAz ? [ClusterInstance.serverlessV2('Reader', { ...instance, scaleWithWriter: true })] : [],
      parameterGroup: new ParameterGroup(this, 'Parameters', {
        engine, parameters: { ...PARAMETERS, server_audit_logging: '1', server_audit_events: AUDIT_EVENTS },
      }),
      backup: { retention: profile.backupRetention },
    });
    const instances = ['Writer', 'Reader'].flatMap(id => cluster.node.tryFindChild(id) ?? []);
    waitForRights(monitoringRole, instances);
    instances.forEach(each => acknowledge(each,
      ['RDSInBackupPlan'], 'Aurora is backed up as a cluster, not by instance, and the cluster is in the backup plan'));
    return cluster;
  }
}

/** Warns before the largest capacity is reached: from there on, queries wait. */
function monitorCapacity(monitoring: MonitoringFacade, { clusterIdentifier }: DatabaseCluster): void {
  const { MetricStatistic } = monitoringConstructs();
  monitoring.monitorCustom({
    humanReadableName: `${TITLE} capacity`,
    alarmFriendlyName: 'Database',
    metricGroups: [{
      title: 'Capacity in use (% of the largest)',
      metrics: [{
        metric: monitoring.createMetricFactory().createMetric(
          'ACUUtilization', MetricStatistic.AVERAGE, 'Capacity', { DBClusterIdentifier: clusterIdentifier }, undefined, 'AWS/RDS'),
        alarmFriendlyName: 'Capacity',
        addAlarm: {
          Warning: {
            ...QUARTER_OF_AN_HOUR,
            threshold: 90,
            comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
            additionalDescription: 'The database is about to reach its largest capacity: raise maxAcu.',
          },
        },
      }],
    }],
  });
}

/** The given bounds, and the traffic's where none is given, widened so that they stay in order. */
function within(props: AuroraMysqlProps, planned: { minAcu: number; maxAcu: number }): { minAcu: number; maxAcu: number } {
  const minAcu = props.minAcu ?? Math.min(planned.minAcu, props.maxAcu ?? planned.minAcu);
  return { minAcu, maxAcu: props.maxAcu ?? Math.max(planned.maxAcu, minAcu) };
}
