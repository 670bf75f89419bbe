import { CfnOutput, Tags } from 'aws-cdk-lib';
import { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { CapacityPlan } from '../capacity';
import { planFor } from '../capacity/private/plan-for';
import {
  Domain, EnvironmentProfile, IAttachable, IDescribable, IMediaLibrary, IMonitorable,
  IRequestIndicators, Owner, Traffic,
} from '../core';
import { acknowledgeProfile } from '../core/private/acknowledge';
import { createPlatformKey } from '../core/private/resources/platform-key';
import { Database, Sessions, IDatabase, ISessions } from '../data';
import { IEdge, IFirewall } from '../edge';
import { Companion } from '../edge/private/companion';
import { createFrontDoor, FrontDoor } from '../edge/private/front-door';
import { MigrationProps } from '../migration';
import { PlatformMigration, PlatformMigrationContext } from '../migration/private/platform-migration';
import { INetwork, Network } from '../network';
import { IAlarmTopics, INotifications, ObservabilityProps } from '../observability';
import { defaultObjectives } from '../observability/observability-props';
import { WatchedApplication } from '../observability/private/application-monitoring';
import { createObservability, Observability } from '../observability/private/observability';
import { Media, IMedia } from '../storage';
import { AccessLogs } from '../storage/private/access-logs';
import { ICompute, IWebWorkload } from '../workload';

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
   * @default - the boards name nobody
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
   * The boards' language, what the application is called on them, and what users may expect of it.
   *
   * @default - English, the platform's name, 99.9 % of requests without an error and 99 % of them within 1 second
   */
  readonly observability?: ObservabilityProps;
  /**
   * How data and users come from where the application runs today: all that it makes leaves the template with it.
   *
   * @default - there is nothing to migrate
   */
  readonly migration?: MigrationProps;
}

/**
 * A classic web application (nginx, PHP, MySQL) in an AWS account that may be empty: network, load balancer, content
 * delivery, firewall, database, sessions, media, boards and alarms.
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
  /** Every size, with its reason; `cdk synth -c cdk-platform-patterns:print-capacity=true` prints them. */
  public readonly capacity: CapacityPlan;
  /** The blocks of the platform, for a diagram or a runbook. */
  public readonly blocks: IDescribable[];
  private readonly observability: Observability;

  constructor(scope: Construct, id: string, props: ElasticWebPlatformProps) {
    super(scope, id);
    const profile = props.profile ?? EnvironmentProfile.production();
    this.capacity = planFor(this, props.traffic ?? Traffic.spiky({ baselineRps: 20 }), profile);
    const slot = (name: string) => new Construct(this, name);

    const encryptionKey = createPlatformKey(slot('Encryption'), profile);
    const accessLogs = new AccessLogs(this, 'AccessLogs', profile, encryptionKey).bucket;
    const network = (props.network ?? Network.create()).bind(slot('Network'), { profile, encryptionKey });
    const { workloadSubnets } = network;
    const context = { vpc: network.vpc, profile, encryptionKey };
    const data = { ...context, subnets: network.dataSubnets };

    this.vpc = network.vpc;
    this.database = (props.database ?? Database.auroraMysql()).bind(slot('Database'), {
      ...data, workloadSubnets, capacity: this.capacity.database, domainName: props.domain?.name,
    });
    this.sessions = (props.sessions ?? Sessions.valkeyServerless()).bind(slot('Sessions'), { ...data, capacity: this.capacity.cache });
    this.media = (props.media ?? Media.bucket()).bind(slot('Media'), { ...data, accessLogs });
    this.workload = props.compute.bind(slot('Compute'), {
      ...context, label: 'Application', subnets: workloadSubnets, capacity: this.capacity.compute, attachments: [this.database, this.sessions, this.media],
    });
    const migration = this.migrate(props, { ...context, subnets: workloadSubnets, domain: props.domain });
    const companion = new Companion(this, profile, encryptionKey);
    const frontDoor = createFrontDoor(this, {
      ...props, context, companion, subnets: workloadSubnets, workload: this.workload, media: this.media, accessLogs, dns: migration?.dns,
    });
    this.distribution = frontDoor.edge.distribution;
    const tiers = [frontDoor.edge, frontDoor.firewall, frontDoor.loadBalancer, this.workload, this.sessions, this.database, this.media, network];
    this.blocks = [...tiers, ...migration?.steps ?? []];
    const ground = { profile, encryptionKey, companion, frontDoor, migration, flowLogs: network.logGroup };
    this.observability = createObservability(this, { ...props, ...ground, applications: [this.application(props, tiers, frontDoor)] });

    acknowledgeProfile(this, profile);
    this.sayWhoAndWhere(props, companion);
  }

  /** The topics that alarms publish to. */
  public get alarmTopics(): IAlarmTopics {
    return this.observability.topics;
  }

  /** The topics that alarms in us-east-1 publish to: those of all alarms when the platform is there, too. */
  public get edgeAlarmTopics(): IAlarmTopics {
    return this.observability.edgeTopics;
  }

  /** Boards and alarms: add a widget, a segment or an alarm of your own. */
  public get monitoring(): MonitoringFacade {
    return this.observability.monitoring.applications[0].facade;
  }

  /** What users ask of the application, counted at the load balancer: for objectives of your own. */
  public get indicators(): IRequestIndicators {
    return this.observability.monitoring.applications[0].indicators;
  }

  /**
   * Lets somebody see the lines of the operations board: `lambda:InvokeFunction` on its function, which
   * `CloudWatchReadOnlyAccess` does not have.
   *
   * @param grantee who looks at the board
   */
  public grantOperationsView(grantee: IGrantable): Grant {
    return this.observability.monitoring.operations.grantView(grantee);
  }

  private sayWhoAndWhere({ owner, domain }: ElasticWebPlatformProps, companion: Companion): void {
    if (owner !== undefined) [this, companion.namespace, companion.alarmNamespace].forEach(scope => Tags.of(scope).add('Owner', owner.tag));
    new CfnOutput(this, 'Url', { value: `https://${domain?.name ?? this.distribution.distributionDomainName}` });
  }

  /** All of the platform is one application, of one owner. */
  private application(props: ElasticWebPlatformProps, tiers: IMonitorable[], { certificates, loadBalancer }: FrontDoor): WatchedApplication {
    const { observability, domain, owner } = props;
    return {
      construct: this,
      name: observability?.applicationName ?? domain?.name ?? this.node.id,
      owner,
      subjects: [...tiers, certificates],
      indicators: loadBalancer.indicators,
      objectives: observability?.objectives ?? defaultObjectives(),
      applicationSignals: observability?.applicationSignals ?? false,
      logGroup: this.workload.logGroup,
    };
  }

  private migrate({ migration }: ElasticWebPlatformProps, context: Omit<PlatformMigrationContext, 'database' | 'media'>): PlatformMigration | undefined {
    if (migration === undefined) return undefined;
    return new PlatformMigration(this, 'Migration', migration, { ...context, database: this.database, media: this.media });
  }
}
