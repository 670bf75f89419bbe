import { Certificate, ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { certificatesFor } from './certificates';
import { Companion } from './companion';
import { IWebWorkload } from '../../workload';
import { EdgeContext, IEdge, IFirewall, IPlatformEdge, IWebFirewall, IDnsHealthCheck } from '../contract';
import { Edge } from '../edge';
import { Firewall } from '../firewall';
import { CertificateWatch } from './certificate-watch';
import { LoadBalancer } from './load-balancer';
import { BindContext, Domain, IMediaLibrary } from '../../core';

/** How DNS leads to a platform whose users move over from elsewhere. */
export interface PlatformDns {
  readonly share: number;
  readonly ipv6: boolean;
  readonly healthCheck: IDnsHealthCheck;
}

/** What the way in to a platform is made of. */
export interface FrontDoorProps {
  readonly context: BindContext;
  readonly companion: Companion;
  readonly subnets: SubnetSelection;
  readonly workload: IWebWorkload;
  readonly media: IMediaLibrary;
  readonly accessLogs: IBucket;
  readonly domain?: Domain;
  readonly firewall?: IFirewall;
  readonly edge?: IEdge;
  readonly dns?: PlatformDns;
}

/** The way in: DNS and certificate, then the edge with its firewall, then the load balancer, then the workload. */
export interface FrontDoor {
  readonly edge: IPlatformEdge;
  readonly firewall: IWebFirewall;
  readonly loadBalancer: LoadBalancer;
  readonly certificates: CertificateWatch;
}

/** Makes the way in, each part in a namespace of its own below the platform, or below its place in us-east-1. */
export function createFrontDoor(platform: Construct, props: FrontDoorProps): FrontDoor {
  const { context, companion, subnets, workload, media, accessLogs, domain } = props;
  const names = new Construct(platform, 'Domain');
  const certificates = certificatesFor(names, companion, domain);
  const loadBalancer = new LoadBalancer(platform, 'LoadBalancer', { ...context, subnets, accessLogs, certificate: certificates.origin });
  workload.registerWith(loadBalancer.entry());
  const { profile } = context;
  const firewall = (props.firewall ?? Firewall.managed()).bind(companion.slot('Firewall'), { profile, encryptionKey: companion.encryptionKey });
  const { webAclArn, certificate } = bring(companion, names, firewall, certificates.viewer);
  const edge = (props.edge ?? Edge.cloudFront()).bind(new Construct(platform, 'ContentDelivery'), {
    ...context,
    dnsShare: props.dns?.share,
    dnsIpv6: props.dns?.ipv6,
    dnsHealthCheck: props.dns?.healthCheck.healthCheckOf(workload),
    loadBalancer: loadBalancer.balancer,
    media,
    webAclArn,
    accessLogs,
    domain,
    certificate,
    httpsToOrigin: certificates.origin !== undefined,
  });
  // It asks the port of the listener, which is another one when a domain comes or goes.
  edge.distribution.node.addDependency(loadBalancer.listener);
  return { edge, firewall, loadBalancer, certificates: new CertificateWatch({ viewer: certificate, origin: certificates.origin }) };
}

/** What CloudFront reads in us-east-1, as the platform's stack names it. */
function bring(companion: Companion, scope: Construct, firewall: IWebFirewall, viewer?: ICertificate): Pick<EdgeContext, 'webAclArn' | 'certificate'> {
  const { WebAclArn, CertificateArn } = companion.bring({
    WebAclArn: firewall.webAclArn,
    ...viewer === undefined ? {} : { CertificateArn: viewer.certificateArn },
  });
  return {
    webAclArn: WebAclArn,
    certificate: CertificateArn === viewer?.certificateArn ? viewer : Certificate.fromCertificateArn(scope, 'ViewerCertificate', CertificateArn),
  };
}
