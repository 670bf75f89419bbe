import { AllocateCidrRequest, IIpAddresses, IpAddresses, RequestedSubnet, SubnetIpamOptions, VpcIpamOptions } from 'aws-cdk-lib/aws-ec2';
import { MOST_ZONES } from './zones';

/**
 * Gives each kind of subnet room for the most zones there can be, in use or not, so that adding or taking away a zone
 * moves no other: CDK packs the subnets, and a subnet whose addresses move is replaced, by one that overlaps another.
 * (CDK's `reservedAzs` gives the same addresses, but adds zones that do not exist to `vpc.availabilityZones`.)
 *
 * Three kinds for five zones are 15 of 16 equal blocks: a /16 has subnets of /20, a /22 of /26.
 */
export class FixedLayout implements IIpAddresses {
  private readonly addresses: IIpAddresses;

  constructor(cidr: string) {
    this.addresses = IpAddresses.cidr(cidr);
  }

  public allocateVpcCidr(): VpcIpamOptions {
    return this.addresses.allocateVpcCidr();
  }

  public allocateSubnetsCidr(request: AllocateCidrRequest): SubnetIpamOptions {
    const kinds = [...new Set(request.requestedSubnets.map(({ configuration }) => configuration))];
    const ofKinds = kinds.map(kind => request.requestedSubnets.filter(({ configuration }) => configuration === kind));
    const padded = ofKinds.flatMap(subnets => Array.from({ length: MOST_ZONES }, (_, zone): RequestedSubnet => subnets[zone] ?? subnets[0]));
    const { allocatedSubnets } = this.addresses.allocateSubnetsCidr({ ...request, requestedSubnets: padded });
    return {
      allocatedSubnets: ofKinds.flatMap((subnets, kind) => subnets.map((_, zone) => allocatedSubnets[kind * MOST_ZONES + zone])),
    };
  }
}
