import { Annotations, CfnOutput, Fn, Reference, RemovalPolicy, Stack, Tokenization } from 'aws-cdk-lib';
import { CfnCertificate, CfnEndpoint, CfnReplicationInstance, CfnReplicationSubnetGroup, CfnReplicationTask } from 'aws-cdk-lib/aws-dms';
import { Connections, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { IPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnSecretTargetAttachment, ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BlockDescription, IAttachable, IWorkload, Tier } from '../../core';
import { identityOf } from '../../core/private/block-links';
import { DatabaseMigrationContext, IDatabaseMigration, IMigrationStep } from '../contract';
import { MYSQL_MIGRATION_RULES, MysqlMigrationProps, MysqlSslMode, TargetTablePreparation } from '../mysql-props';
import { monitorReplication } from './dms-alarms';
import { dmsIdentifier } from './dms-names';
import { createSecretsRole, createServiceRoles } from './dms-roles';
import { FailureEvents } from './failure-events';
import { tableMappings, taskSettings } from './task-settings';
import { validate } from '../../core/private/validation';

const TITLE = 'Database migration';
const UNENCRYPTED = 'cdk-platform-patterns:migration-unencrypted';

/** What the target's side of a replication needs to know. */
interface Target {
  readonly secret: ISecret;
  readonly databaseName: string;
}

/** The choice of a migration from MySQL. */
export class MysqlMigration implements IDatabaseMigration {
  constructor(private readonly props: MysqlMigrationProps) {
    validate('DatabaseMigration.fromMysql', props, MYSQL_MIGRATION_RULES);
  }

  public bind(scope: Construct, context: DatabaseMigrationContext): IMigrationStep {
    return new MysqlReplication(scope, 'Mysql', this.props, context);
  }
}

/**
 * A replication instance and its one task. An instance rather than DMS Serverless: the connections can be tested before
 * anything is copied, a task that fails says so by an event, its settings may change between runs, and its metrics keep
 * their names; a serverless replication does none of these.
 */
class MysqlReplication extends Construct implements IMigrationStep, IWorkload {
  public readonly connections: Connections;
  public readonly grantPrincipal: IPrincipal;
  private readonly database: IAttachable;
  private readonly identifier: string;
  private readonly failures: FailureEvents;
  private readonly taskId: string;

  constructor(scope: Construct, id: string, private readonly props: MysqlMigrationProps, private readonly context: DatabaseMigrationContext) {
    super(scope, id);
    this.identifier = dmsIdentifier(this);
    // No pool carries a replication: it takes a connection for each table and sets variables of the session.
    this.database = context.database.direct ?? context.database;
    const target = this.targetOf(this.database);
    const roles = props.createServiceRoles === false ? [] : createServiceRoles(this);
    const securityGroup = this.createSecurityGroup();
    this.connections = new Connections({ securityGroups: [securityGroup] });
    const secretsRole = this.createSecretsRole(target.secret);
    this.grantPrincipal = secretsRole;
    const instance = this.createInstance(securityGroup, roles);
    const task = this.createTask(instance, this.createSource(secretsRole), this.createTarget(secretsRole, target), target);
    // `…:task:<id>`: metrics go by the id, which is not the task's name.
    this.taskId = Fn.select(6, Fn.split(':', task.ref));
    this.failures = this.watch(task);
    this.database.attachTo(this);
    this.tellCommands(task);
    this.warn();
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitorReplication(monitoring, TITLE, { replicationInstanceIdentifier: this.identifier, replicationTaskId: this.taskId });
    this.failures.monitorWith(monitoring, TITLE, 'Database-Migration');
  }

  public describe(): BlockDescription {
    return {
      ...identityOf(this),
      title: TITLE,
      purpose: 'Copies the database from where it is today, and every change until the cut-over',
      tier: Tier.DATA,
      talksTo: [{ to: this.context.database.describe().id, port: this.database.describe().port, why: 'Writes what it copies' }],
      facts: {
        'from': `database ${this.props.sourceDatabase} of MySQL elsewhere`,
        'replication instance': this.instanceClass,
        'tables': (this.props.tables ?? ['%']).join(', '),
      },
    };
  }

  private get instanceClass(): string {
    return this.props.replicationInstanceClass ?? (this.context.profile.multiAz ? 'dms.r6i.large' : 'dms.t3.medium');
  }

  /** The database's one secret, in which RDS keeps its address too. */
  private targetOf({ secrets, environment }: IAttachable): Target {
    const secret = secrets.DB_PASSWORD?.secret;
    const databaseName = environment.DB_NAME;
    if (secret === undefined || secrets.DB_USER?.secret !== secret || databaseName === undefined) {
      throw new Error(`[${this.node.path}] 'migration.database' needs a database whose 'secrets' have DB_USER and DB_PASSWORD in one secret and whose 'environment' has DB_NAME: give them in the database's attachable`);
    }
    if (environment.DB_ENGINE !== undefined && environment.DB_ENGINE !== 'mysql') {
      throw new Error(`[${this.node.path}] 'migration.database' from MySQL needs a database of MySQL, got ${environment.DB_ENGINE}: its tables would have to be translated; choose a MySQL database, or leave 'migration.database' out`);
    }
    if (isManagedByRds(secret)) {
      throw new Error(`[${this.node.path}] 'migration.database' needs a secret with the database's address, got the one that RDS manages, which has none: let RDS manage the password after the cut-over`);
    }
    return { secret, databaseName };
  }

  /** Out to the source's port and, by HTTPS, to Secrets Manager and CloudWatch; the database adds its own port. */
  private createSecurityGroup(): SecurityGroup {
    const { sourceCidr, sourcePort } = this.props;
    const group = new SecurityGroup(this, 'SecurityGroup', { vpc: this.context.vpc, description: TITLE, allowAllOutbound: false });
    group.addEgressRule(sourceCidr === undefined ? Peer.anyIpv4() : Peer.ipv4(sourceCidr), Port.tcp(sourcePort ?? 3306), 'MySQL at the source');
    group.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'HTTPS to AWS');
    return group;
  }

  private createSecretsRole(target: ISecret): Role {
    const { sourceSecret } = this.props;
    const keys = [this.context.encryptionKey, target.encryptionKey, sourceSecret.encryptionKey].flatMap(key => key ?? []);
    return createSecretsRole(this, [sourceSecret, target], keys);
  }

  private createInstance(securityGroup: SecurityGroup, roles: Role[]): CfnReplicationInstance {
    const { vpc, subnets, encryptionKey, profile } = this.context;
    const subnetGroup = new CfnReplicationSubnetGroup(this, 'Subnets', {
      replicationSubnetGroupDescription: TITLE,
      subnetIds: vpc.selectSubnets(subnets).subnetIds,
    });
    subnetGroup.node.addDependency(...roles);
    // DMS would make the group of this name itself, without a key and for ever.
    const log = new LogGroup(this, 'Log', {
      logGroupName: `dms-tasks-${this.identifier}`,
      encryptionKey,
      retention: profile.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const instance = new CfnReplicationInstance(this, 'Instance', {
      replicationInstanceIdentifier: this.identifier,
      replicationInstanceClass: this.instanceClass,
      allocatedStorage: this.props.allocatedStorageGib ?? 100,
      replicationSubnetGroupIdentifier: subnetGroup.ref,
      vpcSecurityGroupIds: [securityGroup.securityGroupId],
      kmsKeyId: encryptionKey.keyArn,
      publiclyAccessible: false,
      // A task goes on where it was: a standby would cost as much again for weeks, to save minutes once.
      multiAz: false,
    });
    instance.node.addDependency(log);
    return instance;
  }

  private createSource(role: Role): CfnEndpoint {
    const { sourceCertificate: certificate, sourceSslMode, sourceSecret } = this.props;
    return this.createEndpoint('Source', 'source', role, sourceSecret, certificate,
      sourceSslMode ?? (certificate === undefined ? MysqlSslMode.NONE : MysqlSslMode.VERIFY_FULL));
  }

  private createTarget(role: Role, target: Target): CfnEndpoint {
    const { targetCertificate: certificate } = this.props;
    const endpoint = this.createEndpoint('Target', 'target', role, target.secret, certificate,
      certificate === undefined ? MysqlSslMode.NONE : MysqlSslMode.VERIFY_FULL);
    // Tables are loaded side by side, in no order that a foreign key would allow.
    endpoint.extraConnectionAttributes = 'initstmt=SET FOREIGN_KEY_CHECKS=0';
    // Writes the database's address into the secret.
    endpoint.node.addDependency(...target.secret.node.findAll().filter(each => each instanceof CfnSecretTargetAttachment));
    return endpoint;
  }

  private createEndpoint(
    id: string, endpointType: string, role: Role, secret: ISecret, certificatePem: string | undefined, sslMode: MysqlSslMode,
  ): CfnEndpoint {
    const certificate = sslMode === MysqlSslMode.NONE ? undefined : new CfnCertificate(this, `${id}Certificate`, { certificatePem });
    const endpoint = new CfnEndpoint(this, id, {
      endpointType,
      engineName: 'mysql',
      kmsKeyId: this.context.encryptionKey.keyArn,
      mySqlSettings: { secretsManagerSecretId: secret.secretArn, secretsManagerAccessRoleArn: role.roleArn },
      sslMode,
      certificateArn: certificate?.ref,
    });
    // DMS reads the secret when the endpoint is made.
    endpoint.node.addDependency(role.node.findChild('Policy'));
    return endpoint;
  }

  private createTask(instance: CfnReplicationInstance, source: CfnEndpoint, target: CfnEndpoint, { databaseName }: Target): CfnReplicationTask {
    const { sourceDatabase, tables, excludedTables, targetTablePreparation, maxLobSize } = this.props;
    const stack = Stack.of(this);
    return new CfnReplicationTask(this, 'Task', {
      migrationType: 'full-load-and-cdc',
      replicationInstanceArn: instance.ref,
      sourceEndpointArn: source.ref,
      targetEndpointArn: target.ref,
      tableMappings: tableMappings(stack, { source: sourceDatabase, target: databaseName, tables: tables ?? ['%'], excludedTables: excludedTables ?? [] }),
      replicationTaskSettings: taskSettings({ tablePreparation: targetTablePreparation ?? TargetTablePreparation.DO_NOTHING, maxLobSize }),
    });
  }

  /** Also when it stops: nobody stops a migration but at the cut-over, and its metrics would simply end. */
  private watch(task: CfnReplicationTask): FailureEvents {
    return new FailureEvents(this, 'Failures', {
      pattern: {
        'source': ['aws.dms'],
        'detail-type': ['DMS Replication Task State Change'],
        'resources': [task.ref],
        'detail': { eventType: ['REPLICATION_TASK_FAILED', 'REPLICATION_TASK_STOPPED'] },
      },
      advice: {
        why: 'The replication task failed or was stopped: changes at the source no longer arrive.',
        firstCheck: 'the task\'s log; mend the cause and resume the task before the source drops its binary logs.',
        runbook: 'migration-stalls',
      },
    }, this.context);
  }

  private tellCommands(task: CfnReplicationTask): void {
    new CfnOutput(this, 'Start', {
      description: 'Starts the full load, then follows the changes; test the connections first',
      value: `aws dms start-replication-task --start-replication-task-type start-replication --replication-task-arn ${task.ref}`,
    });
  }

  private warn(): void {
    const { sourceCertificate, targetCertificate } = this.props;
    const plain = [sourceCertificate === undefined ? 'sourceCertificate' : [], targetCertificate === undefined ? 'targetCertificate' : []].flat();
    if (plain.length === 0) return;
    Annotations.of(this).addWarningV2(UNENCRYPTED,
      `[${this.node.path}] data is replicated over connections that are not encrypted: give ${plain.map(name => `'${name}'`).join(' and ')}`);
  }
}

function isManagedByRds({ secretArn }: ISecret): boolean {
  return Tokenization.reverseString(secretArn).tokens
    .some(token => Reference.isReference(token) && token.displayName.startsWith('MasterUserSecret'));
}
