import { AuroraMysql, AuroraMysqlProps } from './aurora-mysql';
import { RdsMysql, RdsMysqlProps } from './rds-mysql';
import { IDatabase } from '../core';

/** Relational databases that a platform can choose from. */
export class Database {
  /**
   * Aurora MySQL serverless v2: grows and shrinks with the traffic, with a reader in another zone in production. A change
   * of the choice, to RDS MySQL or from it, makes a new, empty database.
   *
   * @param props name, port, bounds of its capacity
   * @throws Error when a prop is out of its range
   */
  public static auroraMysql(props: AuroraMysqlProps = {}): IDatabase {
    return new AuroraMysql(props);
  }

  /**
   * RDS MySQL: one instance of a fixed size, with a standby in another zone in production. A change of the choice, from
   * Aurora or to it, makes a new, empty database.
   *
   * @param props name, port, size
   * @throws Error when a prop is out of its range
   */
  public static rdsMysql(props: RdsMysqlProps = {}): IDatabase {
    return new RdsMysql(props);
  }

  private constructor() {}
}
