import { Cidr, contains, overlaps, parseCidr } from './cidr';
import { admits, toPorts, Ports } from './ports';
import { keyOf } from './routes';
import { Assembly, Resource } from '../../../template/private/assembly';
import { Resolver, Value } from '../../../template/private/resolver';

interface Entry {
  readonly number: number;
  readonly allows: boolean;
  /** Absent when known only when deployed: it may be any. */
  readonly cidr?: Cidr;
  readonly ports: Ports;
}

/** Network ACLs of the templates. A subnet without one of them has the VPC's own, which admits everything. */
export class NetworkAcls {
  private readonly bySubnet = new Map<string, Entry[]>();

  constructor(assembly: Assembly, private readonly resolver: Resolver) {
    const byAcl = new Map<string, Entry[]>();
    for (const resource of assembly.ofType('AWS::EC2::NetworkAclEntry')) {
      if (resolver.text(resource, 'Egress') === 'true') { continue; }
      resolver.at(resource, 'NetworkAclId').map(keyOf).forEach(acl => byAcl.set(acl, [...byAcl.get(acl) ?? [], this.toEntry(resource)]));
    }
    for (const association of assembly.ofType('AWS::EC2::SubnetNetworkAclAssociation')) {
      const entries = resolver.at(association, 'NetworkAclId').flatMap(acl => byAcl.get(keyOf(acl)) ?? []);
      const sorted = entries.sort((one, other) => one.number - other.number);
      resolver.at(association, 'SubnetId').map(keyOf).forEach(subnet => this.bySubnet.set(subnet, sorted));
    }
  }

  /** Whether some of the addresses may enter the subnet on the port. In doubt they may. */
  public admits(subnet: Value, from: Cidr, port: number | undefined): boolean {
    const entries = this.bySubnet.get(keyOf(subnet));
    if (entries === undefined) { return true; }
    for (const entry of entries) {
      const isWhole = entry.cidr !== undefined && contains(entry.cidr, from);
      const mayMatch = entry.cidr === undefined || overlaps(entry.cidr, from);
      if (entry.allows && mayMatch && admits(entry.ports, port)) { return true; }
      if (!entry.allows && isWhole && deniesPort(entry.ports, port)) { return false; }
    }
    return false;
  }

  private toEntry(resource: Resource): Entry {
    const value = (path: string) => this.resolver.at(resource, path)[0];
    const cidr = this.resolver.at(resource, 'CidrBlock', 'Ipv6CidrBlock')[0];
    return {
      number: Number(this.resolver.text(resource, 'RuleNumber') ?? 0),
      allows: this.resolver.text(resource, 'RuleAction') !== 'deny',
      cidr: cidr?.kind === 'literal' ? parseCidr(cidr.text) : undefined,
      ports: toPorts(value('Protocol'), value('PortRange.From'), value('PortRange.To')),
    };
  }
}

/** Without a known port, only a denial of every port counts. */
function deniesPort(ports: Ports, port: number | undefined): boolean {
  const deniesAll = (ports.from ?? 0) === 0 && (ports.to ?? 65535) === 65535;
  return port === undefined ? admits(ports, undefined) && deniesAll : admits(ports, port);
}
