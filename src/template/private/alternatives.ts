import { unknown, Value } from './values';

/** What was chosen, by what chooses: branches by condition, entries by the key of a map. */
export type Choices = ReadonlyMap<string, string>;

/**
 * One of the things that a property may be. What a template leaves open, by conditions and by keys of maps, makes several
 * of each property; those that rest on different choices of the same condition never come together.
 */
export interface Alternative {
  /** One for a scalar, several for a list, none when the property is left out. */
  readonly values: Value[];
  readonly given: Choices;
}

/** More than so many are taken for one that is known only when deployed. */
const MOST = 512;

const NOTHING: Choices = new Map();

export const LEFT_OUT: Alternative = { values: [], given: NOTHING };

export function certainly(...values: Value[]): Alternative[] {
  return [{ values, given: NOTHING }];
}

/** Those that may be when something is chosen. */
export function when(chooser: string, choice: string, alternatives: Alternative[]): Alternative[] {
  return alternatives.flatMap(({ values, given }) => {
    const both = agree(given, new Map([[chooser, choice]]));
    return both === undefined ? [] : [{ values, given: both }];
  });
}

/** What is made of each. */
export function each(alternatives: Alternative[], make: (values: Value[]) => Value[]): Alternative[] {
  return alternatives.map(({ values, given }) => ({ values: make(values), given }));
}

/** All ways in which parts come together, each with the values of every part. */
export function together(parts: Alternative[][]): { readonly parts: Value[][]; readonly given: Choices }[] | undefined {
  let found: { parts: Value[][]; given: Choices }[] = [{ parts: [], given: NOTHING }];
  for (const part of parts) {
    found = found.flatMap(before => part.flatMap(({ values, given }) => {
      const both = agree(before.given, given);
      return both === undefined ? [] : [{ parts: [...before.parts, values], given: both }];
    }));
    if (found.length > MOST) { return undefined; }
  }
  return found;
}

/** Parts one after another, as in a list. */
export function inRow(parts: Alternative[][]): Alternative[] {
  const found = together(parts);
  return found === undefined ? certainly(unknown('one of many that conditions choose'))
    : found.map(({ parts: values, given }) => ({ values: values.flat(), given }));
}

/** All choices together, unless some contradict each other. */
export function agree(...choices: Choices[]): Choices | undefined {
  const all = choices.filter(({ size }) => size > 0);
  if (all.length < 2) { return all[0] ?? NOTHING; }
  const both = new Map<string, string>();
  for (const [chooser, choice] of all.flatMap(some => [...some])) {
    if ((both.get(chooser) ?? choice) !== choice) { return undefined; }
    both.set(chooser, choice);
  }
  return both;
}
