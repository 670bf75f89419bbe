import { Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { IDatabaseCluster, IDatabaseInstance } from 'aws-cdk-lib/aws-rds';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Headroom, headroomOfAurora, headroomOfRds } from './headroom';
import { Severity } from '../../core';
import { advised, AlarmAdvice } from '../../core/private/advised';
import { DatabaseSaturationMonitoring, DatabaseSaturationMonitoringOptions } from '../../monitors';
import { QUARTER_OF_AN_HOUR } from '../../monitors/private/periods';

const SATURATED = 'database-is-saturated';
const UNREACHED = 'application-cannot-reach-database';
const GIB = 1024 ** 3;

const CPU: AlarmAdvice = {
  why: 'An instance of the database has been busy above 80 % for a quarter of an hour: queries begin to wait.',
  firstCheck: 'which queries run longest, in Performance Insights or the slow query log, and whether a deployment brought them.',
  runbook: SATURATED,
};
const CONNECTIONS: AlarmAdvice = {
  why: 'More than 80 % of the connections that an instance of the database takes are open: above all of them it refuses the next.',
  firstCheck: 'who holds them and whether they are idle (SHOW PROCESSLIST), then whether more units run than planned; a proxy shares them.',
  runbook: SATURATED,
};
const MEMORY: AlarmAdvice = {
  why: 'Less than 5 % of the database\'s memory is free at its largest capacity: next it is read from disk, or a query is ended.',
  firstCheck: 'how many connections are open and which queries sort or join much, then enlarge the database.',
  runbook: SATURATED,
};
const CAPACITY: AlarmAdvice = {
  why: 'The database has been above 90 % of its largest capacity for a quarter of an hour: from there on, queries wait.',
  firstCheck: 'whether the traffic or a single query brought it, in Performance Insights; then raise maxAcu.',
  runbook: SATURATED,
};
const REPLICA_LAG: AlarmAdvice = {
  why: 'A reader of the database has been more than a second behind the writer, where some milliseconds are usual: it shows old data.',
  firstCheck: 'long queries on the readers and bulk writes on the writer.',
  runbook: SATURATED,
};
const LOCAL_STORAGE: AlarmAdvice = {
  why: 'Less than 5 GiB are free on the disk for temporary tables of an instance: next, queries that need one fail.',
  firstCheck: 'queries that sort or join much (SHOW PROCESSLIST), then choose a larger instanceType.',
  runbook: SATURATED,
};
const DEADLOCKS: AlarmAdvice = {
  why: 'For a quarter of an hour, transactions have waited for each other, and the database has rolled back one in ten seconds or more.',
  firstCheck: 'the latest detected deadlock (SHOW ENGINE INNODB STATUS), and what a deployment changed in the order of writes.',
  runbook: 'requests-fail',
};
const LOGINS: AlarmAdvice = {
  why: 'For a quarter of an hour, the database has refused logins, one in ten seconds or more: a password has changed, or somebody guesses.',
  firstCheck: 'when the secret changed and whether units started before it; then the audit log, for names that the application does not have.',
  runbook: UNREACHED,
};
const STORAGE: AlarmAdvice = {
  why: 'Less than 5 GiB of the database\'s storage are free, and it has not grown by itself.',
  firstCheck: 'whether maxAllocatedStorageGib is reached, or storage grew within the last six hours, which RDS waits; then what grew: data or logs.',
  runbook: SATURATED,
};
const STORAGE_GONE: AlarmAdvice = {
  ...STORAGE, why: 'Less than 1 GiB of the database\'s storage is free: without any, it stops.',
};

const BUSY_CPU = { [Severity.WARNING]: { maxUsagePercent: 80, ...QUARTER_OF_AN_HOUR, ...advised(CPU) } };
/** One in ten seconds: a handful at a time is usual. */
const TOO_OFTEN = { maxCount: 0.1, ...QUARTER_OF_AN_HOUR, treatMissingDataOverride: TreatMissingData.NOT_BREACHING };

