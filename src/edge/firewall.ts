import { IFirewall } from './contract';
import { ManagedFirewallProps } from './managed-firewall-props';
import { ExistingFirewall } from './private/existing-firewall';
import { ManagedFirewall } from './private/managed-firewall';

/** Web firewalls that a platform can choose from. */
export class Firewall {
  /**
   * A new web ACL with AWS's managed rules, those for the application's runtime among them, a rate limit for each address, and its log.
   *
   * @param props limits, lists of addresses, rules that count only, exceptions from rules, and a waiting page
   * @throws Error when a prop is out of its range, an address is none, or a path of an exception is none
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
