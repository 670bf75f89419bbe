import { Token } from 'aws-cdk-lib';

/** One thing that must hold of the props `P`. */
export interface Rule<P> {
  /** Says what is wrong and how to mend it, or nothing when the props are well. */
  (props: P): string | undefined;
}

/**
 * Checks every rule and throws one error that names all that is wrong.
 *
 * @param path the construct path, or the factory that the props were given to
 */
export function validate<P>(path: string, props: P, rules: Rule<P>[]): void {
  const problems = rules.map(rule => rule(props)).filter(problem => problem !== undefined);
  if (problems.length === 1) {
    throw new Error(`[${path}] ${problems[0]}`);
  }
  if (problems.length > 1) {
    throw new Error(`[${path}] ${problems.length} props need mending:\n${problems.map(p => `  - ${p}`).join('\n')}`);
  }
}

/** Whether there is anything: languages without types leave required props out, or give `null`. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The number in `prop`, when given and known at synthesis, must be finite and between the bounds (inclusive). */
export function between<P>(prop: keyof P & string, min: number, max: number, mend: string): Rule<P> {
  return ofKnown(prop, value => Number.isFinite(value) && (value as number) >= min && (value as number) <= max,
    max === Infinity ? `must be at least ${min}` : `must be between ${min} and ${max}`, mend);
}

/** The number in `prop`, when given and known at synthesis, must be a whole number between the bounds (inclusive). */
export function wholeBetween<P>(prop: keyof P & string, min: number, max: number, mend: string): Rule<P> {
  return ofKnown(prop, value => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
    max === Infinity ? `must be a whole number of at least ${min}` : `must be a whole number between ${min} and ${max}`, mend);
}

/** The number in `prop`, when given and known at synthesis, must be finite and above zero. */
export function positive<P>(prop: keyof P & string, mend: string): Rule<P> {
  return ofKnown(prop, value => Number.isFinite(value) && (value as number) > 0, 'must be above 0', mend);
}

/** What is in `prop` must be known at synthesis: something is worked out from it. */
export function known<P>(prop: keyof P & string, mend: string): Rule<P> {
  return props => Token.isUnresolved(props[prop]) ? `'${prop}' must be known at synthesis, got a token: ${mend}` : undefined;
}

/** The number in `prop`, when given and known at synthesis, must be a multiple of the step. */
export function inSteps<P>(prop: keyof P & string, step: number, mend: string): Rule<P> {
  return ofKnown(prop, value => Number.isInteger((value as number) / step), `must be in steps of ${step}`, mend);
}

/** The text in `prop`, when given and known at synthesis, must match the pattern. */
export function matches<P>(prop: keyof P & string, pattern: RegExp, expectation: string, mend: string): Rule<P> {
  return ofKnown(prop, value => pattern.test(String(value)), expectation, mend);
}

/** Two numbers, when both are given and known at synthesis, must be in order. */
export function notAbove<P>(lower: keyof P & string, upper: keyof P & string, mend: string): Rule<P> {
  return props => {
    const [low, high] = [props[lower], props[upper]] as unknown as (number | undefined)[];
    if (low === undefined || high === undefined || Token.isUnresolved(low) || Token.isUnresolved(high)) return undefined;
    return low <= high ? undefined
      : `'${lower}' must not exceed '${upper}', got ${lower} ${low} and ${upper} ${high}: ${mend}`;
  };
}

/**
 * Makes a part of what was brought, whose own errors say neither which platform nor which prop.
 *
 * @param path the construct path
 * @param prop the prop that it was given as
 * @param mend how it may be mended
 */
export function brought<T>(path: string, prop: string, mend: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    const { message } = error as Error;
    throw message.startsWith('[') ? error : new Error(`[${path}] '${prop}' must be of what can be made, got an error, ${JSON.stringify(message)}: ${mend}`);
  }
}

function ofKnown<P>(prop: keyof P & string, holds: (value: unknown) => boolean, expectation: string, mend: string): Rule<P> {
  return props => {
    const value: unknown = props[prop];
    if (value === undefined || Token.isUnresolved(value) || holds(value)) return undefined;
    // What is not finite is above every bound, and yet wrong. JSON has no NaN and no Infinity.
    return `'${prop}' ${value === Infinity ? 'must be a finite number' : expectation}, got ${typeof value === 'number' ? value : JSON.stringify(value)}: ${mend}`;
  };
}
