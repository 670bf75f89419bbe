import { Lazy } from 'aws-cdk-lib';
import { MetricFactory } from 'cdk-monitoring-constructs';
import { NatGatewayMetricFactory, NatGatewayMonitoring, NatGatewayMonitoringProps } from '../../src/segments';
import { eastStack, once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { titlesOf, Watched } from '../support/watched';

const gateways = (count: number) => Array.from({ length: count }, (_, index) => `nat-${index}`);

function monitored(props: Partial<NatGatewayMonitoringProps> = {}): Watched {
  return new Watched(monitoring => monitoring.addSegment(new NatGatewayMonitoring(monitoring, { natGatewayIds: gateways(3), ...props })));
}

const alarmed = once(() => monitored({
  addMaxPortAllocationErrorCountAlarm: { Warning: { maxErrorCount: 0 }, Critical: { maxErrorCount: 500, datapointsToAlarm: 2 } },
  addMaxDroppedPacketCountAlarm: { Warning: { maxDroppedPacketCount: 10 } },
}));

describe('monitoring of NAT gateways', () => {
  test('has an alarm for each severity, on all gateways together', () => {
    expect(alarmed().alarmNames).toEqual([
      'NatGateways-Dropped-Packets-Warning', 'NatGateways-Port-Allocation-Errors-Critical', 'NatGateways-Port-Allocation-Errors-Warning',
    ]);
    expect(alarmed().alarm('NatGateways-Port-Allocation-Errors-Critical')).toMatchObject({
      Threshold: 500, ComparisonOperator: 'GreaterThanThreshold', DatapointsToAlarm: 2, TreatMissingData: 'notBreaching',
    });
    expect(alarmed().expression('NatGateways-Port-Allocation-Errors-Warning')).toBe('FILL(errors0, 0) + FILL(errors1, 0) + FILL(errors2, 0)');
    expect(alarmed().measures('NatGateways-Port-Allocation-Errors-Warning'))
      .toEqual([0, 1, 2].map(index => `errors${index}: AWS/NATGateway ErrorPortAllocation Sum`));
    const [, { MetricStat }] = alarmed().alarm('NatGateways-Port-Allocation-Errors-Warning').Metrics;
    expect(MetricStat!.Metric.Dimensions).toEqual([{ Name: 'NatGatewayId', Value: 'nat-0' }]);
    expect(alarmed().expression('NatGateways-Dropped-Packets-Warning')).toBe('FILL(dropped0, 0) + FILL(dropped1, 0) + FILL(dropped2, 0)');
  });

  test('has no alarm that was not asked for', () => {
    expect(monitored().alarmNames).toEqual([]);
  });

  test('shows ports, connections, drops and traffic, and marks its alarms', () => {
    expect(titlesOf(alarmed().detail)).toEqual(['Connections without a port', 'Open connections', 'Dropped packets', 'Traffic']);
    expect(titlesOf(alarmed().summary)).toEqual(['Connections without a port', 'Open connections', 'Traffic']);
    expect(alarmed().detail).toContain('"MAX([FILL(open0, 0), FILL(open1, 0), FILL(open2, 0)])"');
    expect(alarmed().detail).toMatch(/"value":500/);
    expect(alarmed().detail).toMatch(/"value":10[,}]/);
  });

  test('of one gateway is that gateway\'s', () => {
    expect(monitored({ natGatewayIds: gateways(1) }).detail).toContain('"FILL(open0, 0)"');
  });

  test('tells whoever asks of its alarms', () => {
    const seen: string[] = [];
    monitored({
      addMaxPortAllocationErrorCountAlarm: { Warning: { maxErrorCount: 0 } },
      useCreatedAlarms: { consume: alarms => seen.push(...alarms.map(({ alarmNameSuffix }) => alarmNameSuffix)) },
    });
    expect(seen).toEqual(['Port-Allocation-Errors']);
  });

  testRefusals([
    ['no gateway', () => monitored({ natGatewayIds: [] }),
      '[Stack/Monitoring] \'natGatewayIds\' must name 1 to 10 gateways, got 0: an alarm takes 10 metrics; watch the gateways of each network by themselves'],
    ['more gateways than an alarm takes metrics', () => monitored({ natGatewayIds: gateways(11) }),
      '[Stack/Monitoring] \'natGatewayIds\' must name 1 to 10 gateways, got 11: an alarm takes 10 metrics; watch the gateways of each network by themselves'],
    ['gateways that are known at deployment only', () => monitored({ natGatewayIds: Lazy.list({ produce: () => ['nat-1'] }) }),
      '[Stack/Monitoring] \'natGatewayIds\' must be known at synthesis, got a token: each gateway has a metric of its own; give the ids one by one'],
    ['metrics of no gateway', () => new NatGatewayMetricFactory(new MetricFactory(eastStack()), { natGatewayIds: [] }),
      '[NatGatewayMetricFactory] \'natGatewayIds\' must name 1 to 10 gateways, got 0: an alarm takes 10 metrics; watch the gateways of each network by themselves'],
    ['fewer errors than none', () => monitored({ addMaxPortAllocationErrorCountAlarm: { Warning: { maxErrorCount: -1 } } }),
      '[Stack/Monitoring] \'addMaxPortAllocationErrorCountAlarm\' must have a \'maxErrorCount\' of at least 0, got -1 for Warning: there is never less than none, and the alarm would always be raised'],
    ['fewer packets than none', () => monitored({ addMaxDroppedPacketCountAlarm: { Warning: { maxDroppedPacketCount: -1 } } }),
      '[Stack/Monitoring] \'addMaxDroppedPacketCountAlarm\' must have a \'maxDroppedPacketCount\' of at least 0, got -1 for Warning: there is never less than none, and the alarm would always be raised'],
  ]);
});
