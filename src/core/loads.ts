import { Traffic } from './traffic';

/** What one unit (a task, an instance, a pod, or a concurrent execution of a function) of an application carries and takes. */
export interface UnitLoad {
  /** Requests per second that one unit answers well. */
  readonly requestsPerSecond: number;
  /** Connections to the database that one unit opens, at the most. */
  readonly connections: number;
  /**
   * Whether such units may be kept stopped, ready to start: a warm pool is planned for what a ramp asks before a new one serves.
   *
   * @default true
   */
  readonly keptStopped?: boolean;
  /**
   * Of units that are concurrent executions of a function, the most that there may be: each answers one request at a time, and starts
   * with it.
   *
   * @default - a unit is a task, an instance or a pod
   */
  readonly mostExecutions?: number;
  /**
   * Whether the units' connections to a relational database are to be pooled however few they are: units come and go with the
   * requests, and each brings its own.
   *
   * @default false - they are when they are many, or opened fast
   */
  readonly pooled?: boolean;
}

/** What an application has to carry, and by what units: what sizes are worked out from. */
export interface ApplicationLoad {
  /** Names it among the applications of a platform, such as `Application` or `Backend`. */
  readonly name: string;
  /** What it is to carry. */
  readonly traffic: Traffic;
  /** What runs it. */
  readonly unit: UnitLoad;
}

/** Knows how many connections a database of an engine takes. */
export interface IConnectionLimit {
  /**
   * Connections that a database takes by default.
   *
   * @param memoryGib memory of the largest instance, in GiB
   */
  maxConnections(memoryGib: number): number;
}
