import { Duration } from 'aws-cdk-lib';
import { Metric, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import { SloCounts } from './slo-counts';


/** When an objective is judged, and when there is too little to judge by. */
export interface SloOptions {
  /**
   * The time over which it is promised, 7 to 30 whole days, always the last ones.
   *
   * @default Duration.days(30) - the window that the SRE Workbook's burn rates are made for
   */
  readonly window?: Duration;
  /**
   * The least that must have been counted in an alarm's window (5 minutes for the shortest): below it, the alarm is not raised.
   *
   * @default - 20 requests; 1 for the freshness of data, which is counted with and without users
   */
  readonly minimumTraffic?: number;
  /**
   * The least that must have been bad in an alarm's window: a few failures at night are many in percent, and wake nobody.
   *
   * @default - 5 requests; 1 for the freshness of data
   */
  readonly minimumBad?: number;
}

/** How many requests are answered without an error. */
export interface AvailabilitySloProps extends SloOptions {
  /**
   * Names it among the alarms: up to 50 letters, digits and dashes. Two objectives of one platform need two names.
   *
   * @default 'Availability'
   */
  readonly name?: string;
  /**
   * Percent of the requests, above 0 and below 100.
   *
   * @default 99.9 - 43 minutes of outage in 30 days, what CloudFront commits itself to (its service level agreement): nobody
   * behind it keeps more for long
   */
  readonly objective?: number;
}

/** How many requests are answered soon. */
export interface LatencySloProps extends SloOptions {
  /**
   * Names it among the alarms: up to 50 letters, digits and dashes. Two objectives of one platform need two names.
   *
   * @default 'Latency'
   */
  readonly name?: string;
  /**
   * Percent of the requests, above 0 and below 100.
   *
   * @default 99 - the slowest 1 %, which the load balancer's alarm looks at, too
   */
  readonly objective?: number;
  /**
   * How soon.
   *
   * @default Duration.seconds(1) - the limit up to which a user's thought is not interrupted (Nielsen, "Response Times: The 3
   * Important Limits")
   */
  readonly threshold?: Duration;
}

/** How often data is as new as it should be. */
export interface FreshnessSloProps extends SloOptions {
  /**
   * Names it among the alarms: up to 50 letters, digits and dashes. Two objectives of one platform need two names.
   *
   * @default 'Freshness'
   */
  readonly name?: string;
  /**
   * Percent of the samples, above 0 and below 100.
   *
   * @default 99 - seven hours of old data in 30 days
   */
  readonly objective?: number;
  /**
   * The age of the data, sampled at a steady pace, once a minute at best: each sample counts once. Its statistic and its period
   * do not matter. When samples stop, this objective notices nothing: have an alarm on that, too.
   */
  readonly age: Metric;
  /** How old the data may be. */
  readonly threshold: Duration;
  /**
   * What the age is measured in: `Unit.SECONDS` or `Unit.MILLISECONDS`.
   *
   * @default Unit.SECONDS
   */
  readonly ageUnit?: Unit;
}

/** An objective whose indicator is your own. */
export interface OwnSloProps extends SloOptions {
  /** Names it among the alarms: up to 50 letters, digits and dashes. Two objectives of one platform need two names. */
  readonly name: string;
  /** What is promised, in plain words that follow "99.9 % of", such as `orders are confirmed`. */
  readonly promise: string;
  /** How much of it is promised, in percent, above 0 and below 100. */
  readonly objective: number;
  /** What it is measured by: metrics, or metric math over them. */
  readonly counts: SloCounts;
  /**
   * What customers notice when the error budget burns so fast that somebody is woken, one of `Symptom`.
   *
   * @default - nothing that the operations board should tell
   */
  readonly symptom?: string;
}
