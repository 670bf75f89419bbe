import { Duration } from 'aws-cdk-lib';
import { IDatabaseCluster, IDatabaseInstance } from 'aws-cdk-lib/aws-rds';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { CONNECTIONS_IN_USE, FREE_MEMORY, Headroom, headroomOfAurora, headroomOfRds } from './headroom';
import { Severity } from '../../core';
import { QUARTER_OF_AN_HOUR } from '../../core/private/alarms/thresholds';
import { withAdvice, AlarmAdvice } from '../../core/private/alarms/with-advice';
import { DatabaseSaturationMonitoring, DatabaseSaturationMonitoringOptions } from '../../segments';

const SATURATED = 'database-is-saturated';
const UNREACHED = 'application-cannot-reach-database';
const GIB = 1024 ** 3;

/** Percent of the CPU above which queries begin to wait. */
const BUSY_CPU = 80;
/** Percent of the largest capacity of Aurora Serverless v2: above it, there is nowhere to grow. */
const FULL_CAPACITY = 90;
/** How far a reader may be behind, where some milliseconds are usual. */
const MAX_REPLICA_LAG = Duration.seconds(1);
/** GiB of the disk for temporary tables that must stay free. */
const FREE_LOCAL_GIB = 5;
/** GiB of the storage that must stay free: it may still grow by itself, or it is about to stop the database. */
const FREE_GIB = { mayGrow: 5, stops: 1 };
/** Seconds in which one rolled back transaction, or one refused login, is usual: a handful at a time. */
const USUAL_SECONDS = 10;

const CPU: AlarmAdvice = {
  why: `An instance of the database has been busy above ${BUSY_CPU} % for a quarter of an hour: queries begin to wait.`,
  firstCheck: 'which queries run longest, in Performance Insights or the slow query log, and whether a deployment brought them.',
  runbook: SATURATED,
};
const CONNECTIONS: AlarmAdvice = {
  why: `More than ${CONNECTIONS_IN_USE} % of the connections that an instance of the database takes are open: above all of them it refuses the next.`,
  firstCheck: 'who holds them and whether they are idle (SHOW PROCESSLIST), then whether more units run than planned; a proxy shares them.',
  runbook: SATURATED,
};
const MEMORY: AlarmAdvice = {
  why: `Less than ${FREE_MEMORY} % of the database's memory is free at its largest capacity: next it is read from disk, or a query is ended.`,
  firstCheck: 'how many connections are open and which queries sort or join much, then enlarge the database.',
  runbook: SATURATED,
};
const CAPACITY: AlarmAdvice = {
  why: `The database has been above ${FULL_CAPACITY} % of its largest capacity for a quarter of an hour: from there on, queries wait.`,
  firstCheck: 'whether the traffic or a single query brought it, in Performance Insights; then raise maxAcu.',
  runbook: SATURATED,
};
const REPLICA_LAG: AlarmAdvice = {
  why: `A reader of the database has been more than ${MAX_REPLICA_LAG.toSeconds()} s behind the writer, where some milliseconds are usual: it shows old data.`,
  firstCheck: 'long queries on the readers and bulk writes on the writer.',
  runbook: SATURATED,
};
const LOCAL_STORAGE: AlarmAdvice = {
  why: `Less than ${FREE_LOCAL_GIB} GiB are free on the disk for temporary tables of an instance: next, queries that need one fail.`,
  firstCheck: 'queries that sort or join much (SHOW PROCESSLIST), then choose a larger instanceType.',
  runbook: SATURATED,
};
const DEADLOCKS: AlarmAdvice = {
  why: `For a quarter of an hour, transactions have waited for each other, and the database has rolled back more than one in ${USUAL_SECONDS} seconds.`,
  firstCheck: 'the latest detected deadlock (SHOW ENGINE INNODB STATUS), and what a deployment changed in the order of writes.',
  runbook: 'requests-fail',
};
const LOGINS: AlarmAdvice = {
  why: `For a quarter of an hour, the database has refused more than one login in ${USUAL_SECONDS} seconds: a password has changed, or somebody guesses.`,
  firstCheck: 'when the secret changed and whether units started before it; then the audit log, for names that the application does not have.',
  runbook: UNREACHED,
};
const STORAGE: AlarmAdvice = {
  why: `Less than ${FREE_GIB.mayGrow} GiB of the database's storage are free, and it has not grown by itself.`,
  firstCheck: 'whether maxAllocatedStorageGib is reached, or storage grew within the last six hours, which RDS waits; then what grew: data or logs.',
  runbook: SATURATED,
};
const STORAGE_GONE: AlarmAdvice = {
  ...STORAGE, why: `Less than ${FREE_GIB.stops} GiB of the database's storage is free: without any, it stops.`,
};

