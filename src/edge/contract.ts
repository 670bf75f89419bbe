import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { EnvironmentProfile, IDescribable, IMonitorable } from '../core';

/** What a firewall choice receives. */
export interface FirewallContext {
  /** Production or development, as numbers. */
  readonly profile: EnvironmentProfile;
  /** The platform's customer-managed key, for the logs. */
  readonly encryptionKey: IKey;
}

/** A web firewall in front of a platform. */
export interface IWebFirewall extends IMonitorable, IDescribable {
  /** ARN of the web ACL, of scope `CLOUDFRONT`. */
  readonly webAclArn: string;
}

/** A web firewall, new or existing. Bring your own by implementing it. */
export interface IFirewall {
  /**
   * Creates or adopts the firewall.
   *
   * @param scope the namespace that the platform gives
   * @param context the profile and the key
   */
  bind(scope: Construct, context: FirewallContext): IWebFirewall;
}
