import { Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnDBCluster, CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { addressOf } from './mysql';
import { BlockDescription, IAttachable, IWorkload, SecretReference, Tier } from '../../core';
import { declareReachable } from '../../core/private/reachable-by';
import { letReadSecret } from '../../core/private/resources/read-secret';
import { MysqlDatabaseProps } from '../mysql-database-props';

/** A server, as whoever connects to it needs to know it. */
export interface Endpoint {
  readonly title: string;
  readonly store: CfnDBCluster | CfnDBInstance;
  readonly securityGroup: SecurityGroup;
  readonly host: string;
  /** Where the readers answer, if there are any. */
  readonly readerHost?: string;
}

/** The server itself, by user and password. */
export class DirectAccess implements IAttachable {
  public readonly environment: { [name: string]: string };
  public readonly secrets: { [name: string]: SecretReference };

  constructor(private readonly server: Endpoint, private readonly props: MysqlDatabaseProps, private readonly secret: ISecret) {
    const { databaseName, port } = addressOf(props);
    this.environment = {
      DB_HOST: server.host,
      DB_PORT: String(port),
      DB_NAME: databaseName,
      ...server.readerHost === undefined ? {} : { DB_READER_HOST: server.readerHost },
      ...props.requireTls === true ? { DB_TLS: 'true' } : {},
      ...this.changesPassword ? { DB_SECRET_ARN: secret.secretArn } : {},
    };
    this.secrets = {
      DB_USER: { secret, field: 'username' },
      DB_PASSWORD: { secret, field: 'password' },
    };
  }

  public attachTo(workload: IWorkload): void {
    const { title, store, securityGroup } = this.server;
    workload.connections.allowTo(securityGroup, Port.tcp(addressOf(this.props).port), title);
    declareReachable(store, workload);
    this.letReadAgain(workload);
  }

  /** A password that changes is read again by whoever is refused. */
  public letReadAgain(workload: IWorkload): void {
    if (this.changesPassword) letReadSecret(workload, this.secret);
  }

  /** Watched as the database that it is. */
  public monitorWith(): void {}

  public describe(): BlockDescription {
    return { title: this.server.title, purpose: 'The database past its proxy', tier: Tier.DATA };
  }

  private get changesPassword(): boolean {
    return this.props.rotation !== undefined;
  }
}
