import { Assembly, exportKey, Resource, Template } from './assembly';
import { asList, asObject, at, branches, isObject, Json } from './json';

/** Text that is known when the template is read. */
interface Literal { readonly kind: 'literal'; readonly text: string }
/** A resource of one of the templates (`attribute` is `Ref` for its reference). */
interface ResourceValue { readonly kind: 'resource'; readonly resource: Resource; readonly attribute: string }
/** Known only when deployed: a parameter, a pseudo parameter, an import from elsewhere. */
interface Unknown { readonly kind: 'unknown'; readonly text: string }

/** What a property can be once references and intrinsic functions are followed. */
export type Value = Literal | ResourceValue | Unknown;

/** An intrinsic function's argument, and the template whose names it speaks. */
interface Scoped { readonly json: Json; readonly template: Template }

/** Follows references and intrinsic functions, also from one template to another. A condition yields both its branches. */
export class Resolver {
  private readonly functions: { [name: string]: (argument: Json, template: Template) => Value[] } = {
    'Ref': (name, template) => this.ref(String(name), template),
    'Fn::GetAtt': (argument, template) => this.attribute(argument, template),
    'Fn::ImportValue': (name, template) => this.imported(name, template),
    'Fn::If': (argument, template) => branches({ 'Fn::If': argument }).flatMap(branch => this.resolve(branch, template)),
    'Fn::Join': (argument, template) => this.join(argument, template),
    'Fn::Split': (argument, template) => this.split(argument, template),
    'Fn::Select': (argument, template) => this.select(argument, template),
    'Fn::Sub': (argument, template) => this.substitute(argument, template),
    'Fn::FindInMap': (argument, template) => this.findInMap(argument, template),
  };

  constructor(private readonly assembly: Assembly) {}

  /** The values of properties of a resource, by their dotted paths. */
  public at(resource: Resource, ...paths: string[]): Value[] {
    return paths.flatMap(path => at(resource.properties, path)).flatMap(json => this.resolve(json, resource.template));
  }

  /** Text of the first value, when it is literal. */
  public text(resource: Resource, path: string): string | undefined {
    const [value] = this.at(resource, path);
    return value?.kind === 'literal' ? value.text : undefined;
  }

  /** The resources of the given types that properties refer to. */
  public resources(resource: Resource, path: string, ...types: string[]): Resource[] {
    return this.at(resource, path).flatMap(value => value.kind === 'resource' && types.includes(value.resource.type) ? [value.resource] : []);
  }

  public resolve(json: Json, template: Template): Value[] {
    if (json === undefined || json === null) { return []; }
    if (Array.isArray(json)) { return json.flatMap(each => this.resolve(each, template)); }
    if (!isObject(json)) { return [literal(String(json))]; }
    const [name] = Object.keys(json);
    return this.functions[name]?.(json[name], template) ?? [unknown(JSON.stringify(json))];
  }

  private ref(name: string, template: Template): Value[] {
    if (name === 'AWS::NoValue') { return []; }
    const resource = template.resources.get(name);
    if (resource !== undefined) { return [{ kind: 'resource', resource, attribute: 'Ref' }]; }
    const parameter = asObject(asObject(template.body.Parameters)[name]);
    const given = template.parent && asObject(template.parent.properties.Parameters)[name];
    if (given !== undefined) { return this.resolve(given, template.parent!.template); }
    if (parameter.Default === undefined || String(parameter.Type).startsWith('AWS::SSM')) { return [unknown(`parameter ${name}`)]; }
    const isList = /List/.test(String(parameter.Type));
    return (isList ? String(parameter.Default).split(',') : [String(parameter.Default)]).map(text => literal(text.trim()));
  }

  private attribute(argument: Json, template: Template): Value[] {
    const [name, ...rest] = typeof argument === 'string' ? argument.split('.') : asList(argument).map(String);
    const attribute = rest.join('.');
    const resource = template.resources.get(name);
    if (resource === undefined) { return [unknown(`${name}.${attribute}`)]; }
    const across = this.assembly.exported(attribute);
    if (attribute.startsWith('/cdk/exports/') && across !== undefined) { return this.resolve(across.value, across.template); }
    const nested = this.assembly.nestedIn(resource);
    if (nested !== undefined && rest[0]?.startsWith('Outputs')) {
      return this.resolve(asObject(asObject(nested.body.Outputs)[attribute.replace('Outputs.', '')]).Value, nested);
    }
    // An attribute that repeats a property, such as the VPC's CidrBlock.
    const property = resource.properties[attribute];
    return property === undefined ? [{ kind: 'resource', resource, attribute }] : this.resolve(property, resource.template);
  }

