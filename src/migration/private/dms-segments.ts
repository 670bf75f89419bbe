import { Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Severity } from '../../core';
import { advised, AlarmAdvice } from '../../core/private/advised';
import { DmsReplicationMonitoring, DmsReplicationMonitoringProps } from '../../monitors';
import { QUARTER_OF_AN_HOUR } from '../../monitors/private/periods';

const GIB = 1024 ** 3;
const runbook = 'migration-stalls';
const SOURCE_IS_LATE: AlarmAdvice = {
  why: 'The migration reads changes from the source more than 5 minutes late: a cut-over would wait for them.',
  firstCheck: 'the load of the source, the network between the two, and the CPU and memory of the replication instance.',
  runbook,
};
const TARGET_IS_LATE: AlarmAdvice = {
  why: 'The migration writes changes to the database more than 5 minutes late: a cut-over would wait for them.',
  firstCheck: 'tables without a primary key, which are written row by row; then the load of the database.',
  runbook,
};
const FULL: AlarmAdvice = {
  why: 'Less than 5 GiB of the replication instance\'s disk are free: without any, the migration stops.',
  firstCheck: 'whether changes are held back, since the target is late; then raise allocatedStorageGib.',
  runbook,
};
const SHORT_OF_MEMORY: AlarmAdvice = {
  why: 'Less than 256 MiB of the replication instance\'s memory are free: changes go to its disk, and the migration gets slower.',
  firstCheck: 'whether one transaction changes very many rows, or rows are very large; then choose a larger replicationInstanceClass.',
  runbook,
};

/** Before the task runs, and after it, there is nothing to measure; that it stops is told by an event. */
const WHILE_IT_RUNS = { ...QUARTER_OF_AN_HOUR, treatMissingDataOverride: TreatMissingData.NOT_BREACHING };

/** Segment and alarms of a replication task: users are still served elsewhere, so none of them wakes anybody. */
export function monitorReplication(
  monitoring: MonitoringFacade, title: string, replication: Pick<DmsReplicationMonitoringProps, 'replicationInstanceIdentifier' | 'replicationTaskId'>,
): void {
  const late = (advice: AlarmAdvice) => ({ [Severity.WARNING]: { maxLatency: Duration.minutes(5), ...WHILE_IT_RUNS, ...advised(advice) } });
  monitoring.addSegment(new DmsReplicationMonitoring(monitoring, {
    ...replication,
    humanReadableName: title,
    alarmFriendlyName: 'DatabaseMigration',
    addSourceLatencyAlarm: late(SOURCE_IS_LATE),
    addTargetLatencyAlarm: late(TARGET_IS_LATE),
    addFreeStorageAlarm: { [Severity.WARNING]: { minCount: 5 * GIB, ...WHILE_IT_RUNS, ...advised(FULL) } },
    addFreeableMemoryAlarm: { [Severity.WARNING]: { minFreeableMemoryInBytes: GIB / 4, ...WHILE_IT_RUNS, ...advised(SHORT_OF_MEMORY) } },
  }), { addToSummaryDashboard: false });
}
