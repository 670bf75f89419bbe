import { ENGINE_PORTS, STORE_TYPES, StoreType } from './catalogue';
import { Assembly, Resource } from '../../../template/private/assembly';
import { Resolver, Value } from '../../../template/private/resolver';
import { Cidr, parseCidr } from '../network/cidr';
import { keyOf, Routes } from '../network/routes';
import { Group, SecurityGroups } from '../network/security-groups';

/** The flag that gives a store a public address. Unset, AWS may decide by the subnets: so does the check. */
export interface PublicFlag {
  readonly state: 'on' | 'off' | 'unset';
  /** The flag in words, such as `PubliclyAccessible true on AWS::RDS::DBInstance Writer`. */
  readonly label: string;
}

/** A data store with its parts, such as a cluster with its instances. */
export interface Store {
  readonly resource: Resource;
  readonly type: StoreType;
  readonly parts: Resource[];
  /** Empty when it is not in a VPC. */
  readonly groups: Group[];
  readonly subnets: Value[];
  /** Empty when any port may be the store's. */
  readonly ports: number[];
  readonly flag: PublicFlag;
}

/** Finds the data stores of the templates. */
export class Stores {
  public readonly all: Store[];

  constructor(assembly: Assembly, private readonly resolver: Resolver, private readonly groups: SecurityGroups) {
    const linked = new Map<string, Resource[]>();
    const parts = new Set<string>();
    for (const type of STORE_TYPES) {
      for (const part of assembly.ofType(...type.parts ? [type.parts.type] : [])) {
        for (const root of resolver.resources(part, type.parts!.link, type.type)) {
          linked.set(root.key, [...linked.get(root.key) ?? [], part]);
          parts.add(part.key);
        }
      }
    }
    this.all = STORE_TYPES.flatMap(type => assembly.ofType(type.type)
      .filter(resource => !parts.has(resource.key))
      .map(resource => this.toStore(type, resource, linked.get(resource.key) ?? [])));
  }

  /** The store that a resource is, or is a part of. */
  public of(resource: Resource): Store | undefined {
    return this.all.find(store => store.resource.key === resource.key || store.parts.some(part => part.key === resource.key));
  }

  private toStore(type: StoreType, resource: Resource, parts: Resource[]): Store {
    const all = [resource, ...parts];
    const subnets = type.subnets === undefined ? [] : all.flatMap(each => this.subnetsAt(each, type.subnets!));
    return {
      resource,
      type,
      parts,
      subnets: [...new Map(subnets.map(subnet => [keyOf(subnet), subnet])).values()],
      groups: this.groupsOf(type, all, subnets),
      ports: this.portsOf(type, resource),
      flag: this.flagOf(type, all),
    };
  }

  /** A store in a VPC that names no group joins the VPC's default one, unless it is an instance of a cluster elsewhere. */
  private groupsOf(type: StoreType, resources: Resource[], subnets: Value[]): Group[] {
    const named = type.groups === undefined ? [] : resources.flatMap(each => this.resolver.at(each, type.groups!));
    const inherits = this.resolver.at(resources[0], 'DBClusterIdentifier').length > 0 && resources[0].type.endsWith('DBInstance');
    if (named.length > 0) { return named.map(value => this.groups.groupOf(value)); }
    if (inherits || subnets.length === 0) { return []; }
    const vpc = subnets.flatMap(subnet => subnet.kind === 'resource' ? this.resolver.at(subnet.resource, 'VpcId') : [])[0];
    if (vpc?.kind !== 'resource') { return [{ key: 'default', label: 'default group of the VPC', kind: 'default' }]; }
    return [this.groups.groupOf({ kind: 'resource', resource: vpc.resource, attribute: 'DefaultSecurityGroup' })];
  }

  /** Subnets by themselves, or by the subnet group that lists them. */
  private subnetsAt(resource: Resource, path: string): Value[] {
    return this.resolver.at(resource, path).flatMap(value => {
      const isGroup = value.kind === 'resource' && value.resource.type.endsWith('SubnetGroup');
      return isGroup ? this.resolver.at(value.resource, 'SubnetIds') : [value];
    });
  }

  private portsOf(type: StoreType, resource: Resource): number[] {
    const [given] = this.resolver.at(resource, 'Port', 'DBPort');
    if (given !== undefined) { return given.kind === 'literal' ? [Number(given.text)] : []; }
    if (type.ports !== undefined) { return type.ports; }
    const engine = this.resolver.text(resource, 'Engine') ?? this.resolver.text(resource, 'EngineFamily') ?? '';
    const known = Object.keys(ENGINE_PORTS).find(name => engine.startsWith(name));
    return known === undefined ? [] : [ENGINE_PORTS[known]];
  }

  private flagOf(type: StoreType, resources: Resource[]): PublicFlag {
    if (type.publicFlag === undefined) { return { state: 'unset', label: 'no public flag' }; }
    const states = resources.map(resource => {
      const [value] = this.resolver.at(resource, type.publicFlag!);
      const text = value?.kind === 'literal' ? value.text : value && 'known only when deployed';
      const state = text === undefined ? 'unset' : type.privateValues!.includes(text) ? 'off' : 'on';
      const name = type.publicFlag!.split('.').slice(-2).join('.');
      return { state, label: `${name} ${text} on ${resource.type} ${resource.logicalId}` } as PublicFlag;
    });
    // Only the instances of a cluster have an address: the cluster's own flag counts when it is on, or when there are none.
    const instances = states.length > 1 ? states.slice(1) : states;
    return states.find(flag => flag.state === 'on') ?? instances.find(flag => flag.state === 'unset') ?? instances[0];
  }
}

/** A way from the internet up to the store's network interfaces, before any security group. */
export interface Exposure {
  readonly hops: string[];
  /** Absent when the subnet is not in the templates. */
  readonly subnet?: Value;
}

/** The ways from the internet to the store, by the routes of its subnets, for one address family. */
export function exposures(store: Store, routes: Routes, family: 4 | 6): Exposure[] {
  if (store.flag.state === 'off') { return []; }
  const flag = store.flag.state === 'on' ? [store.flag.label] : [];
  const known = store.subnets.flatMap(subnet => routes.publicRoutes(subnet, family).map(route => ({
    hops: ['internet', `igw ${route.gateway}`, `subnet ${subnetName(subnet)} (route ${route.destinationText})`, ...flag],
    subnet,
  })));
  const isOutside = store.subnets.length === 0 || store.subnets.some(subnet => subnet.kind !== 'resource');
  if (known.length > 0 || !isOutside || store.type.publicFlag === undefined) { return known; }
  // Without a subnet group RDS uses the account's default VPC, whose subnets are public.
  if (store.subnets.length > 0 && store.flag.state === 'unset') { return []; }
  return [{ hops: ['internet', ...store.subnets.length === 0 ? ['default VPC (no subnets are named)'] : [], ...flag] }];
}

export function subnetName(subnet: Value): string {
  return subnet.kind === 'resource' ? subnet.resource.logicalId : subnet.text;
}

/** The IPv4 and IPv6 blocks of subnets of the templates, as far as they are literal. */
export function subnetBlocks(subnets: Value[], resolver: Resolver): { subnet: Value; cidr: Cidr }[] {
  return subnets.flatMap(subnet => subnet.kind !== 'resource' ? [] : resolver.at(subnet.resource, 'CidrBlock', 'Ipv6CidrBlock')
    .flatMap(value => value.kind === 'literal' ? parseCidr(value.text) ?? [] : [])
    .map(cidr => ({ subnet, cidr })));
}
