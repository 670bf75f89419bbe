import {
  FlowLogDestination, FlowLogTrafficType, GatewayVpcEndpointAwsService, NatProvider, SubnetSelection, SubnetType, Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { INetwork, IPlatformNetwork, NetworkContext } from './contract';
import { BlockDescription, Tier } from '../core';
import { closeDefaultSecurityGroup } from './private/default-security-group';
import { FixedLayout } from './private/fixed-layout';
import { addInterfaceEndpoints } from './private/interface-endpoints';
import { monitorNatGateways } from './private/nat-alarms';
import { withoutLookUp } from './private/without-look-up';
import { MOST_ZONES, zonesOf } from './private/zones';
import { acknowledge } from '../core/private/acknowledge';
import { identityOf } from '../core/private/block-links';
import { managedPolicyRole } from '../core/private/resources/managed-policy-role';
import { known, matches, Rule, validate } from '../core/private/validation';

/** Options of a new network. */
export interface CreatedNetworkProps {
  /**
   * Addresses of the VPC in CIDR notation, `/16` to `/22`, in a private range: `10.0.0.0/8`, `172.16.0.0/12`,
   * `192.168.0.0/16` (RFC 1918) or `100.64.0.0/10` (RFC 6598). Each subnet gets a sixteenth: 64 addresses of a `/22`,
   * where a load balancer needs 8 free ones (Elastic Load Balancing user guide) and each task takes one.
   *
   * @default '10.0.0.0/16' - 65,536 addresses
   */
  readonly cidr?: string;
  /**
   * Names of 2 to 5 Availability Zones of the stack's Region. CloudFront's VPC origins are not offered in every zone
   * (not in `use1-az3`, `usw1-az2`, `apne1-az3` and `cac1-az3`, whose names differ between accounts): name zones where they are.
   *
   * Addresses are laid out for 5 zones: a zone that is added at the end, or taken from there, moves no other. To put
   * another zone in the place of one replaces that zone's subnets, which CloudFormation refuses while they are in use.
   *
   * @default - as many as the profile says: of those with VPC origins, by their ids, in a Region that has others too; else the
   * first ones of the Region
   */
  readonly availabilityZones?: string[];
}

const OCTET = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
/** 10/8, 172.16/12, 192.168/16 and 100.64/10. */
const PRIVATE_START = `(10\\.${OCTET}|172\\.(1[6-9]|2\\d|3[01])|192\\.168|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7]))`;

const RULES: Rule<CreatedNetworkProps>[] = [
  known('cidr', 'the addresses of the subnets are worked out from it'),
  matches('cidr', new RegExp(`^${PRIVATE_START}\\.${OCTET}\\.${OCTET}/(1[6-9]|2[0-2])$`), 'must be a private CIDR block between /16 and /22',
    'give a range of RFC 1918 or RFC 6598 that no connected network uses, such as \'10.20.0.0/16\''),
  ({ availabilityZones: zones }) => zones === undefined || (new Set(zones).size === zones.length && zones.length >= 2 && zones.length <= MOST_ZONES)
    ? undefined
    : `'availabilityZones' must name 2 to ${MOST_ZONES} different zones, got ${JSON.stringify(zones)}: the load balancer and the database need two, and addresses are laid out for ${MOST_ZONES}`,
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
  public readonly logGroup: ILogGroup;
  public readonly vpc: Vpc;
  public readonly workloadSubnets: SubnetSelection = { subnetGroupName: 'Application' };
  public readonly dataSubnets: SubnetSelection = { subnetGroupName: 'Data' };
  /** CDK's own, at hand since it alone knows the gateways. */
  private readonly natGateways = NatProvider.gateway();

  constructor(scope: Construct, id: string, props: CreatedNetworkProps, private readonly context: NetworkContext) {
    super(scope, id);
    const { profile } = context;
    const cidr = props.cidr ?? '10.0.0.0/16';
    this.vpc = this.createVpc(cidr, props.availabilityZones);
    if (profile.natGateways === 0) addInterfaceEndpoints(this, this.vpc, this.workloadSubnets, cidr);
    closeDefaultSecurityGroup(this, this.vpc, context);
    this.logGroup = this.recordFlows();
    acknowledge(this.vpc, ['VPCNoUnrestrictedRouteToIGW'],
      'Public subnets hold nothing but the NAT gateways, which the application needs to call other services; no subnet gives out public addresses');
    acknowledge(this.vpc, ['VPCDefaultSecurityGroupClosed'],
      'Closed by a custom resource on every creation; CloudFormation cannot show it in the template');
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    if (this.context.profile.natGateways === 0) return;
    monitorNatGateways(monitoring, this.natGateways.configuredGateways.map(({ gatewayId }) => gatewayId));
  }

  public describe(): BlockDescription {
    return {
      ...identityOf(this),
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

  private createVpc(cidr: string, namedZones?: string[]): Vpc {
    const { availabilityZones, natGateways } = this.context.profile;
    const zones = zonesOf(this, availabilityZones, namedZones);
    const vpc = withoutLookUp(Stack.of(this), zones.names, () => new Vpc(this, 'Resource', {
      ipAddresses: new FixedLayout(cidr),
      availabilityZones: zones.names,
      natGateways,
      natGatewayProvider: this.natGateways,
      // Done above without an asset, so that the template needs no bootstrap.
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        { name: 'Public', subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
        { name: 'Application', subnetType: natGateways > 0 ? SubnetType.PRIVATE_WITH_EGRESS : SubnetType.PRIVATE_ISOLATED },
        { name: 'Data', subnetType: SubnetType.PRIVATE_ISOLATED },
      ],
      // Both cost nothing, and keep traffic to media and sessions within AWS.
      gatewayEndpoints: {
        S3: { service: GatewayVpcEndpointAwsService.S3 },
        DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB },
      },
    }));
    zones.place(vpc);
    return vpc;
  }

  private recordFlows(): ILogGroup {
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
    return logGroup;
  }
}
