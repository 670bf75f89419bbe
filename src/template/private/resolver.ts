import { agree, Alternative, certainly, Choices, each, inRow, LEFT_OUT, together, when } from './alternatives';
import { Assembly, exportKey, Resource, Template } from './assembly';
import { asList, asObject, at, isObject, Json } from './json';
import { byDefault, concatenate, isDefault, literal, unknown, Value } from './values';

export { describe } from './values';
export type { Value } from './values';

/** An intrinsic function's argument, and the template whose names it speaks. */
interface Scoped { readonly json: Json; readonly template: Template }

/** What keys of a map have chosen so far. */
interface Entry { readonly json: Json; readonly given: Choices }

/**
 * Follows references and intrinsic functions, also from one template to another.
 *
 * What conditions and keys of maps leave open counts with every branch and every entry. Whoever asks about a danger asks
 * `mayBe`, whoever relies on a barrier `mustBe`; neither reads the first of several.
 */
export class Resolver {
  private readonly functions: { [name: string]: (argument: Json, template: Template) => Alternative[] } = {
    'Ref': (name, template) => this.ref(String(name), template),
    'Fn::GetAtt': (argument, template) => this.attribute(argument, template),
    'Fn::ImportValue': (name, template) => this.imported(name, template),
    'Fn::If': (argument, template) => this.chosen(argument, template),
    'Fn::Join': (argument, template) => this.join(argument, template),
    'Fn::Split': (argument, template) => this.split(argument, template),
    'Fn::Select': (argument, template) => this.select(argument, template),
    'Fn::Sub': (argument, template) => this.substitute(argument, template),
    'Fn::FindInMap': (argument, template) => this.findInMap(argument, template),
  };

  /** Attributes that are being followed: a template that names one by itself has no end otherwise. */
  private readonly repeated = new Set<string>();

  constructor(private readonly assembly: Assembly) {}

  /** The values of properties of a resource, by their dotted paths: of every element and every branch. */
  public at(resource: Resource, ...paths: string[]): Value[] {
    return paths.flatMap(path => at(resource.properties, path)).flatMap(json => this.resolve(json, resource.template));
  }

  /** Whether a property may be one of the texts. What is known only when deployed may be; `unset` is what leaving it out means. */
  public mayBe(resource: Resource, path: string, texts: string[], unset?: string): boolean {
    return this.possible(resource, path).some(value => value === undefined ? isAmong(texts, unset)
      : value.kind !== 'literal' || isAmong(texts, value.text));
  }

  /** Whether a property is one of the texts in every case. */
  public mustBe(resource: Resource, path: string, texts: string[], unset?: string): boolean {
    return this.possible(resource, path).every(value => value === undefined ? isAmong(texts, unset)
      : value.kind === 'literal' && isAmong(texts, value.text));
  }

  /** Everything that a property may be; `undefined` among it where it may be left out. */
  public possible(resource: Resource, path: string): (Value | undefined)[] {
    return this.choices(resource, path).flatMap<Value | undefined>(({ values }) => values.length === 0 ? [undefined] : values);
  }

  /** What a property may be, each with the choices that it rests on. */
  public choices({ properties, template, condition }: Resource, path: string): Alternative[] {
    const all = this.walk(properties, path === '' ? [] : path.split('.'), template);
    return condition === undefined ? all : when(chooserOf(condition, template), 'true', all);
  }

  /** The ways in which scalars of an object may come together: choices that rest on one condition agree. */
  public variants(json: Json, paths: string[], { template, condition }: Resource): { [path: string]: Value | undefined }[] {
    const parts = paths.map(path => this.walk(json, path.split('.'), template).flatMap(({ values, given }) =>
      values.length < 2 ? [{ values, given }] : values.map(value => ({ values: [value], given }))));
    const guarded = condition === undefined ? parts : parts.map(part => when(chooserOf(condition, template), 'true', part));
    const found = together(guarded) ?? [{ parts: paths.map(() => [unknown('one of many that conditions choose')]) }];
    const variants = found.map(({ parts: values }) => Object.fromEntries(paths.map((path, index) => [path, values[index][0]])));
    return [...new Map(variants.map(variant => [JSON.stringify(Object.values(variant).map(keyText)), variant])).values()];
  }

  /** The resources of the given types that properties refer to. */
  public resources(resource: Resource, path: string, ...types: string[]): Resource[] {
    return this.at(resource, path).flatMap(value => value.kind === 'resource' && types.includes(value.resource.type) ? [value.resource] : []);
  }

