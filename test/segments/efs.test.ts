import { EfsMonitoring, EfsMonitoringProps } from '../../src/segments';
import { filled } from '../support/filled';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { titlesOf, Watched } from '../support/watched';

const NAMES = { humanReadableName: 'Pictures', alarmFriendlyName: 'Files' };
const monitored = (props: Partial<EfsMonitoringProps> = {}) =>
  new Watched(monitoring => monitoring.addSegment(new EfsMonitoring(monitoring, { fileSystemId: 'fs-1', ...NAMES, ...props })));

const alarmed = once(() => monitored({
  showBurstCredits: true,
  addThroughputUsageAlarm: { Warning: { maxUsagePercent: 70 } },
  addIoUsageAlarm: { Warning: { maxUsagePercent: 90 }, Critical: { maxUsagePercent: 99 } },
  addMinBurstCreditBalanceAlarm: { Critical: { minCount: 1000, alarmDescriptionOverride: 'Out of credits.' } },
}));

describe('monitoring of a file system', () => {
  test('alarms by each severity', () => {
    expect(alarmed().alarmNames).toEqual(['Files-Burst-Credits-Critical', 'Files-IO-Limit-Critical', 'Files-IO-Limit-Warning', 'Files-Throughput-Warning']);
    expect(alarmed().alarm('Files-Throughput-Warning')).toMatchObject({
      Threshold: 70, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching', AlarmDescription: 'The permitted throughput is nearly used.',
    });
    expect(alarmed().alarm('Files-IO-Limit-Critical')).toMatchObject({ Threshold: 99, ComparisonOperator: 'GreaterThanThreshold' });
    expect(alarmed().alarm('Files-Burst-Credits-Critical')).toMatchObject({
      Threshold: 1000, ComparisonOperator: 'LessThanThreshold', AlarmDescription: 'Out of credits.',
    });
  });

  test('measures throughput against what is permitted, and credits and operations by their worst', () => {
    expect(alarmed().expression('Files-Throughput-Warning')).toBe('100 * moved / PERIOD(moved) / permitted');
    expect(alarmed().measures('Files-Throughput-Warning')).toEqual(['moved: AWS/EFS MeteredIOBytes Sum', 'permitted: AWS/EFS PermittedThroughput Minimum']);
    expect(alarmed().measures('Files-IO-Limit-Critical')).toEqual(['m1: AWS/EFS PercentIOLimit Maximum']);
    expect(alarmed().measures('Files-Burst-Credits-Critical')).toEqual(['m1: AWS/EFS BurstCreditBalance Minimum']);
    filled(alarmed().alarmNames).forEach(name => expect(alarmed().dimensions(name)).toEqual([[{ Name: 'FileSystemId', Value: 'fs-1' }]]));
  });

  test('shows throughput, operations, clients, and credits where there are such', () => {
    const graphs = ['Throughput (MiB/s)', 'Used of the permitted throughput', 'Used of the operations limit', 'Clients'];
    expect(titlesOf(alarmed().detail)).toEqual([...graphs, 'Burst credits']);
    expect(titlesOf(monitored().detail)).toEqual(graphs);
    expect(titlesOf(monitored({ addMinBurstCreditBalanceAlarm: { Critical: { minCount: 1000 } } }).detail)).toContain('Burst credits');
    expect(titlesOf(monitored({ showBurstCredits: true }).detail)).toContain('Burst credits');
    expect(alarmed().detail).toContain('EFS file system **Pictures**');
    // EFS counts clients once a minute, and the sum is over 5.
    expect(alarmed().detail).toContain('"connections / (PERIOD(connections) / 60)"');
    expect(alarmed().detail).toContain('"value":99');
  });

  test('has no alarm that was not asked for', () => {
    expect(monitored().alarmNames).toEqual([]);
  });

  test('tells whoever asks of its alarms', () => {
    const seen: string[] = [];
    monitored({
      addIoUsageAlarm: { Warning: { maxUsagePercent: 1 } },
      useCreatedAlarms: { consume: alarms => seen.push(...alarms.map(({ alarmNameSuffix }) => alarmNameSuffix)) },
    });
    expect(seen).toEqual(['IO-Limit']);
  });

  testRefusals([
    ['a file system without an id', () => monitored({ fileSystemId: '' }),
      '[Stack/Monitoring] \'fileSystemId\' must not be empty, got "": its metrics go by it'],
    ['more than all of the throughput', () => monitored({ addThroughputUsageAlarm: { Warning: { maxUsagePercent: 101 } } }),
      '[Stack/Monitoring] \'addThroughputUsageAlarm\' must have a \'maxUsagePercent\' between 0 and 100, got 101 for Warning: it is a share in percent'],
    ['less than none of the operations', () => monitored({ addIoUsageAlarm: { Warning: { maxUsagePercent: -1 } } }),
      '[Stack/Monitoring] \'addIoUsageAlarm\' must have a \'maxUsagePercent\' between 0 and 100, got -1 for Warning: it is a share in percent'],
    ['an alarm below no credits', () => monitored({ addMinBurstCreditBalanceAlarm: { Warning: { minCount: 0 } } }),
      '[Stack/Monitoring] \'addMinBurstCreditBalanceAlarm\' must have a \'minCount\' above 0, got 0 for Warning: there is never less than none, and the alarm would never be raised'],
  ]);
});
