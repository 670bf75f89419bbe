import { IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { EnvironmentProfile, IDescribable, IMonitorable } from '../core';

/** What a network choice receives. */
export interface NetworkContext {
  /** Production or development, as numbers. */
  readonly profile: EnvironmentProfile;
  /** The platform's customer-managed key, for the flow logs. */
  readonly encryptionKey: IKey;
}

/** The network that a platform stands in. */
export interface IPlatformNetwork extends IMonitorable, IDescribable {
  /** The VPC. */
  readonly vpc: IVpc;
  /** Where the application and the load balancer run: private subnets, one in each of at least 2 zones. */
  readonly workloadSubnets: SubnetSelection;
  /** Where databases and caches live: private subnets, one in each of at least 2 zones, without a route to the internet when the VPC has such. */
  readonly dataSubnets: SubnetSelection;
  /**
   * Where its flow logs are written, in their default format: queries are saved for them.
   *
   * @default - not known: no queries
   */
  readonly logGroup?: ILogGroup;
}

/** A network, new or existing. Bring your own by implementing it. */
export interface INetwork {
  /**
   * Creates or adopts the network.
   *
   * @param scope the namespace that the platform gives
   * @param context the profile and the key
   */
  bind(scope: Construct, context: NetworkContext): IPlatformNetwork;
}
