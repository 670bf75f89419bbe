import { GraphWidgetProps, HorizontalAnnotation, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  BaseMonitoringProps, CountAxisFromZero, CustomAlarmThreshold, DefaultSummaryWidgetHeight, ErrorCountThreshold, Monitoring,
  MonitoringHeaderWidget, MonitoringNamingStrategy, MonitoringScope, SizeAxisBytesFromZero,
} from 'cdk-monitoring-constructs';
import { NatGatewayMetricFactory, NatGatewayMetricFactoryProps } from './nat-gateway-metric-factory';
import { Alarms } from './private/alarms';
import { row } from './private/graphs';
import { missingIsWell } from './private/missing';

/** From how many dropped packets on an alarm is raised. */
export interface DroppedPacketCountThreshold extends CustomAlarmThreshold {
  /** Packets that may be dropped in a period, over all gateways. */
  readonly maxDroppedPacketCount: number;
}

/** What to alarm on of the NAT gateways of a network. */
export interface NatGatewayMonitoringOptions extends BaseMonitoringProps {
  /**
   * Alarms above a number of connections that find no port free, over all gateways, by severity.
   *
   * @default - no alarm
   */
  readonly addPortAllocationErrorCountAlarm?: { [disambiguator: string]: ErrorCountThreshold };
  /**
   * Alarms above a number of dropped packets, over all gateways, by severity.
   *
   * @default - no alarm
   */
  readonly addDroppedPacketCountAlarm?: { [disambiguator: string]: DroppedPacketCountThreshold };
}

/** Which NAT gateways, and what to alarm on. */
export interface NatGatewayMonitoringProps extends NatGatewayMetricFactoryProps, NatGatewayMonitoringOptions {}

/** Ports, connections, dropped packets and traffic of all NAT gateways of a network. */
export class NatGatewayMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: NatGatewayMetricFactory;
  private readonly portMarks: HorizontalAnnotation[];
  private readonly dropMarks: HorizontalAnnotation[];

  /**
   * @param scope the facade
   * @param props the gateways, and what to alarm on
   * @throws Error when there are no gateways, or more than an alarm takes
   */
  constructor(scope: MonitoringScope, props: NatGatewayMonitoringProps) {
    super(scope, props);
    const naming = new MonitoringNamingStrategy({ fallbackConstructName: 'NatGateways', ...props });
    this.title = naming.resolveHumanReadableName();
    this.metrics = new NatGatewayMetricFactory(scope.createMetricFactory(), props);
    const alarms = new Alarms(this, this.createAlarmFactory(naming.resolveAlarmFriendlyName()));
    this.portMarks = alarms.above({
      metric: this.metrics.metricPortAllocationErrorCount(),
      suffix: 'Port-Allocation-Errors',
      says: 'Connections find no port free.',
      alarms: missingIsWell(props.addPortAllocationErrorCountAlarm),
      limit: ({ maxErrorCount }) => maxErrorCount,
    });
    this.dropMarks = alarms.above({
      metric: this.metrics.metricDroppedPacketCount(),
      suffix: 'Dropped-Packets',
      says: 'Packets are dropped.',
      alarms: missingIsWell(props.addDroppedPacketCountAlarm),
      limit: ({ maxDroppedPacketCount }) => maxDroppedPacketCount,
    });
    props.useCreatedAlarms?.consume(this.createdAlarms());
  }

  public summaryWidgets(): IWidget[] {
    const [ports, connections, , traffic] = this.graphs();
    return [this.header(), row(...[ports, connections, traffic].map(graph => ({ ...graph, height: DefaultSummaryWidgetHeight })))];
  }

  public widgets(): IWidget[] {
    return [this.header(), row(...this.graphs())];
  }

  private header(): IWidget {
    return new MonitoringHeaderWidget({ family: 'NAT gateways', title: this.title });
  }

  private graphs(): GraphWidgetProps[] {
    const { metrics } = this;
    return [
      { title: 'Connections without a port', left: [metrics.metricPortAllocationErrorCount()], leftYAxis: CountAxisFromZero, leftAnnotations: this.portMarks },
      { title: 'Open connections', left: [metrics.metricMaxActiveConnectionCount()], leftYAxis: CountAxisFromZero },
      { title: 'Dropped packets', left: [metrics.metricDroppedPacketCount()], leftYAxis: CountAxisFromZero, leftAnnotations: this.dropMarks },
      { title: 'Traffic', left: [metrics.metricBytesOut(), metrics.metricBytesIn()], leftYAxis: SizeAxisBytesFromZero },
    ];
  }
}
