import { Duration } from 'aws-cdk-lib';
import { BoardLanguage } from './boards/board-language';
import { ISlo } from './objectives/contract';
import { Slo } from './objectives/slo';

/** How a platform is looked at; all of it has a default. */
export interface ObservabilityProps {
  /**
   * What people call the application, on its boards.
   *
   * @default - the platform's domain name, or its id without one
   */
  readonly applicationName?: string;
  /**
   * The language of the operations board.
   *
   * @default BoardLanguage.ENGLISH
   */
  readonly language?: BoardLanguage;
  /**
   * What users may expect: each objective has an error budget on the boards and alarms on how fast it burns. An empty list
   * sets none.
   *
   * @default - 99.9 % of requests answered without an error and 99 % of them within 1 second, over 30 days
   */
  readonly objectives?: ISlo[];
  /**
   * Whether the objectives are made in CloudWatch Application Signals, too; it is charged by the metrics that it reads.
   *
   * @default false
   */
  readonly applicationSignals?: boolean;
}

/** Objectives of an application that says none. */
export function defaultObjectives(): ISlo[] {
  return [Slo.availability(), Slo.latency({ threshold: Duration.seconds(1) })];
}
