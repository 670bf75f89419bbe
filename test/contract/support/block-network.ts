import { App } from 'aws-cdk-lib';
import { BlockDescription } from '../../../src';
import { admits, Ports } from '../../../src/checks/private/network/ports';
import { Rule } from '../../../src/checks/private/network/security-groups';
import { toTopology, Topology } from '../../../src/checks/private/rules/topology';
import { Assembly, Resource } from '../../../src/template/private/assembly';
import { at } from '../../../src/template/private/json';

const HTTPS = 443;

/** Where the resources of a block listen, as their templates or their services' documentation say. */
const LISTENS: { [type: string]: (properties: Resource['properties']) => unknown[] } = {
  'AWS::ElasticLoadBalancingV2::Listener': properties => at(properties, 'Port'),
  'AWS::ElasticLoadBalancingV2::TargetGroup': properties => at(properties, 'Port'),
  'AWS::ECS::TaskDefinition': properties => at(properties, 'ContainerDefinitions.PortMappings.ContainerPort'),
  'AWS::RDS::DBCluster': properties => at(properties, 'Port'),
  'AWS::RDS::DBInstance': properties => at(properties, 'Port'),
  'AWS::RDS::DBProxy': properties => at(properties, 'EngineFamily').map(family => family === 'POSTGRESQL' ? 5432 : 3306),
  'AWS::ElastiCache::ServerlessCache': () => [6379, 6380],
  'AWS::ElastiCache::ReplicationGroup': properties => at(properties, 'Port'),
  'AWS::EFS::FileSystem': () => [2049],
  'AWS::DynamoDB::GlobalTable': () => [HTTPS],
  'AWS::S3::Bucket': () => [HTTPS],
};

/** A way between two blocks that the rules of security groups open. */
interface Way {
  readonly from: string;
  readonly to: string;
  readonly ports: Ports;
}

/** The network that the templates of an app make, as its blocks have it; read by the same reader as the check of reachability. */
export class BlockNetwork {
  private readonly topology: Topology;

  constructor(app: App, private readonly blocks: BlockDescription[]) {
    this.topology = toTopology(Assembly.fromFiles(app.synth().stacks.map(({ templateFullPath }) => templateFullPath)), []);
  }

  /** From group to group: each block's with the others'. */
  public get ways(): Way[] {
    return this.groups.flatMap(({ block: to, rules }) => rules.flatMap(({ source, ports }) => {
      const from = source.kind === 'group' ? this.blockOf(source.group.resource) : undefined;
      return to === undefined || from === undefined || from === to ? [] : [{ from, to, ports }];
    }));
  }

  public hasGroup(block: string): boolean {
    return this.groups.some(group => group.block === block);
  }

  public isOpen(from: string, to: string, port?: number): boolean {
    return port !== undefined && this.ways.some(way => way.from === from && way.to === to && admits(way.ports, port));
  }

  /** A block of what exists already has nothing in the templates: a bucket, which is reached by HTTPS. */
  public portsOf(block: string): number[] {
    const ports = this.topology.assembly.resources.filter(resource => this.blockOf(resource) === block)
      .flatMap(({ type, properties }) => LISTENS[type]?.(properties) ?? []).map(Number);
    return ports.length === 0 ? [HTTPS] : ports;
  }

  private get groups(): { block?: string; rules: Rule[] }[] {
    const { assembly, groups } = this.topology;
    return assembly.ofType('AWS::EC2::SecurityGroup').map(resource => ({
      block: this.blockOf(resource), rules: groups.ingressOf(groups.groupOf({ kind: 'resource', resource, attribute: 'GroupId' })),
    }));
  }

  private blockOf(resource?: Resource): string | undefined {
    return this.blocks.find(({ construct: { node } }) => `${resource?.constructPath}/`.startsWith(`${node.path}/`))?.id;
  }
}
