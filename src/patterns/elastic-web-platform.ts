import { CfnOutput, Tags } from 'aws-cdk-lib';
import { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { CapacityPlan } from '../capacity';
import { planFor } from '../capacity/private/plan-for';
import {
  Domain, EnvironmentProfile, IAttachable, ICompute, IDatabase, IDescribable, IMedia, IMediaLibrary, ISessions, IWebWorkload, Owner, Traffic,
} from '../core';
import { acknowledgeProfile } from '../core/private/acknowledge';
import { createPlatformKey } from '../core/private/platform-key';
import { Database, Sessions } from '../data';
import { IEdge, IFirewall, IPlatformEdge } from '../edge';
import { Companion } from '../edge/companion';
import { createFrontDoor } from '../edge/front-door';
import { MigrationProps } from '../migration';
import { PlatformMigration, PlatformMigrationContext } from '../migration/platform-migration';
import { INetwork, Network } from '../network';
import { IAlarmTopics, INotifications, Notifications } from '../observability';
import { EdgeAlarms } from '../observability/edge-alarms';
import { MigrationMonitoring } from '../observability/migration-monitoring';
import { PlatformMonitoring } from '../observability/platform-monitoring';
import { Watching } from '../observability/private/facade';
import { Media } from '../storage';
import { AccessLogs } from '../storage/access-logs';

/** What runs, for whom, and with how much traffic; all but `compute` has a default. */
export interface ElasticWebPlatformProps {
  /** How the application runs. */
  readonly compute: ICompute;
  /**
   * The relational database.
   *
   * @default Database.auroraMysql() - grows and shrinks with the traffic
   */
  readonly database?: IDatabase;
  /**
   * The shared session store.
   *
   * @default Sessions.valkeyServerless() - grows with the traffic
   */
  readonly sessions?: ISessions;
  /**
   * The media library, served at the edge.
   *
   * @default Media.bucket() - a private bucket, served below `/media/`
   */
  readonly media?: IMedia;
  /**
   * The network.
   *
   * @default Network.create() - a new VPC
   */
  readonly network?: INetwork;
  /**
   * The web firewall.
   *
   * @default Firewall.managed() - AWS's managed rules and a rate limit
   */
  readonly firewall?: IFirewall;
  /**
   * What users reach: the content-delivery network.
   *
   * @default Edge.cloudFront() - a CloudFront distribution near every user
   */
  readonly edge?: IEdge;
  /**
   * The traffic that the platform is to carry: every size follows from it.
   *
   * @default Traffic.spiky({ baselineRps: 20 }) - a small site with peaks of 30 times its base
   */
  readonly traffic?: Traffic;
  /**
   * The name that users reach the platform by.
   *
   * @default - the distribution's own name, `<id>.cloudfront.net`
   */
  readonly domain?: Domain;
  /**
   * Who answers for the platform.
   *
   * @default - the dashboard names nobody
   */
  readonly owner?: Owner;
  /**
   * Production or development.
   *
   * @default EnvironmentProfile.production()
   */
  readonly profile?: EnvironmentProfile;
  /**
   * Where alarms are sent.
   *
   * @default - a new topic that nobody is subscribed to, and a warning that says so
   */
  readonly notifications?: INotifications;
  /**
   * How data and users come from where the application runs today: all that it makes leaves the template with it.
   *
   * @default - there is nothing to migrate
   */
  readonly migration?: MigrationProps;
}

/**
 * A classic web application (nginx, PHP, MySQL) in an AWS account that may be empty: network, load balancer, content
 * delivery, firewall, database, sessions, media, dashboard and alarms.
 *
 * CloudFront reads its web ACL and its certificate in us-east-1, and its alarms are there. When the stack is in another
 * Region, two stacks of us-east-1 are added beside it: `<stack>-edge`, deployed before it, and `<stack>-edge-alarms`,
 * after it; `cdk deploy --all` deploys the three. A stack without a Region has everything in one, for us-east-1.
 *
 * @throws Error when a choice cannot be made as its props say, or not in the Region of the stack
 */
export class ElasticWebPlatform extends Construct {
  /** The VPC. */
  public readonly vpc: IVpc;
  /** The application. */
  public readonly workload: IWebWorkload;
  /** The database; `attachTo` lets another workload reach it. */
  public readonly database: IAttachable;
  /** The session store; `attachTo` lets another workload reach it. */
  public readonly sessions: IAttachable;
  /** The media library. */
  public readonly media: IMediaLibrary;
  /** The distribution that users reach. */
  public readonly distribution: IDistribution;
  /** The topics that alarms publish to. */
  public readonly alarmTopics: IAlarmTopics;
  /** The topics that CloudFront's alarms publish to, in us-east-1: those of all alarms when the platform is there, too. */
  public readonly edgeAlarmTopics: IAlarmTopics;
  /** The dashboard and its alarms: add a segment or an alarm of your own. */
  public readonly monitoring: MonitoringFacade;
  /** Every size, with its reason; `cdk synth -c cdk-platform-patterns:print-capacity=true` prints them. */
  public readonly capacity: CapacityPlan;
  /** The blocks of the platform, for a diagram or a runbook. */
  public readonly blocks: IDescribable[];

  constructor(scope: Construct, id: string, props: ElasticWebPlatformProps) {
    super(scope, id);
    const profile = props.profile ?? EnvironmentProfile.production();
    this.capacity = planFor(this, props.traffic ?? Traffic.spiky({ baselineRps: 20 }), profile);
    const slot = (name: string) => new Construct(this, name);

    const encryptionKey = createPlatformKey(slot('Encryption'), profile);
    const accessLogs = new AccessLogs(this, 'AccessLogs', profile, encryptionKey).bucket;
    const network = (props.network ?? Network.create()).bind(slot('Network'), { profile, encryptionKey });
    const context = { vpc: network.vpc, profile, encryptionKey };
    const data = { ...context, subnets: network.dataSubnets };
    const { workloadSubnets } = network;

    this.vpc = network.vpc;
    this.database = (props.database ?? Database.auroraMysql()).bind(slot('Database'), {
      ...data, workloadSubnets, capacity: this.capacity.database, domainName: props.domain?.name,
    });
    this.sessions = (props.sessions ?? Sessions.valkeyServerless()).bind(slot('Sessions'), { ...data, capacity: this.capacity.cache });
    this.media = (props.media ?? Media.bucket()).bind(slot('Media'), { ...data, accessLogs });
    this.workload = props.compute.bind(slot('Compute'), {
      ...context, subnets: workloadSubnets, capacity: this.capacity.compute, attachments: [this.database, this.sessions, this.media],
    });
    const migration = this.migrate(props, { ...context, subnets: workloadSubnets, domain: props.domain });
    const companion = new Companion(this, profile, encryptionKey);
    const { edge, firewall, loadBalancer } = createFrontDoor(this, {
      ...props, context, companion, subnets: workloadSubnets, workload: this.workload, media: this.media, accessLogs, dns: migration?.dns,
    });
    this.distribution = edge.distribution;
    const subjects = [edge, firewall, loadBalancer, this.workload, this.sessions, this.database, this.media];
    this.blocks = [...subjects, network, ...migration?.steps ?? []];
    const notifications = props.notifications ?? Notifications.email();
    this.alarmTopics = notifications.bind(slot('Notifications'), { encryptionKey, bindsAgain: !companion.isPlatform });
    const watching = { profile, topics: this.alarmTopics, owner: props.owner };
    this.monitoring = new PlatformMonitoring(this, 'Monitoring', { ...watching, subjects }).facade;
    this.edgeAlarmTopics = this.watchEdge(edge, companion, notifications, watching);
    if (migration !== undefined) new MigrationMonitoring(migration, 'Monitoring', { ...watching, steps: migration.steps });

    acknowledgeProfile(this, profile);
    this.sayWhoAndWhere(props, companion);
  }

  private sayWhoAndWhere({ owner, domain }: ElasticWebPlatformProps, companion: Companion): void {
    if (owner !== undefined) [this, companion.namespace, companion.alarmNamespace].forEach(scope => Tags.of(scope).add('Owner', owner.tag));
    new CfnOutput(this, 'Url', { value: `https://${domain?.name ?? this.distribution.distributionDomainName}` });
  }

  /** CloudFront's alarms are in us-east-1, and tell a topic there. */
  private watchEdge(edge: IPlatformEdge, companion: Companion, notifications: INotifications, watching: Watching): IAlarmTopics {
    if (companion.isPlatform) return watching.topics;
    const topics = notifications.bind(companion.alarmSlot('Notifications'), { encryptionKey: companion.alarmEncryptionKey });
    new EdgeAlarms(this, 'Monitoring', { ...watching, topics, companion, edge });
    return topics;
  }

  private migrate({ migration }: ElasticWebPlatformProps, context: Omit<PlatformMigrationContext, 'database' | 'media'>): PlatformMigration | undefined {
    if (migration === undefined) return undefined;
    return new PlatformMigration(this, 'Migration', migration, { ...context, database: this.database, media: this.media });
  }
}
