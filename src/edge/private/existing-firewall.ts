import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { BlockDescription, Tier } from '../../core';
import { identityOf } from '../../core/private/block-links';
import { Rule, validate } from '../../core/private/validation';
import { IFirewall, IWebFirewall } from '../contract';

const ARN = /^arn:[^:]+:wafv2:us-east-1:\d{12}:global\/webacl\/[^/]+\/[^/]+$/;

const RULES: Rule<{ webAclArn: string }>[] = [
  ({ webAclArn }) => Token.isUnresolved(webAclArn) || ARN.test(webAclArn) ? undefined
    : `'webAclArn' must be the ARN of a web ACL of scope CLOUDFRONT, got ${JSON.stringify(webAclArn)}: CloudFront takes web ACLs of us-east-1 and scope CLOUDFRONT, 'arn:aws:wafv2:us-east-1:<account>:global/webacl/<name>/<id>'`,
];

/** The choice of a web ACL that exists already. Its owner watches and logs it. */
export class ExistingFirewall implements IFirewall {
  constructor(private readonly webAclArn: string) {
    validate('Firewall.fromWebAclArn', { webAclArn }, RULES);
  }

  public bind(scope: Construct): IWebFirewall {
    return new AdoptedWebAcl(scope, this.webAclArn);
  }
}

class AdoptedWebAcl implements IWebFirewall {
  constructor(private readonly scope: Construct, public readonly webAclArn: string) {}

  /** Nothing to watch: metrics and alarms of an adopted web ACL are its owner's. */
  public monitorWith(): void {}

  public alarmWith(): void {}

  public describe(): BlockDescription {
    return {
      ...identityOf(this.scope),
      title: 'Web firewall',
      purpose: 'Refuses known attacks and floods before they reach the application; rules and logs are its owner\'s',
      tier: Tier.EDGE,
      facts: { webAcl: this.webAclArn },
    };
  }
}
