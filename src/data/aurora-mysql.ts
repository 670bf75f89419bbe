import { AuroraMysqlEngineVersion, DatabaseClusterEngine } from 'aws-cdk-lib/aws-rds';
import { AuroraRelease } from './private/aurora-cluster';
import { AURORA_MYSQL } from './private/engines/mysql';
import { AuroraProvisionedProps, AuroraServerlessProps } from './relational-database-props';

/** Options of an Aurora MySQL database. */
export interface AuroraMysqlProps extends AuroraServerlessProps {
  /**
   * Engine version.
   *
   * @default AuroraMysqlEngineVersion.VER_3_10_3 - MySQL 8.0 compatible, Aurora's long-term-support line
   */
  readonly version?: AuroraMysqlEngineVersion;
}

/** Options of an Aurora MySQL database on instances of a fixed size. */
export interface AuroraMysqlProvisionedProps extends AuroraProvisionedProps {
  /**
   * Engine version.
   *
   * @default AuroraMysqlEngineVersion.VER_3_10_3 - MySQL 8.0 compatible, Aurora's long-term-support line
   */
  readonly version?: AuroraMysqlEngineVersion;
}

/** Aurora MySQL in the version that is given, or by default. */
export function auroraMysql(version = AuroraMysqlEngineVersion.VER_3_10_3): AuroraRelease {
  return { engine: AURORA_MYSQL, release: DatabaseClusterEngine.auroraMysql({ version }) };
}
