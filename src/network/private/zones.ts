import { CfnSubnet, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Fn, Lazy, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** Zones that a network has room for: as many as us-east-1 has with VPC origins, and no other Region has more. */
export const MOST_ZONES = 5;

/**
 * Zones that CloudFront's VPC origins reach, of the Regions that have others too: all but `use1-az3`, `usw1-az2`,
 * `apne1-az3` and `cac1-az3` (CloudFront developer guide, "Restrict access with VPC origins", supported Regions). The id
 * means the same zone in every account; a name does not.
 */
const VPC_ORIGIN_ZONES: { readonly [region: string]: string[] } = {
  'us-east-1': ['use1-az1', 'use1-az2', 'use1-az4', 'use1-az5', 'use1-az6'],
  'us-west-1': ['usw1-az1', 'usw1-az3'],
  'ap-northeast-1': ['apne1-az1', 'apne1-az2', 'apne1-az4'],
  'ca-central-1': ['cac1-az1', 'cac1-az2', 'cac1-az4'],
};

/** The zones of a network: their names, and where those are not known before the deployment their ids. */
export interface Zones {
  /** Names, or tokens for them. */
  readonly names: string[];
  /** Places the subnets of a new VPC in the zones. */
  place(vpc: Vpc): void;
}

/**
 * Decides on the zones of a new network without a look-up, which would need credentials when the app is synthesized.
 *
 * @throws Error when the zones are more than a network has room for, or are not in the stack's Region
 */
export function zonesOf(scope: Construct, count: number, named?: string[]): Zones {
  const { region } = Stack.of(scope);
  if (named !== undefined) {
    requireRegion(scope, region, named);
    return { names: named, place: () => {} };
  }
  const ids = VPC_ORIGIN_ZONES[region] as string[] | undefined;
  const most = ids?.length ?? MOST_ZONES;
  if (count > most) {
    throw new Error(`[${scope.node.path}] 'profile.availabilityZones' must be at most ${most} for a new network, got ${count}: CloudFront's VPC origins reach ${most} zones of ${ids === undefined ? 'us-east-1' : region}; give the profile fewer`);
  }
  return ids === undefined
    ? { names: Array.from({ length: count }, (_, index) => Fn.select(index, Fn.getAzs())), place: () => {} }
    : byId(ids.slice(0, count));
}

/** The names are read back from the public subnets, one of which is in each zone. */
function byId(ids: string[]): Zones {
  const publicSubnets: CfnSubnet[] = [];
  const names = ids.map((_, index) => Lazy.string({ produce: () => publicSubnets[index].attrAvailabilityZone }));
  return {
    names,
    place: vpc => {
      publicSubnets.push(...vpc.publicSubnets.map(subnet => subnet.node.defaultChild as CfnSubnet));
      for (const subnet of vpc.node.children.filter(child => child instanceof Subnet)) {
        const resource = subnet.node.defaultChild as CfnSubnet;
        resource.availabilityZone = undefined;
        resource.availabilityZoneId = ids[names.indexOf(subnet.availabilityZone)];
      }
    },
  };
}

function requireRegion(scope: Construct, region: string, zones: string[]): void {
  if (Token.isUnresolved(region)) return;
  const known = new RegExp(`^${region}[a-z]$`);
  const others = zones.filter(zone => !Token.isUnresolved(zone) && !known.test(zone));
  if (others.length > 0) {
    throw new Error(`[${scope.node.path}] 'availabilityZones' must be zones of ${region}, the Region of the stack, got ${JSON.stringify(others)}: give names such as '${region}a'`);
  }
}
