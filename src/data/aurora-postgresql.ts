import { AuroraPostgresEngineVersion, DatabaseClusterEngine } from 'aws-cdk-lib/aws-rds';
import { AuroraRelease } from './private/aurora-cluster';
import { AURORA_POSTGRESQL } from './private/engines/postgresql';
import { AuroraProvisionedProps, AuroraServerlessProps } from './relational-database-props';

/** Options of an Aurora PostgreSQL database. */
export interface AuroraPostgresqlProps extends AuroraServerlessProps {
  /**
   * Engine version.
   *
   * @default AuroraPostgresEngineVersion.VER_17_7 - the long-term-support line of the newest major version that RDS Proxy speaks to
   */
  readonly version?: AuroraPostgresEngineVersion;
}

/** Options of an Aurora PostgreSQL database on instances of a fixed size. */
export interface AuroraPostgresqlProvisionedProps extends AuroraProvisionedProps {
  /**
   * Engine version.
   *
   * @default AuroraPostgresEngineVersion.VER_17_7 - the long-term-support line of the newest major version that RDS Proxy speaks to
   */
  readonly version?: AuroraPostgresEngineVersion;
}

/** Aurora PostgreSQL in the version that is given, or by default. */
export function auroraPostgresql(version = AuroraPostgresEngineVersion.VER_17_7): AuroraRelease {
  return { engine: AURORA_POSTGRESQL, release: DatabaseClusterEngine.auroraPostgres({ version }) };
}
