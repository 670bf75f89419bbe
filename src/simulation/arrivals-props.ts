import { Duration } from 'aws-cdk-lib';

/** A day with one peak. */
export interface RampArrivalsProps {
  /** Requests per second outside of the peak. */
  readonly baselineRps: number;
  /**
   * How many times the base the peak reaches.
   *
   * @default 30
   */
  readonly peakMultiplier?: number;
  /**
   * How long the traffic takes to reach the peak, in a straight line.
   *
   * @default Duration.minutes(5)
   */
  readonly rampUp?: Duration;
  /**
   * How long the peak lasts.
   *
   * @default Duration.hours(1)
   */
  readonly plateau?: Duration;
  /**
   * How long the traffic takes to fall back, in a straight line.
   *
   * @default Duration.minutes(10)
   */
  readonly rampDown?: Duration;
  /**
   * When the rise begins, counted from the start.
   *
   * @default Duration.hours(1)
   */
  readonly startsAfter?: Duration;
  /**
   * How long all of it lasts.
   *
   * @default Duration.days(1)
   */
  readonly duration?: Duration;
  /**
   * The moment at which it begins, for the schedules of the template.
   *
   * @default - Monday, 4 January 2027, 00:00 UTC
   */
  readonly start?: Date;
}

/** How counts per minute are read. */
export interface CsvArrivalsProps {
  /**
   * The moment of the first line, for the schedules of the template.
   *
   * @default - what the first column says, if it holds dates; otherwise Monday, 4 January 2027, 00:00 UTC
   */
  readonly start?: Date;
  /**
   * What every count is multiplied by.
   *
   * @default 1
   */
  readonly scale?: number;
}

/** Traffic like that of a public event site. */
export interface SyntheticArrivalsProps {
  /** Requests per second of the median minute. */
  readonly medianRps: number;
  /**
   * How many days. The statistics hold for the whole.
   *
   * @default 7
   */
  readonly days?: number;
  /**
   * Where chance begins: the same seed gives the same traffic.
   *
   * @default 1
   */
  readonly seed?: number;
  /**
   * The moment at which it begins, for the schedules of the template.
   *
   * @default - Monday, 4 January 2027, 00:00 UTC
   */
  readonly start?: Date;
}
