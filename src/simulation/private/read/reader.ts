import { Assembly, Resource } from '../../../template/private/assembly';
import { at, Json } from '../../../template/private/json';
import { describe, Resolver, Value } from '../../../template/private/resolver';

/** Reads numbers and text of resources, through references and parameters' defaults, and keeps notes. */
export class Reader {
  public readonly notes: string[] = [];
  private readonly resolver: Resolver;

  constructor(public readonly assembly: Assembly, private readonly path: string) {
    this.resolver = new Resolver(assembly);
  }

  /** The number at a dotted path of the properties. */
  public number(resource: Resource, path: string): number | undefined {
    return this.numberIn(resource.properties, path, resource);
  }

  /** The number at a dotted path of a part of the properties. */
  public numberIn(json: Json, path: string, resource: Resource): number | undefined {
    const [value, ...others] = at(json, path).flatMap(each => this.resolver.resolve(each, resource.template));
    if (value === undefined) return undefined;
    this.noteOthers(resource, path, value, others);
    const number = value.kind === 'literal' ? Number(value.text) : NaN;
    if (Number.isNaN(number)) {
      throw this.wrong(`must hold a number at '${resource.logicalId}.${path}', got ${value.kind === 'literal' ? `'${value.text}'` : 'what is known only when it is deployed'}: give the number, or the parameter behind it a default`);
    }
    return number;
  }

  /** The text at a dotted path, as far as it is known. */
  public text(resource: Resource, path: string): string | undefined {
    const [value] = this.resolver.at(resource, path);
    return value?.kind === 'literal' ? value.text : undefined;
  }

  /** The resources that a property refers to. */
  public refers(resource: Resource, path: string): Resource[] {
    return this.resolver.at(resource, path).flatMap(value => value.kind === 'resource' ? [value.resource] : []);
  }

  /** Whether the text at a path, which may be known only in part, names a resource. */
  public names(resource: Resource, path: string, named: Resource): boolean {
    return this.resolver.at(resource, path).some(value => value.kind === 'resource'
      ? value.resource.key === named.key
      : value.text.split(/[^A-Za-z0-9-]+/).includes(named.logicalId));
  }

  /** The value of a list of `Key` and `Value`, such as attributes. */
  public attribute(resource: Resource, path: string, key: string): string | undefined {
    const found = at(resource.properties, path).find(each => this.literal(each, 'Key', resource) === key);
    return found === undefined ? undefined : this.literal(found, 'Value', resource);
  }

  public ofType(...types: string[]): Resource[] {
    const found = this.assembly.ofType(...types);
    found.filter(({ condition }) => condition !== undefined).forEach(({ logicalId, condition }) =>
      this.note(`${logicalId} is taken to be there: its condition ${condition} is known only when deployed`));
    return found;
  }

  public note(text: string): void {
    if (!this.notes.includes(text)) this.notes.push(text);
  }

  public wrong(what: string): Error {
    return new Error(`[${this.path}] the template ${what}`);
  }

  /** What a condition or a map leaves open to the deployment. */
  private noteOthers({ logicalId }: Resource, path: string, taken: Value, others: Value[]): void {
    const texts = [...new Set([taken, ...others].map(describe))];
    if (texts.length > 1) this.note(`'${logicalId}.${path}' is ${texts.join(' or ')}, known only when deployed: ${texts[0]} is taken`);
  }

  private literal(json: Parameters<typeof at>[0], path: string, { template }: Resource): string | undefined {
    const [value] = at(json, path).flatMap(each => this.resolver.resolve(each, template));
    return value?.kind === 'literal' ? value.text : undefined;
  }
}
