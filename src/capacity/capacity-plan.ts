import { CapacityDecision } from './decision';
import { ApplicationLoad, CacheCapacity, ComputeCapacity, DatabaseCapacity, EnvironmentProfile, IConnectionLimit, LogCapacity } from '../core';
import { planCache } from './private/cache';
import { planCompute } from './private/compute';
import { planDatabase } from './private/database';
import { Decisions } from './private/decisions';
import { demandOf } from './private/demand';
import { planLogs } from './private/logs';
import { Rule, validate } from '../core/private/validation';

const RULES: Rule<{ loads: ApplicationLoad[] }>[] = [
  ({ loads }) => loads.length > 0 ? undefined : '\'loads\' must name at least one application, got none: sizes follow from what is to be carried',
  ({ loads }) => {
    const names = loads.map(({ name }) => name);
    const twice = names.filter((name, index) => names.indexOf(name) < index);
    return twice.length === 0 ? undefined : `'loads' must have names of their own, got ${JSON.stringify(twice[0])} twice: name the applications apart`;
  },
];

/** Turns what applications are to carry into sizes: of each, and of what they share. Each number carries its reason. */
export class CapacityPlan {
  /**
   * The sizes for some loads: the same for the same loads and profile, whenever and wherever it is asked. What applications
   * share is sized for the sum of them: nobody promises that their peaks do not come at once.
   *
   * @param loads what each application is to carry, and by what units
   * @param profile how much runs at the least, and how long logs are kept
   * @param connectionLimit how many connections the database takes; left out, whether they are pooled is decided by how fast they
   * are opened alone
   * @throws Error when there is no load, two have one name, or a peak needs more than 5,000 units, or more executions of a function than the account has
   */
  public static of(loads: ApplicationLoad[], profile: EnvironmentProfile, connectionLimit?: IConnectionLimit): CapacityPlan {
    validate('CapacityPlan.of', { loads }, RULES);
    return new CapacityPlan(loads, profile, connectionLimit);
  }

  /** Sizes of the database. */
  public readonly database: DatabaseCapacity;
  /** Sizes of the session store. */
  public readonly cache: CacheCapacity;
  /** What the logs come to. */
  public readonly logs: LogCapacity;
  /** Every number with its reason; of several applications, the names of each one's begin with its own. */
  public readonly decisions: CapacityDecision[];
  private readonly computes = new Map<string, ComputeCapacity>();

  private constructor(
    private readonly loads: ApplicationLoad[], private readonly profile: EnvironmentProfile, private readonly connectionLimit?: IConnectionLimit,
    keepsSessions = true,
  ) {
    const decisions = new Decisions();
    loads.forEach(load => this.computes.set(load.name, planCompute(load, profile, loads.length === 1 ? decisions : decisions.of(load.name))));
    const demand = demandOf(loads.map(load => ({ ...load, maxUnits: this.computeOf(load.name).maxUnits })));
    this.database = planDatabase(demand, profile, decisions, connectionLimit);
    this.cache = planCache(demand, keepsSessions ? decisions : new Decisions());
    this.logs = planLogs(demand, profile, decisions);
    this.decisions = decisions.all;
  }

  /** The same plan for applications that keep no sessions: none of its decisions is about their store. */
  public withoutSessions(): CapacityPlan {
    return new CapacityPlan(this.loads, this.profile, this.connectionLimit, false);
  }

  /**
   * Sizes of an application.
   *
   * @param name its name among the loads
   * @throws Error when no load has the name
   */
  public computeOf(name: string): ComputeCapacity {
    const found = this.computes.get(name);
    if (found !== undefined) return found;
    throw new Error(`[CapacityPlan] 'name' must be one of ${[...this.computes.keys()].join(', ')}, got ${JSON.stringify(name)}: give the name of a load that the plan was made of`);
  }

  /** Every number with its reason, one in each line; `-c cdk-platform-patterns:print-capacity=true` has `cdk synth` print it. */
  public toString(): string {
    const rows = this.decisions.map(({ name, value, unit, reason }) => [name, `${value} ${unit}`, reason]);
    const [names, values] = [0, 1].map(column => Math.max(...rows.map(row => row[column].length)));
    return rows.map(([name, value, reason]) => `${name.padEnd(names)}  ${value.padEnd(values)}  ${reason}`).join('\n');
  }
}
