import { Annotations } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { Engine } from './engines/contract';

const CAPACITY_SHORT = 'cdk-platform-patterns:capacity-short';

/** Memory of one ACU in GiB (Aurora user guide, "Aurora Serverless v2 capacity"). */
export const GIB_PER_ACU = 2;

/** Sizes of instances or nodes, the smallest first, with the memory in GiB that each has for data. */
export type MemoryBySize = readonly (readonly [type: string, gib: number])[];

/** The type as EC2 names it: RDS and ElastiCache put `db.` and `cache.` before it, and so may whoever copies it from there. */
export function withoutPrefix(type: InstanceType, prefix: 'cache' | 'db'): InstanceType {
  const name = type.toString();
  return name.startsWith(`${prefix}.`) ? new InstanceType(name.slice(prefix.length + 1)) : type;
}

/** Whether instances of a type can have Performance Insights. */
export function hasInsights({ withoutInsights }: Engine, type: InstanceType): boolean {
  return withoutInsights === undefined || !withoutInsights.test(type.toString());
}

/**
 * The smallest type with that much memory, or the largest there is, and a warning that it is not enough.
 *
 * @param scope whose warning it is
 * @param sizes the types to choose from
 * @param neededGib memory that the traffic's peak needs
 * @param mend what else can be chosen
 */
export function smallestThatHolds(scope: Construct, sizes: MemoryBySize, neededGib: number, mend: string): InstanceType {
  const [largest, givenGib] = sizes[sizes.length - 1];
  const [type] = sizes.find(([, gib]) => gib >= neededGib) ?? [largest];
  if (neededGib > givenGib) {
    Annotations.of(scope).addWarningV2(CAPACITY_SHORT,
      `[${scope.node.path}] the traffic's peak needs ${round(neededGib)} GiB of memory, and ${largest}, the largest chosen by default, has ${round(givenGib)} GiB: ${mend}`);
  }
  return new InstanceType(type);
}

function round(gib: number): number {
  return Math.round(gib * 100) / 100;
}
