import { Cidr, parseCidr } from './cidr';
import { Ports, portsText, toPorts } from './ports';
import { Assembly, Resource } from '../../../template/private/assembly';
import { at, Json } from '../../../template/private/json';
import { describe, Resolver, Value } from '../../../template/private/resolver';

/** A security group: one of the templates, the default one of a VPC, or one from outside. */
export interface Group {
  readonly key: string;
  readonly label: string;
  readonly kind: 'template' | 'default' | 'outside';
  readonly resource?: Resource;
}

/** Where a rule admits traffic from. */
export type Source =
  | { readonly kind: 'cidr'; readonly label: string; readonly cidr: Cidr }
  | { readonly kind: 'prefixList'; readonly label: string; readonly id: string }
  | { readonly kind: 'group'; readonly label: string; readonly group: Group }
  | { readonly kind: 'unknown'; readonly label: string };

/** One ingress rule and one of its sources. */
export interface Rule {
  readonly ports: Ports;
  readonly source: Source;
  /** The rule in words: `ingress tcp 3306 from 0.0.0.0/0`. */
  readonly label: string;
  /** The group, or the rule of its own, that holds it. */
  readonly resource: Resource;
}

const PORT_PATHS = ['IpProtocol', 'FromPort', 'ToPort'];

const SOURCE_PATHS = {
  addresses: ['CidrIp', 'CidrIpv6'],
  prefixLists: ['SourcePrefixListId'],
  groups: ['SourceSecurityGroupId', 'SourceSecurityGroupName'],
};

/** The security groups of the templates and what each admits, by inline rules and by rules that stand alone. */
export class SecurityGroups {
  private readonly rules = new Map<string, Rule[]>();

  constructor(assembly: Assembly, private readonly resolver: Resolver) {
    for (const group of assembly.ofType('AWS::EC2::SecurityGroup')) {
      const inline = at(group.properties, 'SecurityGroupIngress').flatMap(body => this.toRules(group, body));
      this.add(this.groupOf({ kind: 'resource', resource: group, attribute: 'GroupId' }), inline);
    }
    for (const alone of assembly.ofType('AWS::EC2::SecurityGroupIngress')) {
      this.resolver.at(alone, 'GroupId', 'GroupName').forEach(id => this.add(this.groupOf(id), this.toRules(alone, alone.properties)));
    }
  }

  public ingressOf(group: Group): Rule[] {
    return this.rules.get(group.key) ?? [];
  }

  public groupOf(value: Value): Group {
    if (value.kind === 'resource' && value.resource.type === 'AWS::EC2::SecurityGroup') {
      return { key: value.resource.key, label: value.resource.logicalId, kind: 'template', resource: value.resource };
    }
    if (value.kind === 'resource' && value.attribute === 'DefaultSecurityGroup') {
      return { key: `${value.resource.key}.default`, label: `default group of ${value.resource.logicalId}`, kind: 'default' };
    }
    return { key: describe(value), label: describe(value), kind: 'outside' };
  }

  private add(group: Group, rules: Rule[]): void {
    this.rules.set(group.key, [...this.ingressOf(group), ...rules]);
  }

  private toRules(resource: Resource, body: Json): Rule[] {
    const rules = this.resolver.variants(body, [...PORT_PATHS, ...Object.values(SOURCE_PATHS).flat()], resource).flatMap(variant => {
      const ports = toPorts(variant.IpProtocol, variant.FromPort, variant.ToPort);
      return this.sourcesOf(variant).map(source => ({ ports, source, resource, label: `ingress ${portsText(ports)} from ${source.label}` }));
    });
    return [...new Map(rules.map(rule => [rule.label, rule])).values()];
  }

  private sourcesOf(variant: { [path: string]: Value | undefined }): Source[] {
    const values = (paths: string[]) => paths.flatMap(path => variant[path] ?? []);
    const sources = [
      ...values(SOURCE_PATHS.addresses).map(toCidrSource),
      ...values(SOURCE_PATHS.prefixLists).flatMap(value => this.toPrefixListSources(value)),
      ...values(SOURCE_PATHS.groups).map(value => this.toGroupSource(value)),
    ];
    return sources.length > 0 ? sources : [{ kind: 'unknown', label: 'a source that the template does not name' }];
  }

  private toGroupSource(value: Value): Source {
    const group = this.groupOf(value);
    return { kind: 'group', label: `sg ${group.label}`, group };
  }

  /** A list that a template makes is as wide as its entries; another may hold any address. */
  private toPrefixListSources(value: Value): Source[] {
    const id = describe(value);
    const entries = value.kind === 'resource' ? this.resolver.at(value.resource, 'Entries.Cidr') : [];
    if (entries.length === 0) { return [{ kind: 'prefixList', label: `prefix list ${id}`, id }]; }
    return entries.map(toCidrSource).map(source => ({ ...source, label: `${source.label} (prefix list ${id})` }));
  }
}

function toCidrSource(value: Value): Source {
  const cidr = value.kind === 'literal' ? parseCidr(value.text) : undefined;
  return cidr === undefined ? { kind: 'unknown', label: `addresses ${describe(value)}` } : { kind: 'cidr', label: cidr.text, cidr };
}
