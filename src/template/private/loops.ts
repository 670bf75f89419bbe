import { asObject, isObject, Json, JsonObject } from './json';

const LOOP = 'Fn::ForEach::';

/** Loops in loops multiply: more than so many elements are left as they are. */
const MOST = 1000;

/** Whether a key of an object is a loop of `AWS::LanguageExtensions`. */
export function isLoop(key: string): boolean {
  return key.startsWith(LOOP);
}

/** The template with its loops written out. One over what is known only when deployed stays as it is. */
export function writeOutLoops(body: JsonObject): JsonObject {
  const listOf = (collection: Json) => elementsOf(collection, body);
  return asObject(writeOut(body, listOf));
}

function writeOut(json: Json, listOf: (collection: Json) => string[] | undefined): Json {
  if (Array.isArray(json)) { return json.map(element => writeOut(element, listOf)); }
  if (!isObject(json)) { return json; }
  return Object.fromEntries(Object.entries(json).flatMap(([key, value]) => {
    const [name, collection, element] = Array.isArray(value) && isLoop(key) ? value : [];
    const elements = typeof name === 'string' ? listOf(collection) : undefined;
    if (elements === undefined) { return [[key, writeOut(value, listOf)] as [string, Json]]; }
    return elements.flatMap(each => Object.entries(asObject(writeOut(put(element, String(name), each), listOf))));
  }));
}

/** `${Name}`, `&{Name}` (without what a logical id may not have) and `Ref: Name` stand for the element. */
function put(json: Json, name: string, element: string): Json {
  if (typeof json === 'string') {
    return json.split(`\${${name}}`).join(element).split(`&{${name}}`).join(element.replace(/[^A-Za-z0-9]/g, ''));
  }
  if (Array.isArray(json)) { return json.map(each => put(each, name, element)); }
  if (!isObject(json)) { return json; }
  if (json.Ref === name) { return element; }
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [String(put(key, name, element)), put(value, name, element)]));
}

/** A list as it is written, of a map, or of a parameter's default. */
function elementsOf(collection: Json, body: JsonObject): string[] | undefined {
  if (Array.isArray(collection)) {
    const lists = collection.map(each => isObject(each) ? elementsOf(each, body) : [String(each)]);
    return lists.includes(undefined) || lists.length > MOST ? undefined : lists.flatMap(list => list ?? []);
  }
  const { Ref: name, 'Fn::FindInMap': keys } = asObject(collection);
  if (typeof name === 'string') {
    const value = asObject(asObject(body.Parameters)[name]).Default;
    return value === undefined ? undefined : String(value).split(',').map(each => each.trim());
  }
  if (!Array.isArray(keys) || !keys.every(key => typeof key === 'string')) { return undefined; }
  const found = keys.reduce<Json>((entries, key) => asObject(entries)[String(key)], body.Mappings);
  return Array.isArray(found) ? found.map(String) : undefined;
}