  /** All values of a list, or of every branch of a scalar. */
  public resolve(json: Json, template: Template): Value[] {
    if (Array.isArray(json)) { return json.flatMap(element => this.resolve(element, template)); }
    const branches = asObject(json)['Fn::If'];
    if (Array.isArray(branches)) { return branches.slice(1).flatMap(branch => this.resolve(branch, template)); }
    return this.alternatives(json, template).flatMap(({ values }) => values);
  }

  public alternatives(json: Json, template: Template): Alternative[] {
    if (json === undefined || json === null) { return [LEFT_OUT]; }
    if (Array.isArray(json)) { return inRow(json.map(element => this.alternatives(element, template))); }
    if (!isObject(json)) { return certainly(literal(String(json))); }
    const [name] = Object.keys(json);
    return this.functions[name]?.(json[name], template) ?? certainly(unknown(JSON.stringify(json)));
  }

  /** Elements of lists on the way are alternatives too. */
  private walk(json: Json, names: string[], template: Template): Alternative[] {
    if (json === undefined || json === null || isNoValue(json)) { return [LEFT_OUT]; }
    if (Array.isArray(json) && names.length > 0) {
      return json.length === 0 ? [LEFT_OUT] : json.flatMap(element => this.walk(element, names, template));
    }
    const branches = asObject(json)['Fn::If'];
    if (Array.isArray(branches)) { return this.chosen(branches, template, branch => this.walk(branch, names, template)); }
    if (names.length === 0) { return this.alternatives(json, template); }
    const [name, ...rest] = names;
    const [key] = Object.keys(asObject(json));
    // The rest of the object is written by a function or a transform.
    if (key in this.functions || key === 'Fn::Transform') { return certainly(unknown(JSON.stringify(json))); }
    return this.walk(asObject(json)[name], rest, template);
  }

  private chosen(argument: Json, template: Template, read = (branch: Json) => this.alternatives(branch, template)): Alternative[] {
    const [condition, yes, no] = asList(argument);
    const chooser = chooserOf(String(condition), template);
    return [...when(chooser, 'true', read(yes)), ...when(chooser, 'false', read(no))];
  }

  private ref(name: string, template: Template): Alternative[] {
    if (name === 'AWS::NoValue') { return [LEFT_OUT]; }
    const resource = template.resources.get(name);
    if (resource !== undefined) { return certainly({ kind: 'resource', resource, attribute: 'Ref' }); }
    const parameter = asObject(asObject(template.body.Parameters)[name]);
    const given = template.parent && asObject(template.parent.properties.Parameters)[name];
    if (given !== undefined) { return this.alternatives(given, template.parent!.template); }
    if (parameter.Default === undefined || String(parameter.Type).startsWith('AWS::SSM')) { return certainly(unknown(`parameter ${name}`)); }
    const isList = /List/.test(String(parameter.Type));
    return certainly(...(isList ? String(parameter.Default).split(',') : [String(parameter.Default)]).map(text => byDefault(text.trim())));
  }

  private attribute(argument: Json, template: Template): Alternative[] {
    const [name, ...rest] = typeof argument === 'string' ? argument.split('.') : asList(argument).map(String);
    const attribute = rest.join('.');
    const resource = template.resources.get(name);
    if (resource === undefined) { return certainly(unknown(`${name}.${attribute}`)); }
    const across = this.assembly.exported(attribute);
    if (attribute.startsWith('/cdk/exports/') && across !== undefined) { return this.alternatives(across.value, across.template); }
    const nested = this.assembly.nestedIn(resource);
    if (nested !== undefined && rest[0]?.startsWith('Outputs')) {
      return this.alternatives(asObject(asObject(nested.body.Outputs)[attribute.replace('Outputs.', '')]).Value, nested);
    }
    // An attribute that repeats a property, such as the VPC's CidrBlock.
    const property = resource.properties[attribute];
    const self = `${resource.key}.${attribute}`;
    if (property === undefined || this.repeated.has(self)) { return certainly({ kind: 'resource', resource, attribute }); }
    this.repeated.add(self);
    const repeated = this.alternatives(property, resource.template);
    this.repeated.delete(self);
    return repeated;
  }

  private imported(name: Json, template: Template): Alternative[] {
    const followed = this.follow({ json: { 'Fn::ImportValue': name }, template });
    return isObject(followed.json) && 'Fn::ImportValue' in followed.json
      ? certainly(unknown(`import ${exportKey(name)}`))
      : this.alternatives(followed.json, followed.template);
  }

