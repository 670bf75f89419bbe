import { Template } from './assembly';
import { asList, asObject, Json } from './json';

/** Conditions that rest on more comparisons than this are not compared. */
const MOST_COMPARISONS = 10;

/** What a comparison of a condition comes to; `undefined` when that cannot be told. */
export type Compare = (left: Json, right: Json) => boolean | undefined;

/** What a condition comes to, when comparisons come to what is told; `undefined` when it rests on one that cannot be told. */
export function evaluate(name: string, template: Template, compare: Compare): boolean | undefined {
  return truthOf({ Condition: name }, template, compare, []);
}

/** Whether at least one of the conditions holds whenever the given one does; no condition always holds. */
export function implies(given: string | undefined, any: (string | undefined)[], template: Template): boolean {
  if (any.includes(undefined)) { return true; }
  if (given !== undefined && any.includes(given)) { return true; }
  const atoms = new Set<string>();
  const note: Compare = (left, right) => { atoms.add(atomOf(left, right)); return undefined; };
  [given, ...any].forEach(name => name !== undefined && evaluate(name, template, note));
  if (atoms.size > MOST_COMPARISONS) { return false; }
  for (let world = 0; world < 2 ** atoms.size; world++) {
    const holding = new Set([...atoms].filter((_, index) => Math.floor(world / 2 ** index) % 2 === 1));
    const compare: Compare = (left, right) => holding.has(atomOf(left, right));
    const isGiven = given === undefined || evaluate(given, template, compare) !== false;
    if (isGiven && !any.some(name => evaluate(name!, template, compare) === true)) { return false; }
  }
  return true;
}

function truthOf(json: Json, template: Template, compare: Compare, path: string[]): boolean | undefined {
  const [[name, argument] = ['', undefined]] = Object.entries(asObject(json));
  const all = () => asList(argument).map(part => truthOf(part, template, compare, path));
  switch (name) {
    case 'Condition': return path.includes(String(argument)) ? undefined
      : truthOf(asObject(template.body.Conditions)[String(argument)], template, compare, [...path, String(argument)]);
    case 'Fn::Not': return not(all()[0]);
    case 'Fn::And': return every(all());
    case 'Fn::Or': return not(every(all().map(not)));
    case 'Fn::Equals': return compare(asList(argument)[0], asList(argument)[1]);
    default: return undefined;
  }
}

function not(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}

function every(truths: (boolean | undefined)[]): boolean | undefined {
  if (truths.includes(false)) { return false; }
  return truths.includes(undefined) ? undefined : true;
}

function atomOf(left: Json, right: Json): string {
  return [left, right].map(side => JSON.stringify(side)).sort().join(' = ');
}
