import { IFirewall } from './contract';
import { ExistingFirewall } from './existing-firewall';
import { ManagedFirewall, ManagedFirewallProps } from './managed-firewall';

/** Web firewalls that a platform can choose from. */
export class Firewall {
  /**
   * A new web ACL with AWS's managed rules for PHP applications, a rate limit for each address, and its log.
   *
   * @param props the rate limit
   * @throws Error when the limit is out of its range
   */
  public static managed(props: ManagedFirewallProps = {}): IFirewall {
    return new ManagedFirewall(props);
  }

  /**
   * A web ACL that exists already, of scope `CLOUDFRONT`.
   *
   * @param webAclArn its ARN
   * @throws Error when the ARN is not of such a web ACL
   */
  public static fromWebAclArn(webAclArn: string): IFirewall {
    return new ExistingFirewall(webAclArn);
  }

  private constructor() {}
}
