import { Duration } from 'aws-cdk-lib';
import { Outlook } from './outlook';

/** What is assumed of the application and its visitors: what no template holds. */
export interface ApplicationModel {
  /**
   * Requests per second that one unit (task or instance) answers when it does nothing else.
   *
   * @default - 50 for each vCPU that the template gives a unit: 20 ms of CPU each, as `Traffic` assumes
   */
  readonly requestsPerSecondPerUnit?: number;
  /**
   * Requests that a unit works on at once (`pm.max_children` of PHP-FPM).
   *
   * @default 24
   */
  readonly workersPerUnit?: number;
  /**
   * Requests that wait in a unit for a worker, before it refuses more (`listen.backlog` of PHP-FPM).
   *
   * @default 511 - PHP-FPM's own default
   */
  readonly backlogPerUnit?: number;
  /**
   * Whether health checks wait among the requests, so that a unit that is busy looks ill.
   *
   * @default true - the path of the check is answered by PHP
   */
  readonly healthChecksQueue?: boolean;
  /**
   * How long a request waits for its database and its session, when these are idle.
   *
   * @default Duration.millis(40)
   */
  readonly waitsPerRequest?: Duration;
  /**
   * Requests per second that one Aurora capacity unit serves.
   *
   * @default 50 - as the capacity plan assumes: a classic page of 5 to 10 short queries
   */
  readonly requestsPerSecondPerAcu?: number;
  /**
   * ElastiCache processing units of one request.
   *
   * @default 8 - as the capacity plan assumes: a session of up to 4 kB, read and written
   */
  readonly ecpuPerRequest?: number;
  /**
   * Share of requests, 0 to 1, for pages that are the same for everyone; the edge may keep those, when the template lets it.
   *
   * @default 0.5
   */
  readonly anonymousShare?: number;
  /**
   * How long the application lets the edge keep such a page (`Cache-Control`); the cache policy of the template may make it
   * shorter or longer.
   *
   * @default Duration.minutes(1)
   */
  readonly anonymousTtl?: Duration;
  /**
   * How many such pages there are.
   *
   * @default 500
   */
  readonly anonymousPages?: number;
  /**
   * Requests of one visit.
   *
   * @default 10
   */
  readonly requestsPerVisit?: number;
  /**
   * How long a visit lasts.
   *
   * @default Duration.minutes(5)
   */
  readonly visit?: Duration;
}

/** What a simulation assumes besides the template. */
export interface SpikeSimulationOptions {
  /**
   * What is assumed of the application and its visitors.
   *
   * @default - a classic PHP page on half a vCPU, see each member
   */
  readonly application?: ApplicationModel;
  /**
   * Which end of what is known about AWS is assumed.
   *
   * @default Outlook.PESSIMISTIC
   */
  readonly outlook?: Outlook;
  /**
   * Constants of AWS's behaviour with a value of your own, by the names that `SpikeSimulation.constants` lists.
   *
   * @default - those of the outlook
   */
  readonly behaviour?: { readonly [name: string]: number };
  /**
   * An answer that takes longer counts as slow.
   *
   * @default Duration.seconds(2)
   */
  readonly latencyObjective?: Duration;
  /**
   * Where chance begins: the same seed gives the same result.
   *
   * @default 1
   */
  readonly seed?: number;
  /**
   * Logical id of the ECS service or Auto Scaling group to be replayed.
   *
   * @default - the only one behind a load balancer
   */
  readonly service?: string;
}
