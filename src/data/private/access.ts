import { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct, IConstruct } from 'constructs';
import { DirectAccess, Endpoint } from './direct-access';
import { addressOf, isManaged, usernameOf } from './mysql';
import { usesProxy } from './mysql-rules';
import { createPrivateName } from './private-name';
import { MysqlProxy, MysqlProxyProps, PROXY_PORT } from './proxy';
import { AlternatingUsersRotation } from './rotation';
import { IAttachable, IMonitorable, IWorkload, SecretReference } from '../../core';
import { declareClosed } from '../../core/private/reachable-by';
import { DatabaseContext } from '../contract';
import { MysqlDatabaseProps } from '../mysql-database-props';

/** A MySQL server, as the ways to it need to know it. */
export interface Server extends Endpoint {
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
  /** The way past the proxy, when there is one. */
  public readonly direct?: IAttachable;
  private readonly secret: ISecret;
  private readonly server: DirectAccess;
  private readonly proxy?: MysqlProxy;

  constructor(
    private readonly scope: Construct,
    private readonly parts: Server,
    private readonly props: MysqlDatabaseProps,
    private readonly context: DatabaseContext,
  ) {
    declareClosed(parts.store);
    this.secret = this.secretOfApplication();
    this.server = new DirectAccess(parts, props, this.secret);
    if (usesProxy(props, context, parts.majorVersion)) {
      this.proxy = this.createProxy();
      this.direct = this.server;
    }
    if (props.rotation?.alternatingSecret !== undefined) this.rotate();
    this.environment = this.proxy === undefined ? this.server.environment : this.environmentBehind(this.proxy);
    this.secrets = this.hasPassword ? this.server.secrets : {};
    this.facts = this.proxy === undefined ? {} : { proxy: this.hasPassword ? 'RDS Proxy' : 'RDS Proxy, by tokens' };
    if (context.domainName !== undefined) {
      this.facts.name = createPrivateName(scope, this.environment.DB_HOST, context.domainName, context);
    }
  }

  /** The one way in: to the proxy when there is one, and else to the database. */
  public attachTo(workload: IWorkload): void {
    const { proxy, server } = this;
    if (proxy === undefined) {
      server.attachTo(workload);
    } else {
      proxy.letIn(workload);
      if (this.hasPassword) server.letReadAgain(workload);
      else proxy.grantConnect(workload, usernameOf(this.props));
    }
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    this.proxy?.monitorWith(monitoring);
  }

  private get hasPassword(): boolean {
    return this.props.iamAuthentication !== true;
  }

  /** As the database behind it: a proxy that came with more traffic asks no more of the application than was asked before. */
  private get requiresTls(): boolean {
    return this.props.requireTls === true || !this.hasPassword;
  }

  /** The proxy has one endpoint, for the writer; and a client that shows tokens has no use for the secret. */
  private environmentBehind(proxy: MysqlProxy): { [name: string]: string } {
    const { DB_NAME, DB_SECRET_ARN } = this.server.environment;
    return {
      DB_HOST: proxy.host,
      DB_PORT: String(PROXY_PORT),
      DB_NAME,
      ...this.requiresTls ? { DB_TLS: 'true' } : {},
      ...this.hasPassword ? {} : { DB_USER: usernameOf(this.props), DB_IAM: 'true' },
      ...this.hasPassword && DB_SECRET_ARN !== undefined ? { DB_SECRET_ARN } : {},
    };
  }

  private secretOfApplication(): ISecret {
    const { parts: { store, secret }, props: { rotation }, context: { encryptionKey } } = this;
    if (rotation?.alternatingSecret !== undefined) return rotation.alternatingSecret;
    if (!isManaged(this.props)) return secret;
    return Secret.fromSecretAttributes(this.scope, 'ManagedCredentials', {
      secretCompleteArn: store.attrMasterUserSecretSecretArn, encryptionKey,
    });
  }

  private createProxy(): MysqlProxy {
    const { parts: { store, securityGroup, target, instances }, props, context } = this;
    return new MysqlProxy(this.scope, 'Proxy', {
      context,
      store,
      securityGroup,
      target,
      port: addressOf(props).port,
      after: instances,
      secret: this.secret,
      iamAuthentication: !this.hasPassword,
      requireTls: this.requiresTls,
    });
  }

  private rotate(): void {
    const { parts: { store, securityGroup, secret, instances }, props, context } = this;
    new AlternatingUsersRotation(this.scope, 'Rotation', {
      rotation: props.rotation!, masterSecret: secret, store, securityGroup, port: addressOf(props).port, context, after: [store, ...instances],
    });
  }
}