  private imported(name: Json, template: Template): Value[] {
    const followed = this.follow({ json: { 'Fn::ImportValue': name }, template });
    return isObject(followed.json) && 'Fn::ImportValue' in followed.json
      ? [unknown(`import ${exportKey(name)}`)]
      : this.resolve(followed.json, followed.template);
  }

  /** The exported value behind an import, as it is written there; anything else stays as it is. */
  private follow(scoped: Scoped): Scoped {
    const name = asObject(scoped.json)['Fn::ImportValue'];
    const found = name === undefined ? undefined : this.assembly.exported(this.literalOf(name, scoped.template) ?? exportKey(name));
    return found === undefined ? scoped : { json: found.value, template: found.template };
  }

  private join(argument: Json, template: Template): Value[] {
    const [delimiter, list] = asList(argument);
    const parts = this.resolve(list, template);
    if (parts.length === 1) { return parts; }
    return [concatenate(parts, String(delimiter))];
  }

  private split(argument: Json, template: Template): Value[] {
    const [delimiter, source] = asList(argument);
    const { json, template: owner } = this.follow({ json: source, template });
    const joined = asList(asObject(json)['Fn::Join']);
    if (joined[0] === delimiter) { return this.resolve(joined[1], owner); }
    return this.resolve(json, owner).flatMap(value => value.kind === 'literal' ? value.text.split(String(delimiter)).map(literal) : [value]);
  }

  private select(argument: Json, template: Template): Value[] {
    const [index, list] = asList(argument);
    if (Array.isArray(list)) { return this.resolve(list[Number(index)], template); }
    const chosen = this.resolve(list, template)[Number(index)];
    return [chosen ?? unknown(JSON.stringify({ 'Fn::Select': argument }))];
  }

  private substitute(argument: Json, template: Template): Value[] {
    const [pattern, names] = asList(argument);
    const parts = String(pattern).split(/(\$\{[^!}][^}]*\})/).filter(part => part !== '');
    const values = parts.flatMap(part => {
      const name = /^\$\{([^!}][^}]*)\}$/.exec(part)?.[1];
      if (name === undefined) { return [literal(part)]; }
      const given = asObject(names)[name];
      if (given !== undefined) { return this.resolve(given, template); }
      return name.includes('.') ? this.attribute(name, template) : this.ref(name, template);
    });
    return values.length === 1 ? values : [concatenate(values, '')];
  }

  /** A key that is known only when deployed, such as the region, stands for every entry of the map. */
  private findInMap(argument: Json, template: Template): Value[] {
    const [map, first, second] = asList(argument);
    const entries = asObject(asObject(template.body.Mappings)[String(map)]);
    return this.entriesOf(entries, first, template).flatMap(entry => this.entriesOf(entry, second, template))
      .flatMap(json => this.resolve(json, template));
  }

  private entriesOf(entries: Json, key: Json, template: Template): Json[] {
    const known = this.literalOf(key, template);
    return known === undefined ? Object.values(asObject(entries)) : [asObject(entries)[known]];
  }

  private literalOf(json: Json, template: Template): string | undefined {
    const [value] = this.resolve(json, template);
    return value?.kind === 'literal' ? value.text : undefined;
  }
}

/** A value in words. */
export function describe(value: Value): string {
  if (value.kind !== 'resource') { return value.text; }
  return value.attribute === 'Ref' ? value.resource.logicalId : `${value.resource.logicalId}.${value.attribute}`;
}

function literal(text: string): Value {
  return { kind: 'literal', text };
}

function unknown(text: string): Value {
  return { kind: 'unknown', text };
}

function concatenate(parts: Value[], delimiter: string): Value {
  const text = parts.map(part => part.kind === 'literal' ? part.text : `\${${describe(part)}}`).join(delimiter);
  return parts.every(part => part.kind === 'literal') ? literal(text) : unknown(text);
}
