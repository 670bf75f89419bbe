import { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BACKEND, FRONTEND, loadsOf, runtimeOf } from './private/spa-api-loads';
import { letTeamsRelease } from './private/spa-api-pipelines';
import { entriesOf, routesOf } from './private/spa-api-routes';
import { pathsOf, validateSpaApi } from './private/spa-api-rules';
import { bindStores } from './private/spa-api-stores';
import { SpaApiPlatformProps } from './spa-api-props';
import { CapacityPlan } from '../capacity';
import { printed } from '../capacity/private/printed';
import { IAttachable, IDescribable, IPlatform, IRequestIndicators } from '../core';
import { Database } from '../data';
import { Frontend, IFrontendApplication } from '../frontend';
import { behindBalancer, Ground, GroundedApplication } from '../ground/private/ground';
import { IAlarmTopics } from '../observability';
import { WatchedApplication } from '../observability/private/application-monitoring';
import { Observability } from '../observability/private/observability';
import { ComputeContext, IWebWorkload } from '../workload';

/**
 * A single-page site and a REST API at one address, each with a life cycle of its own: network, load balancer, content delivery, firewall,
 * a private database, boards and alarms.
 *
 * CloudFront reads its web ACL and its certificate in us-east-1, and its alarms are there. When the stack is in another
 * Region, two stacks of us-east-1 are added beside it: `<stack>-edge`, deployed before it, and `<stack>-edge-alarms`,
 * after it; `cdk deploy --all` deploys the three. A stack without a Region has everything in one, for us-east-1.
 *
 * @throws Error when the paths overlap or are none, or a choice cannot be made as its props say, or not in the Region of the stack
 */
export class SpaApiPlatform extends Construct implements IPlatform {
  /** The VPC. */
  public readonly vpc: IVpc;
  /** The customer-managed key that encrypts all that the platform stores. */
  public readonly encryptionKey: IKey;
  /** The internal load balancer. */
  public readonly loadBalancer: IApplicationLoadBalancer;
  /** The site. */
  public readonly frontend: IFrontendApplication;
  /** The API. */
  public readonly backend: IWebWorkload;
  /** The database; `attachTo` lets another workload reach it. */
  public readonly database: IAttachable;
  /** The session store, where there is one. */
  public readonly sessions?: IAttachable;
  /** The cache, where there is one. */
  public readonly cache?: IAttachable;
  /** The distribution that users reach. */
  public readonly distribution: IDistribution;
  /** Every size, with its reason; `cdk synth -c cdk-platform-patterns:print-capacity=true` prints them. */
  public readonly capacity: CapacityPlan;
  /** The blocks of the platform, for a diagram or a runbook. */
  public readonly blocks: IDescribable[];
  private readonly observability: Observability<[WatchedApplication, WatchedApplication]>;

  constructor(scope: Construct, id: string, props: SpaApiPlatformProps) {
    super(scope, id);
    validateSpaApi(this.node.path, props);
    const ground = new Ground(this, props);
    const { context, network, accessLogs, loadBalancer } = ground;
    this.vpc = context.vpc;
    this.encryptionKey = context.encryptionKey;
    this.loadBalancer = loadBalancer.balancer;
    const { frontend: { site = Frontend.staticSite() } = {}, database = Database.auroraPostgresql() } = props;
    const { compute, stripPath = false, caching } = props.backend;
    const paths = pathsOf(props);
    const plan = CapacityPlan.of(loadsOf(site, props), ground.profile, database.connectionLimit);

    const runtime = runtimeOf(site, props);
    const [frontend, backend] = [FRONTEND, BACKEND].map(name => new Construct(this, name));
    const stores = bindStores(this, { ...props, database }, ground, plan, runtime);
    this.capacity = printed(this, stores.sessions === undefined ? plan.withoutSessions() : plan);
    this.database = stores.database;
    this.sessions = stores.sessions;
    this.cache = stores.cache;
    const units = (name: string, label: string, attachments: IAttachable[]): ComputeContext => ({
      ...context, label, attachments, subnets: network.workloadSubnets, capacity: this.capacity.computeOf(name), httpsToOrigin: loadBalancer.isHttps,
    });
    this.backend = compute.bind(backend, units(BACKEND, 'API', stores.all));
    this.frontend = site.bind(frontend, {
      ...context, accessLogs, path: paths.frontend, units: site.load && units(FRONTEND, 'Pages', site.load.usesData ? stores.all : []),
    });

    entriesOf({ paths, stripPath, frontend: this.frontend, backend: this.backend }).forEach(({ workload, ...entry }) => ground.lead(workload, entry));
    const door = ground.open({ routes: routesOf({ paths, frontend: this.frontend, caching }), runtime });
    this.distribution = door.edge.distribution;
    this.frontend.servedBy(this.distribution);
    letTeamsRelease(props, { frontend, backend }, this);

    this.observability = ground.observe(door, {
      shared: stores.all,
      applications: [
        { ...grounded(frontend, this.frontend), name: props.frontend?.name ?? `${ground.name} site`, owner: props.frontend?.owner },
        { ...behindBalancer(backend, this.backend), name: props.backend.name ?? `${ground.name} API`, owner: props.backend.owner },
      ],
    });
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

  /** Board and alarms of the site: add a widget, a segment or an alarm of your own. */
  public get frontendMonitoring(): MonitoringFacade {
    return this.observability.monitoring.applications[0].facade;
  }

  /** Board and alarms of the API: add a widget, a segment or an alarm of your own. */
  public get backendMonitoring(): MonitoringFacade {
    return this.observability.monitoring.applications[1].facade;
  }

  /** What users ask of the API, counted at the load balancer: for objectives of your own. */
  public get backendIndicators(): IRequestIndicators {
    return this.observability.monitoring.applications[1].indicators;
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
}

/** A site is measured at the load balancer when units of its own are behind it. */
function grounded(construct: Construct, site: IFrontendApplication): GroundedApplication {
  return site.workload === undefined ? { construct, subject: site, indicators: site.indicators } : behindBalancer(construct, site.workload);
}