  /** The exported value behind an import, as it is written there; anything else stays as it is. */
  private follow(scoped: Scoped): Scoped {
    const name = asObject(scoped.json)['Fn::ImportValue'];
    const [value] = name === undefined ? [] : this.resolve(name, scoped.template);
    const found = name === undefined ? undefined : this.assembly.exported(value?.kind === 'literal' ? value.text : exportKey(name));
    return found === undefined ? scoped : { json: found.value, template: found.template };
  }

  private join(argument: Json, template: Template): Alternative[] {
    const [delimiter, list] = asList(argument);
    return each(this.alternatives(list, template), parts => parts.length === 1 ? parts : [concatenate(parts, String(delimiter))]);
  }

  private split(argument: Json, template: Template): Alternative[] {
    const [delimiter, source] = asList(argument);
    const { json, template: owner } = this.follow({ json: source, template });
    const joined = asList(asObject(json)['Fn::Join']);
    if (joined[0] === delimiter) { return this.alternatives(joined[1], owner); }
    return each(this.alternatives(json, owner), values => values.flatMap(value =>
      value.kind === 'literal' ? value.text.split(String(delimiter)).map(isDefault(value) ? byDefault : literal) : [value]));
  }

  /** An index that is known only when deployed may choose any. */
  private select(argument: Json, template: Template): Alternative[] {
    const [index, list] = asList(argument);
    const ways = together([this.alternatives(index, template), this.alternatives(list, template)]) ?? [];
    const beyond = unknown(JSON.stringify({ 'Fn::Select': argument }));
    return ways.flatMap(({ parts: [[at0], values], given }): Alternative[] => {
      if (at0?.kind === 'literal' && !isDefault(at0)) { return [{ values: [values[Number(at0.text)] ?? beyond], given }]; }
      return values.length === 0 ? [{ values: [beyond], given }] : values.map(value => ({ values: [value], given }));
    });
  }

  private substitute(argument: Json, template: Template): Alternative[] {
    const [pattern, names] = asList(argument);
    const parts = String(pattern).split(/(\$\{[^!}][^}]*\})/).filter(part => part !== '').map(part => {
      const name = /^\$\{([^!}][^}]*)\}$/.exec(part)?.[1];
      if (name === undefined) { return certainly(literal(part)); }
      const given = asObject(names)[name];
      if (given !== undefined) { return this.alternatives(given, template); }
      return name.includes('.') ? this.attribute(name, template) : this.ref(name, template);
    });
    return each(inRow(parts), values => values.length === 1 ? values : [concatenate(values, '')]);
  }

  /**
   * A key that is known only when deployed, such as the region, stands for every entry of the map; so does a parameter,
   * whose default is only one of what the map is made for.
   */
  private findInMap(argument: Json, template: Template): Alternative[] {
    const [map, first, second, options] = asList(argument);
    const fallback = asObject(options).DefaultValue;
    const entries = [map, first, second].reduce<Entry[]>((found, key) => found.flatMap(entry => this.entriesOf(entry, key, template)),
      [{ json: template.body.Mappings, given: LEFT_OUT.given }]);
    const known = entries.filter(({ json }) => json !== undefined);
    const found = known.flatMap(({ json, given }) => this.alternatives(json, template).map(({ values }) => ({ values, given })));
    if (known.length === 1 && entries.length === 1) { return found; }
    if (fallback !== undefined) { return [...found, ...this.alternatives(fallback, template)]; }
    return found.length === 0 ? certainly(unknown(JSON.stringify({ 'Fn::FindInMap': argument }))) : found;
  }

  private entriesOf({ json: entries, given: before }: Entry, key: Json, template: Template): Entry[] {
    const all = asObject(entries);
    return this.alternatives(key, template).flatMap(({ values: [value], given }) => {
      const isKnown = value?.kind === 'literal' && !isDefault(value);
      const names = isKnown ? [value.text] : Object.keys(all);
      return names.flatMap(name => {
        const choices = agree(before, given, isKnown ? LEFT_OUT.given : new Map([[chooserOf(JSON.stringify(key), template), name]]));
        return choices === undefined ? [] : [{ json: all[name], given: choices }];
      });
    });
  }
}

function chooserOf(condition: string, template: Template): string {
  return `${template.path}#${condition}`;
}

function isNoValue(json: Json): boolean {
  return asObject(json).Ref === 'AWS::NoValue';
}

function isAmong(texts: string[], text: string | undefined): boolean {
  return text !== undefined && texts.some(entry => entry.toLowerCase() === text.toLowerCase());
}

function keyText(value: Value | undefined): unknown {
  return value?.kind === 'resource' ? [value.resource.key, value.attribute] : value;
}