const CPU_ALARM = { [Severity.WARNING]: { maxUsagePercent: BUSY_CPU, ...QUARTER_OF_AN_HOUR, ...withAdvice(CPU) } };
const TOO_OFTEN = { maxCount: 1 / USUAL_SECONDS, ...QUARTER_OF_AN_HOUR };

/** Storage of an RDS instance, which grows by itself until its limit, every six hours at the most (RDS user guide, "Storage autoscaling"). */
const FREE_STORAGE = {
  [Severity.WARNING]: { minCount: FREE_GIB.mayGrow * GIB, ...QUARTER_OF_AN_HOUR, ...withAdvice(STORAGE) },
  [Severity.CRITICAL]: { minCount: FREE_GIB.stops * GIB, ...QUARTER_OF_AN_HOUR, ...withAdvice(STORAGE_GONE) },
};

/** What is watched of the instances of a cluster. */
export interface WatchedInstances {
  /** Memory of each, at its largest. Where it is not known, connections and memory are shown, and nothing alarms on them. */
  readonly memoryGib?: number;
  readonly isServerless: boolean;
  readonly hasReaders: boolean;
}

const LITTLE_LOCAL_STORAGE = { minCount: FREE_LOCAL_GIB * GIB, ...QUARTER_OF_AN_HOUR, ...withAdvice(LOCAL_STORAGE) };

/** Segments and alarms of an Aurora cluster. */
export function monitorCluster(monitoring: MonitoringFacade, title: string, cluster: IDatabaseCluster, instances: WatchedInstances): void {
  monitoring.monitorAuroraCluster({ cluster, ...named(title), addToSummaryDashboard: false });
  addSaturation(monitoring, title, { DBClusterIdentifier: cluster.clusterIdentifier }, {
    ...alarmsOn(instances.memoryGib, headroomOfAurora),
    ...instances.isServerless
      ? { addCapacityUsageAlarm: { [Severity.WARNING]: { maxUsagePercent: FULL_CAPACITY, ...QUARTER_OF_AN_HOUR, ...withAdvice(CAPACITY) } } }
      : { addMinFreeLocalStorageAlarm: { [Severity.WARNING]: LITTLE_LOCAL_STORAGE } },
    ...instances.hasReaders
      ? { addMaxReplicaLagAlarm: { [Severity.WARNING]: { maxLatency: MAX_REPLICA_LAG, ...QUARTER_OF_AN_HOUR, ...withAdvice(REPLICA_LAG) } } }
      : {},
    addMaxDeadlockRateAlarm: { [Severity.WARNING]: { ...TOO_OFTEN, ...withAdvice(DEADLOCKS) } },
    addMaxLoginFailureRateAlarm: { [Severity.WARNING]: { ...TOO_OFTEN, ...withAdvice(LOGINS) } },
  });
}

/** Segments and alarms of an RDS instance. RDS for MySQL has no metrics of deadlocks and of failed logins. */
export function monitorInstance(monitoring: MonitoringFacade, title: string, instance: IDatabaseInstance, memoryGib?: number): void {
  monitoring.monitorRdsInstance({ instance, ...named(title), addToSummaryDashboard: false });
  addSaturation(monitoring, title, { DBInstanceIdentifier: instance.instanceIdentifier }, {
    ...alarmsOn(memoryGib, headroomOfRds), addMinFreeStorageSpaceAlarm: FREE_STORAGE,
  });
}

function alarmsOn(memoryGib: number | undefined, headroomOf: (memoryGib: number) => Headroom): DatabaseSaturationMonitoringOptions {
  if (memoryGib === undefined) return { addCpuUsageAlarm: CPU_ALARM };
  const { maxConnectionCount, minFreeableMemoryInBytes } = headroomOf(memoryGib);
  return {
    addCpuUsageAlarm: CPU_ALARM,
    addMaxConnectionCountAlarm: { [Severity.WARNING]: { maxConnectionCount, ...QUARTER_OF_AN_HOUR, ...withAdvice(CONNECTIONS) } },
    addMinFreeableMemoryAlarm: { [Severity.WARNING]: { minFreeableMemoryInBytes, ...QUARTER_OF_AN_HOUR, ...withAdvice(MEMORY) } },
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
