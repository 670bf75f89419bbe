import { SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { BindContext, CacheCapacity, DatabaseCapacity, IAttachable, IConnectionLimit, IPrivateNames, Runtime } from '../core';

/** What a database choice receives. */
export interface DatabaseContext extends BindContext {
  /** Where the database lives: subnets without a way in or out. */
  readonly subnets: SubnetSelection;
  /** Where a function runs that speaks to the database and to AWS: private subnets with a way out. */
  readonly workloadSubnets: SubnetSelection;
  /** How large. */
  readonly capacity: DatabaseCapacity;
  /**
   * Gives the database a name within the VPC, such as `db.internal.shop.example.com`.
   *
   * @default - no name of its own, only the endpoint that AWS gives
   */
  readonly names?: IPrivateNames;
  /**
   * First part of that name: each store of a platform has one of its own.
   *
   * @default 'db'
   */
  readonly label?: string;
}

/** A relational database. Bring your own by implementing it. */
export interface IDatabase {
  /**
   * How many connections it takes, by its memory: capacity is planned by it.
   *
   * @default - not known: nothing is planned by the connections
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

/** What a choice of a cache receives. */
export interface CacheContext extends BindContext {
  /** Where the store lives: subnets without a way in or out. */
  readonly subnets: SubnetSelection;
}

/** A cache of the application. Bring your own by implementing it. */
export interface ICache {
  /**
   * Creates the cache.
   *
   * @param scope the namespace that the platform gives
   * @param context where
   */
  bind(scope: Construct, context: CacheContext): IAttachable;
}

/** What a session-store choice receives. */
export interface SessionsContext extends CacheContext {
  /** How large. */
  readonly capacity: CacheCapacity;
  /** What the applications are written in that keep their sessions there: they are told where it is in the form that each takes. */
  readonly runtime: Runtime;
}

/** A shared session store. Bring your own by implementing it. */
export interface ISessions {
  /**
   * Creates the session store, when there is to be one.
   *
   * @param scope the namespace that the platform gives
   * @param context where and how large
   * @returns the store; nothing when the application keeps no sessions: the platform then has none, nor sizes of it
   */
  bind(scope: Construct, context: SessionsContext): IAttachable | undefined;
}
