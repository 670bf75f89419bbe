import { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { CapacityPlan } from '../capacity';
import { printed } from '../capacity/private/printed';
import { IAttachable, IDescribable, IPlatform, IRequestIndicators, Runtime, Traffic } from '../core';
import { isGiven, Rule, validate } from '../core/private/validation';
import { Database, ICache, IDatabase, ISessions, Sessions } from '../data';
import { EdgeRoute, RouteKind } from '../edge';
import { PlatformProps } from '../ground';
import { behindBalancer, Ground } from '../ground/private/ground';
import { MigrationProps } from '../migration';
import { PlatformMigration } from '../migration/private/platform-migration';
import { IAlarmTopics } from '../observability';
import { ApplicationMonitoring, WatchedApplication } from '../observability/private/application-monitoring';
import { Observability } from '../observability/private/observability';
import { IMedia, IMediaLibrary, Media } from '../storage';
import { ICompute, IWebWorkload } from '../workload';

/** There is one. */
const APPLICATION = 'Application';

/** What runs, for whom, and with how much traffic; all but `compute` has a default. */
export interface ElasticWebPlatformProps extends PlatformProps {
  /** How the application runs. */
  readonly compute: ICompute;
  /**
   * The relational database.
   *
   * @default Database.auroraMysql() - grows and shrinks with the traffic
   */
  readonly database?: IDatabase;
  /**
   * The shared session store; `Sessions.none()` for an application that keeps no sessions.
   *
   * @default Sessions.valkeyServerless() - grows with the traffic
   */
  readonly sessions?: ISessions;
  /**
   * A cache of the application's own, apart from the sessions.
   *
   * @default - none: few applications bring one
   */
  readonly cache?: ICache;
  /**
   * The media library, served at the edge.
   *
   * @default Media.bucket() - a private bucket, served below `/media/`
   */
  readonly media?: IMedia;
  /**
   * The traffic that the platform is to carry: every size follows from it.
   *
   * @default Traffic.spiky({ baselineRps: 20 }) - a small site with peaks of 30 times its base
   */
  readonly traffic?: Traffic;
  /**
   * How data and users come from where the application runs today: all that it makes leaves the template with it.
   *
   * @default - there is nothing to migrate
   */
  readonly migration?: MigrationProps;
}

const RULES: Rule<ElasticWebPlatformProps>[] = [
  ({ compute }) => isGiven(compute) ? undefined
    : `'compute' must be given, got ${compute}: say what runs the application, such as Compute.fargate({ image }) or Compute.instances({ code })`,
];

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
export class ElasticWebPlatform extends Construct implements IPlatform {
  /** The VPC. */
  public readonly vpc: IVpc;
  /** The customer-managed key that encrypts all that the platform stores. */
  public readonly encryptionKey: IKey;
  /** The internal load balancer. */
  public readonly loadBalancer: IApplicationLoadBalancer;
  /** The application. */
  public readonly workload: IWebWorkload;
  /** The database; `attachTo` lets another workload reach it. */
  public readonly database: IAttachable;
  /** The session store, where there is one; `attachTo` lets another workload reach it. */
  public readonly sessions?: IAttachable;
  /** The application's cache, where there is one; `attachTo` lets another workload reach it. */
  public readonly cache?: IAttachable;
  /** The media library. */
  public readonly media: IMediaLibrary;
  /** The distribution that users reach. */
  public readonly distribution: IDistribution;
  /** Every size, with its reason; `cdk synth -c cdk-platform-patterns:print-capacity=true` prints them. */
  public readonly capacity: CapacityPlan;
  /** The blocks of the platform, for a diagram or a runbook. */
  public readonly blocks: IDescribable[];
  private readonly observability: Observability<[WatchedApplication]>;

  constructor(scope: Construct, id: string, props: ElasticWebPlatformProps) {
    super(scope, id);
    validate(this.node.path, props, RULES);
    const ground = new Ground(this, props);
    const { context, network, accessLogs, loadBalancer } = ground;
    const { dataSubnets: subnets, workloadSubnets } = network;
    this.vpc = context.vpc;
    this.encryptionKey = context.encryptionKey;
    this.loadBalancer = loadBalancer.balancer;
    const { compute, database = Database.auroraMysql(), traffic = Traffic.spiky({ baselineRps: 20 }) } = props;
    const plan = CapacityPlan.of([{ name: APPLICATION, traffic, unit: compute.unit }], ground.profile, database.connectionLimit);

    const { runtime = Runtime.php() } = compute;
    const slot = (name: string) => new Construct(this, name);
    const data = { ...context, subnets };
    this.database = database.bind(slot('Database'), {
      ...data, workloadSubnets, capacity: plan.database, names: ground.names,
    });
    this.sessions = (props.sessions ?? Sessions.valkeyServerless()).bind(slot('Sessions'), { ...data, runtime, capacity: plan.cache });
    this.capacity = printed(this, this.sessions === undefined ? plan.withoutSessions() : plan);
    this.cache = props.cache?.bind(slot('Cache'), data);
    this.media = (props.media ?? Media.bucket()).bind(slot('Media'), { ...data, accessLogs });
    this.workload = compute.bind(slot('Compute'), {
      ...context,
      subnets: workloadSubnets,
      label: APPLICATION,
      capacity: plan.computeOf(APPLICATION),
      attachments: present([this.database, this.sessions, this.cache, this.media]),
      httpsToOrigin: loadBalancer.isHttps,
    });
    ground.lead(this.workload);

    const migration = props.migration && new PlatformMigration(this, 'Migration', props.migration, {
      ...context, subnets: workloadSubnets, domain: props.domain, database: this.database, media: this.media,
    });
    const door = ground.open({ routes: this.routes(), runtime, dns: migration?.dnsOf(this.workload) });
    this.distribution = door.edge.distribution;

    const shared = present([this.sessions, this.database, this.cache, this.media]);
    this.observability = ground.observe(door, { shared, migration, applications: [behindBalancer(this, this.workload)] });
    this.blocks = this.observability.blocks;
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
    return this.application.facade;
  }

  /** What users ask of the application, counted at the load balancer: for objectives of your own. */
  public get indicators(): IRequestIndicators {
    return this.application.indicators;
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

  private get application(): ApplicationMonitoring {
    const [only] = this.observability.monitoring.applications;
    return only;
  }

  /** Media comes from its library, all else from the application. */
  private routes(): EdgeRoute[] {
    const { pathPattern, origin, trustedKeyGroups } = this.media;
    return [
      { pathPattern, kind: RouteKind.FILES, from: 'the media library', origin, block: this.media, trustedKeyGroups },
      { pathPattern: '*', kind: RouteKind.PAGES, from: 'the application' },
    ];
  }
}

/** Without the stores that there are none of. */
function present<Store>(stores: (Store | undefined)[]): Store[] {
  return stores.filter(store => store !== undefined);
}
