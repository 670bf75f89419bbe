import { BehaviourName } from './behaviour';

/** What a scaling policy looks at. */
export interface MetricSource {
  readonly kind: 'cpu' | 'requestsPerTarget' | 'requests';
  /** Seconds. */
  readonly period: number;
  /** How late its data points are. */
  readonly delay: BehaviourName;
}

export interface TargetTracking {
  readonly name: string;
  readonly metric: MetricSource;
  readonly target: number;
  readonly outCooldown: number;
  readonly inCooldown: number;
  readonly scalesIn: boolean;
}

export interface AlarmSpec {
  readonly metric: MetricSource;
  readonly comparison: string;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
}

/** What is added or taken away while the metric is `from` to `to` above the alarm's threshold. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly change: number;
}

export interface StepScaling {
  readonly name: string;
  readonly alarm: AlarmSpec;
  readonly adjustment: string;
  readonly steps: Step[];
  readonly minChange: number;
  readonly cooldown: number;
}

export interface ScheduledAction {
  readonly name: string;
  /** `at(…)`, `rate(…)`, `cron(…)` with six fields, or five fields as in a crontab. */
  readonly expression: string;
  readonly timeZone: string;
  readonly min?: number;
  readonly max?: number;
  readonly desired?: number;
}

/** What runs the application, and how it grows. */
export interface FleetSpec {
  readonly id: string;
  readonly kind: 'fargate' | 'tasks' | 'instances';
  readonly vcpus: number;
  readonly initial: number;
  readonly min: number;
  readonly max: number;
  readonly warmUnits: number;
  /** Seconds in which an unhealthy new unit is let be. */
  readonly healthGrace: number;
  /** Whether a unit that fails its checks is replaced. */
  readonly replacesUnhealthy: boolean;
  /** Seconds that EC2 Auto Scaling leaves a new instance out of its reckoning. */
  readonly warmup: number;
  readonly targetTracking: TargetTracking[];
  readonly stepScaling: StepScaling[];
  readonly schedule: ScheduledAction[];
}

/** How the balancer treats its targets, in seconds. */
export interface TargetSpec {
  readonly interval: number;
  readonly timeout: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  readonly deregistration: number;
  readonly slowStart: number;
}

export interface DatabaseSpec {
  readonly minAcu: number;
  readonly maxAcu: number;
  readonly connections: number;
  /** Share of the connections that RDS Proxy may open; absent without a proxy. */
  readonly proxyShare?: number;
}

export interface SessionsSpec {
  readonly minEcpu: number;
  readonly maxEcpu: number;
}

/** A rate rule that counts all requests together. */
export interface WaitingRule {
  readonly name: string;
  readonly limit: number;
  /** Seconds. */
  readonly window: number;
  /** Whether it looks at some requests only, such as those without a session. */
  readonly newcomersOnly: boolean;
  /** Whether the answer is a page of its own, rather than a refusal. */
  readonly page: boolean;
}

/** All of a template that matters under a spike. */
export interface System {
  readonly fleet: FleetSpec;
  readonly targets: TargetSpec;
  readonly reservedCapacityUnits: number;
  /** Seconds for which the edge keeps a page of the default behaviour, at the least and at the most: it never does at 0. */
  readonly edgeTtl: { readonly min: number; readonly max: number };
  /** Seconds until someone in front of the application gives up on an answer. */
  readonly patience: number;
  readonly waitingRule?: WaitingRule;
  readonly database?: DatabaseSpec;
  readonly sessions?: SessionsSpec;
  /** What was read, and what the model leaves out, in words. */
  readonly notes: string[];
}
