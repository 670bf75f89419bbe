import { Duration, Stack } from 'aws-cdk-lib';
import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { IVpc, Peer, Port, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { ApplicationListener, ApplicationLoadBalancer, ApplicationProtocol, ListenerAction, SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct, IDependable } from 'constructs';
import { monitorBalancer } from './balancer-alarms';
import { BalancerIndicators } from './balancer-indicators';
import { originFacingPrefixList } from './prefix-lists';
import { BlockDescription, EnvironmentProfile, IDescribable, IMonitorable, Tier } from '../../core';
import { acknowledge } from '../../core/private/acknowledge';
import { identityOf } from '../../core/private/block-links';
import { pathInStack } from '../../core/private/naming';
import { closedSecurityGroup } from '../../core/private/resources/closed-security-group';
import { IWebWorkload, WebEntry } from '../../workload';
import { BALANCER_WAITS, PRIORITIES_OF_AN_ENTRY } from '../../workload/private/entry';

/** The ports that CloudFront asks a VPC origin on, by its protocol. */
const [HTTP, HTTPS] = [80, 443];

/** A listener answers by itself what no rule leads to an application; only what the balancer's group lets in reaches it. */
const CLOSED = { open: false, defaultAction: ListenerAction.fixedResponse(404, { contentType: 'text/plain', messageBody: 'Not found' }) };

/** Which requests are led to a workload. */
export type LedPaths = Pick<WebEntry, 'pathPatterns' | 'stripPath'>;

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
  /** What objectives of the platform are measured by. */
  public readonly indicators: BalancerIndicators;
  private readonly workloads: IWebWorkload[] = [];

  constructor(scope: Construct, id: string, private readonly props: LoadBalancerProps) {
    super(scope, id);
    this.balancer = this.createBalancer();
    this.listener = this.createListener();
    this.indicators = new BalancerIndicators(this.balancer.metrics);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitorBalancer(monitoring, this.balancer, this.indicators);
  }

  public describe(): BlockDescription {
    return {
      ...identityOf(this),
      title: 'Load balancer',
      purpose: 'Spreads requests over the units, and takes out those that do not answer',
      tier: Tier.EDGE,
      port: this.isHttps ? HTTPS : HTTP,
      talksTo: this.workloads.map(workload => workload.describe()).map(({ id, port }) => ({ to: id, port, why: 'Leads requests to whichever unit is well' })),
      facts: { scheme: 'internal', protocol: this.isHttps ? 'HTTPS' : 'HTTP' },
    };
  }

  /**
   * Leads requests to a workload: its rule comes after those of the workloads before.
   *
   * @param paths the paths that it is for; left out, every path that no workload before it has
   */
  public lead(workload: IWebWorkload, paths: LedPaths = {}): void {
    workload.registerWith({ listener: this.listener, priority: this.workloads.push(workload) * PRIORITIES_OF_AN_ENTRY, ...paths });
  }

  /** Whether it speaks HTTPS. */
  public get isHttps(): boolean {
    return this.props.certificate !== undefined;
  }

  /** What has to be there before the edge asks: the listener, and what the workloads of the same stack say; another stack comes later. */
  public get ready(): IDependable[] {
    const here = this.workloads.filter(workload => Stack.of(workload) === Stack.of(this));
    return [this.listener, ...here.flatMap(({ ready }) => ready === undefined ? [] : [ready])];
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
      idleTimeout: Duration.seconds(BALANCER_WAITS),
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
        ...CLOSED, port: HTTPS, protocol: ApplicationProtocol.HTTPS, certificates: [certificate], sslPolicy: SslPolicy.TLS13_RES,
      });
    }
    const listener = this.balancer.addListener('Listener', { ...CLOSED, port: HTTP, protocol: ApplicationProtocol.HTTP });
    acknowledge(this, ['ALBHttpToHttpsRedirection', 'ELBv2ACMCertificateRequired'],
      'Without a domain there is no name that a certificate could be for: viewers speak HTTPS to CloudFront, and CloudFront reaches the balancer within the VPC; with a domain this leg is HTTPS too');
    return listener;
  }
}
