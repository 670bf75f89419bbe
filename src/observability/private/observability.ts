import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { WatchedApplication } from './application-monitoring';
import { watchCostDrivers } from './cost-drivers';
import { EdgeAlarms } from './edge-alarms';
import { MigrationMonitoring } from './migration-monitoring';
import { monitoringName } from './names';
import { Companion } from '../../edge/private/companion';
import { FrontDoor } from '../../edge/private/front-door';
import { Language } from '../boards/language';
import { IAlarmTopics, INotifications } from '../notifications/contract';
import { Notifications } from '../notifications/notifications';
import { ObservabilityProps } from '../observability-props';
import { PlatformMonitoring } from './platform-monitoring';
import { EnvironmentProfile, IMonitorable, Owner } from '../../core';
import { LogQueries } from '../queries/log-queries';

/** A migration and its parts. */
export interface ObservedMigration extends Construct {
  readonly steps: IMonitorable[];
}

/** What a platform has to be looked at. */
export interface ObservedPlatform {
  readonly profile: EnvironmentProfile;
  readonly encryptionKey: IKey;
  readonly companion: Companion;
  readonly frontDoor: FrontDoor;
  /** Where the VPC's flow logs are. */
  readonly flowLogs?: ILogGroup;
  /** What moves in, for as long as it does. */
  readonly migration?: ObservedMigration;
  /** The first is the one that users reach first. */
  readonly applications: WatchedApplication[];
  readonly owner?: Owner;
  readonly notifications?: INotifications;
  readonly observability?: ObservabilityProps;
}

/** Who is told, and where one looks. */
export interface Observability {
  readonly monitoring: PlatformMonitoring;
  readonly topics: IAlarmTopics;
  /** In us-east-1. */
  readonly edgeTopics: IAlarmTopics;
}

/** Makes topics, alarms and boards, each in a namespace of its own below the platform, or below its place in us-east-1. */
export function createObservability(platform: Construct, props: ObservedPlatform): Observability {
  const { profile, encryptionKey, companion, frontDoor, owner, migration, observability = {} } = props;
  const notifications = props.notifications ?? Notifications.email();
  const elsewhere = !companion.isPlatform;
  const topics = notifications.bind(new Construct(platform, 'Notifications'), { encryptionKey, bindsAgain: elsewhere });
  const edgeTopics = elsewhere ? bindInUsEast1(companion, notifications, topics) : topics;
  const edgeAlarms = elsewhere ? new EdgeAlarms(platform, 'Monitoring', { profile, topics: edgeTopics, owner, companion, frontDoor }) : undefined;
  const monitoring = new PlatformMonitoring(platform, 'Monitoring', {
    profile,
    topics,
    encryptionKey,
    language: observability.language ?? Language.ENGLISH,
    edgeAlarms,
    applications: props.applications,
  });
  watchLogs(platform, props, monitoring);
  if (migration !== undefined) new MigrationMonitoring(migration, 'Monitoring', { profile, topics, owner, steps: migration.steps });
  return { monitoring, topics, edgeTopics };
}

/** CloudFront's alarms are in us-east-1, and tell topics there. */
function bindInUsEast1(companion: Companion, notifications: INotifications, home: IAlarmTopics): IAlarmTopics {
  return notifications.bind(companion.alarmSlot('Notifications'), { encryptionKey: companion.alarmEncryptionKey, homeTopics: home.topics });
}

/** Of what stands around the applications; a query is in the stack of its log group. */
function watchLogs(platform: Construct, props: ObservedPlatform, monitoring: PlatformMonitoring): void {
  const { companion, frontDoor: { firewall }, flowLogs, applications } = props;
  const name = monitoringName(platform);
  const here = companion.isPlatform ? firewall.logGroup : undefined;
  new LogQueries(platform, 'LogQueries', { name, network: flowLogs, firewall: here });
  if (!companion.isPlatform) new LogQueries(companion.namespace, 'LogQueries', { name, firewall: firewall.logGroup });
  const [{ logGroup }] = applications;
  watchCostDrivers(monitoring.applications[0].facade, { 'Application': logGroup, 'Web firewall': here, 'Flow logs': flowLogs });
}
