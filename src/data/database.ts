import { AuroraMysql, AuroraMysqlProps } from './aurora-mysql';
import { AuroraMysqlProvisioned, AuroraMysqlProvisionedProps } from './aurora-mysql-provisioned';
import { IDatabase } from './contract';
import { RdsMysql, RdsMysqlProps } from './rds-mysql';

/** Relational databases that a platform can choose from. */
export class Database {
  /**
   * Aurora MySQL serverless v2: grows and shrinks with the traffic, with a reader in another zone in production. A change
   * of the choice, to RDS MySQL or from it, makes a new, empty database; to Aurora on instances and back it keeps the data.
   *
   * @param props name, port, bounds of its capacity
   * @throws Error when a prop is out of its range
   */
  public static auroraMysql(props: AuroraMysqlProps = {}): IDatabase {
    return new AuroraMysql(props);
  }

  /**
   * Aurora MySQL on instances of a fixed size: cheaper than serverless where the load is the same all day. A change of the
   * choice from serverless, or to it, keeps the cluster and its data: each instance changes its class in place, which
   * restarts it. To RDS MySQL or from it, the change makes a new, empty database.
   *
   * @param props name, port, size and number of the instances
   * @throws Error when a prop is out of its range
   */
  public static auroraMysqlProvisioned(props: AuroraMysqlProvisionedProps = {}): IDatabase {
    return new AuroraMysqlProvisioned(props);
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