/** Storage of an RDS instance, which grows by itself until its limit, every six hours at the most (RDS user guide, "Storage autoscaling"). */
const FREE_STORAGE = {
  [Severity.WARNING]: { minCount: 5 * GIB, ...QUARTER_OF_AN_HOUR, ...advised(STORAGE) },
  [Severity.CRITICAL]: { minCount: GIB, ...QUARTER_OF_AN_HOUR, ...advised(STORAGE_GONE) },
};

/** What is watched of the instances of a cluster. */
export interface WatchedInstances {
  /** Memory of each, at its largest. Where it is not known, connections and memory are shown, and nothing alarms on them. */
  readonly memoryGib?: number;
  readonly isServerless: boolean;
  readonly hasReaders: boolean;
}

/** Segments and alarms of an Aurora cluster. */
export function monitorCluster(monitoring: MonitoringFacade, title: string, cluster: IDatabaseCluster, instances: WatchedInstances): void {
  monitoring.monitorAuroraCluster({ cluster, ...named(title), addToSummaryDashboard: false });
  addSaturation(monitoring, title, { DBClusterIdentifier: cluster.clusterIdentifier }, {
    ...alarmsOn(instances.memoryGib, headroomOfAurora),
    ...instances.isServerless
      ? { addCapacityUsageAlarm: { [Severity.WARNING]: { maxUsagePercent: 90, ...QUARTER_OF_AN_HOUR, ...advised(CAPACITY) } } }
      : { addFreeLocalStorageAlarm: { [Severity.WARNING]: { minCount: 5 * GIB, ...QUARTER_OF_AN_HOUR, ...advised(LOCAL_STORAGE) } } },
    ...instances.hasReaders
      ? { addReplicaLagAlarm: { [Severity.WARNING]: { maxLatency: Duration.seconds(1), ...QUARTER_OF_AN_HOUR, ...advised(REPLICA_LAG) } } }
      : {},
    addDeadlocksAlarm: { [Severity.WARNING]: { ...TOO_OFTEN, ...advised(DEADLOCKS) } },
    addLoginFailuresAlarm: { [Severity.WARNING]: { ...TOO_OFTEN, ...advised(LOGINS) } },
  });
}

/** Segments and alarms of an RDS instance. RDS for MySQL has no metrics of deadlocks and of failed logins. */
export function monitorInstance(monitoring: MonitoringFacade, title: string, instance: IDatabaseInstance, memoryGib?: number): void {
  monitoring.monitorRdsInstance({ instance, ...named(title), addToSummaryDashboard: false, addFreeStorageSpaceAlarm: FREE_STORAGE });
  addSaturation(monitoring, title, { DBInstanceIdentifier: instance.instanceIdentifier }, alarmsOn(memoryGib, headroomOfRds));
}

function alarmsOn(memoryGib: number | undefined, headroomOf: (memoryGib: number) => Headroom): DatabaseSaturationMonitoringOptions {
  if (memoryGib === undefined) return { addCpuUsageAlarm: BUSY_CPU };
  const { maxConnectionCount, minFreeableMemoryInBytes } = headroomOf(memoryGib);
  return {
    addCpuUsageAlarm: BUSY_CPU,
    addMaxConnectionCountAlarm: { [Severity.WARNING]: { maxConnectionCount, ...QUARTER_OF_AN_HOUR, ...advised(CONNECTIONS) } },
    addFreeableMemoryAlarm: { [Severity.WARNING]: { minFreeableMemoryInBytes, ...QUARTER_OF_AN_HOUR, ...advised(MEMORY) } },
  };
}

function addSaturation(
  monitoring: MonitoringFacade, title: string, dimensions: { [name: string]: string }, alarms: DatabaseSaturationMonitoringOptions,
): void {
  monitoring.addSegment(new DatabaseSaturationMonitoring(monitoring, { ...named(title), dimensions, ...alarms }), { addToSummaryDashboard: false });
}

function named(humanReadableName: string) {
  return { humanReadableName, alarmFriendlyName: 'Database' };
}
