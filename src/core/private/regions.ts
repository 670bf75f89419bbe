import { Token } from 'aws-cdk-lib';
import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { matches, Rule } from './validation';

/**
 * Where CloudFront reads web ACLs and certificates and has its metrics (CloudFront developer guide), and Route 53 those of its
 * health checks (Route 53 developer guide, "Monitoring health checks using CloudWatch").
 */
export const US_EAST_1 = 'us-east-1';

/** Origin Shield stands in a Region: which of them have it is AWS's to say, and changes. */
export const ORIGIN_SHIELD_RULE: Rule<{ readonly originShieldRegion?: string }> = matches('originShieldRegion', /^[a-z]{2}(-[a-z]+)+-\d$/,
  'must be the name of a Region', 'give one with Origin Shield, near the platform, such as \'us-east-1\'');

/** The Region of a certificate, as far as it is known: an imported one has it in its ARN, a new one is in its stack's. */
export function regionOfCertificate({ certificateArn, env }: ICertificate): string | undefined {
  if (!Token.isUnresolved(certificateArn)) return certificateArn.split(':')[3];
  return Token.isUnresolved(env.region) ? undefined : env.region;
}
