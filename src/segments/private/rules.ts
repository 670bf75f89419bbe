import { Duration, Token } from 'aws-cdk-lib';
import { finiteDuration } from '../../core/private/units';
import { matches, Rule } from '../../core/private/validation';

/** The name or id in `prop` must not be empty. */
export function named<P>(prop: keyof P & string): Rule<P> {
  return matches(prop, /./, 'must not be empty', 'its metrics go by it');
}

/** A share that an alarm is raised at must be one. */
export function percentOf<P>(alarm: keyof P & string, member: string = 'maxUsagePercent'): Rule<P> {
  return threshold(alarm, member, [0, 100], 'it is a share in percent');
}

/** A number above which an alarm is raised must not be negative. */
export function countOf<P>(alarm: keyof P & string, member: string): Rule<P> {
  return threshold(alarm, member, [0, Infinity], 'there is never less than none, and the alarm would always be raised');
}

/** A number below which an alarm is raised must not be so low that nothing ever is below it. */
export function floorOf<P>(alarm: keyof P & string, member: string): Rule<P> {
  return threshold(alarm, member, [Number.MIN_VALUE, Infinity], 'there is never less than none, and the alarm would never be raised');
}

/** What a share needs before it says anything must be one at the least. */
export function minimumOf<P>(alarm: keyof P & string, member: string): Rule<P> {
  return threshold(alarm, member, [1, Infinity], 'there is no share of none');
}

/** A time above which an alarm is raised must have an end; as a token, in the unit that the metric is in. */
export function timeOf<P>(alarm: keyof P & string, member: 'maxLatency' | 'maxDuration', unit: 'milliseconds' | 'seconds'): Rule<P> {
  return props => {
    const thresholds = Object.entries((props[alarm] ?? {}) as { [disambiguator: string]: { [member: string]: Duration } });
    return thresholds.map(([severity, { [member]: time }]) => {
      const problem = finiteDuration<{ time: Duration }>('time', unit, 'give the time from which on somebody should look')({ time });
      return problem?.replace('\'time\'', `'${member}' of '${alarm}' for ${severity}`);
    }).find(problem => problem !== undefined);
  };
}

/** An alarm on a share of a limit must know the limit. */
export function needsLimit<P>(alarm: keyof P & string, limit: keyof P & string): Rule<P> {
  return props => props[alarm] === undefined || props[limit] !== undefined ? undefined
    : `'${alarm}' must have '${limit}' to be a share of, got none: give '${limit}', or leave '${alarm}' out`;
}

/** The number in `member` of each threshold of an alarm, when given and known at synthesis, must be between the bounds (inclusive). */
function threshold<P>(alarm: keyof P & string, member: string, [min, max]: [number, number], mend: string): Rule<P> {
  return props => {
    const thresholds = (props[alarm] ?? {}) as { [disambiguator: string]: { [member: string]: unknown } };
    const wrong = Object.entries(thresholds).map(([severity, { [member]: value }]) => ({ severity, value }))
      .find(({ value }) => typeof value === 'number' && !Token.isUnresolved(value) && !(Number.isFinite(value) && value >= min && value <= max));
    return wrong === undefined ? undefined : `'${alarm}' must have a '${member}' ${wrong.value === Infinity ? 'that is finite' : boundsOf(min, max)}, got ${wrong.value} for ${wrong.severity}: ${mend}`;
  };
}

function boundsOf(min: number, max: number): string {
  if (max !== Infinity) return `between ${min} and ${max}`;
  return min === Number.MIN_VALUE ? 'above 0' : `of at least ${min}`;
}
