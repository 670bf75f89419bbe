import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { CapacityPlan } from '../capacity-plan';

/** The context key by which `cdk synth` prints the plan of each platform. */
const PRINT = 'cdk-platform-patterns:print-capacity';

/** The plan of a platform, which `cdk synth` tells when it is asked to: `-c cdk-platform-patterns:print-capacity=true`. */
export function printed(platform: IConstruct, plan: CapacityPlan): CapacityPlan {
  const asked = platform.node.tryGetContext(PRINT) as unknown;
  // The command line gives text.
  if (asked === true || asked === 'true') Annotations.of(platform).addInfoV2(PRINT, `[${platform.node.path}]\n${plan.toString()}`);
  return plan;
}
