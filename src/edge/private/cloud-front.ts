import { Distribution, HttpVersion, IDistribution, SecurityPolicyProtocol } from 'aws-cdk-lib/aws-cloudfront';
import { Stack, Token } from 'aws-cdk-lib/core';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BlockDescription, Tier } from '../../core';
import { identityOf } from '../../core/private/block-links';
import { CLOUD_FRONT_RULES, CloudFrontProps, PAGE_CACHING_RULES } from '../cloud-front-props';
import { EdgeContext, IEdge, IFirewall, IPlatformEdge } from '../contract';
import { RouteKind } from '../route';
import { Behaviors } from './behaviors';
import { invocationsOf, monitorDistribution } from './distribution-alarms';
import { createDnsRecords } from './dns-records';
import { linksOfEdge } from './edge-links';
import { maintenanceFunctionName } from './functions/maintenance';
import { errorResponses } from './maintenance-page';
import { defaultStaticPaths, ROUTE_RULES, STATIC_RULES } from './routes';
import { alarmsInUsEast1, warnOfUnknownRegion } from './us-east-1';
import { acknowledge } from '../../core/private/acknowledge';
import { pathInStack } from '../../core/private/naming';
import { validate } from '../../core/private/validation';

/** The choice of a CloudFront distribution. */
export class CloudFrontEdge implements IEdge {
  public readonly firewall?: IFirewall;

  constructor(private readonly props: CloudFrontProps) {
    this.firewall = props.firewall;
    validate('Edge.cloudFront', props, CLOUD_FRONT_RULES);
    if (props.pageCaching !== undefined) validate('Edge.cloudFront.pageCaching', props.pageCaching, PAGE_CACHING_RULES);
  }

  public bind(scope: Construct, context: EdgeContext): IPlatformEdge {
    return new CloudFrontDistribution(scope, 'CloudFront', this.props, context);
  }
}

/** CloudFront: the only way in. */
class CloudFrontDistribution extends Construct implements IPlatformEdge {
  public readonly distribution: Distribution;

  constructor(scope: Construct, id: string, private readonly props: CloudFrontProps, private readonly context: EdgeContext) {
    super(scope, id);
    validate(this.node.path, context, ROUTE_RULES);
    validate(this.node.path, { routes: context.routes, staticPaths: props.staticPaths ?? defaultStaticPaths(context.routes) }, STATIC_RULES);
    if (Token.isUnresolved(Stack.of(this).region)) warnOfUnknownRegion(this, 'the distribution\'s alarms');
    this.distribution = this.createDistribution();
    createDnsRecords(this, this.distribution, context);
    this.acknowledgeFor(this.distribution);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    this.watch(monitoring, this.distribution, alarmsInUsEast1(monitoring));
  }

  public alarmWith(monitoring: MonitoringFacade, distribution: IDistribution): void {
    this.watch(monitoring, distribution, true);
  }

  public describe(): BlockDescription {
    const { name, routes } = this.context;
    return {
      ...identityOf(this),
      title: 'Content delivery',
      purpose: 'Answers near the user, and is the only way in',
      tier: Tier.EDGE,
      talksTo: linksOfEdge(this.context),
      facts: {
        name: name?.domain.name ?? 'the distribution\'s own',
        ...name === undefined || name.domain.alternativeNames.length === 0 ? {} : { otherNames: name.domain.alternativeNames.join(', ') },
        ...Object.fromEntries(routes.map(({ pathPattern, from }) => [pathPattern, `from ${from}`])),
      },
    };
  }

  private watch(monitoring: MonitoringFacade, distribution: IDistribution, alarms: boolean): void {
    const { turnedAway } = this.context;
    monitorDistribution(monitoring, {
      distribution,
      alarms,
      additionalMetrics: this.props.additionalMetrics ?? false,
      // Also while there is none: whoever switches maintenance on or off is not told of the minutes before.
      closed: { maintenance: invocationsOf(maintenanceFunctionName(this)), ...turnedAway === undefined ? {} : { waiting: turnedAway } },
    });
  }

  private createDistribution(): Distribution {
    const { name, webAclArn, accessLogs, routes } = this.context;
    const { priceClass, geoRestriction } = this.props;
    return new Distribution(this, 'Resource', {
      comment: this.node.path,
      ...(name === undefined ? {} : {
        domainNames: [name.domain.name, ...name.domain.alternativeNames],
        certificate: name.certificate,
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
      ...new Behaviors(this, this.props, this.context).all,
      errorResponses: errorResponses(this.props.maintenancePage !== undefined && routes.every(({ kind }) => kind !== RouteKind.API)),
      webAclId: webAclArn,
      httpVersion: HttpVersion.HTTP2_AND_3,
      enableIpv6: true,
      priceClass,
      geoRestriction,
      enableLogging: true,
      logBucket: accessLogs,
      logFilePrefix: `cloudfront/${pathInStack(this)}/`,
      logIncludesCookies: false,
      publishAdditionalMetrics: this.props.additionalMetrics,
    });
  }

  private acknowledgeFor(distribution: Distribution): void {
    if (this.props.geoRestriction === undefined) {
      acknowledge(distribution, ['AwsSolutions-CFR1'], 'Users are anywhere; a country is blocked by a decision of the business');
    }
    if (this.context.name === undefined) {
      acknowledge(distribution, ['AwsSolutions-CFR4'], 'CloudFront sets the protocols of its own domain name; with a domain it is TLS 1.2 and newer');
    }
  }
}
