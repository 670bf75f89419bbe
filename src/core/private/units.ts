import { Duration, Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import { Rule } from './validation';

const DURATIONS = {
  milliseconds: (duration: Duration) => duration.toMilliseconds({ integral: false }),
  seconds: (duration: Duration) => duration.toSeconds({ integral: false }),
  hours: (duration: Duration) => duration.toHours({ integral: false }),
  minutes: (duration: Duration) => duration.toMinutes({ integral: false }),
  days: (duration: Duration) => duration.toDays({ integral: false }),
};
const NONE = { rounding: SizeRoundingBehavior.NONE };
const SIZES = {
  bytes: (size: Size) => size.toBytes(NONE),
  KiB: (size: Size) => size.toKibibytes(NONE),
  MiB: (size: Size) => size.toMebibytes(NONE),
  GiB: (size: Size) => size.toGibibytes(NONE),
};

/** Of a duration that is known: `NaN` and fractions, too, which CDK's own conversion throws at, so that a rule can say what was given. */
export const milliseconds = DURATIONS.milliseconds;

/** The least and the most, inclusive. */
type Bounds = [min: number, max: number];

/** The duration in `prop`, when given, must be a whole number of the unit, in which the service counts, within the bounds; a token must be in it. */
export function wholeDuration<P>(prop: keyof P & string, unit: keyof typeof DURATIONS, mend: string, bounds?: Bounds): Rule<P> {
  return whole(prop, unit, DURATIONS[unit], mend, bounds);
}

/** The duration in `prop`, when given, must have an end, whole or not; a token must be in the unit. */
export function finiteDuration<P>(prop: keyof P & string, unit: keyof typeof DURATIONS, mend: string): Rule<P> {
  return props => {
    const given = props[prop] as Duration | undefined;
    if (given === undefined) return undefined;
    const value = read(DURATIONS[unit], given);
    if (value === undefined) return otherUnit(prop, unit);
    return Token.isUnresolved(value) || Number.isFinite(value) ? undefined : `'${prop}' must be a finite time, got ${value} ${unit}: ${mend}`;
  };
}

/** The size in `prop`, when given, must be a whole number of the unit, in which the service counts, within the bounds; a token must be in it. */
export function wholeSize<P>(prop: keyof P & string, unit: keyof typeof SIZES, mend: string, bounds?: Bounds): Rule<P> {
  return whole(prop, unit, SIZES[unit], mend, bounds);
}

/** The duration in `prop`, when it is a token, must be in the unit; for those whose fractions another rule refuses. */
export function tokenIn<P>(prop: keyof P & string, unit: keyof typeof DURATIONS): Rule<P> {
  return props => {
    const duration = props[prop] as Duration | undefined;
    return duration === undefined || !duration.isUnresolved() || read(DURATIONS[unit], duration) !== undefined ? undefined : otherUnit(prop, unit);
  };
}

function whole<P, V extends Duration | Size>(
  prop: keyof P & string, unit: string, inUnit: (given: V) => number, mend: string, bounds?: Bounds,
): Rule<P> {
  return props => {
    const given = props[prop] as V | undefined;
    if (given === undefined) return undefined;
    const value = read(inUnit, given);
    if (value === undefined) return otherUnit(prop, unit);
    const [min, max] = bounds ?? [-Infinity, Infinity];
    return Token.isUnresolved(value) || (Number.isInteger(value) && value >= min && value <= max) ? undefined
      : `'${prop}' must be ${bounds === undefined ? '' : `between ${min} and ${max} `}whole ${unit}, got ${value} ${unit}: ${mend}`;
  };
}

/** Nothing for a token in another unit, which CDK does not convert. */
function read<V extends Duration | Size>(inUnit: (given: V) => number, given: V): number | undefined {
  if (!given.isUnresolved()) return inUnit(given);
  try {
    return inUnit(given);
  } catch {
    return undefined;
  }
}

function otherUnit(prop: string, unit: string): string {
  return `'${prop}' must be in ${unit} where it is a token, got a token in another unit: it cannot be converted before it is known; give the parameter in ${unit}`;
}
