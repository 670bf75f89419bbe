import { Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnDBCluster, CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct, IConstruct } from 'constructs';
import { addressOf, isManaged, usernameOf } from './mysql';
import { usesProxy } from './mysql-rules';
import { createPrivateName } from './private-name';
import { MysqlProxy, MysqlProxyProps, PROXY_PORT } from './proxy';
import { AlternatingUsersRotation } from './rotation';
import { DatabaseContext, IMonitorable, IWorkload, SecretReference } from '../../core';
import { declareClosed, declareReachable } from '../../core/reachable-by';
import { MysqlDatabaseProps } from '../mysql-database-props';

/** A MySQL server, as the ways to it need to know it. */
export interface Server {
  readonly title: string;
  readonly store: CfnDBCluster | CfnDBInstance;
  readonly securityGroup: SecurityGroup;
  readonly host: string;
  /** Where the readers answer, if there are any. */
  readonly readerHost?: string;
  /** The generated secret of the master user. */
  readonly secret: ISecret;
  readonly target: MysqlProxyProps['target'];
  /** Instances that the store does not name. */
  readonly instances: IConstruct[];
  /** Its MySQL version, such as 8.0. */
  readonly majorVersion: string;
}

/** All that lies between workloads and a MySQL server: who reaches it, under which name, as which user. */
export class MysqlAccess implements IMonitorable {
  public readonly environment: { [name: string]: string };
  public readonly secrets: { [name: string]: SecretReference };
  /** What is worth telling of it. */
  public readonly facts: { [name: string]: string };
  private readonly secret: ISecret;
  private readonly proxy?: MysqlProxy;

  constructor(
    private readonly scope: Construct,
    private readonly server: Server,
    private readonly props: MysqlDatabaseProps,
    private readonly context: DatabaseContext,
  ) {
    declareClosed(server.store);
    this.secret = this.secretOfApplication();
    if (usesProxy(props, context, server.majorVersion)) this.proxy = this.createProxy();
    if (props.rotation?.alternatingSecret !== undefined) this.rotate();
    this.environment = this.tellWorkloads();
    this.secrets = this.hasPassword ? {
      DB_USER: { secret: this.secret, field: 'username' },
      DB_PASSWORD: { secret: this.secret, field: 'password' },
    } : {};
    this.facts = this.proxy === undefined ? {} : { proxy: this.hasPassword ? 'RDS Proxy' : 'RDS Proxy, by tokens' };
    if (context.domainName !== undefined) {
      this.facts.name = createPrivateName(scope, this.environment.DB_HOST, context.domainName, context);
    }
  }

  /** The one way in: to the proxy when there is one, and else to the database. */
  public attachTo(workload: IWorkload): void {
    const { server: { title, store, securityGroup }, props, proxy } = this;
    if (proxy === undefined) {
      workload.connections.allowTo(securityGroup, Port.tcp(addressOf(props).port), title);
      declareReachable(store, workload);
    } else {
      proxy.letIn(workload);
    }
    if (!this.hasPassword) proxy!.grantConnect(workload, usernameOf(props));
    if (this.changesPassword) this.secret.grantRead(workload);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    this.proxy?.monitorWith(monitoring);
  }

  private get hasPassword(): boolean {
    return this.props.iamAuthentication !== true;
  }

  /** Whether the application has a password that is not valid for ever. */
  private get changesPassword(): boolean {
    return this.hasPassword && this.props.rotation !== undefined;
  }

  private tellWorkloads(): { [name: string]: string } {
    const { server, props, proxy } = this;
    const { databaseName, port } = addressOf(props);
    const readerHost = proxy === undefined ? server.readerHost : undefined;
    return {
      DB_HOST: proxy?.host ?? server.host,
      DB_PORT: String(proxy === undefined ? port : PROXY_PORT),
      DB_NAME: databaseName,
      ...readerHost === undefined ? {} : { DB_READER_HOST: readerHost },
      ...proxy !== undefined || props.requireTls === true ? { DB_TLS: 'true' } : {},
      ...this.hasPassword ? {} : { DB_USER: usernameOf(props), DB_IAM: 'true' },
      ...this.changesPassword ? { DB_SECRET_ARN: this.secret.secretArn } : {},
    };
  }

  private secretOfApplication(): ISecret {
    const { server: { store, secret }, props: { rotation }, context: { encryptionKey } } = this;
    if (rotation?.alternatingSecret !== undefined) return rotation.alternatingSecret;
    if (!isManaged(this.props)) return secret;
    return Secret.fromSecretAttributes(this.scope, 'ManagedCredentials', {
      secretCompleteArn: store.attrMasterUserSecretSecretArn, encryptionKey,
    });
  }

  private createProxy(): MysqlProxy {
    const { server: { store, securityGroup, target, instances }, props, context } = this;
    return new MysqlProxy(this.scope, 'Proxy', {
      context, store, securityGroup, target, port: addressOf(props).port, after: instances, secret: this.secret, iamAuthentication: !this.hasPassword,
    });
  }

  private rotate(): void {
    const { server: { store, securityGroup, secret, instances }, props, context } = this;
    new AlternatingUsersRotation(this.scope, 'Rotation', {
      rotation: props.rotation!, masterSecret: secret, store, securityGroup, port: addressOf(props).port, context, after: [store, ...instances],
    });
  }
}
