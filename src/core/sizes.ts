/** A step of the policy for sharp ramps: what is added at once when the units are that busy. */
export interface ScalingStep {
  /** CPU utilization of the units from which on the step is taken, in percent. */
  readonly fromCpuPercent: number;
  /** What is added, in percent of the units there are. */
  readonly addPercent: number;
}

/** Units that stand ready for a known event, or no longer have to: from a moment on, the platform's floor. */
export interface ScheduledFloor {
  /** What the floor is for, in letters, digits and dashes: unique within a plan. */
  readonly name: string;
  /** Units that always run from then on. */
  readonly minUnits: number;
  /**
   * The moment, of an event that comes once.
   *
   * @default - it comes every week: see `weekDays`
   */
  readonly at?: Date;
  /**
   * Days of the week as cron expressions have them, such as `MON` or `FRI,SAT`.
   *
   * @default - it comes once: see `at`
   */
  readonly weekDays?: string;
  /**
   * Hour of the day, 0 to 23, in `timeZone`.
   *
   * @default - it comes once: see `at`
   */
  readonly hour?: number;
  /**
   * Minute of the hour, 0 to 59.
   *
   * @default - it comes once: see `at`
   */
  readonly minute?: number;
  /**
   * IANA name of the time zone that `hour` and `weekDays` are in, such as `America/Sao_Paulo`.
   *
   * @default - it comes once: see `at`
   */
  readonly timeZone?: string;
}

/** How many units (tasks, instances, or concurrent executions of a function) the application runs on. */
export interface ComputeCapacity {
  /** Units that always run; of a function, executions that stand ready at all times, 0 for none. */
  readonly minUnits: number;
  /** Units that the application may grow to. */
  readonly maxUnits: number;
  /** Requests per minute and unit that scaling aims at. */
  readonly targetRequestsPerMinute: number;
  /** CPU utilization that scaling aims at, in percent; of a function, the share of the executions standing ready that is busy. */
  readonly targetCpuPercent: number;
  /** Steps for a ramp that is too sharp for the targets alone, the lowest first; none for traffic without peaks. */
  readonly steps: ScalingStep[];
  /** Floors for known events, in the order of the traffic's events; past ones included. */
  readonly scheduledFloors: ScheduledFloor[];
  /** Instances that are kept stopped, ready to start; containers have no such pool. */
  readonly warmPoolUnits: number;
}

/** Capacity range of a serverless relational database. */
export interface DatabaseCapacity {
  /** Smallest capacity, in Aurora capacity units (ACU, about 2 GiB of memory each). */
  readonly minAcu: number;
  /** Largest capacity, in ACU. */
  readonly maxAcu: number;
  /** Connections that the application opens at the peak, at the most. */
  readonly connections: number;
  /** Whether connections are pooled by RDS Proxy. */
  readonly proxy: boolean;
  /**
   * Whether the database does not take these connections unless they are pooled, and was not made larger for them.
   *
   * @default false
   */
  readonly needsProxy?: boolean;
}

/** Limits of a serverless cache. */
export interface CacheCapacity {
  /** Most ElastiCache processing units (ECPU) per second; one simple command of up to 1 kB is 1 ECPU. */
  readonly maxEcpuPerSecond: number;
  /** Most data held, in GB. */
  readonly maxDataGb: number;
}

/** What the logs of the application come to. */
export interface LogCapacity {
  /** Days that they are kept; 9999 is forever. */
  readonly retentionDays: number;
  /** What the application writes in a month at its base, in GB; an estimate, which sets no limit. */
  readonly gbPerMonth: number;
}
