import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { IVpc, Peer, Port, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationListener, ApplicationLoadBalancer, ApplicationProtocol, HttpCodeElb, HttpCodeTarget, SslPolicy,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BlockDescription, EnvironmentProfile, IDescribable, IMonitorable, Tier } from '../core';
import { originFacingPrefixList } from './private/prefix-lists';
import { acknowledge } from '../core/private/acknowledge';
import { closedSecurityGroup } from '../core/private/closed-security-group';
import { pathInStack } from '../core/private/naming';

/** Requests per minute below which a share of failures says nothing. */
const MIN_REQUESTS = 20;
/** All that was asked: requests that were sent to a unit, and failures of the balancer's own. */
const TOTAL = 'FILL(requests, 0) + FILL(balancer, 0)';

/** The ports that CloudFront asks a VPC origin on, by its protocol. */
const [HTTP, HTTPS] = [80, 443];

/** What the internal load balancer needs. */
export interface LoadBalancerProps {
  readonly vpc: IVpc;
  readonly subnets: SubnetSelection;
  readonly profile: EnvironmentProfile;
  readonly accessLogs: IBucket;
  /** For HTTPS between CloudFront and the balancer; without it, HTTP. */
  readonly certificate?: ICertificate;
}

/** The platform's load balancer: internal, and open to CloudFront's addresses alone. */
export class LoadBalancer extends Construct implements IMonitorable, IDescribable {
  public readonly balancer: ApplicationLoadBalancer;
  public readonly listener: ApplicationListener;

  constructor(scope: Construct, id: string, private readonly props: LoadBalancerProps) {
    super(scope, id);
    this.balancer = this.createBalancer();
    this.listener = this.createListener();
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    const { metrics } = this.balancer;
    const factory = monitoring.createMetricFactory();
    const failed = factory.createMetricMath(
      // A handful of failures at night is not an outage. The balancer counts as requests only those that it had a unit for:
      // without any, it answers them all itself, and there is no number of requests.
      `IF((${TOTAL}) >= ${MIN_REQUESTS}, 100 * (FILL(application, 0) + FILL(balancer, 0)) / (${TOTAL}), 0)`,
      {
        requests: metrics.requestCount(),
        application: metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT),
        balancer: metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT),
      },
      '5xx answers of the application and the balancer',
    );
    const slowest = factory.adaptMetric(metrics.targetResponseTime({ statistic: 'p99' }));
    const alarm = {
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      // Without requests there is nothing to measure, and nothing wrong.
      treatMissingDataOverride: TreatMissingData.NOT_BREACHING,
    };
    monitoring.monitorCustom({
      humanReadableName: 'Load balancer',
      alarmFriendlyName: 'LoadBalancer',
      metricGroups: [{
        title: 'Failed requests (%)',
        metrics: [{
          metric: failed,
          alarmFriendlyName: 'Failed',
          addAlarm: { Critical: { ...alarm, threshold: 5, additionalDescription: 'More than 5 % of requests fail.' } },
        }],
      }, {
        title: 'Slowest 1 % of answers (s)',
        metrics: [{
          metric: slowest,
          alarmFriendlyName: 'Slow',
          addAlarm: { Warning: { ...alarm, threshold: 2, additionalDescription: 'One answer in a hundred takes longer than 2 s.' } },
        }],
      }],
    });
  }

  public describe(): BlockDescription {
    return {
      title: 'Load balancer',
      purpose: 'Spreads requests over the units, and takes out those that do not answer',
      tier: Tier.EDGE,
      facts: { scheme: 'internal', protocol: this.props.certificate === undefined ? 'HTTP' : 'HTTPS' },
    };
  }

  private createBalancer(): ApplicationLoadBalancer {
    const { vpc, subnets, profile, accessLogs } = this.props;
    const securityGroup = closedSecurityGroup(this, vpc, 'Load balancer');
    // One rule that never changes: the prefix list weighs 55 of the 60 rules that a group may hold, so a rule for another
    // port could not be made before this one goes. Of these ports only the listener's answers.
    securityGroup.addIngressRule(Peer.prefixList(originFacingPrefixList(this)), Port.tcpRange(HTTP, HTTPS), 'CloudFront');
    const balancer = new ApplicationLoadBalancer(this, 'Resource', {
      vpc,
      vpcSubnets: subnets,
      internetFacing: false,
      securityGroup,
      deletionProtection: profile.deletionProtection,
      dropInvalidHeaderFields: true,
    });
    balancer.setAttribute('access_logs.s3.enabled', 'true');
    balancer.setAttribute('access_logs.s3.bucket', accessLogs.bucketName);
    balancer.setAttribute('access_logs.s3.prefix', `alb/${pathInStack(this)}`);
    // Elastic Load Balancing writes a test object when the attribute is set: the bucket's policy must be there.
    balancer.node.addDependency(accessLogs.policy ?? accessLogs);
    acknowledge(balancer, ['ALBWAFEnabled'],
      'The web ACL stands at CloudFront, and only CloudFront reaches this internal balancer');
    return balancer;
  }

  /**
   * Each protocol has a listener of its own: when a domain comes or goes, the other one is there before CloudFront asks it,
   * and the first one goes after CloudFront has left it. Both send to the same target group meanwhile.
   */
  private createListener(): ApplicationListener {
    const { certificate } = this.props;
    if (certificate !== undefined) {
      return this.balancer.addListener('HttpsListener', {
        port: HTTPS, protocol: ApplicationProtocol.HTTPS, certificates: [certificate], sslPolicy: SslPolicy.TLS13_RES, open: false,
      });
    }
    acknowledge(this, ['ALBHttpToHttpsRedirection', 'ELBv2ACMCertificateRequired'],
      'Without a domain there is no name that a certificate could be for: viewers speak HTTPS to CloudFront, and CloudFront reaches the balancer within the VPC; with a domain this leg is HTTPS too');
    return this.balancer.addListener('Listener', { port: HTTP, protocol: ApplicationProtocol.HTTP, open: false });
  }
}
