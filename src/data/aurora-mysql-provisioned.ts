import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { AuroraMysqlEngineVersion, ClusterInstance } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { MysqlDatabaseProps } from './mysql-database-props';
import { IAttachable } from '../core';
import { DatabaseContext, IDatabase } from './contract';
import { AURORA_RULES, AuroraMysqlDatabase, auroraVersion, Instances } from './private/aurora-mysql-cluster';
import { AURORA_MYSQL_CONNECTIONS } from './private/connection-limits';
import { memoryGibOf } from './private/headroom';
import { GIB_PER_ACU, MemoryBySize, smallestThatHolds, withoutPrefix } from './private/instance-type';
import { mysqlRules } from './private/mysql-rules';
import { Rule, validate } from '../core/private/validation';

/** Options of an Aurora MySQL database on instances of a fixed size. */
export interface AuroraMysqlProvisionedProps extends MysqlDatabaseProps {
  /**
   * Type of every instance, with or without the `db.` that RDS puts before it. A change restarts the instances one by one,
   * the writer last to be seen: a reader takes over meanwhile. Performance Insights is off on the types that do not have it.
   *
   * @default - the smallest r7g with the memory of the capacity that the traffic's peak needs, in ACU of 2 GiB, and a
   * warning when none is large enough; t4g.medium in a profile without a standby, where the price matters more than the peak
   */
  readonly instanceType?: InstanceType;
  /**
   * Readers, 0 to 15. The first takes over when the writer fails. The application finds them all at `DB_READER_HOST`,
   * unless there is a proxy.
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

const RULES: Rule<AuroraMysqlProvisionedProps>[] = [
  ...mysqlRules<AuroraMysqlProvisionedProps>(props => auroraVersion(props).auroraMysqlMajorVersion),
  ...AURORA_RULES,
];

/** Memory in GiB (EC2 instance types, "Memory optimized"). */
const SIZES: MemoryBySize = [
  ['r7g.large', 16], ['r7g.xlarge', 32], ['r7g.2xlarge', 64], ['r7g.4xlarge', 128], ['r7g.8xlarge', 256], ['r7g.12xlarge', 384],
  ['r7g.16xlarge', 512],
];
/** The smallest type that Aurora MySQL has with Performance Insights. */
const WITHOUT_STANDBY = 't4g.medium';
/** Types without Performance Insights (Aurora user guide, "DB engine, Region, and instance class support for Database Insights"). */
const WITHOUT_INSIGHTS = /^(t2|t3)\.|^t4g\.(micro|small)$/;

/** The choice of Aurora MySQL on instances of a fixed size. */
export class AuroraMysqlProvisioned implements IDatabase {
  public readonly connectionLimit = AURORA_MYSQL_CONNECTIONS;

  constructor(private readonly props: AuroraMysqlProvisionedProps) {
    validate('Database.auroraMysqlProvisioned', props, RULES);
  }

  public bind(scope: Construct, context: DatabaseContext): IAttachable {
    const { instanceType: given } = this.props;
    const instanceType = given === undefined ? defaultType(scope, context) : withoutPrefix(given, 'db');
    // The id of the serverless variant: a change between the two keeps the cluster, and changes its instances in place.
    return new AuroraMysqlDatabase(scope, 'AuroraMysql', this.props, instancesOf(instanceType), context);
  }
}

function instancesOf(instanceType: InstanceType): Instances {
  return {
    insights: !WITHOUT_INSIGHTS.test(instanceType.toString()),
    describe: { instance: instanceType.toString() },
    create: (id, props, takesOver) => ClusterInstance.provisioned(id, { ...props, instanceType, ...takesOver ? { promotionTier: 1 } : {} }),
    memoryGib: memoryGibOf(instanceType),
  };
}

function defaultType(scope: Construct, { profile, capacity }: DatabaseContext): InstanceType {
  if (!profile.multiAz) return new InstanceType(WITHOUT_STANDBY);
  return smallestThatHolds(scope, SIZES, capacity.maxAcu * GIB_PER_ACU,
    'give \'instanceType\', or choose Database.auroraMysql(), which grows with the traffic');
}
