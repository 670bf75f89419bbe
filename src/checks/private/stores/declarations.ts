import { basename } from 'path';
import { Store } from './stores';
import { INTERNET, REACHABLE_BY } from '../../../core/private/reachable-by';
import { Assembly, Resource, Template } from '../../../template/private/assembly';
import { asList, asObject, Json } from '../../../template/private/json';
import { Resolver } from '../../../template/private/resolver';
import { Group, SecurityGroups } from '../network/security-groups';

/** Stands for all that the templates do not tell, in a user's declaration. */
const UNREAD = 'unread';

/** A user's own declaration, in names rather than references. */
export interface Allowance {
  readonly source: string;
  readonly target: string;
}

interface Entry {
  readonly workload?: string;
  readonly groups: string[];
  /** Empty: whatever is in the groups, unless the entry is exact. */
  readonly resources: string[];
  /** Nothing that a template makes may be in the groups but the resources. */
  readonly isExact: boolean;
}

/** Who may reach what: the metadata that the blocks write, and what the user allows. */
export class Declarations {
  private readonly entries = new Map<string, Entry[]>();

  constructor(
    private readonly assembly: Assembly,
    private readonly resolver: Resolver,
    private readonly groups: SecurityGroups,
    private readonly allowed: readonly Allowance[],
  ) {
    for (const resource of assembly.resources) {
      const declared = resource.metadata[REACHABLE_BY];
      if (declared !== undefined) { this.entries.set(resource.key, asList(declared).map(entry => this.toEntry(entry, resource.template))); }
    }
  }

  /** A store is closed as soon as anything is declared of it: then whatever is not declared may not reach it. */
  public isClosed(store: Store): boolean {
    return this.speakersFor(store).some(each => this.isSpokenOf(each));
  }

  /** Whether a member of the group may reach the store: the group is declared, for it or for whoever is in it. */
  public declares(store: Store, group: Group, member?: Resource): boolean {
    const entries = this.entriesOf(store).filter(entry => entry.groups.includes(group.key));
    return entries.some(entry => member === undefined || isOf(entry, member))
      || this.allows(store, [group.label], ...[group.resource, member].flatMap(each => each ?? []));
  }

  /** Whether the user allows one of the sources, by text or as resource, to reach the store. */
  public allows(store: Store, texts: string[], ...sources: Resource[]): boolean {
    return this.speakersFor(store).some(each => this.allowsAt(each, texts, ...sources));
  }

  /** Whether a resource is declared to be open to the internet. */
  public isFrontDoor(resource: Resource): boolean {
    return (this.entries.get(resource.key) ?? []).some(entry => entry.workload === INTERNET) || this.allowsAt(resource, [INTERNET]);
  }

  /** Whether the user answers for what the templates do not tell of a resource, or at a place of a template. */
  public isReadElsewhere(what: Resource | string): boolean {
    return typeof what === 'string' ? this.allowed.some(({ source, target }) => source === UNREAD && target === what) : this.allowsAt(what, [UNREAD]);
  }

  private allowsAt(resource: Resource, texts: string[], ...sources: Resource[]): boolean {
    return this.allowed.some(allowance => isNamed(resource, allowance.target)
      && (texts.includes(allowance.source) || sources.some(source => isNamed(source, allowance.source))));
  }

  /** What says who may reach a store: itself, or else what it gives the data of, such as the database behind a proxy. */
  private speakersFor({ resource, parts, origins }: Store): Resource[] {
    const own = [resource, ...parts];
    return own.some(each => this.isSpokenOf(each)) ? own : [...own, ...origins];
  }

  private isSpokenOf(resource: Resource): boolean {
    return this.entries.has(resource.key) || this.allowed.some(({ target }) => isNamed(resource, target));
  }

  private entriesOf(store: Store): Entry[] {
    return this.speakersFor(store).flatMap(each => this.entries.get(each.key) ?? []);
  }

  private toEntry(json: Json, template: Template): Entry {
    const { workload, securityGroups, resources, exact } = asObject(json);
    return {
      workload: typeof workload === 'string' ? workload : undefined,
      groups: asList(securityGroups).flatMap(group => typeof group === 'string' ? this.keysOfNamed(group, template) : this.keysOf(group, template)),
      resources: asList(resources).map(resource => this.keyOf(String(resource), template)),
      isExact: exact === true,
    };
  }

  /** A group that a resource makes goes by its attribute: `<logical id>.<attribute>`. */
  private keysOfNamed(group: string, template: Template): string[] {
    const { name, owner } = this.locate(group, template);
    return owner !== undefined && name.includes('.') ? this.keysOf({ 'Fn::GetAtt': name }, owner) : [this.keyOf(group, template)];
  }

  private keysOf(group: Json, template: Template): string[] {
    return this.resolver.resolve(group, template).map(value => this.groups.groupOf(value).key);
  }

  private keyOf(text: string, template: Template): string {
    const { name, owner } = this.locate(text, template);
    return owner?.resources.get(name)?.key ?? text;
  }

  private locate(text: string, template: Template): { name: string; owner?: Template } {
    const [name, file] = text.split('#').reverse();
    return { name, owner: file === undefined ? template : this.assembly.templates.find(each => basename(each.path) === file) };
  }
}

/** By its key, or, for what was added to the workload behind the CDK's back, by its construct path. */
function isOf(entry: Entry, member: Resource): boolean {
  if (entry.isExact) { return entry.resources.includes(member.key); }
  return entry.resources.length === 0 || entry.resources.includes(member.key)
    || (entry.workload !== undefined && member.constructPath !== undefined && isBelow(member.constructPath, entry.workload));
}

/** By logical id, or by the construct path of the resource or of something above it. */
function isNamed(resource: Resource, name: string): boolean {
  return resource.logicalId === name || (resource.constructPath !== undefined && isBelow(resource.constructPath, name));
}

function isBelow(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`);
}
