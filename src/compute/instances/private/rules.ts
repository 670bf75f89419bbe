import { Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';

/** A size as it was given, so that a fraction can be refused. */
export const UNROUNDED = () => ({ rounding: SizeRoundingBehavior.NONE });

/** Says which of the given texts do not match the pattern, and how to mend them. */
export function noneOf(prop: string, given: string[], pattern: RegExp, mend: string): string | undefined {
  const wrong = given.filter(each => !Token.isUnresolved(each) && !pattern.test(each));
  return wrong.length === 0 ? undefined : `'${prop}' must not hold ${wrong.map(each => JSON.stringify(each)).join(', ')}: ${mend}`;
}

/** A size, when given and known, must be a whole number of the unit within the bounds. */
export function wholeSize(
  prop: string, unit: string, size: Size | undefined, inUnit: (size: Size) => number, min: number, max: number, mend: string,
): string | undefined {
  if (size === undefined || size.isUnresolved()) return undefined;
  const value = inUnit(size);
  return Number.isInteger(value) && value >= min && value <= max ? undefined
    : `'${prop}' must be between ${min} and ${max} whole ${unit}, got ${value} ${unit}: ${mend}`;
}
