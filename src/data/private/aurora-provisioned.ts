import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { ClusterInstance } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { AURORA_RULES, AuroraDatabase, AuroraRelease, Instances } from './aurora-cluster';
import { Engine } from './engines/contract';
import { memoryGibOf } from './headroom';
import { GIB_PER_ACU, hasInsights, MemoryBySize, smallestThatHolds, withoutPrefix } from './instance-type';
import { relationalRules } from './relational-rules';
import { IAttachable, IConnectionLimit } from '../../core';
import { InstanceService, instanceTypesOf } from '../../core/private/instance-types';
import { validate } from '../../core/private/validation';
import { DatabaseContext, IDatabase } from '../contract';
import { AuroraProvisionedProps } from '../relational-database-props';

/** Memory in GiB (EC2 instance types, "Memory optimized"). */
const SIZES: MemoryBySize = [
  ['r7g.large', 16], ['r7g.xlarge', 32], ['r7g.2xlarge', 64], ['r7g.4xlarge', 128], ['r7g.8xlarge', 256], ['r7g.12xlarge', 384],
  ['r7g.16xlarge', 512],
];
/** The smallest type that Aurora has with Performance Insights for each engine. */
const WITHOUT_STANDBY = 't4g.medium';

/** Aurora user guide, "DB instance class types". */
const AURORA_TYPES: InstanceService = { name: 'Aurora', prefix: 'db', families: /^[rtx]\d/, inWords: 'r, t and x', example: 'r7g.large' };

/** The choice of Aurora on instances of a fixed size. */
export class AuroraProvisioned implements IDatabase {
  public readonly connectionLimit: IConnectionLimit;

  constructor(factory: string, private readonly release: AuroraRelease, private readonly props: AuroraProvisionedProps) {
    validate(`Database.${factory}`, props, [...relationalRules(release), ...AURORA_RULES, instanceTypesOf<AuroraProvisionedProps>('instanceType', AURORA_TYPES)]);
    this.connectionLimit = release.engine;
  }

  public bind(scope: Construct, context: DatabaseContext): IAttachable {
    const { release: { engine }, props: { instanceType: given } } = this;
    const instanceType = given === undefined ? defaultType(scope, engine, context) : withoutPrefix(given, 'db');
    return new AuroraDatabase(scope, this.release, this.props, instancesOf(engine, instanceType), context);
  }
}

function instancesOf(engine: Engine, instanceType: InstanceType): Instances {
  return {
    insights: hasInsights(engine, instanceType),
    describe: { instance: instanceType.toString() },
    create: (id, props, takesOver) => ClusterInstance.provisioned(id, { ...props, instanceType, ...takesOver ? { promotionTier: 1 } : {} }),
    memoryGib: memoryGibOf(instanceType),
  };
}

function defaultType(scope: Construct, { elastic }: Engine, { profile, capacity }: DatabaseContext): InstanceType {
  if (!profile.multiAz) return new InstanceType(WITHOUT_STANDBY);
  return smallestThatHolds(scope, SIZES, capacity.maxAcu * GIB_PER_ACU,
    `give 'instanceType', or choose ${elastic}, which grows with the traffic`);
}
