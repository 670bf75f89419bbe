import { CapacityDecision } from './decision';
import { CacheCapacity, ComputeCapacity, DatabaseCapacity, EnvironmentProfile, LogCapacity, Traffic } from '../core';
import { planCache } from './private/cache';
import { planCompute } from './private/compute';
import { planDatabase } from './private/database';
import { Decisions } from './private/decisions';
import { planLogs } from './private/logs';

/** Turns traffic into sizes. Each number carries its reason. */
export class CapacityPlan {
  /**
   * The sizes for a traffic: the same for the same traffic and profile, whenever and wherever it is asked.
   *
   * @param traffic what is to be carried
   * @param profile how much runs at the least, and how long logs are kept
   * @throws Error when the peak needs more than 5,000 units
   */
  public static of(traffic: Traffic, profile: EnvironmentProfile): CapacityPlan {
    return new CapacityPlan(traffic, profile);
  }

  /** Sizes of the application tier. */
  public readonly compute: ComputeCapacity;
  /** Sizes of the database. */
  public readonly database: DatabaseCapacity;
  /** Sizes of the session store. */
  public readonly cache: CacheCapacity;
  /** What the logs come to. */
  public readonly logs: LogCapacity;
  /** Every number with its reason. */
  public readonly decisions: CapacityDecision[];

  private constructor(traffic: Traffic, profile: EnvironmentProfile) {
    const decisions = new Decisions();
    this.compute = planCompute(traffic, profile, decisions);
    this.database = planDatabase(traffic, profile, this.compute.maxUnits, decisions);
    this.cache = planCache(traffic, decisions);
    this.logs = planLogs(traffic, profile, decisions);
    this.decisions = decisions.all;
  }

  /** Every number with its reason, one in each line; `-c cdk-platform-patterns:print-capacity=true` has `cdk synth` print it. */
  public toString(): string {
    const rows = this.decisions.map(({ name, value, unit, reason }) => [name, `${value} ${unit}`, reason]);
    const [names, values] = [0, 1].map(column => Math.max(...rows.map(row => row[column].length)));
    return rows.map(([name, value, reason]) => `${name.padEnd(names)}  ${value.padEnd(values)}  ${reason}`).join('\n');
  }
}
