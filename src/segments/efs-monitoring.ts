import { GraphWidgetProps, HorizontalAnnotation, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  BaseMonitoringProps, CountAxisFromZero, MinUsageCountThreshold, Monitoring, MonitoringScope, PercentageAxisFromZero, RateAxisFromZero,
  SizeAxisBytesFromZero, UsageThreshold,
} from 'cdk-monitoring-constructs';
import { EfsMetricFactory, EfsMetricFactoryProps } from './efs-metric-factory';
import { Alarms } from './private/alarms';
import { MISSING } from './private/missing';
import { Marks, MonitorShell } from './private/monitor-shell';
import { floorOf, named, percentOf } from './private/rules';
import { Rule } from '../core/private/validation';

/** What to alarm on of a file system. */
export interface EfsMonitoringOptions extends BaseMonitoringProps {
  /**
   * Whether the file system has burst credits, which with bursting throughput alone it has.
   *
   * @default - true where an alarm is raised by them
   */
  readonly showBurstCredits?: boolean;
  /**
   * Alarms above a share of the permitted throughput, by severity.
   *
   * @default - no alarm
   */
  readonly addThroughputUsageAlarm?: { [disambiguator: string]: UsageThreshold };
  /**
   * Alarms above a share of the operations per second that are allowed, by severity.
   *
   * @default - no alarm
   */
  readonly addIoUsageAlarm?: { [disambiguator: string]: UsageThreshold };
  /**
   * Alarms below a number of burst credits, in bytes, by severity.
   *
   * @default - no alarm
   */
  readonly addMinBurstCreditBalanceAlarm?: { [disambiguator: string]: MinUsageCountThreshold };
}

/** Which file system, and what to alarm on. */
export interface EfsMonitoringProps extends EfsMetricFactoryProps, EfsMonitoringOptions {}

const RULES: Rule<EfsMonitoringProps>[] = [
  named('fileSystemId'), percentOf('addThroughputUsageAlarm'), percentOf('addIoUsageAlarm'), floorOf('addMinBurstCreditBalanceAlarm', 'minCount'),
];

/** Throughput, operations, clients and burst credits of an EFS file system. */
export class EfsMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: EfsMetricFactory;
  private readonly shell: MonitorShell;
  private readonly marks: Marks<'throughput' | 'operations' | 'credits'>;

  /**
   * @param scope the facade
   * @param props the file system, and what to alarm on
   * @throws Error when a prop or a threshold cannot be
   */
  constructor(scope: MonitoringScope, private readonly props: EfsMonitoringProps) {
    super(scope, props);
    this.shell = new MonitorShell(this, scope, props, { family: 'EFS file system', fallbackName: props.fileSystemId, rules: RULES });
    this.title = this.shell.title;
    this.metrics = new EfsMetricFactory(scope.createMetricFactory(), props);
    this.marks = this.shell.watch(alarms => ({ ...this.watchUsage(alarms), credits: this.watchCredits(alarms) }));
  }

  public widgets(): IWidget[] {
    const { metrics, marks } = this;
    return this.shell.detail([
      {
        title: 'Throughput (MiB/s)',
        left: [metrics.metricUsedThroughputInMebibytesPerSecond(), metrics.metricPermittedThroughputInMebibytesPerSecond()],
        leftYAxis: RateAxisFromZero,
      },
      {
        title: 'Used of the permitted throughput',
        left: [metrics.metricThroughputUsageInPercent()],
        leftYAxis: PercentageAxisFromZero,
        leftAnnotations: marks.throughput,
      },
      {
        title: 'Used of the operations limit',
        left: [metrics.metricMaxIoUsageInPercent()],
        leftYAxis: PercentageAxisFromZero,
        leftAnnotations: marks.operations,
      },
      { title: 'Clients', left: [metrics.metricAverageClientConnectionCount()], leftYAxis: CountAxisFromZero },
      ...this.credits(),
    ]);
  }

  private credits(): GraphWidgetProps[] {
    const { addMinBurstCreditBalanceAlarm, showBurstCredits = addMinBurstCreditBalanceAlarm !== undefined } = this.props;
    return !showBurstCredits ? [] : [{
      title: 'Burst credits',
      left: [this.metrics.metricMinBurstCreditBalanceInBytes()],
      leftYAxis: SizeAxisBytesFromZero,
      leftAnnotations: this.marks.credits,
    }];
  }

  private watchUsage(alarms: Alarms): Marks<'throughput' | 'operations'> {
    const usage = { missing: MISSING.IS_WELL, limit: ({ maxUsagePercent }: UsageThreshold) => maxUsagePercent };
    return {
      throughput: alarms.above({
        ...usage,
        metric: this.metrics.metricThroughputUsageInPercent(),
        suffix: 'Throughput',
        says: 'The permitted throughput is nearly used.',
        alarms: this.props.addThroughputUsageAlarm,
      }),
      operations: alarms.above({
        ...usage,
        metric: this.metrics.metricMaxIoUsageInPercent(),
        suffix: 'IO-Limit',
        says: 'The operations per second are nearly used.',
        alarms: this.props.addIoUsageAlarm,
      }),
    };
  }

  private watchCredits(alarms: Alarms): HorizontalAnnotation[] {
    return alarms.below({
      metric: this.metrics.metricMinBurstCreditBalanceInBytes(),
      suffix: 'Burst-Credits',
      says: 'The burst credits are nearly used.',
      missing: MISSING.IS_WELL,
      alarms: this.props.addMinBurstCreditBalanceAlarm,
      limit: ({ minCount }) => minCount,
    });
  }
}
