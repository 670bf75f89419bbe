import { Assembly, AssemblyType, Docs, Member } from './assembly';

/** More would be a sign that a struct wants to be split, or a choice to be an object. */
const MAX_STRUCT_MEMBERS = 14;

/** What jsii's languages cannot say well: unions have no type in Java, and `any` says nothing anywhere. */
export function looseTypes(assembly: Assembly): string[] {
  return Object.values(assembly.types).flatMap(type => loose(type, type.name));
}

function loose(value: unknown, where: string): string[] {
  if (Array.isArray(value)) return value.flatMap(each => loose(each, where));
  if (typeof value !== 'object' || value === null) return [];
  const node = value as { [key: string]: unknown };
  const here = typeof node.name === 'string' && node.name !== where ? `${where}.${node.name}` : where;
  const own = [
    ...'union' in node ? ['a union'] : [],
    ...'intersection' in node ? ['an intersection'] : [],
    ...node.primitive === 'any' || node.primitive === 'json' ? [`of type ${node.primitive}`] : [],
  ];
  return [...own.map(what => `${here} is ${what}`), ...Object.values(node).flatMap(each => loose(each, here))];
}

/** Public types, members and parameters without a docstring. */
export function undocumented(assembly: Assembly): string[] {
  return Object.values(assembly.types).flatMap(type => [
    ...missing(type.name, type.docs),
    // What a subclass of an external class overrides is documented there.
    ...membersOf(type).filter(({ overrides }) => overrides === undefined).flatMap(member => [
      ...missing(`${type.name}.${member.name}`, member.docs),
      ...(member.parameters ?? []).flatMap(({ name, docs }) => missing(`${type.name}.${member.name}(${name})`, docs)),
    ]),
    // Every construct has the same three.
    ...(type.initializer?.parameters ?? []).filter(({ name }) => type.base === undefined || !['scope', 'id', 'props'].includes(name))
      .flatMap(({ name, docs }) => missing(`new ${type.name}(${name})`, docs)),
  ]);
}

/** Optional members of structs whose docstring does not say what happens without them. */
export function withoutDefault(assembly: Assembly): string[] {
  return structs(assembly).flatMap(type => (type.properties ?? [])
    .filter(({ optional }) => optional)
    .filter(({ docs }) => docs?.default === undefined || /^\s*-?\s*$|\b(undefined|null|none)\b\s*$/i.test(docs.default))
    .map(({ name, docs }) => `${type.name}.${name} (@default ${docs?.default ?? 'missing'})`));
}

/** Required members that tell a default: one of the two is wrong. */
export function neediesWithDefault(assembly: Assembly): string[] {
  return structs(assembly).flatMap(type => (type.properties ?? [])
    .filter(({ optional, docs }) => !optional && docs?.default !== undefined)
    .map(({ name }) => `${type.name}.${name}`));
}

export function largeStructs(assembly: Assembly): string[] {
  return structs(assembly)
    .map(type => ({ name: type.name, count: membersOfAll(assembly.types, type).size }))
    .filter(({ count }) => count > MAX_STRUCT_MEMBERS)
    .map(({ name, count }) => `${name} has ${count} members, more than ${MAX_STRUCT_MEMBERS}`);
}

/** Those of the structs that it extends, too; what another library's have is not ours to group. */
function membersOfAll(types: Assembly['types'], { properties = [], interfaces = [] }: AssemblyType): Set<string> {
  const inherited = interfaces.filter(fqn => fqn in types).flatMap(fqn => [...membersOfAll(types, types[fqn])]);
  return new Set([...properties.map(({ name }) => name), ...inherited]);
}

/** Names that would be another word in Python or Java, where jsii writes `maxAcu` as `max_acu` and `setMaxAcu`. */
export function strangeNames(assembly: Assembly): string[] {
  return Object.values(assembly.types).flatMap(type => [
    ...named(type.name, type.name, /^[A-Z][a-z0-9]*([A-Z][a-z0-9]*)*$|^I[A-Z]/, /[A-Z]{2}(?![a-z])/),
    ...(type.members ?? []).flatMap(({ name }) => named(`${type.name}.${name}`, name, /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/)),
    ...[...type.methods ?? [], ...type.properties ?? []].flatMap(({ name }) =>
      // Constants are in upper case, everything else is camelCase without two capitals in a row.
      /^[A-Z]/.test(name) ? named(`${type.name}.${name}`, name, /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/)
        : named(`${type.name}.${name}`, name, /^[a-z][A-Za-z0-9]*$/, /[A-Z]{2}/)),
  ]);
}

function named(where: string, name: string, wanted: RegExp, unwanted?: RegExp): string[] {
  return wanted.test(name) && !unwanted?.test(name) ? [] : [where];
}

function missing(where: string, docs: Docs | undefined): string[] {
  return docs?.summary === undefined || docs.summary.trim() === '' ? [where] : [];
}

function membersOf({ methods = [], properties = [], members = [] }: AssemblyType): Member[] {
  return [...methods, ...properties, ...members];
}

function structs(assembly: Assembly): AssemblyType[] {
  return Object.values(assembly.types).filter(({ datatype }) => datatype);
}
