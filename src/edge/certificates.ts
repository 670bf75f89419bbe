import { Certificate, CertificateValidation, ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Construct } from 'constructs';
import { Domain } from '../core';
import { requireUsEast1 } from './private/us-east-1';

/**
 * The certificate of the domain: the given one, or a new one in the domain's zone.
 *
 * @throws Error when a new one is needed and the stack is not in us-east-1
 */
export function certificateFor(scope: Construct, domain?: Domain): ICertificate | undefined {
  if (domain?.zone === undefined || domain.certificate !== undefined) return domain?.certificate;
  requireUsEast1(scope, 'the certificate');
  return new Certificate(scope, 'Certificate', {
    domainName: domain.name,
    validation: CertificateValidation.fromDns(domain.zone),
  });
}
