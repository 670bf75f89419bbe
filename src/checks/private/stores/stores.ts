import { STORE_TYPES } from './catalogue';
import { ENGINE_PORTS } from './network-stores';
import { StoreType } from './store-type';
import { Assembly, Resource } from '../../../template/private/assembly';
import { mentionedAt, names } from '../../../template/private/mentions';
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
  /** Resources whose data it gives: what it is a proxy, an endpoint or a replica of, directly or by another. */
  readonly origins: Resource[];
  /** Empty when it is not in a VPC. */
  readonly groups: Group[];
  readonly subnets: Value[];
  /** Whether it names no subnet, at least under some condition. */
  readonly mayNameNoSubnet: boolean;
  /** Empty when any port may be the store's. */
  readonly ports: number[];
  readonly flag: PublicFlag;
}

const PORT_PATHS = ['Port', 'DBPort'];
const ENGINE_PATHS = ['Engine', 'EngineFamily'];

/** Finds the data stores of the templates. */
export class Stores {
  public readonly all: Store[];

  constructor(private readonly assembly: Assembly, private readonly resolver: Resolver, private readonly groups: SecurityGroups) {
    const linked = new Map<string, Resource[]>();
    const parts = new Set<string>();
    for (const type of STORE_TYPES) {
      for (const { type: partType, link } of type.parts ?? []) {
        for (const part of assembly.ofType(partType)) {
          for (const root of resolver.resources(part, link, type.type)) {
            linked.set(root.key, [...linked.get(root.key) ?? [], part]);
            parts.add(part.key);
          }
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
      origins: this.originsOf(resource, type),
      subnets: [...new Map(subnets.map(subnet => [keyOf(subnet), subnet])).values()],
      mayNameNoSubnet: type.subnets === undefined || all.every(each => this.resolver.possible(each, type.subnets!).includes(undefined)),
      groups: this.groupsOf(type, all, subnets),
      ports: this.portsOf(type, resource),
      flag: this.flagOf(type, all),
    };
  }

  private originsOf(resource: Resource, type: StoreType, before: readonly string[] = []): Resource[] {
    const { resolver, assembly } = this;
    const served = resource.type !== 'AWS::RDS::DBProxy' ? [] : assembly.ofType('AWS::RDS::DBProxyTargetGroup')
      .filter(target => names(target, 'DBProxyName', resource, resolver))
      .flatMap(target => ['DBClusterIdentifiers', 'DBInstanceIdentifiers'].flatMap(path => mentionedAt(target, path, resolver)));
    const direct = [...served, ...(type.origins ?? []).flatMap(path => mentionedAt(resource, path, resolver))]
      .filter(({ key }) => key !== resource.key && !before.includes(key));
    return direct.flatMap(origin => {
      const row = STORE_TYPES.find(each => each.type === origin.type);
      return row === undefined ? [] : [origin, ...this.originsOf(origin, row, [...before, resource.key])];
    });
  }

  /** A store in a VPC that names no group joins the VPC's default one, unless it is an instance of a cluster elsewhere. */
  private groupsOf(type: StoreType, resources: Resource[], subnets: Value[]): Group[] {
    const named = type.groups === undefined ? [] : resources.flatMap(each => this.resolver.at(each, type.groups!));
    const inherits = this.resolver.at(resources[0], 'DBClusterIdentifier').length > 0 && resources[0].type.endsWith('DBInstance');
    const groups = named.map(value => this.groups.groupOf(value));
    const mayNameNone = type.groups !== undefined && resources.some(each => this.resolver.at(each, type.groups!).length > 0
      && this.resolver.choices(each, type.groups!).some(({ values }) => values.length === 0));
    if (groups.length > 0 && !mayNameNone) { return groups; }
    return inherits || subnets.length === 0 ? groups : [...groups, this.defaultGroup(subnets)];
  }

  private defaultGroup(subnets: Value[]): Group {
    const vpc = subnets.flatMap(subnet => subnet.kind === 'resource' ? this.resolver.at(subnet.resource, 'VpcId') : [])[0];
    if (vpc?.kind !== 'resource') { return { key: 'default', label: 'default group of the VPC', kind: 'default' }; }
    return this.groups.groupOf({ kind: 'resource', resource: vpc.resource, attribute: 'DefaultSecurityGroup' });
  }

  /** Subnets by themselves, or by the subnet group that lists them. */
  private subnetsAt(resource: Resource, path: string): Value[] {
    return this.resolver.at(resource, path).flatMap(value => {
      const isGroup = value.kind === 'resource' && value.resource.type.endsWith('SubnetGroup');
      return isGroup ? this.resolver.at(value.resource, 'SubnetIds') : [value];
    });
  }

  private portsOf(type: StoreType, resource: Resource): number[] {
    const given = PORT_PATHS.map(path => this.resolver.possible(resource, path)).find(isSet) ?? [undefined];
    const ports = given.flatMap(port => {
      if (port === undefined) { return this.usualPorts(type, resource); }
      return port.kind === 'literal' ? [Number(port.text)] : [NaN];
    });
    return ports.some(Number.isNaN) ? [] : [...new Set(ports)];
  }

  /** `NaN` stands for any port. */
  private usualPorts(type: StoreType, resource: Resource): number[] {
    if (type.ports !== undefined) { return type.ports; }
    const engines = ENGINE_PATHS.map(path => this.resolver.possible(resource, path)).find(isSet) ?? [undefined];
    return engines.map(engine => {
      const known = engine?.kind === 'literal' && Object.keys(ENGINE_PORTS).find(name => engine.text.startsWith(name));
      return known ? ENGINE_PORTS[known] : NaN;
    });
  }

  private flagOf(type: StoreType, resources: Resource[]): PublicFlag {
    if (type.publicFlag === undefined) { return { state: 'unset', label: 'no public flag' }; }
    const name = type.publicFlag.split('.').slice(-2).join('.');
    const states = resources.map(resource => {
      const flags = this.resolver.possible(resource, type.publicFlag!).map((value): PublicFlag => {
        const text = value?.kind === 'literal' ? value.text : value && 'known only when deployed';
        const state = text === undefined ? 'unset' : type.privateValues!.includes(text) ? 'off' : 'on';
        return { state, label: `${name} ${text} on ${resource.type} ${resource.logicalId}` };
      });
      return flags.find(({ state }) => state === 'on') ?? flags.find(({ state }) => state === 'unset') ?? flags[0];
    });
    // Only the instances of a cluster have an address: the cluster's own flag counts when it is on, or when there are none.
    const instances = states.length > 1 ? states.slice(1) : states;
    return states.find(flag => flag.state === 'on') ?? instances.find(flag => flag.state === 'unset') ?? instances[0];
  }
}

function isSet(values: (Value | undefined)[]): boolean {
  return values.some(value => value !== undefined);
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
  const isOutside = store.mayNameNoSubnet || store.subnets.some(subnet => subnet.kind !== 'resource');
  if (known.length > 0 || !isOutside || store.type.publicFlag === undefined) { return known; }
  // Without a subnet group RDS uses the account's default VPC, whose subnets are public.
  if (!store.mayNameNoSubnet && store.flag.state === 'unset') { return []; }
  return [{ hops: ['internet', ...store.mayNameNoSubnet ? ['default VPC (no subnets are named)'] : [], ...flag] }];
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
