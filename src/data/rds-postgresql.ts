import { DatabaseInstanceEngine, PostgresEngineVersion } from 'aws-cdk-lib/aws-rds';
import { RDS_POSTGRESQL } from './private/engines/postgresql';
import { RdsRelease } from './private/rds-instance';
import { RdsProps } from './relational-database-props';

/** Options of an RDS PostgreSQL database. */
export interface RdsPostgresqlProps extends RdsProps {
  /**
   * Engine version.
   *
   * @default PostgresEngineVersion.VER_17_9 - the newest major version that RDS Proxy speaks to; PostgreSQL has no
   * long-term-support line, each major version lives five years
   */
  readonly version?: PostgresEngineVersion;
}

/** RDS for PostgreSQL in the version that is given, or by default. */
export function rdsPostgresql(version = PostgresEngineVersion.VER_17_9): RdsRelease {
  return { engine: RDS_POSTGRESQL, release: DatabaseInstanceEngine.postgres({ version }) };
}
