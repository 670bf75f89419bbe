import { CfnResource } from 'aws-cdk-lib';
import { Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnDBCluster, CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Engine } from './engines/contract';
import { addressOf, requiresTls } from './relational';
import { BlockDescription, IAttachable, IWorkload, SecretReference, Tier } from '../../core';
import { identityOf } from '../../core/private/block-links';
import { declareReachable } from '../../core/private/reachable-by';
import { letReadSecret } from '../../core/private/resources/read-secret';
import { RelationalDatabaseProps } from '../relational-database-props';

/** A server, as whoever connects to it needs to know it. */
export interface Endpoint {
  readonly engine: Engine;
  readonly store: CfnDBCluster | CfnDBInstance;
  /** A copy of it that is read from, if the store does not name it. */
  readonly replica?: CfnDBInstance;
  readonly securityGroup: SecurityGroup;
  readonly host: string;
  /** Where the readers answer, if there are any. */
  readonly readerHost?: string;
}

/** All that keep its data: they are reached alike. */
export function storesOf({ store, replica }: Endpoint): CfnResource[] {
  return replica === undefined ? [store] : [store, replica];
}

/** The server itself, by user and password. */
export class DirectAccess implements IAttachable {
  public readonly environment: { [name: string]: string };
  public readonly secrets: { [name: string]: SecretReference };

  constructor(private readonly server: Endpoint, private readonly props: RelationalDatabaseProps, private readonly secret: ISecret) {
    const { databaseName, port } = addressOf(server.engine, props);
    this.environment = {
      DB_ENGINE: server.engine.scheme,
      DB_HOST: server.host,
      DB_PORT: String(port),
      DB_NAME: databaseName,
      ...server.readerHost === undefined ? {} : { DB_READER_HOST: server.readerHost },
      ...requiresTls(server.engine, props) ? { DB_TLS: 'true' } : {},
      ...this.changesPassword ? { DB_SECRET_ARN: secret.secretArn } : {},
    };
    this.secrets = {
      DB_USER: { secret, field: 'username' },
      DB_PASSWORD: { secret, field: 'password' },
    };
  }

  public attachTo(workload: IWorkload): void {
    const { engine, securityGroup } = this.server;
    workload.connections.allowTo(securityGroup, Port.tcp(addressOf(engine, this.props).port), engine.title);
    storesOf(this.server).forEach(store => declareReachable(store, workload));
    this.letReadAgain(workload);
  }

  /** A password that changes is read again by whoever is refused. */
  public letReadAgain(workload: IWorkload): void {
    if (this.changesPassword) letReadSecret(workload, this.secret);
  }

  /** Watched as the database that it is. */
  public monitorWith(): void {}

  public describe(): BlockDescription {
    return {
      ...identityOf(this.server.store),
      title: this.server.engine.title,
      purpose: 'The database past its proxy',
      tier: Tier.DATA,
      port: addressOf(this.server.engine, this.props).port,
    };
  }

  private get changesPassword(): boolean {
    return this.props.rotation !== undefined;
  }
}
