import { Certificate, ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CertificateWatch } from './certificate-watch';
import { Certificates, certificatesFor } from './certificates';
import { Companion } from './companion';
import { LoadBalancer } from './load-balancer';
import { BindContext, Domain, Runtime } from '../../core';
import { EdgeContext, EdgeDns, IEdge, IPlatformEdge, IWebFirewall } from '../contract';
import { Edge } from '../edge';
import { Firewall } from '../firewall';
import { EdgeRoute } from '../route';

/** What the way in to a platform is made of. */
export interface FrontDoorProps {
  readonly context: BindContext;
  readonly companion: Companion;
  readonly subnets: SubnetSelection;
  readonly accessLogs: IBucket;
  readonly domain?: Domain;
  readonly edge?: IEdge;
}

/** For whom it is opened. */
export interface Opening {
  /** What users may ask for. */
  readonly routes: EdgeRoute[];
  /** What the applications are written in. */
  readonly runtime: Runtime;
  /** How DNS leads users here. */
  readonly dns?: EdgeDns;
}

/** Where users are let in, and where they are led. */
export interface OpenDoor {
  readonly edge: IPlatformEdge;
  readonly firewall: IWebFirewall;
  readonly loadBalancer: LoadBalancer;
  readonly certificates: CertificateWatch;
}

/**
 * The way in, from the inside out, each part in a namespace of its own below the platform, or below its place in us-east-1: the
 * certificates and the load balancer, which applications stand behind; then, when it is opened, the firewall and the edge.
 */
export class FrontDoor {
  /** Applications take their entries of it. */
  public readonly loadBalancer: LoadBalancer;
  private readonly names: Construct;
  private readonly certificates: Certificates;

  constructor(private readonly platform: Construct, private readonly props: FrontDoorProps) {
    const { context, companion, subnets, accessLogs, domain } = props;
    this.names = new Construct(platform, 'Domain');
    this.certificates = certificatesFor(this.names, companion, domain);
    this.loadBalancer = new LoadBalancer(platform, 'LoadBalancer', { ...context, subnets, accessLogs, certificate: this.certificates.origin });
  }

  /** Lets users in. */
  public open({ routes, runtime, dns }: Opening): OpenDoor {
    const { context, companion, accessLogs } = this.props;
    const { profile } = context;
    const { loadBalancer, certificates: { origin } } = this;
    const { edge: choice = Edge.cloudFront() } = this.props;
    const firewall = (choice.firewall ?? Firewall.managed()).bind(companion.slot('Firewall'), {
      profile, runtime, encryptionKey: companion.encryptionKey,
    });
    const { webAclArn, certificate } = this.bring(firewall);
    const edge = choice.bind(new Construct(this.platform, 'ContentDelivery'), {
      ...context,
      routes: routes.map(route => route.origin === undefined ? { ...route, block: loadBalancer } : route),
      runtime,
      dns,
      webAclArn,
      firewall,
      turnedAway: firewall.turnedAway,
      accessLogs,
      loadBalancer: loadBalancer.balancer,
      httpsToOrigin: origin !== undefined,
      name: this.nameWith(certificate),
    });
    // It asks the port of the listener, which is another one when a domain comes or goes: what leads on from there is to be there first.
    edge.distribution.node.addDependency(...loadBalancer.ready);
    return { edge, firewall, loadBalancer, certificates: new CertificateWatch({ viewer: certificate, origin }) };
  }

  private nameWith(certificate?: ICertificate): EdgeContext['name'] {
    const { domain } = this.props;
    return domain === undefined || certificate === undefined ? undefined : { domain, certificate };
  }

  /** What CloudFront reads in us-east-1, as the platform's stack names it. */
  private bring(firewall: IWebFirewall): { webAclArn: string; certificate?: ICertificate } {
    const { viewer } = this.certificates;
    const { WebAclArn, CertificateArn } = this.props.companion.bring({
      WebAclArn: firewall.webAclArn,
      ...viewer === undefined ? {} : { CertificateArn: viewer.certificateArn },
    });
    return {
      webAclArn: WebAclArn,
      certificate: CertificateArn === viewer?.certificateArn ? viewer : Certificate.fromCertificateArn(this.names, 'ViewerCertificate', CertificateArn),
    };
  }
}
