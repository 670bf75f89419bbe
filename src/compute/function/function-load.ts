import { Duration } from 'aws-cdk-lib';
import { UnitLoad } from '../../core';
import { milliseconds } from '../../core/private/units';
import { known, Rule, wholeBetween } from '../../core/private/validation';

/** What one concurrent execution of a function carries, and what it takes. */
export interface FunctionLoadProps {
  /**
   * How long a request takes on the average, at the peak: an execution answers one at a time, so ten of 100 ms in a second. The metric
   * `Duration` of the function says it.
   *
   * @default Duration.millis(100) - a request of 5 to 10 short queries (an assumption: measure it)
   */
  readonly duration?: Duration;
  /**
   * Connections to the database that an execution opens, at the most.
   *
   * @default 1 - it answers one request at a time
   */
  readonly connections?: number;
}

/** More than any database takes. */
const MOST_CONNECTIONS = 100_000;

/** What must hold of a function's load. */
export const FUNCTION_LOAD_RULES: Rule<FunctionLoadProps>[] = [
  ({ duration }) => duration === undefined || (!duration.isUnresolved() && milliseconds(duration) > 0 && milliseconds(duration) < Infinity)
    ? undefined
    : `'duration' must be known at synthesis, finite and above 0, got ${duration.isUnresolved() ? 'a token' : `${milliseconds(duration)} ms`}: every size is worked out from it; give the average of a load test, such as Duration.millis(100)`,
  known('connections', 'every size is worked out from it, so give a number, not a parameter or an attribute'),
  wholeBetween('connections', 0, MOST_CONNECTIONS, 'give how many connections one execution opens at the most, such as 1'),
];

/** What an execution carries, where it is not said. */
export function executionLoad({ duration = Duration.millis(100), connections = 1 }: FunctionLoadProps, mostExecutions: number): UnitLoad {
  return { requestsPerSecond: 1000 / milliseconds(duration), connections, keptStopped: false, mostExecutions, pooled: true };
}
