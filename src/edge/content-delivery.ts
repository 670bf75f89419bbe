import { Certificate, CertificateValidation, ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods, BehaviorOptions, CachePolicy, CfnVpcOrigin, Distribution, HttpVersion, IOrigin, OriginProtocolPolicy,
  OriginRequestHeaderBehavior, OriginRequestPolicy, OriginRequestQueryStringBehavior, ResponseHeadersPolicy,
  SecurityPolicyProtocol, ViewerProtocolPolicy, VpcOrigin, VpcOriginEndpoint,
} from 'aws-cdk-lib/aws-cloudfront';
import { VpcOrigin as VpcOriginOf } from 'aws-cdk-lib/aws-cloudfront-origins';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { AaaaRecord, ARecord, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { IWebFirewall } from './contract';
import { BlockDescription, Domain, IDescribable, IMediaLibrary, IMonitorable, Tier } from '../core';
import { requireUsEast1 } from './private/us-east-1';
import { acknowledge } from '../core/private/acknowledge';
import { nameInAccount, pathInStack } from '../core/private/naming';

/** What the content-delivery network needs. */
export interface ContentDeliveryProps {
  readonly vpc: IVpc;
  readonly loadBalancer: IApplicationLoadBalancer;
  readonly media: IMediaLibrary;
  readonly firewall: IWebFirewall;
  readonly accessLogs: IBucket;
  readonly domain?: Domain;
  readonly certificate?: ICertificate;
}

/** Longest that CloudFront waits for an answer; the quota without a request to AWS is 60 s. */
const READ_TIMEOUT = Duration.seconds(60);
/** Below the idle timeout of the load balancer (60 s), so that CloudFront never writes to a closed connection. */
const KEEP_ALIVE = Duration.seconds(55);
/** Longest name of a VPC origin (CloudFront API reference). */
const MAX_ORIGIN_NAME = 64;
/** Longest name of an origin request policy (CloudFront API reference). */
const MAX_NAME = 128;
/** Static files that the application serves itself. */
const STATIC_PATH = '/static/*';

/** CloudFront: the only way in. Media comes from its library, all else from the application. */
export class ContentDelivery extends Construct implements IMonitorable, IDescribable {
  public readonly distribution: Distribution;

  constructor(scope: Construct, id: string, private readonly props: ContentDeliveryProps) {
    super(scope, id);
    requireUsEast1(this, 'the distribution\'s alarms', 'CloudFront keeps its metrics');
    this.distribution = this.createDistribution();
    this.createRecords();
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitoring.monitorCloudFrontDistribution({
      distribution: this.distribution,
      humanReadableName: 'Edge',
      alarmFriendlyName: 'Edge',
      // In percent, as CloudFront reports it.
      addFault5xxRate: { Critical: { maxErrorRate: 5, evaluationPeriods: 3, datapointsToAlarm: 3 } },
    });
  }

  public describe(): BlockDescription {
    const { domain, media } = this.props;
    return {
      title: 'Content delivery',
      purpose: 'Answers near the user, and is the only way in',
      tier: Tier.EDGE,
      facts: {
        'name': domain?.name ?? 'the distribution\'s own',
        [media.pathPattern]: 'from the media library',
        '*': 'from the application',
      },
    };
  }

  private createDistribution(): Distribution {
    const { domain, certificate, firewall, accessLogs, media } = this.props;
    const application = this.applicationBehavior();
    const distribution = new Distribution(this, 'Distribution', {
      comment: this.node.path,
      ...(domain === undefined ? {} : {
        domainNames: [domain.name],
        certificate,
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
      defaultBehavior: application,
      additionalBehaviors: {
        [media.pathPattern]: this.mediaBehavior(application),
        // The library's paths are the library's, should they be these.
        ...(media.pathPattern === STATIC_PATH ? {} : {
          [STATIC_PATH]: this.staticBehavior(application),
        }),
      },
      webAclId: firewall.webAclArn,
      httpVersion: HttpVersion.HTTP2_AND_3,
      enableIpv6: true,
      enableLogging: true,
      logBucket: accessLogs,
      logFilePrefix: `cloudfront/${pathInStack(this)}/`,
      logIncludesCookies: false,
    });
    this.acknowledgeFor(distribution);
    return distribution;
  }

  private applicationBehavior(): BehaviorOptions {
    return {
      origin: this.applicationOrigin(),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      // A page may be about one user: nothing is cached that the application did not put under a static path.
      cachePolicy: CachePolicy.CACHING_DISABLED,
      // With CloudFront's own headers: `CloudFront-Forwarded-Proto` tells the application that its viewer speaks HTTPS.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_AND_CLOUDFRONT_2022,
      responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
      compress: true,
    };
  }

  /** Cached as long as the library says; from the application when the library has no origin of its own. */
  private mediaBehavior(application: BehaviorOptions): BehaviorOptions {
    const { origin = application.origin, trustedKeyGroups } = this.props.media;
    return {
      origin,
      trustedKeyGroups,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
    };
  }

  /** Cached, and asked for without cookies: an answer that is kept for all must not be about one user. */
  private staticBehavior(application: BehaviorOptions): BehaviorOptions {
    return {
      ...application,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      originRequestPolicy: new OriginRequestPolicy(this, 'StaticFiles', {
        originRequestPolicyName: nameInAccount(this, MAX_NAME),
        headerBehavior: OriginRequestHeaderBehavior.allowList('Host'),
        queryStringBehavior: OriginRequestQueryStringBehavior.all(),
      }),
    };
  }

  /**
   * CloudFront refuses every change of a VPC origin that a distribution uses, be it of a tag. So it has no tags, and
   * another protocol makes another origin, which the distribution takes before the first one goes.
   */
  private applicationOrigin(): IOrigin {
    const { vpc, loadBalancer, certificate } = this.props;
    const protocol = certificate === undefined ? OriginProtocolPolicy.HTTP_ONLY : OriginProtocolPolicy.HTTPS_ONLY;
    const holder = new Construct(this, certificate === undefined ? 'HttpOrigin' : 'HttpsOrigin');
    const origin = new VpcOrigin(holder, 'Resource', {
      endpoint: VpcOriginEndpoint.applicationLoadBalancer(loadBalancer),
      vpcOriginName: nameInAccount(holder, MAX_ORIGIN_NAME),
      protocolPolicy: protocol,
    });
    (origin.node.defaultChild as CfnVpcOrigin).addPropertyDeletionOverride('Tags');
    // It is refused while no internet gateway is attached to the VPC, though no traffic goes through that. The group
    // `internetConnectivityEstablished` of CDK holds the gateway alone, without its attachment.
    const attachment = vpc.node.tryFindChild('VPCGW');
    if (attachment !== undefined) origin.node.addDependency(attachment);
    return VpcOriginOf.withVpcOrigin(origin, { readTimeout: READ_TIMEOUT, keepaliveTimeout: KEEP_ALIVE });
  }

  private createRecords(): void {
    const { domain } = this.props;
    if (domain?.zone === undefined) return;
    const record = { zone: domain.zone, recordName: domain.name, target: RecordTarget.fromAlias(new CloudFrontTarget(this.distribution)) };
    new ARecord(this, 'Ipv4', record);
    new AaaaRecord(this, 'Ipv6', record);
  }

  private acknowledgeFor(distribution: Distribution): void {
    acknowledge(distribution, ['AwsSolutions-CFR1'], 'Users are anywhere; a country is blocked by a decision of the business');
    if (this.props.domain === undefined) {
      acknowledge(distribution, ['AwsSolutions-CFR4'], 'CloudFront sets the protocols of its own domain name; with a domain it is TLS 1.2 and newer');
    }
  }
}

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
