import { Cidr, contains, overlaps, parseCidr } from './cidr';
import { admits, toPorts, Ports } from './ports';
import { keyOf } from './routes';
import { Assembly, Resource } from '../../../template/private/assembly';
import { implies } from '../../../template/private/conditions';
import { Resolver, Value } from '../../../template/private/resolver';

/** What an entry may be. */
interface Entry {
  /** The lowest that it may have. */
  readonly number: number;
  readonly allows: boolean;
  /** Absent when known only when deployed: it may be any. */
  readonly cidr?: Cidr;
  readonly ports: Ports;
  readonly resource: Resource;
  /** Nothing of it is left to a condition, a map or the deployment. */
  readonly isKnown: boolean;
}

/** What an association joins to a subnet: entries in order, or an ACL that the templates do not hold. */
interface Acl {
  readonly association: Resource;
  readonly entries?: Entry[];
}

const PATHS = ['RuleNumber', 'RuleAction', 'Egress', 'Protocol', 'PortRange.From', 'PortRange.To', 'CidrBlock', 'Ipv6CidrBlock'];

/**
 * Network ACLs of the templates. A subnet without one of them has the VPC's own, which admits everything. An ACL is a
 * barrier: a denial counts only when it is there, as it is written, whenever the subnet is.
 */
export class NetworkAcls {
  private readonly bySubnet = new Map<string, Acl[]>();

  constructor(assembly: Assembly, private readonly resolver: Resolver) {
    const byAcl = new Map<string, Entry[]>(assembly.ofType('AWS::EC2::NetworkAcl').map(acl => [acl.key, []]));
    for (const resource of assembly.ofType('AWS::EC2::NetworkAclEntry')) {
      const entries = this.toEntries(resource);
      resolver.at(resource, 'NetworkAclId').forEach(acl => byAcl.get(keyOf(acl))?.push(...entries));
    }
    byAcl.forEach(entries => entries.sort((one, other) => one.number - other.number || Number(other.allows) - Number(one.allows)));
    for (const association of assembly.ofType('AWS::EC2::SubnetNetworkAclAssociation')) {
      const acls = resolver.at(association, 'NetworkAclId').map(acl => ({ association, entries: byAcl.get(keyOf(acl)) }));
      for (const subnet of resolver.at(association, 'SubnetId').map(keyOf)) {
        this.bySubnet.set(subnet, [...this.bySubnet.get(subnet) ?? [], ...acls]);
      }
    }
  }

  /** Whether some of the addresses may enter the subnet on the port. In doubt they may. */
  public admits(subnet: Value, from: Cidr, port: number | undefined): boolean {
    const acls = this.bySubnet.get(keyOf(subnet)) ?? [];
    const sure = acls.filter(({ association }) => this.resolver.possible(association, 'SubnetId').length === 1);
    return !isThere(sure.map(({ association }) => association), subnet)
      || acls.some(({ entries }) => entries === undefined || passes(entries, from, port, subnet));
  }

  private toEntries(resource: Resource): Entry[] {
    const variants = this.resolver.variants(resource.properties, PATHS, resource);
    return variants.filter(({ Egress }) => Egress?.kind !== 'literal' || Egress.text.toLowerCase() !== 'true').map(variant => {
      const text = (path: string) => textOf(variant[path]);
      const cidr = text('CidrBlock') ?? text('Ipv6CidrBlock');
      return {
        number: Number(text('RuleNumber') ?? 0),
        allows: text('RuleAction') !== 'deny',
        cidr: cidr === undefined ? undefined : parseCidr(cidr),
        ports: toPorts(variant.Protocol, variant['PortRange.From'], variant['PortRange.To']),
        resource,
        isKnown: variants.length === 1 && Object.values(variant).every(value => value === undefined || value.kind === 'literal'),
      };
    });
  }
}

function passes(entries: Entry[], from: Cidr, port: number | undefined, subnet: Value): boolean {
  for (const entry of entries) {
    const isWhole = entry.cidr !== undefined && contains(entry.cidr, from);
    const mayMatch = entry.cidr === undefined || overlaps(entry.cidr, from);
    if (entry.allows && mayMatch && admits(entry.ports, port)) { return true; }
    if (!entry.allows && isWhole && deniesPort(entry.ports, port) && entry.isKnown && isThere([entry.resource], subnet)) { return false; }
  }
  return false;
}

/** Whether one of the resources is made whenever the subnet is. */
function isThere(resources: Resource[], subnet: Value): boolean {
  const local = subnet.kind === 'resource' ? resources.filter(({ template }) => template === subnet.resource.template) : [];
  const [given, template] = subnet.kind === 'resource' ? [subnet.resource.condition, subnet.resource.template] : [];
  return resources.some(({ condition }) => condition === undefined)
    || (template !== undefined && local.length > 0 && implies(given, local.map(({ condition }) => condition), template));
}

/** Without a known port, only a denial of every port counts. */
function deniesPort(ports: Ports, port: number | undefined): boolean {
  const deniesAll = (ports.from ?? 0) === 0 && (ports.to ?? 65535) === 65535;
  return port === undefined ? admits(ports, undefined) && deniesAll : admits(ports, port);
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'literal' ? value.text : undefined;
}
