import {
  FlowLogDestination, FlowLogTrafficType, GatewayVpcEndpointAwsService, IpAddresses, SubnetSelection, SubnetType, Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Fn, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { INetwork, IPlatformNetwork, NetworkContext } from './contract';
import { BlockDescription, Tier } from '../core';
import { closeDefaultSecurityGroup } from './private/default-security-group';
import { acknowledge } from '../core/private/acknowledge';
import { managedPolicyRole } from '../core/private/managed-policy-role';
import { matches, Rule, validate } from '../core/private/validation';

/** Options of a new network. */
export interface CreatedNetworkProps {
  /**
   * Addresses of the VPC in CIDR notation, `/16` to `/24`.
   *
   * @default '10.0.0.0/16' - 65,536 addresses
   */
  readonly cidr?: string;
  /**
   * Names of the Availability Zones. CloudFront's VPC origins are not offered in every zone (in us-east-1 not in
   * `use1-az3`): name zones where they are when the defaults hit one where they are not.
   *
   * @default - the first zones of the Region, as many as the profile says
   */
  readonly availabilityZones?: string[];
}

const OCTET = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';

const RULES: Rule<CreatedNetworkProps>[] = [
  matches('cidr', new RegExp(`^(${OCTET}\\.){3}${OCTET}/(1[6-9]|2[0-4])$`), 'must be a CIDR block between /16 and /24',
    'give a private range that no connected network uses, such as \'10.20.0.0/16\''),
  ({ availabilityZones: zones }) => zones === undefined || new Set(zones).size >= 2 ? undefined
    : `'availabilityZones' must name at least 2 different zones, got ${JSON.stringify(zones)}: the load balancer and the database need two`,
];

/** The choice of a new network. */
export class CreatedNetwork implements INetwork {
  constructor(private readonly props: CreatedNetworkProps) {
    validate('Network.create', props, RULES);
  }

  public bind(scope: Construct, context: NetworkContext): IPlatformNetwork {
    return new PlatformVpc(scope, 'Vpc', this.props, context);
  }
}

/** A VPC with public, private and isolated subnets, flow logs, and a closed default security group. */
class PlatformVpc extends Construct implements IPlatformNetwork {
  public readonly vpc: Vpc;
  public readonly workloadSubnets: SubnetSelection = { subnetGroupName: 'Application' };
  public readonly dataSubnets: SubnetSelection = { subnetGroupName: 'Data' };

  constructor(scope: Construct, id: string, props: CreatedNetworkProps, private readonly context: NetworkContext) {
    super(scope, id);
    const { profile, encryptionKey } = context;
    this.vpc = new Vpc(this, 'Resource', {
      ipAddresses: IpAddresses.cidr(props.cidr ?? '10.0.0.0/16'),
      availabilityZones: props.availabilityZones ?? firstZones(profile.availabilityZones),
      natGateways: profile.natGateways,
      // Done below without an asset, so that the template needs no bootstrap.
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        { name: 'Public', subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
        { name: 'Application', subnetType: profile.natGateways > 0 ? SubnetType.PRIVATE_WITH_EGRESS : SubnetType.PRIVATE_ISOLATED },
        { name: 'Data', subnetType: SubnetType.PRIVATE_ISOLATED },
      ],
      gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
    });
    closeDefaultSecurityGroup(this, this.vpc, encryptionKey);
    this.recordFlows();
    acknowledge(this.vpc, ['VPCNoUnrestrictedRouteToIGW'],
      'Public subnets hold nothing but the NAT gateways, which the application needs to call other services; no subnet gives out public addresses');
    acknowledge(this.vpc, ['VPCDefaultSecurityGroupClosed'],
      'Closed by a custom resource on every creation; CloudFormation cannot show it in the template');
  }

  public describe(): BlockDescription {
    return {
      title: 'Network',
      purpose: 'Keeps the application and its data apart from the internet',
      tier: Tier.NETWORK,
      facts: {
        zones: String(this.vpc.availabilityZones.length),
        natGateways: String(this.context.profile.natGateways),
        flowLogs: 'all traffic',
      },
    };
  }

  private recordFlows(): void {
    const { profile, encryptionKey } = this.context;
    const logGroup = new LogGroup(this, 'FlowLogs', {
      encryptionKey,
      retention: profile.logRetention,
      removalPolicy: profile.destroysData ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const role = managedPolicyRole(this, 'FlowLogsRole', 'vpc-flow-logs.amazonaws.com');
    this.vpc.addFlowLog('FlowLog', {
      destination: FlowLogDestination.toCloudWatchLogs(logGroup, role),
      trafficType: FlowLogTrafficType.ALL,
    });
  }
}

/** The first zones of the Region, left to CloudFormation: a look-up would need credentials when the app is synthesized. */
function firstZones(count: number): string[] {
  return Array.from({ length: count }, (_, index) => Fn.select(index, Fn.getAzs()));
}
