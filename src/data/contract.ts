import { SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { BindContext, CacheCapacity, DatabaseCapacity, IAttachable, IConnectionLimit } from '../core';

/** What a database choice receives. */
export interface DatabaseContext extends BindContext {
  /** Where the database lives: subnets without a way in or out. */
  readonly subnets: SubnetSelection;
  /** Where a function runs that speaks to the database and to AWS: private subnets with a way out. */
  readonly workloadSubnets: SubnetSelection;
  /** How large. */
  readonly capacity: DatabaseCapacity;
  /**
   * The platform's name, such as `shop.example.com`: the database gets `db.internal.<name>` within the VPC.
   *
   * @default - no name of its own, only the endpoint that AWS gives
   */
  readonly domainName?: string;
}

/** A relational database. Bring your own by implementing it. */
export interface IDatabase {
  /**
   * How many connections it takes: the size of the platform's peak is compared with it.
   *
   * @default - not known: whether connections are pooled is decided by how fast they are opened alone
   */
  readonly connectionLimit?: IConnectionLimit;
  /**
   * Creates the database.
   *
   * @param scope the namespace that the platform gives
   * @param context where and how large
   */
  bind(scope: Construct, context: DatabaseContext): IAttachable;
}

/** What a session-store choice receives. */
export interface SessionsContext extends BindContext {
  /** Where the store lives: subnets without a way in or out. */
  readonly subnets: SubnetSelection;
  /** How large. */
  readonly capacity: CacheCapacity;
}

/** A shared session store. Bring your own by implementing it. */
export interface ISessions {
  /**
   * Creates the session store.
   *
   * @param scope the namespace that the platform gives
   * @param context where and how large
   */
  bind(scope: Construct, context: SessionsContext): IAttachable;
}
