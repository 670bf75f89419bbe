import { AuroraMysqlEngineVersion, ClusterInstance } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { MysqlDatabaseProps } from './mysql-database-props';
import { IAttachable } from '../core';
import { DatabaseContext, IDatabase } from './contract';
import { AURORA_RULES, AuroraMysqlDatabase, auroraVersion, Instances } from './private/aurora-mysql-cluster';
import { AURORA_MYSQL_CONNECTIONS } from './private/connection-limits';
import { GIB_PER_ACU } from './private/instance-type';
import { mysqlRules } from './private/mysql-rules';
import { between, inSteps, known, notAbove, Rule, validate } from '../core/private/validation';

/** Options of an Aurora MySQL database. */
export interface AuroraMysqlProps extends MysqlDatabaseProps {
  /**
   * Smallest capacity in ACU (about 2 GiB of memory each), 0.5 to 256 in steps of 0.5. Aurora does not pause: with 0 it
   * would, and with a proxy it could not.
   *
   * @default - from the traffic
   */
  readonly minAcu?: number;
  /**
   * Largest capacity in ACU, 1 to 256 in steps of 0.5. The number of connections that an instance takes follows a
   * change only when the instance is rebooted.
   *
   * @default - from the traffic
   */
  readonly maxAcu?: number;
  /**
   * Readers, 0 to 15. The first takes over when the writer fails, and is always as large as the writer; the others have a
   * size of their own. The application finds them all at `DB_READER_HOST`, unless there is a proxy.
   *
   * @default - 1 in a profile with a standby, else 0
   */
  readonly readers?: number;
  /**
   * Engine version.
   *
   * @default AuroraMysqlEngineVersion.VER_3_10_3 - MySQL 8.0 compatible, Aurora's long-term-support line
   */
  readonly version?: AuroraMysqlEngineVersion;
}

const ACU_MEND = 'Aurora serverless v2 runs between 0.5 and 256 ACU';
const KNOWN_MEND = 'the bounds of the capacity are put in order by it';
const STEP_MEND = 'Aurora serverless v2 grows by half an ACU';

const RULES: Rule<AuroraMysqlProps>[] = [
  ...mysqlRules<AuroraMysqlProps>(props => auroraVersion(props).auroraMysqlMajorVersion),
  ...AURORA_RULES,
  known('minAcu', KNOWN_MEND),
  known('maxAcu', KNOWN_MEND),
  between('minAcu', 0.5, 256, ACU_MEND),
  inSteps('minAcu', 0.5, STEP_MEND),
  between('maxAcu', 1, 256, ACU_MEND),
  inSteps('maxAcu', 0.5, STEP_MEND),
  notAbove('minAcu', 'maxAcu', 'raise \'maxAcu\' or lower \'minAcu\''),
];

/** The choice of Aurora MySQL serverless v2. */
export class AuroraMysql implements IDatabase {
  public readonly connectionLimit = AURORA_MYSQL_CONNECTIONS;

  constructor(private readonly props: AuroraMysqlProps) {
    validate('Database.auroraMysql', props, RULES);
  }

  public bind(scope: Construct, context: DatabaseContext): IAttachable {
    return new AuroraMysqlDatabase(scope, 'AuroraMysql', this.props, instancesOf(within(this.props, context.capacity)), context);
  }
}

function instancesOf(bounds: { minAcu: number; maxAcu: number }): Instances {
  return {
    bounds,
    insights: true,
    describe: { capacity: `${bounds.minAcu} to ${bounds.maxAcu} ACU` },
    create: (id, props, takesOver) => ClusterInstance.serverlessV2(id, takesOver ? { ...props, scaleWithWriter: true } : props),
    // However many ACU there are: connections and memory are measured against the most.
    memoryGib: bounds.maxAcu * GIB_PER_ACU,
  };
}

/** The given bounds, and the traffic's where none is given, widened so that they stay in order. */
function within(props: AuroraMysqlProps, planned: { minAcu: number; maxAcu: number }): { minAcu: number; maxAcu: number } {
  const minAcu = props.minAcu ?? Math.min(planned.minAcu, props.maxAcu ?? planned.minAcu);
  return { minAcu, maxAcu: props.maxAcu ?? Math.max(planned.maxAcu, minAcu) };
}
