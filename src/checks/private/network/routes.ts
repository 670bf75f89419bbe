import { Cidr, parseCidr } from './cidr';
import { Assembly, Resource } from '../../../template/private/assembly';
import { describe, Resolver, Value } from '../../../template/private/resolver';

/** Properties of a route that name a gateway, with the word for what is behind it. */
const TARGETS: { [property: string]: string } = {
  CarrierGatewayId: 'carrier gateway',
  TransitGatewayId: 'transit gateway',
  VpcPeeringConnectionId: 'peering',
  CoreNetworkArn: 'core network',
  LocalGatewayId: 'local gateway',
};

const DESTINATIONS = ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId'];

/** A way out of a subnet, which is also a way in. */
export interface Route {
  /** `igw` for internet gateways, else one of the words of `TARGETS`. */
  readonly kind: string;
  readonly gateway: string;
  /** Absent for a prefix list or a destination known only when deployed. */
  readonly destination?: Cidr;
  readonly destinationText: string;
}

/**
 * Which subnets a route joins to what. A subnet is public when its route table has a route to an internet gateway.
 * A subnet that no association joins to a table uses the VPC's main one, which CloudFormation cannot change: private.
 */
export class Routes {
  private readonly bySubnet = new Map<string, Route[]>();

  constructor(assembly: Assembly, private readonly resolver: Resolver) {
    const byTable = new Map<string, Route[]>();
    for (const route of assembly.ofType('AWS::EC2::Route')) {
      for (const table of resolver.at(route, 'RouteTableId').map(keyOf)) {
        byTable.set(table, [...byTable.get(table) ?? [], ...this.toRoutes(route)]);
      }
    }
    for (const association of assembly.ofType('AWS::EC2::SubnetRouteTableAssociation')) {
      const routes = resolver.at(association, 'RouteTableId').flatMap(table => byTable.get(keyOf(table)) ?? []);
      for (const subnet of resolver.at(association, 'SubnetId').map(keyOf)) {
        this.bySubnet.set(subnet, [...this.bySubnet.get(subnet) ?? [], ...routes]);
      }
    }
  }

  /** Routes of the subnet to the internet, of one address family. */
  public publicRoutes(subnet: Value, family: 4 | 6): Route[] {
    return this.of(subnet).filter(route => ['igw', 'carrier gateway'].includes(route.kind)
      && (route.destination === undefined || route.destination.family === family));
  }

  /** Routes of the subnet to networks of others: peered, or behind a transit gateway. */
  public extensions(subnet: Value): Route[] {
    return this.of(subnet).filter(route => !['igw', 'carrier gateway'].includes(route.kind));
  }

  private of(subnet: Value): Route[] {
    return this.bySubnet.get(keyOf(subnet)) ?? [];
  }

  private toRoutes(route: Resource): Route[] {
    return this.resolver.variants(route.properties, [...DESTINATIONS, 'GatewayId', ...Object.keys(TARGETS)], route).flatMap(variant => {
      const destinationText = DESTINATIONS.flatMap(path => variant[path] ?? []).map(describe).join(', ');
      const destination = parseCidr(destinationText);
      const internet = variant.GatewayId === undefined ? [] : [{ kind: gatewayKind(variant.GatewayId), gateway: describe(variant.GatewayId) }];
      const others = Object.entries(TARGETS).flatMap(([path, kind]) => {
        const gateway = variant[path];
        return gateway === undefined ? [] : [{ kind, gateway: describe(gateway) }];
      });
      return [...internet, ...others].map(target => ({ ...target, destination, destinationText }));
    });
  }
}

/** One name for a resource, wherever it is mentioned. */
export function keyOf(value: Value): string {
  return value.kind === 'resource' ? value.resource.key : value.text;
}

/** A gateway that cannot be told is taken for the internet's. */
function gatewayKind(gateway: Value): string {
  const isVpn = gateway.kind === 'resource' ? gateway.resource.type === 'AWS::EC2::VPNGateway' : /^(vgw-|local$)/.test(gateway.text);
  return isVpn ? 'vpn gateway' : 'igw';
}
