import { GraphWidgetProps, HorizontalAnnotation, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  BaseMonitoringProps, CountAxisFromZero, MinUsageCountThreshold, Monitoring, MonitoringHeaderWidget, MonitoringNamingStrategy,
  MonitoringScope, PercentageAxisFromZero, RateAxisFromZero, SizeAxisBytesFromZero, UsageThreshold,
} from 'cdk-monitoring-constructs';
import { EfsMetricFactory, EfsMetricFactoryProps } from './efs-metric-factory';
import { Alarms } from './private/alarms';
import { row } from './private/graphs';

/** What to alarm on of a file system. */
export interface EfsMonitoringOptions extends BaseMonitoringProps {
  /**
   * Whether the file system has burst credits, which with bursting throughput alone it has.
   *
   * @default false
   */
  readonly showBurstCredits?: boolean;
  /**
   * Alarms above a share of the permitted throughput, by severity.
   *
   * @default - no alarm
   */
  readonly addThroughputUtilizationAlarm?: { [disambiguator: string]: UsageThreshold };
  /**
   * Alarms above a share of the operations per second that are allowed, by severity.
   *
   * @default - no alarm
   */
  readonly addIoLimitAlarm?: { [disambiguator: string]: UsageThreshold };
  /**
   * Alarms below a number of burst credits, in bytes, by severity.
   *
   * @default - no alarm
   */
  readonly addBurstCreditBalanceAlarm?: { [disambiguator: string]: MinUsageCountThreshold };
}

/** Which file system, and what to alarm on. */
export interface EfsMonitoringProps extends EfsMetricFactoryProps, EfsMonitoringOptions {}

/** Throughput, operations, clients and burst credits of an EFS file system. */
export class EfsMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: EfsMetricFactory;
  private readonly throughputMarks: HorizontalAnnotation[];
  private readonly limitMarks: HorizontalAnnotation[];
  private readonly creditMarks: HorizontalAnnotation[];

  /**
   * @param scope the facade
   * @param props the file system, and what to alarm on
   */
  constructor(scope: MonitoringScope, private readonly props: EfsMonitoringProps) {
    super(scope, props);
    const naming = new MonitoringNamingStrategy({ ...props, fallbackConstructName: props.fileSystemId });
    this.title = naming.resolveHumanReadableName();
    this.metrics = new EfsMetricFactory(scope.createMetricFactory(), props);
    const alarms = new Alarms(this, this.createAlarmFactory(naming.resolveAlarmFriendlyName()));
    this.throughputMarks = alarms.above({
      metric: this.metrics.metricThroughputUtilizationInPercent(),
      suffix: 'Throughput',
      says: 'The permitted throughput is nearly used.',
      alarms: props.addThroughputUtilizationAlarm,
      limit: ({ maxUsagePercent }) => maxUsagePercent,
    });
    this.limitMarks = alarms.above({
      metric: this.metrics.metricMaxIoLimitInPercent(),
      suffix: 'IOLimit',
      says: 'The operations per second are nearly used.',
      alarms: props.addIoLimitAlarm,
      limit: ({ maxUsagePercent }) => maxUsagePercent,
    });
    this.creditMarks = alarms.below({
      metric: this.metrics.metricMinBurstCreditBalanceInBytes(),
      suffix: 'BurstCredits',
      says: 'The burst credits are nearly used.',
      alarms: props.addBurstCreditBalanceAlarm,
      limit: ({ minCount }) => minCount,
    });
    props.useCreatedAlarms?.consume(this.createdAlarms());
  }

  public widgets(): IWidget[] {
    const { metrics } = this;
    const credits: GraphWidgetProps[] = this.props.showBurstCredits !== true ? [] : [{
      title: 'Burst credits',
      left: [metrics.metricMinBurstCreditBalanceInBytes()],
      leftYAxis: SizeAxisBytesFromZero,
      leftAnnotations: this.creditMarks,
    }];
    return [
      new MonitoringHeaderWidget({ family: 'EFS file system', title: this.title }),
      row(
        {
          title: 'Throughput (MiB/s)',
          left: [metrics.metricUsedThroughputInMebibytes(), metrics.metricPermittedThroughputInMebibytes()],
          leftYAxis: RateAxisFromZero,
        },
        {
          title: 'Used of the permitted throughput',
          left: [metrics.metricThroughputUtilizationInPercent()],
          leftYAxis: PercentageAxisFromZero,
          leftAnnotations: this.throughputMarks,
        },
        {
          title: 'Used of the operations limit',
          left: [metrics.metricMaxIoLimitInPercent()],
          leftYAxis: PercentageAxisFromZero,
          leftAnnotations: this.limitMarks,
        },
        { title: 'Clients', left: [metrics.metricAverageClientConnections()], leftYAxis: CountAxisFromZero },
        ...credits,
      ),
    ];
  }
}
