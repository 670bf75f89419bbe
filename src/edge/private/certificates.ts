import { Stack, Token } from 'aws-cdk-lib';
import { Certificate, CertificateValidation, ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { IHostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { Companion } from './companion';
import { requireKnownBefore } from './deployed-before';
import { requireUsEast1 } from './us-east-1';
import { Domain } from '../../core';
import { regionOfCertificate } from '../../core/private/regions';

/** Longest first name of a certificate, in characters (ACM API, RequestCertificate: `DomainName`); alternative names may be longer. */
const MAX_FIRST_NAME = 64;

/** The certificates of a domain's name. */
export interface Certificates {
  /** In us-east-1, for CloudFront. */
  readonly viewer?: ICertificate;
  /** In the platform's Region, for the load balancer. */
  readonly origin?: ICertificate;
}

/**
 * The given certificates, and new ones in the domain's zone for those that are not given. In us-east-1 one serves both.
 *
 * @throws Error when a given one is in the wrong Region, the name is too long for a new one, or it cannot be validated before the
 * platform is there
 */
export function certificatesFor(scope: Construct, companion: Companion, domain?: Domain): Certificates {
  if (domain === undefined) return {};
  const { certificate, originCertificate, zone } = domain;
  requireRegion(scope, originCertificate);
  if (companion.isPlatform) {
    const viewer = certificate ?? (zone === undefined ? undefined : createIn(scope, domain, zone));
    return { viewer, origin: originCertificate ?? viewer };
  }
  return {
    viewer: certificate ?? (zone === undefined ? undefined : createInCompanion(scope, companion, domain, zone)),
    origin: originCertificate ?? (zone === undefined ? undefined : create(scope, domain, zone)),
  };
}

function createIn(scope: Construct, domain: Domain, zone: IHostedZone): ICertificate {
  requireUsEast1(scope, 'the certificate');
  return create(scope, domain, zone);
}

/** It is made before the platform's stack, which must not be asked for the zone, then. */
function createInCompanion(scope: Construct, companion: Companion, domain: Domain, zone: IHostedZone): ICertificate {
  if (Token.isUnresolved(zone.hostedZoneId)) {
    throw new Error(`[${scope.node.path}] 'zone' of the domain must be there before the platform, whose certificate in us-east-1 is validated in it, got one that is made together with the platform in ${Stack.of(scope).region}: make the zone by itself and import it by HostedZone.fromHostedZoneAttributes, or give the domain a 'certificate' of us-east-1`);
  }
  const slot = companion.slot('Domain');
  requireKnownBefore(slot, { '\'name\' of the domain': domain.name });
  return create(slot, domain, zone);
}

/** Of every name: CloudFront asks the balancer by the name that the viewer asked for, and refuses a certificate without it. */
function create(scope: Construct, { name: domainName, alternativeNames }: Domain, zone: IHostedZone): ICertificate {
  if (!Token.isUnresolved(domainName) && domainName.length > MAX_FIRST_NAME) {
    throw new Error(`[${scope.node.path}] 'name' of the domain must have at most ${MAX_FIRST_NAME} characters where a certificate is made for it, got ${domainName.length}: give 'certificate' and 'originCertificate' of Domain.inZone, requested for a shorter name with this one among its alternative names`);
  }
  return new Certificate(scope, 'Certificate', {
    domainName,
    subjectAlternativeNames: alternativeNames.length === 0 ? undefined : alternativeNames,
    validation: CertificateValidation.fromDns(zone),
  });
}

function requireRegion(scope: Construct, certificate?: ICertificate): void {
  if (certificate === undefined) return;
  const own = Stack.of(scope).region;
  const region = regionOfCertificate(certificate);
  if (Token.isUnresolved(own) || region === undefined || own === region) return;
  throw new Error(`[${scope.node.path}] 'originCertificate' of the domain must be in ${own}, where the load balancer is, got one in ${region}: request or import it there`);
}
