import { Duration } from 'aws-cdk-lib';
import { SloCounts } from './slo-counts';
import { IRequestIndicators } from '../../core';

/** What a service promises its users, and how it is counted. Bring your own by implementing it. */
export interface ISlo {
  /** Names it among the alarms: letters, digits and dashes, such as `Availability`. */
  readonly name: string;
  /** What is promised, in plain words that follow "99.9 % of", such as `requests are answered without an error`. */
  readonly promise: string;
  /** How much of it is promised, in percent, above 0 and below 100; what is left to 100 is the error budget. */
  readonly objective: number;
  /** The time over which it is promised, 7 to 30 whole days, always the last ones. */
  readonly window: Duration;
  /** The least that must have been counted in an alarm's window; below it the alarm is not raised. */
  readonly minimumTraffic: number;
  /** The least that must have been bad in an alarm's window; below it the alarm is not raised. */
  readonly minimumBad: number;
  /**
   * What customers notice when the error budget burns so fast that somebody is woken, one of `Symptom`.
   *
   * @default - nothing that the operations board should tell
   */
  readonly symptom?: string;
  /**
   * What it is measured by.
   *
   * @param indicators the requests of the service that promises it, when they are known
   */
  countsOf(indicators?: IRequestIndicators): SloCounts;
}
