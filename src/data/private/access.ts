import { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct, IConstruct } from 'constructs';
import { DirectAccess, Endpoint, storesOf } from './direct-access';
import { DatabaseProxy, DatabaseProxyProps } from './proxy';
import { addressOf, isManaged, requiresTls, usernameOf } from './relational';
import { refuseTooMany, usesProxy } from './relational-rules';
import { AlternatingUsersRotation } from './rotation';
import { IAttachable, IMonitorable, IWorkload, SecretReference } from '../../core';
import { declareClosed } from '../../core/private/reachable-by';
import { DatabaseContext } from '../contract';
import { RelationalDatabaseProps } from '../relational-database-props';

/** A database server, as the ways to it need to know it. */
export interface Server extends Endpoint {
  /** The generated secret of the master user. */
  readonly secret: ISecret;
  readonly target: DatabaseProxyProps['target'];
  /** Instances that the store does not name. */
  readonly instances: IConstruct[];
  /** Its major version, such as 8.0, when it is known. */
  readonly majorVersion?: string;
}

/** First part of the private name. */
const DEFAULT_LABEL = 'db';

/** All that lies between workloads and a database server: who reaches it, under which name, as which user. */
export class DatabaseAccess implements IMonitorable {
  public readonly environment: { [name: string]: string };
  public readonly secrets: { [name: string]: SecretReference };
  /** What is worth telling of it. */
  public readonly facts: { [name: string]: string };
  /** The way past the proxy, when there is one. */
  public readonly direct?: IAttachable;
  private readonly secret: ISecret;
  private readonly server: DirectAccess;
  private readonly proxy?: DatabaseProxy;

  constructor(
    private readonly scope: Construct,
    private readonly parts: Server,
    private readonly props: RelationalDatabaseProps,
    private readonly context: DatabaseContext,
  ) {
    storesOf(parts).forEach(declareClosed);
    this.secret = this.secretOfApplication();
    this.server = new DirectAccess(parts, props, this.secret);
    const pooled = usesProxy(parts, props, context);
    refuseTooMany(scope, context, pooled);
    if (pooled) {
      this.proxy = this.createProxy();
      this.direct = this.server;
    }
    if (props.rotation?.alternatingSecret !== undefined) this.rotate();
    this.environment = this.proxy === undefined ? this.server.environment : this.environmentBehind(this.proxy);
    this.secrets = this.hasPassword ? this.server.secrets : {};
    this.facts = this.proxy === undefined ? {} : { proxy: this.hasPassword ? 'RDS Proxy' : 'RDS Proxy, by tokens' };
    if (context.names !== undefined) this.facts.name = context.names.give(scope, context.label ?? DEFAULT_LABEL, this.environment.DB_HOST);
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
    return requiresTls(this.parts.engine, this.props) || !this.hasPassword;
  }

  /** The proxy has one endpoint, for the writer; and a client that shows tokens has no use for the secret. */
  private environmentBehind(proxy: DatabaseProxy): { [name: string]: string } {
    const { DB_ENGINE, DB_NAME, DB_SECRET_ARN } = this.server.environment;
    return {
      DB_ENGINE,
      DB_HOST: proxy.host,
      DB_PORT: String(this.parts.engine.proxy.port),
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

  private createProxy(): DatabaseProxy {
    const { parts: { engine, store, securityGroup, target, instances }, props, context } = this;
    return new DatabaseProxy(this.scope, 'Proxy', {
      context,
      language: engine.proxy,
      store,
      securityGroup,
      target,
      port: addressOf(engine, props).port,
      after: instances,
      secret: this.secret,
      iamAuthentication: !this.hasPassword,
      requireTls: this.requiresTls,
    });
  }

  private rotate(): void {
    const { parts, props, context } = this;
    new AlternatingUsersRotation(this.scope, 'Rotation', {
      engine: parts.engine,
      rotation: props.rotation!,
      masterSecret: parts.secret,
      stores: storesOf(parts),
      securityGroup: parts.securityGroup,
      port: addressOf(parts.engine, props).port,
      context,
      after: [parts.store, ...parts.instances],
    });
  }
}
