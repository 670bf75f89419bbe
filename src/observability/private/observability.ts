import { Token } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { WatchedApplication } from './application-monitoring';
import { EdgeAlarms } from './edge-alarms';
import { MigrationMonitoring } from './migration-monitoring';
import { monitoringName } from './names';
import { PlatformMonitoring } from './platform-monitoring';
import { BlockDescription, EnvironmentProfile, IDescribable, IMonitorable, Owner, Tier } from '../../core';
import { identityOf } from '../../core/private/block-links';
import { Rule, validate } from '../../core/private/validation';
import { Companion } from '../../edge/private/companion';
import { OpenDoor } from '../../edge/private/front-door';
import { BoardLanguage } from '../boards/board-language';
import { IAlarmTopics, INotifications } from '../notifications/contract';
import { Notifications } from '../notifications/notifications';
import { ObservabilityProps } from '../observability-props';
import { LogQueries } from '../queries/log-queries';
import { DATA_PORTS } from '../queries/private/log-query-texts';

/** A migration and its parts. */
export interface ObservedMigration extends Construct {
  readonly steps: IMonitorable[];
}

/** What a platform has to be looked at. */
export interface ObservedPlatform<Applications extends WatchedApplication[]> {
  readonly profile: EnvironmentProfile;
  readonly encryptionKey: IKey;
  readonly companion: Companion;
  readonly frontDoor: OpenDoor;
  /** Where the VPC's flow logs are. */
  readonly flowLogs?: ILogGroup;
  /** What moves in, for as long as it does. */
  readonly migration?: ObservedMigration;
  /** As people know the platform. */
  readonly name: string;
  /** What the applications share. */
  readonly shared: IMonitorable[];
  readonly applications: Applications;
  /** What the platform is made of, from the edge inwards: all of it is watched. */
  readonly blocks: IDescribable[];
  /** Who answers for what the applications share. */
  readonly owner?: Owner;
  readonly notifications?: INotifications;
  readonly observability?: ObservabilityProps;
}

const LANGUAGES = Object.values(BoardLanguage);

const RULES: Rule<ObservabilityProps>[] = [
  ({ language }) => language === undefined || LANGUAGES.includes(language) ? undefined
    : `'language' must be one of the operations board, got ${JSON.stringify(language)}: give BoardLanguage.ENGLISH or BoardLanguage.PORTUGUESE_BRAZIL`,
];

/** Who is told, and where one looks: each in a namespace of its own below the platform, or below its place in us-east-1. */
export class Observability<Applications extends WatchedApplication[]> implements IDescribable {
  public readonly monitoring: PlatformMonitoring<Applications>;
  public readonly topics: IAlarmTopics;
  /** In us-east-1. */
  public readonly edgeTopics: IAlarmTopics;

  constructor(private readonly platform: Construct, private readonly props: ObservedPlatform<Applications>) {
    const { profile, encryptionKey, companion, owner, migration, observability = {} } = props;
    validate(platform.node.path, observability, RULES);
    const notifications = props.notifications ?? Notifications.email();
    this.topics = notifications.bind(new Construct(platform, 'Notifications'), { encryptionKey, bindsAgain: !companion.isPlatform });
    this.edgeTopics = companion.isPlatform ? this.topics : this.bindInUsEast1(notifications);
    this.monitoring = new PlatformMonitoring(platform, 'Monitoring', {
      profile,
      encryptionKey,
      topics: this.topics,
      language: observability.language ?? BoardLanguage.ENGLISH,
      applications: props.applications,
      ground: this.ground(),
    });
    this.saveQueries();
    if (migration !== undefined) new MigrationMonitoring(migration, 'Monitoring', { profile, topics: this.topics, owner, steps: migration.steps });
  }

  /** Every block of the platform, this one at last. */
  public get blocks(): IDescribable[] {
    return [...this.props.blocks, this];
  }

  public describe(): BlockDescription {
    return {
      ...identityOf(this.monitoring),
      title: 'Boards and alarms',
      purpose: 'Shows how the platform is, and calls whoever answers for it',
      tier: Tier.OBSERVABILITY,
      talksTo: this.props.blocks.map(block => ({ to: block.describe().id, why: 'Watches it' })),
    };
  }

  /** CloudFront's alarms are in us-east-1, and tell topics there. */
  private bindInUsEast1(notifications: INotifications): IAlarmTopics {
    const { companion } = this.props;
    return notifications.bind(companion.alarmSlot('Notifications'), { encryptionKey: companion.alarmEncryptionKey, homeTopics: this.topics.topics });
  }

  private ground() {
    const { profile, companion, frontDoor, owner, name, shared, flowLogs } = this.props;
    return {
      name,
      owner,
      subjects: [...shared, frontDoor.certificates],
      logGroups: { 'Web firewall': this.firewallLogsHere, 'Flow logs': flowLogs },
      edgeAlarms: companion.isPlatform ? undefined
        : new EdgeAlarms(this.platform, 'Monitoring', { profile, topics: this.edgeTopics, owner, companion, frontDoor }),
    };
  }

  private get firewallLogsHere(): ILogGroup | undefined {
    const { companion, frontDoor: { firewall } } = this.props;
    return companion.isPlatform ? firewall.logGroup : undefined;
  }

  /** Those that stores have by default, and those that the stores here have. */
  private get dataPorts(): number[] {
    const known = this.props.blocks.map(block => block.describe()).filter(({ tier }) => tier === Tier.DATA).map(({ port }) => port);
    return [...new Set([...DATA_PORTS, ...known.filter(port => port !== undefined && !Token.isUnresolved(port)) as number[]])].sort((a, b) => a - b);
  }

  /** Of what stands around the applications; a query is in the stack of its log group. */
  private saveQueries(): void {
    const { companion, frontDoor: { firewall }, flowLogs } = this.props;
    const name = monitoringName(this.platform);
    new LogQueries(this.platform, 'LogQueries', { name, network: flowLogs, firewall: this.firewallLogsHere, dataPorts: this.dataPorts });
    if (!companion.isPlatform) new LogQueries(companion.namespace, 'LogQueries', { name, firewall: firewall.logGroup });
  }
}
