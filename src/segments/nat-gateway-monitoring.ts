import { GraphWidgetProps, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import {
  BaseMonitoringProps, CountAxisFromZero, CustomAlarmThreshold, ErrorCountThreshold, Monitoring, MonitoringScope, SizeAxisBytesFromZero,
} from 'cdk-monitoring-constructs';
import { NatGatewayMetricFactory, NatGatewayMetricFactoryProps } from './nat-gateway-metric-factory';
import { NAT_GATEWAY_RULES } from './private/factory-rules';
import { MISSING } from './private/missing';
import { Marks, MonitorShell } from './private/monitor-shell';
import { countOf } from './private/rules';
import { Rule } from '../core/private/validation';

/** From how many dropped packets on an alarm is raised. */
export interface MaxDroppedPacketCountThreshold extends CustomAlarmThreshold {
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
  readonly addMaxPortAllocationErrorCountAlarm?: { [disambiguator: string]: ErrorCountThreshold };
  /**
   * Alarms above a number of dropped packets, over all gateways, by severity.
   *
   * @default - no alarm
   */
  readonly addMaxDroppedPacketCountAlarm?: { [disambiguator: string]: MaxDroppedPacketCountThreshold };
}

/** Which NAT gateways, and what to alarm on. */
export interface NatGatewayMonitoringProps extends NatGatewayMetricFactoryProps, NatGatewayMonitoringOptions {}

const RULES: Rule<NatGatewayMonitoringProps>[] = [
  ...NAT_GATEWAY_RULES,
  countOf('addMaxPortAllocationErrorCountAlarm', 'maxErrorCount'),
  countOf('addMaxDroppedPacketCountAlarm', 'maxDroppedPacketCount'),
];

/** Ports, connections, dropped packets and traffic of all NAT gateways of a network. */
export class NatGatewayMonitoring extends Monitoring {
  /** What stands above its graphs. */
  public readonly title: string;
  private readonly metrics: NatGatewayMetricFactory;
  private readonly shell: MonitorShell;
  private readonly marks: Marks<'ports' | 'drops'>;

  /**
   * @param scope the facade
   * @param props the gateways, and what to alarm on
   * @throws Error when there are no gateways, or more than an alarm takes, or a threshold cannot be
   */
  constructor(scope: MonitoringScope, props: NatGatewayMonitoringProps) {
    super(scope, props);
    this.shell = new MonitorShell(this, scope, props, { family: 'NAT gateways', fallbackName: 'NatGateways', rules: RULES });
    this.title = this.shell.title;
    this.metrics = new NatGatewayMetricFactory(scope.createMetricFactory(), props);
    this.marks = this.shell.watch(alarms => ({
      ports: alarms.above({
        metric: this.metrics.metricPortAllocationErrorCount(),
        suffix: 'Port-Allocation-Errors',
        says: 'Connections find no port free.',
        missing: MISSING.IS_WELL,
        alarms: props.addMaxPortAllocationErrorCountAlarm,
        limit: ({ maxErrorCount }) => maxErrorCount,
      }),
      drops: alarms.above({
        metric: this.metrics.metricDroppedPacketCount(),
        suffix: 'Dropped-Packets',
        says: 'Packets are dropped.',
        missing: MISSING.IS_WELL,
        alarms: props.addMaxDroppedPacketCountAlarm,
        limit: ({ maxDroppedPacketCount }) => maxDroppedPacketCount,
      }),
    }));
  }

  public summaryWidgets(): IWidget[] {
    const [ports, connections, , traffic] = this.graphs();
    return this.shell.summary(ports, connections, traffic);
  }

  public widgets(): IWidget[] {
    return this.shell.detail(this.graphs());
  }

  private graphs(): GraphWidgetProps[] {
    const { metrics, marks } = this;
    return [
      { title: 'Connections without a port', left: [metrics.metricPortAllocationErrorCount()], leftYAxis: CountAxisFromZero, leftAnnotations: marks.ports },
      { title: 'Open connections', left: [metrics.metricMaxActiveConnectionCount()], leftYAxis: CountAxisFromZero },
      { title: 'Dropped packets', left: [metrics.metricDroppedPacketCount()], leftYAxis: CountAxisFromZero, leftAnnotations: marks.drops },
      { title: 'Traffic', left: [metrics.metricNetworkBytesOut(), metrics.metricNetworkBytesIn()], leftYAxis: SizeAxisBytesFromZero },
    ];
  }
}
