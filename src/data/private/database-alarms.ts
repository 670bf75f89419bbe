import { Duration } from 'aws-cdk-lib';
import { IDatabaseCluster, IDatabaseInstance } from 'aws-cdk-lib/aws-rds';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { AuroraEngine, Engine, GIB, Looks, RdsEngine } from './engines/contract';
import { CONNECTIONS_IN_USE, FREE_MEMORY, headroomOf } from './headroom';
import { Severity } from '../../core';
import { QUARTER_OF_AN_HOUR } from '../../core/private/alarms/thresholds';
import { withAdvice, AlarmAdvice } from '../../core/private/alarms/with-advice';
import { DatabaseIdentifier, DatabaseSaturationMonitoring, DatabaseSaturationMonitoringOptions } from '../../segments';

const SATURATED = 'database-is-saturated';
const UNREACHED = 'application-cannot-reach-database';

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
/** Half of the transaction ids that there are: AWS advises to look then ("Implement an early warning system for transaction ID wraparound"). */
const MAX_TRANSACTION_IDS = 1_000_000_000;
/** The least capacity by which Aurora limits connections, whatever the largest is. */
const HALF_AN_ACU = 0.5;

const cpu = ({ slowQueries }: Looks): AlarmAdvice => ({
  why: `An instance of the database has been busy above ${BUSY_CPU} % for a quarter of an hour: queries begin to wait.`,
  firstCheck: `which queries run longest, in Performance Insights or ${slowQueries}, and whether a deployment brought them.`,
  runbook: SATURATED,
});
const connections = ({ sessions }: Looks): AlarmAdvice => ({
  why: `More than ${CONNECTIONS_IN_USE} % of the connections that an instance of the database takes are open: above all of them it refuses the next.`,
  firstCheck: `who holds them and whether they are idle (${sessions}), then whether more units run than planned; a proxy shares them.`,
  runbook: SATURATED,
});
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
const replicaLagOfRds = (behind: Duration): AlarmAdvice => ({
  why: `The read replica of the database has been more than ${behind.toSeconds()} s behind its source, or has not followed it at all: it shows old data.`,
  firstCheck: 'whether it follows (status of its replication in RDS), then long queries on the replica and bulk writes on the source.',
  runbook: SATURATED,
});
const localStorage = ({ sessions }: Looks): AlarmAdvice => ({
  why: `Less than ${FREE_LOCAL_GIB} GiB are free on the disk for temporary tables of an instance: next, queries that need one fail.`,
  firstCheck: `queries that sort or join much (${sessions}), then choose a larger instanceType.`,
  runbook: SATURATED,
});
const deadlocks = ({ deadlocks: seen }: Looks): AlarmAdvice => ({
  why: `For a quarter of an hour, transactions have waited for each other, and the database has rolled back more than one in ${USUAL_SECONDS} seconds.`,
  firstCheck: `${seen}, and what a deployment changed in the order of writes.`,
  runbook: 'requests-fail',
});
const LOGINS: AlarmAdvice = {
  why: `For a quarter of an hour, the database has refused more than one login in ${USUAL_SECONDS} seconds: a password has changed, or somebody guesses.`,
  firstCheck: 'when the secret changed and whether units started before it; then the audit log, for names that the application does not have.',
  runbook: UNREACHED,
};
const TRANSACTION_IDS: AlarmAdvice = {
  why: 'Half of the transaction ids are in use, since old rows have not been frozen: when all of them are, the database takes no more writes.',
  firstCheck: 'transactions that have been open for days, replication slots that nobody reads, and whether autovacuum keeps up with the largest tables.',
  runbook: SATURATED,
};
const STORAGE: AlarmAdvice = {
  why: `Less than ${FREE_GIB.mayGrow} GiB of the database's storage are free, and it has not grown by itself.`,
  firstCheck: 'whether maxAllocatedStorageGib is reached, or storage grew within the last six hours, which RDS waits; then what grew: data or logs.',
  runbook: SATURATED,
};
const STORAGE_GONE: AlarmAdvice = {
  ...STORAGE, why: `Less than ${FREE_GIB.stops} GiB of the database's storage is free: without any, it stops.`,
};

const TOO_OFTEN = { maxCount: 1 / USUAL_SECONDS };

/** Storage of an RDS instance, which grows by itself until its limit, every six hours at the most (RDS user guide, "Storage autoscaling"). */
const FREE_STORAGE = {
  [Severity.WARNING]: { minCount: FREE_GIB.mayGrow * GIB, ...QUARTER_OF_AN_HOUR, ...withAdvice(STORAGE) },
  [Severity.CRITICAL]: { minCount: FREE_GIB.stops * GIB, ...QUARTER_OF_AN_HOUR, ...withAdvice(STORAGE_GONE) },
};

