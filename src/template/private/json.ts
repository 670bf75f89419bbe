/** A value of a parsed template. */
export type Json = string | number | boolean | null | undefined | Json[] | JsonObject;

/** An object of a parsed template. */
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object itself, or an empty one for anything else: templates of others may hold anything anywhere. */
export function asObject(value: Json): JsonObject {
  return isObject(value) ? value : {};
}

export function asList(value: Json): Json[] {
  if (value === undefined || value === null) { return []; }
  return Array.isArray(value) ? value : [value];
}

/**
 * All values at a dotted path. Lists are entered, and so are both branches of an `Fn::If`: what either condition may
 * deploy has to be sound.
 */
export function at(value: Json, path: string): Json[] {
  const names = path === '' ? [] : path.split('.');
  return names.reduce<Json[]>((found, name) => found.flatMap(branches).map(each => asObject(each)[name]), [value])
    .flatMap(branches)
    .filter(each => each !== undefined);
}

/** What an object may be by conditions: each branch, and `undefined` where one leaves it out. */
export function ways(value: Json): Json[] {
  const conditional = asObject(value)['Fn::If'];
  if (Array.isArray(conditional)) { return conditional.slice(1).flatMap(ways); }
  return [asObject(value).Ref === 'AWS::NoValue' ? undefined : value];
}

/** The elements of a list and the branches of conditions, as one flat list, without those that deploy nothing. */
export function branches(value: Json): Json[] {
  if (Array.isArray(value)) { return value.flatMap(branches); }
  if (!isObject(value)) { return [value]; }
  if (Array.isArray(value['Fn::If'])) { return value['Fn::If'].slice(1).flatMap(branches); }
  return value.Ref === 'AWS::NoValue' ? [] : [value];
}
