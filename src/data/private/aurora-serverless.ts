import { ClusterInstance } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { AURORA_RULES, AuroraDatabase, AuroraRelease, Instances } from './aurora-cluster';
import { GIB_PER_ACU } from './instance-type';
import { relationalRules } from './relational-rules';
import { IAttachable, IConnectionLimit } from '../../core';
import { between, inSteps, known, notAbove, Rule, validate } from '../../core/private/validation';
import { DatabaseContext, IDatabase } from '../contract';
import { AuroraServerlessProps } from '../relational-database-props';

const ACU_MEND = 'Aurora serverless v2 runs between 0.5 and 256 ACU';
const KNOWN_MEND = 'the bounds of the capacity are put in order by it';
const STEP_MEND = 'Aurora serverless v2 grows by half an ACU';

const RULES: Rule<AuroraServerlessProps>[] = [
  ...AURORA_RULES,
  known('minAcu', KNOWN_MEND),
  known('maxAcu', KNOWN_MEND),
  between('minAcu', 0.5, 256, ACU_MEND),
  inSteps('minAcu', 0.5, STEP_MEND),
  between('maxAcu', 1, 256, ACU_MEND),
  inSteps('maxAcu', 0.5, STEP_MEND),
  notAbove('minAcu', 'maxAcu', 'raise \'maxAcu\' or lower \'minAcu\''),
];

/** The choice of Aurora serverless v2. */
export class AuroraServerless implements IDatabase {
  public readonly connectionLimit: IConnectionLimit;

  constructor(factory: string, private readonly release: AuroraRelease, private readonly props: AuroraServerlessProps) {
    validate(`Database.${factory}`, props, [...relationalRules(release), ...RULES]);
    this.connectionLimit = release.engine;
  }

  public bind(scope: Construct, context: DatabaseContext): IAttachable {
    return new AuroraDatabase(scope, this.release, this.props, instancesOf(within(this.props, context.capacity)), context);
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
function within(props: AuroraServerlessProps, planned: { minAcu: number; maxAcu: number }): { minAcu: number; maxAcu: number } {
  const minAcu = props.minAcu ?? Math.min(planned.minAcu, props.maxAcu ?? planned.minAcu);
  return { minAcu, maxAcu: props.maxAcu ?? Math.max(planned.maxAcu, minAcu) };
}