/** What is watched of the instances of a cluster. */
export interface WatchedInstances {
  /** Memory of each, at its largest. Where it is not known, connections and memory are shown, and nothing alarms on them. */
  readonly memoryGib?: number;
  /** The least capacity of serverless instances. */
  readonly minAcu?: number;
  readonly hasReaders: boolean;
}

/** Segments and alarms of an Aurora cluster. */
export function monitorCluster(monitoring: MonitoringFacade, engine: AuroraEngine, cluster: IDatabaseCluster, instances: WatchedInstances): void {
  const { memoryGib, minAcu, hasReaders } = instances;
  const { looks } = engine;
  monitoring.monitorAuroraCluster({ cluster, ...named(engine.title), addToSummaryDashboard: false });
  addSaturation(monitoring, named(engine.title), DatabaseIdentifier.cluster(cluster.clusterIdentifier), {
    ...alarmsOn(engine, memoryGib, minAcu === HALF_AN_ACU ? engine.mostAtHalfAnAcu : undefined),
    ...minAcu === undefined
      ? { addMinFreeLocalStorageAlarm: warn({ minCount: FREE_LOCAL_GIB * GIB }, localStorage(looks)) }
      : { addCapacityUsageAlarm: warn({ maxUsagePercent: FULL_CAPACITY }, CAPACITY) },
    ...hasReaders ? { addMaxReplicaLagAlarm: warn({ maxLatency: MAX_REPLICA_LAG }, REPLICA_LAG) } : {},
    addMaxDeadlockRateAlarm: warn(TOO_OFTEN, deadlocks(looks)),
    ...engine.countsLoginFailures ? { addMaxLoginFailureRateAlarm: warn(TOO_OFTEN, LOGINS) } : {},
  });
}

/** Segments and alarms of an RDS instance, which has no metrics of deadlocks and of failed logins. */
export function monitorInstance(monitoring: MonitoringFacade, engine: RdsEngine, instance: IDatabaseInstance, memoryGib?: number): void {
  monitoring.monitorRdsInstance({ instance, ...named(engine.title), addToSummaryDashboard: false });
  addSaturation(monitoring, named(engine.title), DatabaseIdentifier.instance(instance.instanceIdentifier), {
    ...alarmsOn(engine, memoryGib), addMinFreeStorageSpaceAlarm: FREE_STORAGE,
  });
}

/** Segment and alarms of the read replica of an RDS instance. */
export function monitorReplica(monitoring: MonitoringFacade, engine: RdsEngine, replica: IDatabaseInstance, memoryGib?: number): void {
  const names = { humanReadableName: `${engine.title}: replica`, alarmFriendlyName: 'Database-Reader' };
  addSaturation(monitoring, names, DatabaseIdentifier.instance(replica.instanceIdentifier), {
    ...alarmsOn({ ...engine, wrapsAround: false }, memoryGib),
    addMinFreeStorageSpaceAlarm: FREE_STORAGE,
    addMaxReplicaLagAlarm: warn({ maxLatency: engine.maxReplicaLag }, replicaLagOfRds(engine.maxReplicaLag)),
  });
}

function alarmsOn(engine: Engine, memoryGib?: number, mostConnections?: number): DatabaseSaturationMonitoringOptions {
  const { looks, wrapsAround } = engine;
  const always = {
    addCpuUsageAlarm: warn({ maxUsagePercent: BUSY_CPU }, cpu(looks)),
    ...wrapsAround ? { addMaxUsedTransactionIdCountAlarm: warn({ maxCount: MAX_TRANSACTION_IDS }, TRANSACTION_IDS) } : {},
  };
  if (memoryGib === undefined) return always;
  const { maxConnectionCount, minFreeableMemoryInBytes } = headroomOf(engine, memoryGib, mostConnections);
  return {
    ...always,
    addMaxConnectionCountAlarm: warn({ maxConnectionCount }, connections(looks)),
    addMinFreeableMemoryAlarm: warn({ minFreeableMemoryInBytes }, MEMORY),
  };
}

/** A warning for what lasts a quarter of an hour. */
function warn<T extends object>(threshold: T, advice: AlarmAdvice) {
  return { [Severity.WARNING]: { ...threshold, ...QUARTER_OF_AN_HOUR, ...withAdvice(advice) } };
}

function addSaturation(
  monitoring: MonitoringFacade, names: Names, database: DatabaseIdentifier, alarms: DatabaseSaturationMonitoringOptions,
): void {
  monitoring.addSegment(new DatabaseSaturationMonitoring(monitoring, { ...names, database, ...alarms }), { addToSummaryDashboard: false });
}

interface Names {
  readonly humanReadableName: string;
  readonly alarmFriendlyName: string;
}

function named(humanReadableName: string): Names {
  return { humanReadableName, alarmFriendlyName: 'Database' };
}
