import { DatabaseInstanceEngine, MysqlEngineVersion } from 'aws-cdk-lib/aws-rds';
import { RDS_MYSQL } from './private/engines/mysql';
import { RdsRelease } from './private/rds-instance';
import { RdsProps } from './relational-database-props';

/** Options of an RDS MySQL database. */
export interface RdsMysqlProps extends RdsProps {
  /**
   * Engine version.
   *
   * @default MysqlEngineVersion.VER_8_4_8 - the long-term-support line of MySQL
   */
  readonly version?: MysqlEngineVersion;
}

/** RDS for MySQL in the version that is given, or by default. */
export function rdsMysql(version = MysqlEngineVersion.VER_8_4_8): RdsRelease {
  return { engine: RDS_MYSQL, release: DatabaseInstanceEngine.mysql({ version }) };
}
