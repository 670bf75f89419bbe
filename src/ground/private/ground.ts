import { CfnOutput, Stack } from 'aws-cdk-lib';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import {
  BindContext, EnvironmentProfile, IDescribable, IMonitorable, IPlatform, IPrivateNames, IRequestIndicators, Owner, Platforms,
} from '../../core';
import { acknowledgeProfile } from '../../core/private/acknowledge';
import { tagWithOwner } from '../../core/private/resources/owner-tag';
import { createPlatformKey } from '../../core/private/resources/platform-key';
import { keepRoom } from '../../core/private/resources/room';
import { Companion } from '../../edge/private/companion';
import { requireKnownBefore } from '../../edge/private/deployed-before';
import { FrontDoor, OpenDoor, Opening } from '../../edge/private/front-door';
import { LedPaths } from '../../edge/private/load-balancer';
import { PlatformMigration } from '../../migration/private/platform-migration';
import { IPlatformNetwork, Network } from '../../network';
import { ZoneNames } from '../../network/private/zone-names';
import { defaultObjectives } from '../../observability/observability-props';
import { WatchedApplication } from '../../observability/private/application-monitoring';
import { Observability } from '../../observability/private/observability';
import { AccessLogs } from '../../storage/private/access-logs';
import { IWebWorkload } from '../../workload';
import { TargetGroupIndicators } from '../../workload/private/target-group-indicators';
import { PlatformProps } from '../platform-props';

/** An application behind the front door. */
export interface GroundedApplication extends Pick<IWebWorkload, 'targetGroups' | 'logGroup'> {
  /** The platform, when it has one application; else the application's namespace in it. */
  readonly construct: Construct;
  /** What runs it, or keeps what is served. */
  readonly subject: IConstruct & IMonitorable & IDescribable;
  /**
   * What is asked of it.
   *
   * @default - counted at the load balancer, which it stands behind
   */
  readonly indicators?: IRequestIndicators;
  /**
   * As people know it.
   *
   * @default - as the platform is called
   */
  readonly name?: string;
  /** Who answers for it; without one, who answers for the platform. */
  readonly owner?: Owner;
}

/** What stands on the ground, in the order in which boards show it. */
export interface Standing<Applications extends GroundedApplication[]> {
  /** What the applications share besides the front door and the network: data stores. */
  readonly shared: (IMonitorable & IDescribable)[];
  readonly applications: Applications;
  readonly migration?: PlatformMigration;
}

/** An application that units behind the load balancer run, once requests are led to them. */
export function behindBalancer(construct: Construct, workload: IWebWorkload): GroundedApplication {
  return { construct, subject: workload, targetGroups: workload.targetGroups, logGroup: workload.logGroup };
}

type Watched<Applications extends GroundedApplication[]> = { [Index in keyof Applications]: WatchedApplication };

/**
 * What every pattern stands on, made once, each part in a namespace of its own below the platform: key, access logs, network and
 * load balancer at first; then, when the pattern has bound its choices, the way in (`open`) and whoever looks (`observe`).
 */
export class Ground {
  public readonly profile: EnvironmentProfile;
  public readonly network: IPlatformNetwork;
  public readonly accessLogs: IBucket;
  /** What stores may be called within the network, when the platform has a domain. */
  public readonly names?: IPrivateNames;
  /** What every choice receives. */
  public readonly context: BindContext;
  private readonly companion: Companion;
  private readonly frontDoor: FrontDoor;

  constructor(private readonly platform: Construct & IPlatform, private readonly props: PlatformProps) {
    Platforms.add(platform);
    const profile = props.profile ?? EnvironmentProfile.production();
    const encryptionKey = createPlatformKey(new Construct(platform, 'Encryption'), profile);
    this.profile = profile;
    this.accessLogs = new AccessLogs(platform, 'AccessLogs', profile, encryptionKey).bucket;
    const network = new Construct(platform, 'Network');
    this.network = (props.network ?? Network.create()).bind(network, { profile, encryptionKey });
    this.names = props.domain && new ZoneNames(network, this.network.vpc, props.domain.name);
    this.context = { vpc: this.network.vpc, profile, encryptionKey };
    this.companion = new Companion(platform, profile, encryptionKey);
    this.frontDoor = new FrontDoor(platform, {
      ...props, context: this.context, companion: this.companion, subnets: this.network.workloadSubnets, accessLogs: this.accessLogs,
    });
  }

  /** The internal load balancer. */
  public get loadBalancer() {
    return this.frontDoor.loadBalancer;
  }

  /**
   * Leads requests to an application: before every one that is led anywhere later.
   *
   * @param paths left out: all that no application before it has
   */
  public lead(workload: IWebWorkload, paths?: LedPaths): void {
    this.loadBalancer.lead(workload, paths);
  }

  /** Lets users in. */
  public open(opening: Opening): OpenDoor {
    const door = this.frontDoor.open(opening);
    new CfnOutput(this.platform, 'Url', { value: `https://${this.props.domain?.name ?? door.edge.distribution.distributionDomainName}` });
    return door;
  }

  /** Watches all that stands here, and says whose it is. */
  public observe<const Applications extends GroundedApplication[]>(
    frontDoor: OpenDoor, { shared, applications, migration }: Standing<Applications>,
  ): Observability<Watched<Applications>> {
    const { profile, companion, network } = this;
    const { edge, firewall, loadBalancer } = frontDoor;
    const behind = applications.filter(({ indicators }) => indicators === undefined);
    const observability = new Observability(this.platform, {
      ...this.props,
      profile,
      companion,
      frontDoor,
      migration,
      encryptionKey: this.context.encryptionKey,
      flowLogs: network.logGroup,
      name: this.name,
      shared: [edge, firewall, loadBalancer, ...shared, network],
      blocks: [edge, firewall, loadBalancer, ...applications.map(({ subject }) => subject), ...shared, network, ...migration?.steps ?? []],
      applications: applications.map(each => this.watched(each, behind.length === 1)) as Watched<Applications>,
    });
    acknowledgeProfile(this.platform, profile);
    keepRoom(this.platform);
    this.tag(applications);
    return observability;
  }

  /** As people know the platform. */
  public get name(): string {
    const { observability, domain } = this.props;
    return observability?.applicationName ?? domain?.name ?? this.platform.node.id;
  }

  /** Alone behind the load balancer, an application is measured there, with what the balancer fails to lead to it; else by its own groups. */
  private watched({ name = this.name, owner = this.props.owner, ...application }: GroundedApplication, isAlone: boolean): WatchedApplication {
    const { objectives = defaultObjectives(), applicationSignals = false } = this.props.observability ?? {};
    const { construct, subject, targetGroups, logGroup } = application;
    const indicators = application.indicators ?? (isAlone ? this.loadBalancer.indicators : new TargetGroupIndicators(targetGroups ?? []));
    return { construct, name, owner, objectives, applicationSignals, indicators, logGroup, subjects: [subject], stack: Stack.of(subject) };
  }

  /** An owner's tag is on what they answer for, in whichever stack it is. */
  private tag(applications: GroundedApplication[]): void {
    const { companion, platform, props: { owner } } = this;
    requireKnownBefore(companion.namespace, { '\'name\' of the owner': owner?.name });
    if (owner !== undefined) [platform, companion.namespace, companion.alarmNamespace].forEach(scope => tagWithOwner(scope, owner));
    applications.forEach(({ subject, owner: own = owner }) => own && tagWithOwner(subject, own));
  }
}
