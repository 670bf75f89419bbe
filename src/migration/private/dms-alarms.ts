import { Duration } from 'aws-cdk-lib';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Severity } from '../../core';
import { QUARTER_OF_AN_HOUR } from '../../core/private/alarms/thresholds';
import { withAdvice, AlarmAdvice } from '../../core/private/alarms/with-advice';
import { DmsReplicationMonitoring, DmsReplicationMonitoringProps } from '../../segments';

const MIB = 1024 ** 2;
const GIB = 1024 * MIB;

/** How late changes may be before a cut-over waits for them. */
const MAX_LATENCY = Duration.minutes(5);
/** GiB of the instance's disk that must stay free. */
const FREE_STORAGE_GIB = 5;
/** MiB of the instance's memory that must stay free. */
const FREE_MEMORY_MIB = 256;

const runbook = 'migration-stalls';
const SOURCE_IS_LATE: AlarmAdvice = {
  why: `The migration reads changes from the source more than ${MAX_LATENCY.toMinutes()} minutes late: a cut-over would wait for them.`,
  firstCheck: 'the load of the source, the network between the two, and the CPU and memory of the replication instance.',
  runbook,
};
const TARGET_IS_LATE: AlarmAdvice = {
  why: `The migration writes changes to the database more than ${MAX_LATENCY.toMinutes()} minutes late: a cut-over would wait for them.`,
  firstCheck: 'tables without a primary key, which are written row by row; then the load of the database.',
  runbook,
};
const FULL: AlarmAdvice = {
  why: `Less than ${FREE_STORAGE_GIB} GiB of the replication instance's disk are free: without any, the migration stops.`,
  firstCheck: 'whether changes are held back, since the target is late; then raise allocatedStorageGib.',
  runbook,
};
const SHORT_OF_MEMORY: AlarmAdvice = {
  why: `Less than ${FREE_MEMORY_MIB} MiB of the replication instance's memory are free: changes go to its disk, and the migration gets slower.`,
  firstCheck: 'whether one transaction changes very many rows, or rows are very large; then choose a larger replicationInstanceClass.',
  runbook,
};

/** Segment and alarms of a replication task, whose stop is told by an event: users are still served elsewhere, so none of them wakes anybody. */
export function monitorReplication(
  monitoring: MonitoringFacade, title: string, replication: Pick<DmsReplicationMonitoringProps, 'replicationInstanceIdentifier' | 'replicationTaskId'>,
): void {
  const late = (advice: AlarmAdvice) => ({ [Severity.WARNING]: { maxLatency: MAX_LATENCY, ...QUARTER_OF_AN_HOUR, ...withAdvice(advice) } });
  monitoring.addSegment(new DmsReplicationMonitoring(monitoring, {
    ...replication,
    humanReadableName: title,
    alarmFriendlyName: 'Database-Migration',
    addMaxSourceLatencyAlarm: late(SOURCE_IS_LATE),
    addMaxTargetLatencyAlarm: late(TARGET_IS_LATE),
    addMinFreeStorageSpaceAlarm: { [Severity.WARNING]: { minCount: FREE_STORAGE_GIB * GIB, ...QUARTER_OF_AN_HOUR, ...withAdvice(FULL) } },
    addMinFreeableMemoryAlarm: {
      [Severity.WARNING]: { minFreeableMemoryInBytes: FREE_MEMORY_MIB * MIB, ...QUARTER_OF_AN_HOUR, ...withAdvice(SHORT_OF_MEMORY) },
    },
  }), { addToSummaryDashboard: false });
}
