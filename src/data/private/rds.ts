import { Token } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { GIB_PER_ACU, MemoryBySize, smallestThatHolds, withoutPrefix } from './instance-type';
import { InstanceSize, RdsDatabase, RdsRelease } from './rds-instance';
import { isManaged } from './relational';
import { relationalRules } from './relational-rules';
import { IAttachable, IConnectionLimit } from '../../core';
import { InstanceService, instanceTypesOf } from '../../core/private/instance-types';
import { notAbove, Rule, validate, wholeBetween } from '../../core/private/validation';
import { DatabaseContext, IDatabase } from '../contract';
import { RdsProps } from '../relational-database-props';

const MAX_STORAGE_GIB = 65536;
const STORAGE_MEND = 'gp3 volumes of RDS hold 20 to 65,536 GiB';

/** RDS user guide, "DB instance class types"; c6gd is for clusters of three instances alone. */
const RDS_TYPES: InstanceService = { name: 'RDS', prefix: 'db', families: /^[mrtxz]\d/, inWords: 'm, r, t, x and z', example: 'm7g.large' };

const RULES: Rule<RdsProps>[] = [
  instanceTypesOf('instanceType', RDS_TYPES),
  wholeBetween('allocatedStorageGib', 20, MAX_STORAGE_GIB, STORAGE_MEND),
  wholeBetween('maxAllocatedStorageGib', 20, MAX_STORAGE_GIB, STORAGE_MEND),
  notAbove('allocatedStorageGib', 'maxAllocatedStorageGib', 'raise \'maxAllocatedStorageGib\''),
  ({ readReplica, proxy, iamAuthentication }) => readReplica === true && (proxy === true || iamAuthentication === true)
    ? '\'readReplica\' cannot be read through a proxy, got both: RDS Proxy leads to the source alone; leave \'proxy\' and \'iamAuthentication\' out, or choose Aurora'
    : undefined,
  // RDS user guide, "Password management with Amazon RDS and AWS Secrets Manager": limitations.
  props => props.readReplica === true && isManaged(props)
    ? '\'readReplica\' cannot be made of a database whose password RDS manages, got PasswordRotation.managed(): choose PasswordRotation.alternatingUsers(), or Aurora'
    : undefined,
];

/** Memory in GiB (EC2 instance types, "General purpose"). */
const SIZES: MemoryBySize = [
  ['m7g.large', 8], ['m7g.xlarge', 16], ['m7g.2xlarge', 32], ['m7g.4xlarge', 64], ['m7g.8xlarge', 128], ['m7g.16xlarge', 256],
];
/** The smallest burstable type with Performance Insights for each engine. */
const WITHOUT_STANDBY = 't4g.medium';

/** The choice of RDS. */
export class Rds implements IDatabase {
  public readonly connectionLimit: IConnectionLimit;

  constructor(factory: string, private readonly release: RdsRelease, private readonly props: RdsProps) {
    validate(`Database.${factory}`, props, [...relationalRules(release), ...RULES]);
    this.connectionLimit = release.engine;
  }

  public bind(scope: Construct, context: DatabaseContext): IAttachable {
    return new RdsDatabase(scope, this.release, this.props, this.sizeFor(scope, context), context);
  }

  private sizeFor(scope: Construct, context: DatabaseContext): InstanceSize {
    const { instanceType: given } = this.props;
    return { ...storageOf(this.props), instanceType: given === undefined ? this.defaultType(scope, context) : withoutPrefix(given, 'db') };
  }

  private defaultType(scope: Construct, { profile, capacity }: DatabaseContext): InstanceType {
    if (!profile.multiAz) return new InstanceType(WITHOUT_STANDBY);
    return smallestThatHolds(scope, SIZES, capacity.maxAcu * GIB_PER_ACU,
      `give 'instanceType', or choose ${this.release.engine.elastic}, which grows up to 512 GiB`);
  }
}

/** The given storage, and room to grow where none is given. */
function storageOf({ allocatedStorageGib: given, maxAllocatedStorageGib: most }: RdsProps): Omit<InstanceSize, 'instanceType'> {
  const allocatedStorage = given ?? Math.min(100, whenKnown(most) ?? 100);
  const twice = 2 * (whenKnown(given) ?? 0);
  return { allocatedStorage, maxAllocatedStorage: most ?? Math.min(MAX_STORAGE_GIB, Math.max(1000, twice)) };
}

function whenKnown(value?: number): number | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}
