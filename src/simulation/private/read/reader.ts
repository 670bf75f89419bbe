import { Assembly, Resource } from '../../../template/private/assembly';
import { at } from '../../../template/private/json';
import { Resolver } from '../../../template/private/resolver';

/** Reads numbers and text of resources, through references and parameters' defaults, and keeps notes. */
export class Reader {
  public readonly notes: string[] = [];
  private readonly resolver: Resolver;

  constructor(public readonly assembly: Assembly, private readonly path: string) {
    this.resolver = new Resolver(assembly);
  }

  /** The number at a dotted path of the properties. */
  public number(resource: Resource, path: string): number | undefined {
    const [value] = this.resolver.at(resource, path);
    if (value === undefined) return undefined;
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
    return this.assembly.ofType(...types);
  }

  public note(text: string): void {
    this.notes.push(text);
  }

  public wrong(what: string): Error {
    return new Error(`[${this.path}] the template ${what}`);
  }

  private literal(json: Parameters<typeof at>[0], path: string, { template }: Resource): string | undefined {
    const [value] = at(json, path).flatMap(each => this.resolver.resolve(each, template));
    return value?.kind === 'literal' ? value.text : undefined;
  }
}
