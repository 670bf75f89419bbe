import { Token } from 'aws-cdk-lib';
import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';

/** The Region of a certificate, as far as it is known: an imported one has it in its ARN, a new one is in its stack's. */
export function regionOfCertificate({ certificateArn, env }: ICertificate): string | undefined {
  if (!Token.isUnresolved(certificateArn)) return certificateArn.split(':')[3];
  return Token.isUnresolved(env.region) ? undefined : env.region;
}
