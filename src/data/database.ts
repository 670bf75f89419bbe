import { auroraMysql, AuroraMysqlProps, AuroraMysqlProvisionedProps } from './aurora-mysql';
import { auroraPostgresql, AuroraPostgresqlProps, AuroraPostgresqlProvisionedProps } from './aurora-postgresql';
import { IDatabase } from './contract';
import { AuroraProvisioned } from './private/aurora-provisioned';
import { AuroraServerless } from './private/aurora-serverless';
import { Rds } from './private/rds';
import { rdsMysql, RdsMysqlProps } from './rds-mysql';
import { rdsPostgresql, RdsPostgresqlProps } from './rds-postgresql';

/**
 * Relational databases that a platform can choose from. A change from one engine to another, or between Aurora and RDS, makes
 * a new, empty database; between Aurora serverless and Aurora on instances it keeps the data.
 */
export class Database {
  /**
   * Aurora MySQL serverless v2: grows and shrinks with the traffic, with a reader in another zone in production. A change
   * of the choice, to RDS MySQL or from it, makes a new, empty database; to Aurora on instances and back it keeps the data.
   *
   * @param props name, port, bounds of its capacity
   * @throws Error when a prop is out of its range
   */
  public static auroraMysql(props: AuroraMysqlProps = {}): IDatabase {
    return new AuroraServerless('auroraMysql', auroraMysql(props.version), props);
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
    return new AuroraProvisioned('auroraMysqlProvisioned', auroraMysql(props.version), props);
  }

  /**
   * Aurora PostgreSQL serverless v2: grows and shrinks with the traffic, with a reader in another zone in production. A change
   * to Aurora PostgreSQL on instances and back keeps the data; any other makes a new, empty database.
   *
   * @param props name, port, bounds of its capacity
   * @throws Error when a prop is out of its range
   */
  public static auroraPostgresql(props: AuroraPostgresqlProps = {}): IDatabase {
    return new AuroraServerless('auroraPostgresql', auroraPostgresql(props.version), props);
  }

  /**
   * Aurora PostgreSQL on instances of a fixed size: cheaper than serverless where the load is the same all day. A change from
   * serverless, or to it, keeps the cluster and its data, and restarts each instance; any other makes a new, empty database.
   *
   * @param props name, port, size and number of the instances
   * @throws Error when a prop is out of its range
   */
  public static auroraPostgresqlProvisioned(props: AuroraPostgresqlProvisionedProps = {}): IDatabase {
    return new AuroraProvisioned('auroraPostgresqlProvisioned', auroraPostgresql(props.version), props);
  }

  /**
   * RDS MySQL: one instance of a fixed size, with a standby in another zone in production. A change of the choice, from
   * Aurora or to it, makes a new, empty database.
   *
   * @param props name, port, size
   * @throws Error when a prop is out of its range
   */
  public static rdsMysql(props: RdsMysqlProps = {}): IDatabase {
    return new Rds('rdsMysql', rdsMysql(props.version), props);
  }

  /**
   * RDS PostgreSQL: one instance of a fixed size, with a standby in another zone in production. A change of the choice makes a
   * new, empty database.
   *
   * @param props name, port, size
   * @throws Error when a prop is out of its range
   */
  public static rdsPostgresql(props: RdsPostgresqlProps = {}): IDatabase {
    return new Rds('rdsPostgresql', rdsPostgresql(props.version), props);
  }

  private constructor() {}
}
