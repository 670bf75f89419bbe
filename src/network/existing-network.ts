import { ISubnet, IVpc, SubnetSelection, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Annotations, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { INetwork, IPlatformNetwork } from './contract';
import { BlockDescription, Tier } from '../core';
import { onePerZone } from './private/one-per-zone';
import { identityOf } from '../core/private/block-links';

/** Which subnets of an existing VPC a platform uses. */
export interface ExistingNetworkProps {
  /**
   * Where the application and the load balancer run, in at least 2 zones; of several in one zone the first is used, with a warning
   * (`cdk-platform-patterns:one-subnet-per-zone`), since a load balancer takes one. Public subnets are refused, and isolated ones
   * get a warning (`cdk-platform-patterns:no-egress`): tasks call AWS for their image, logs and secrets.
   *
   * @default - the private subnets with a way out
   */
  readonly workloadSubnets?: SubnetSelection;
  /**
   * Where databases and caches live, in at least 2 zones; of several in one zone the first is used, with a warning. Public subnets are refused.
   *
   * @default - the isolated subnets
   */
  readonly dataSubnets?: SubnetSelection;
}

const NO_EGRESS = 'cdk-platform-patterns:no-egress';

/** The choice of a VPC that exists already. */
export class ExistingNetwork implements INetwork {
  constructor(private readonly vpc: IVpc, private readonly props: ExistingNetworkProps) {}

  public bind(scope: Construct): IPlatformNetwork {
    const workloadSubnets = this.props.workloadSubnets ?? { subnetType: SubnetType.PRIVATE_WITH_EGRESS };
    const dataSubnets = this.props.dataSubnets ?? { subnetType: SubnetType.PRIVATE_ISOLATED };
    requireSubnets(scope, this.vpc, 'workloadSubnets', workloadSubnets, 'private subnets with a route to a NAT gateway');
    requireSubnets(scope, this.vpc, 'dataSubnets', dataSubnets, 'isolated subnets');
    refusePublic(scope, this.vpc, 'workloadSubnets', workloadSubnets,
      'select private subnets with a route to a NAT gateway, a task gets no public address and reaches nothing from a public subnet');
    refusePublic(scope, this.vpc, 'dataSubnets', dataSubnets,
      'select isolated or private subnets, a database is never reachable from the internet');
    warnOfIsolated(scope, this.vpc, workloadSubnets);
    return new AdoptedVpc(scope, this.vpc,
      onePerZone(scope, this.vpc, 'workloadSubnets', workloadSubnets), onePerZone(scope, this.vpc, 'dataSubnets', dataSubnets));
  }
}

class AdoptedVpc implements IPlatformNetwork {
  constructor(
    private readonly scope: Construct,
    public readonly vpc: IVpc,
    public readonly workloadSubnets: SubnetSelection,
    public readonly dataSubnets: SubnetSelection,
  ) {}

  /** Nothing to watch: the NAT gateways of an adopted VPC are its owner's. */
  public monitorWith(): void {}

  public describe(): BlockDescription {
    return {
      ...identityOf(this.vpc, this.scope),
      title: 'Network',
      purpose: 'An existing VPC; its routes, flow logs and default security group are its owner\'s',
      tier: Tier.NETWORK,
      facts: { vpc: this.vpc.node.path },
    };
  }
}

function requireSubnets(scope: Construct, vpc: IVpc, prop: string, selection: SubnetSelection, kind: string): void {
  if (Token.isUnresolved(vpc.availabilityZones)) {
    throw new Error(`[${scope.node.path}] 'vpc' must have zones and subnets that are known at synthesis, got lists that CloudFormation fills at deployment: look it up by Vpc.fromLookup, or name the zones in Vpc.fromVpcAttributes and take each subnet out of its list, such as Fn.select(0, ids)`);
  }
  const zones = new Set(subnetsOf(vpc, selection).map(subnet => subnet.availabilityZone)).size;
  // A VPC that is looked up has stand-in subnets on the first pass, before the look-up is done.
  if (zones < 2 && vpc.vpcId !== 'vpc-12345') {
    throw new Error(`[${scope.node.path}] '${prop}' must select subnets in at least 2 Availability Zones of the VPC, got ${zones}: add ${kind} to the VPC, or select others by Network.fromVpc(vpc, { ${prop}: … })`);
  }
}

function refusePublic(scope: Construct, vpc: IVpc, prop: string, selection: SubnetSelection, mend: string): void {
  const offending = among(vpc.publicSubnets, subnetsOf(vpc, selection));
  if (offending.length > 0) {
    throw new Error(`[${scope.node.path}] '${prop}' must not be public, got ${pathsOf(offending)}: ${mend}`);
  }
}

/** No error: whether the VPC has the interface endpoints, or a route by a transit gateway, is not known here. */
function warnOfIsolated(scope: Construct, vpc: IVpc, selection: SubnetSelection): void {
  const isolated = among(vpc.isolatedSubnets, subnetsOf(vpc, selection));
  if (isolated.length > 0) {
    Annotations.of(scope).addWarningV2(NO_EGRESS,
      `[${scope.node.path}] 'workloadSubnets' have no way out: ${pathsOf(isolated)}; tasks start only if the VPC has interface endpoints for ECR (api and dkr), CloudWatch Logs, Secrets Manager and KMS and a gateway endpoint for S3: add them and acknowledge this warning, or select private subnets with a route to a NAT gateway`);
  }
}

function among(kind: ISubnet[], subnets: ISubnet[]): ISubnet[] {
  const ids = new Set(kind.map(subnet => subnet.subnetId));
  return subnets.filter(subnet => ids.has(subnet.subnetId));
}

function pathsOf(subnets: ISubnet[]): string {
  return subnets.map(subnet => subnet.node.path).join(', ');
}

function subnetsOf(vpc: IVpc, selection: SubnetSelection): ISubnet[] {
  try {
    return vpc.selectSubnets(selection).subnets;
  } catch {
    // CDK throws when nothing matches; none is what our own error then says.
    return [];
  }
}
