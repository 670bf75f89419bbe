import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { GIB } from './engines/contract';
import { IConnectionLimit } from '../../core';

/**
 * Share of an instance's memory that the formulas of `max_connections` count with: RDS keeps the rest for itself and the
 * operating system (RDS user guide, "DB parameter formula variables": `DBInstanceClassMemory`). By AWS's own tables it is
 * between 0.75 and 0.95.
 */
const COUNTED_MEMORY = 0.9;
/** Percent of the connections at which somebody should look. */
export const CONNECTIONS_IN_USE = 80;
/**
 * Percent of the memory that should stay free. AWS recommends 5 % for Aurora; it names 25 % for others, of which MySQL's buffer
 * pool alone takes three quarters (CloudWatch user guide, "Recommended alarms": `FreeableMemory`).
 */
export const FREE_MEMORY = 5;

/** Memory in GiB of the size `large` of a class, 2 vCPUs (EC2 instance types). */
const LARGE: { [family: string]: number } = { c: 4, m: 8, r: 16, t: 8 };
/** How many times a `large` each size is. */
const SIZES: { [size: string]: number } = { micro: 1 / 8, small: 1 / 4, medium: 1 / 2, large: 1, xlarge: 2 };

/** When a database has too little left: known, where its memory is. */
export interface Headroom {
  readonly maxConnectionCount: number;
  readonly minFreeableMemoryInBytes: number;
}

/**
 * Of an engine, by its default `max_connections`, which the capacity plan counts with too.
 *
 * @param limit the engine
 * @param memoryGib memory of an instance, at its largest
 * @param most connections that there are never more of
 */
export function headroomOf(limit: IConnectionLimit, memoryGib: number, most = Infinity): Headroom {
  const connections = Math.min(most, limit.maxConnections(memoryGib * COUNTED_MEMORY));
  return {
    maxConnectionCount: Math.floor(connections * CONNECTIONS_IN_USE / 100), minFreeableMemoryInBytes: Math.floor(memoryGib * GIB * FREE_MEMORY / 100),
  };
}

/** Memory of an instance in GiB, when its type is of a family of which that is known. */
export function memoryGibOf(type: InstanceType): number | undefined {
  const [, family, times, size] = /^([cmrt])\d[a-z0-9]*\.(\d*)([a-z]+)$/.exec(type.toString()) ?? [];
  const share = SIZES[size];
  if (share === undefined || (times !== '' && size !== 'xlarge')) return undefined;
  return LARGE[family] * share * (times === '' ? 1 : Number(times));
}
