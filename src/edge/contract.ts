import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { IHealthCheck } from 'aws-cdk-lib/aws-route53';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { EdgeRoute } from './route';
import { BindContext, Domain, EnvironmentProfile, IDescribable, IMonitorable, Runtime } from '../core';

/** What a firewall choice receives. */
export interface FirewallContext {
  /** Production or development, as numbers. */
  readonly profile: EnvironmentProfile;
  /** A customer-managed key of the scope's Region, for the logs. */
  readonly encryptionKey: IKey;
  /** What the applications behind it are written in. */
  readonly runtime: Runtime;
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
   * How many requests it answers by 5xx on purpose, as a waiting page does: they are no failures of the platform.
   *
   * @default - none: each answer of 5xx at the edge is a failure
   */
  readonly turnedAway?: IMetric;
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

/** The name that users reach a platform by. */
export interface EdgeName {
  /** The name, and the zone that keeps it. */
  readonly domain: Domain;
  /** Its certificate, in us-east-1. */
  readonly certificate: ICertificate;
}

/** How DNS leads to a platform whose users move over from elsewhere. */
export interface EdgeDns {
  /**
   * Percentage of DNS answers that name the platform, 0 to 100; the other answers are records that somebody else makes,
   * of the same name and another set identifier than `platform`.
   *
   * @default 100
   */
  readonly share?: number;
  /**
   * Whether DNS names the platform's IPv6 addresses too. Below a share of 100 that takes a record of the other side:
   * otherwise every user with IPv6 is sent to the platform.
   *
   * @default - true at a share of 100, false below it
   */
  readonly ipv6?: boolean;
  /**
   * The health check that the platform's records hang on.
   *
   * @default - none: the records are answered in any case
   */
  readonly healthCheck?: IHealthCheck;
}

/** What an edge choice receives. */
export interface EdgeContext extends BindContext {
  /** What users may ask for, the first that matches before the others; the last is for `*`. */
  readonly routes: EdgeRoute[];
  /** What the applications behind it are written in. */
  readonly runtime: Runtime;
  /** The platform's internal load balancer: the origin of each route that names no other. */
  readonly loadBalancer: IApplicationLoadBalancer;
  /**
   * Whether the load balancer speaks HTTPS, with a certificate for the domain's name.
   *
   * @default false
   */
  readonly httpsToOrigin?: boolean;
  /** ARN of the web ACL that stands in front. */
  readonly webAclArn: string;
  /**
   * What the web ACL is of.
   *
   * @default - not known: the edge does not say who judges its requests
   */
  readonly firewall?: IDescribable;
  /**
   * How many requests the web ACL answers by 5xx on purpose, as a waiting page does: they are no failures of the platform.
   *
   * @default - none: each answer of 5xx is a failure
   */
  readonly turnedAway?: IMetric;
  /** Receives the access logs. */
  readonly accessLogs: IBucket;
  /**
   * The name that users reach the platform by.
   *
   * @default - the name that AWS gives
   */
  readonly name?: EdgeName;
  /**
   * How DNS leads to the platform, when it keeps the name.
   *
   * @default - every answer names the platform
   */
  readonly dns?: EdgeDns;
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
   * The web firewall before it, which the platform makes first, where CloudFront reads it.
   *
   * @default Firewall.managed() - AWS's managed rules and a rate limit
   */
  readonly firewall?: IFirewall;
  /**
   * Creates the edge.
   *
   * @param scope the namespace that the platform gives
   * @param context the origins, the web ACL, the name and the log bucket
   */
  bind(scope: Construct, context: EdgeContext): IPlatformEdge;
}
