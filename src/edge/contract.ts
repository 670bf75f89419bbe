import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { IHealthCheck } from 'aws-cdk-lib/aws-route53';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BindContext, Domain, EnvironmentProfile, IDescribable, IMediaLibrary, IMonitorable } from '../core';
import { IWebWorkload } from '../workload';

/** What a firewall choice receives. */
export interface FirewallContext {
  /** Production or development, as numbers. */
  readonly profile: EnvironmentProfile;
  /** A customer-managed key of the scope's Region, for the logs. */
  readonly encryptionKey: IKey;
}

/** A web firewall in front of a platform. */
export interface IWebFirewall extends IMonitorable, IDescribable {
  /** ARN of the web ACL, of scope `CLOUDFRONT`. */
  readonly webAclArn: string;
  /**
   * Where it writes what it did with each request, in us-east-1: queries are saved for it.
   *
   * @default - not known: no queries
   */
  readonly logGroup?: ILogGroup;
  /**
   * Adds the alarms on the web ACL's metrics, which are in us-east-1 alone. Called when the platform is in another Region,
   * where `monitorWith` can show those metrics and not alarm on them.
   *
   * @param monitoring a facade in us-east-1, without a dashboard
   */
  alarmWith(monitoring: MonitoringFacade): void;
}

/** A web firewall, new or existing. Bring your own by implementing it. */
export interface IFirewall {
  /**
   * Creates or adopts the firewall.
   *
   * @param scope the namespace that the platform gives, in us-east-1, where CloudFront reads web ACLs
   * @param context the profile and the key
   */
  bind(scope: Construct, context: FirewallContext): IWebFirewall;
}

/** What an edge choice receives. */
export interface EdgeContext extends BindContext {
  /** The platform's internal load balancer: where the application answers. */
  readonly loadBalancer: IApplicationLoadBalancer;
  /** The media library: its paths, and where they come from. */
  readonly media: IMediaLibrary;
  /** ARN of the web ACL that stands in front. */
  readonly webAclArn: string;
  /** Receives the access logs. */
  readonly accessLogs: IBucket;
  /**
   * The name that users reach the platform by.
   *
   * @default - the name that AWS gives
   */
  readonly domain?: Domain;
  /**
   * The certificate of the name, in us-east-1.
   *
   * @default - none: there is no name
   */
  readonly certificate?: ICertificate;
  /**
   * Whether the load balancer speaks HTTPS, with a certificate for the domain's name.
   *
   * @default false
   */
  readonly httpsToOrigin?: boolean;
  /**
   * Percentage of DNS answers that name the platform, 0 to 100; the other answers are records that somebody else makes,
   * of the same name and another set identifier than `platform`.
   *
   * @default 100
   */
  readonly dnsShare?: number;
  /**
   * Whether DNS names the platform's IPv6 addresses too. Below a share of 100 that takes a record of the other side:
   * otherwise every user with IPv6 is sent to the platform.
   *
   * @default - true at a share of 100, false below it
   */
  readonly dnsIpv6?: boolean;
  /**
   * The health check that the platform's records hang on.
   *
   * @default - none: the records are answered in any case
   */
  readonly dnsHealthCheck?: IHealthCheck;
}

/** What stands at the edge of a platform: the only way in. */
export interface IPlatformEdge extends IMonitorable, IDescribable {
  /** The distribution. */
  readonly distribution: IDistribution;
  /**
   * Adds the alarms on CloudFront's metrics, which are in us-east-1 alone. Called when the platform is in another Region,
   * where `monitorWith` can show those metrics and not alarm on them.
   *
   * @param monitoring a facade in us-east-1, without a dashboard
   * @param distribution the distribution, as a stack of us-east-1 knows it
   */
  alarmWith(monitoring: MonitoringFacade, distribution: IDistribution): void;
}

/** What stands at the edge of a platform. Bring your own by implementing it. */
export interface IEdge {
  /**
   * Creates the edge.
   *
   * @param scope the namespace that the platform gives
   * @param context the origins, the web ACL, the name and the log bucket
   */
  bind(scope: Construct, context: EdgeContext): IPlatformEdge;
}

/** Says whether the platform is well, while its users move over from elsewhere. */
export interface IDnsHealthCheck {
  /**
   * Makes the health check of the platform. Called once, when the workload is registered.
   *
   * It must not ask the distribution by its own name: pages are asked for with the viewer's name, and the load balancer's
   * certificate is for the domain's alone, so that CloudFront would answer 502.
   *
   * @param workload what answers behind the load balancer, with its target groups
   * @returns the check without which the platform's records are left out of the answers; nothing when no answer hangs on it
   */
  healthCheckOf(workload: IWebWorkload): IHealthCheck | undefined;
}
