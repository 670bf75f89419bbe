import { HorizontalAnnotation, IMetric, IWidget, YAxisProps } from 'aws-cdk-lib/aws-cloudwatch';
import {
  BaseMonitoringProps, CountAxisFromZero, LatencyThreshold, MinFreeableMemoryThreshold, MinUsageCountThreshold, Monitoring, MonitoringScope,
  RateAxisFromZero, SizeAxisBytesFromZero, TimeAxisSecondsFromZero,
} from 'cdk-monitoring-constructs';
import { DmsReplicationMetricFactory, DmsReplicationMetricFactoryProps } from './dms-replication-metric-factory';
import { Alarms } from './private/alarms';
import { MISSING } from './private/missing';
import { Marks, MonitorShell } from './private/monitor-shell';
import { floorOf, named, timeOf } from './private/rules';
import { Rule } from '../core/private/validation';

/** What to alarm on of a replication. */
export interface DmsReplicationMonitoringOptions extends BaseMonitoringProps {
  /**
   * Alarms above an age of changes that are not yet read from the source, by severity.
   *
   * @default - no alarm
   */
  readonly addMaxSourceLatencyAlarm?: { [disambiguator: string]: LatencyThreshold };
  /**
   * Alarms above an age of changes that are not yet written to the target, by severity.
   *
   * @default - no alarm
   */
  readonly addMaxTargetLatencyAlarm?: { [disambiguator: string]: LatencyThreshold };
  /**
   * Alarms below a number of free bytes on the disk of the replication instance, by severity.
   *
   * @default - no alarm
   */
  readonly addMinFreeStorageSpaceAlarm?: { [disambiguator: string]: MinUsageCountThreshold };
  /**
   * Alarms below a number of free bytes of the replication instance's memory, by severity.
   *
   * @default - no alarm
   */
  readonly addMinFreeableMemoryAlarm?: { [disambiguator: string]: MinFreeableMemoryThreshold };
}

/** Which replication, and what to alarm on. */
export interface DmsReplicationMonitoringProps extends DmsReplicationMetricFactoryProps, DmsReplicationMonitoringOptions {}

const RULES: Rule<DmsReplicationMonitoringProps>[] = [
  named('replicationInstanceIdentifier'),
  named('replicationTaskId'),
  floorOf('addMinFreeStorageSpaceAlarm', 'minCount'),
  floorOf('addMinFreeableMemoryAlarm', 'minFreeableMemoryInBytes'),
  timeOf('addMaxSourceLatencyAlarm', 'maxLatency', 'seconds'),
  timeOf('addMaxTargetLatencyAlarm', 'maxLatency', 'seconds'),
];

/** How far a DMS task is behind, how fast it loads, and what room its instance has. */
export class DmsReplicationMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: DmsReplicationMetricFactory;
  private readonly shell: MonitorShell;
  private readonly marks: Marks<'latency' | 'storage' | 'memory'>;

  /**
   * @param scope the facade
   * @param props the replication, and what to alarm on
   * @throws Error when a prop or a threshold cannot be
   */
  constructor(scope: MonitoringScope, props: DmsReplicationMonitoringProps) {
    super(scope, props);
    this.shell = new MonitorShell(this, scope, props, { family: 'DMS replication', fallbackName: props.replicationTaskId, rules: RULES });
    this.title = this.shell.title;
    this.metrics = new DmsReplicationMetricFactory(scope.createMetricFactory(), props);
    this.marks = this.shell.watch(alarms => ({ latency: this.watchLatency(alarms, props), ...this.watchInstance(alarms, props) }));
  }

  public widgets(): IWidget[] {
    const { metrics, marks } = this;
    const graph = (title: string, leftYAxis: YAxisProps, left: IMetric[], leftAnnotations: HorizontalAnnotation[] = []) =>
      ({ title, left, leftYAxis, leftAnnotations });
    return this.shell.detail(
      [
        graph('Changes that wait', TimeAxisSecondsFromZero,
          [metrics.metricMaxSourceLatencyInSeconds(), metrics.metricMaxTargetLatencyInSeconds()], marks.latency),
        graph('Rows of the full load (per second)', RateAxisFromZero, [metrics.metricFullLoadRowsReadPerSecond(), metrics.metricFullLoadRowsWrittenPerSecond()]),
        graph('Changes held back', CountAxisFromZero, [metrics.metricChangesInMemoryCount(), metrics.metricChangesOnDiskCount()]),
      ],
      [
        graph('Replication instance: free storage', SizeAxisBytesFromZero, [metrics.metricMinFreeStorageSpaceInBytes()], marks.storage),
        graph('Replication instance: memory', SizeAxisBytesFromZero,
          [metrics.metricMinFreeableMemoryInBytes(), metrics.metricMaxSwapUsageInBytes()], marks.memory),
      ],
    );
  }

  private watchLatency(alarms: Alarms, props: DmsReplicationMonitoringProps): HorizontalAnnotation[] {
    const latency = { missing: MISSING.IS_WELL, limit: ({ maxLatency }: LatencyThreshold) => maxLatency.toSeconds({ integral: false }) };
    return [
      ...alarms.above({
        ...latency,
        metric: this.metrics.metricMaxSourceLatencyInSeconds(),
        suffix: 'Latency-Source',
        says: 'The source is read too slowly.',
        alarms: props.addMaxSourceLatencyAlarm,
      }),
      ...alarms.above({
        ...latency,
        metric: this.metrics.metricMaxTargetLatencyInSeconds(),
        suffix: 'Latency-Target',
        says: 'The target takes changes too slowly.',
        alarms: props.addMaxTargetLatencyAlarm,
      }),
    ];
  }

  private watchInstance(alarms: Alarms, props: DmsReplicationMonitoringProps): Marks<'storage' | 'memory'> {
    return {
      storage: alarms.below({
        metric: this.metrics.metricMinFreeStorageSpaceInBytes(),
        suffix: 'Free-Storage',
        says: 'The replication instance runs out of storage.',
        missing: MISSING.IS_WELL,
        alarms: props.addMinFreeStorageSpaceAlarm,
        limit: ({ minCount }) => minCount,
      }),
      memory: alarms.below({
        metric: this.metrics.metricMinFreeableMemoryInBytes(),
        suffix: 'Memory-Freeable',
        says: 'The replication instance runs out of memory.',
        missing: MISSING.IS_WELL,
        alarms: props.addMinFreeableMemoryAlarm,
        limit: ({ minFreeableMemoryInBytes }) => minFreeableMemoryInBytes,
      }),
    };
  }
}
