import { SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { certificateFor } from './certificates';
import { IEdge, IFirewall, IPlatformEdge, IWebFirewall } from './contract';
import { Edge } from './edge';
import { Firewall } from './firewall';
import { LoadBalancer } from './load-balancer';
import { BindContext, Domain, IMediaLibrary, IWebWorkload } from '../core';

/** What the way in to a platform is made of. */
export interface FrontDoorProps {
  readonly context: BindContext;
  readonly subnets: SubnetSelection;
  readonly workload: IWebWorkload;
  readonly media: IMediaLibrary;
  readonly accessLogs: IBucket;
  readonly domain?: Domain;
  readonly firewall?: IFirewall;
  readonly edge?: IEdge;
}

/** The way in: DNS and certificate, then the edge with its firewall, then the load balancer, then the workload. */
export interface FrontDoor {
  readonly edge: IPlatformEdge;
  readonly firewall: IWebFirewall;
  readonly loadBalancer: LoadBalancer;
}

/** Makes the way in, each part in a namespace of its own below the platform. */
export function createFrontDoor(platform: Construct, props: FrontDoorProps): FrontDoor {
  const { context, subnets, workload, media, accessLogs, domain } = props;
  const slot = (name: string) => new Construct(platform, name);
  const certificate = certificateFor(slot('Domain'), domain);
  const loadBalancer = new LoadBalancer(platform, 'LoadBalancer', { ...context, subnets, accessLogs, certificate });
  workload.registerWith(loadBalancer.listener);
  const firewall = (props.firewall ?? Firewall.managed()).bind(slot('Firewall'), context);
  const edge = (props.edge ?? Edge.cloudFront()).bind(slot('ContentDelivery'), {
    ...context,
    loadBalancer: loadBalancer.balancer,
    media,
    webAclArn: firewall.webAclArn,
    accessLogs,
    domain,
    certificate,
    httpsToOrigin: certificate !== undefined,
  });
  return { edge, firewall, loadBalancer };
}
