import { UnitLoad } from '../../core';
import { known, positive, Rule, wholeBetween } from '../../core/private/validation';
import { UnitLoadProps } from '../contract';

/** What a unit of the default size answers: a task of half a vCPU, or an instance of one, whose requests take 20 ms of CPU each. */
const REQUESTS_PER_SECOND = 25;
/**
 * Seconds that a request holds its worker at the peak, and the worker its connection; an assumption, which makes 10 workers of a
 * unit that answers 25 requests per second.
 */
const SECONDS_PER_REQUEST = 0.4;
/** More than any database takes. */
const MOST_CONNECTIONS = 100_000;

const KNOWN_MEND = 'every size is worked out from it, so give a number, not a parameter or an attribute';

/** What must hold of a unit's load. */
export const UNIT_LOAD_RULES: Rule<UnitLoadProps>[] = [
  known('requestsPerSecond', KNOWN_MEND),
  positive('requestsPerSecond', 'give what one task or instance answers within its latency objective, from a load test'),
  known('connections', KNOWN_MEND),
  wholeBetween('connections', 0, MOST_CONNECTIONS, 'give how many connections one task or instance opens at the most, such as the number of its workers'),
];

/** What a unit carries, where it is not said. */
export function unitLoad(given: UnitLoadProps = {}): UnitLoad {
  const { requestsPerSecond = REQUESTS_PER_SECOND, connections = Math.ceil(requestsPerSecond * SECONDS_PER_REQUEST) } = given;
  return { requestsPerSecond, connections };
}
