import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { INetwork } from './contract';
import { CreatedNetwork, CreatedNetworkProps } from './created-network';
import { ExistingNetwork, ExistingNetworkProps } from './existing-network';

/** The network that a platform stands in. */
export class Network {
  /**
   * A new VPC: public subnets for NAT gateways alone, private subnets for the application, isolated subnets for data;
   * flow logs of all traffic, an S3 gateway endpoint, and a closed default security group. Without NAT gateways the
   * application reaches ECR, CloudWatch Logs, Secrets Manager and KMS by interface endpoints.
   *
   * @param props addresses and zones
   * @throws Error when the CIDR block is not private or not between /16 and /22, or not 2 to 5 zones are named; when
   * bound, if zones are of another Region or the profile has more than 5
   */
  public static create(props: CreatedNetworkProps = {}): INetwork {
    return new CreatedNetwork(props);
  }

  /**
   * A VPC that exists already, new in the app or imported. Nothing in it is changed.
   *
   * @param vpc the VPC
   * @param props which of its subnets to use
   * @throws Error, when bound, if a selection covers fewer than 2 zones or has a public subnet
   */
  public static fromVpc(vpc: IVpc, props: ExistingNetworkProps = {}): INetwork {
    return new ExistingNetwork(vpc, props);
  }

  private constructor() {}
}
