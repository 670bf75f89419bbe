import { Duration } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { BackupVaultMonitoring, BackupVaultMonitoringProps } from '../../src/segments';
import { filled } from '../support/filled';
import { eastStack, once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { titlesOf, Watched } from '../support/watched';

const monitored = (props: Partial<BackupVaultMonitoringProps> = {}, stack = eastStack()) => new Watched(monitoring =>
  monitoring.addSegment(new BackupVaultMonitoring(monitoring, { backupVaultName: 'vault', alarmFriendlyName: 'Copies', ...props })), stack);

const DAILY = { period: Duration.days(1), evaluationPeriods: 2, datapointsToAlarm: 2 };
const ALARMS = {
  addMaxUnsuccessfulJobCountAlarm: { Warning: { maxErrorCount: 0 }, Critical: { maxErrorCount: 3, period: Duration.days(1) } },
  addMinCompletedJobCountAlarm: { Warning: { minCount: 1, ...DAILY } },
};
const alarmed = once(() => monitored(ALARMS));

describe('monitoring of a backup vault', () => {
  test('alarms on jobs without a copy, for whatever reason', () => {
    expect(alarmed().alarm('Copies-Failed-Critical')).toMatchObject({
      Threshold: 3, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching', AlarmDescription: 'A backup job made no copy.',
    });
    expect(alarmed().expression('Copies-Failed-Warning')).toBe('FILL(failed, 0) + FILL(aborted, 0) + FILL(expired, 0)');
    expect(alarmed().measures('Copies-Failed-Warning')).toEqual(['failed', 'aborted', 'expired']
      .map(state => `${state}: AWS/Backup NumberOfBackupJobs${state[0].toUpperCase()}${state.slice(1)} Sum`));
  });

  test('alarms on days without a copy, when there was no job at all too', () => {
    expect(alarmed().alarm('Copies-Missing-Warning')).toMatchObject({
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 2,
      TreatMissingData: 'breaching',
      AlarmDescription: 'No backup job made a copy.',
      Metrics: [{ MetricStat: { Period: 86400 } }],
    });
    expect(alarmed().measures('Copies-Missing-Warning')).toEqual(['m1: AWS/Backup NumberOfBackupJobsCompleted Sum']);
  });

  test('asks for the jobs of the vault', () => {
    filled(alarmed().alarmNames).forEach(name => expect(alarmed().dimensions(name)).toEqual([[{ Name: 'BackupVaultName', Value: 'vault' }]]));
  });

  test('takes another period for an alarm without a warning', () => {
    expect(alarmed().alarm('Copies-Failed-Critical').Metrics.flatMap(({ MetricStat }) => MetricStat?.Period ?? [])).toEqual([86400, 86400, 86400]);
    const stack = eastStack();
    monitored(ALARMS, stack);
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });

  test('shows jobs with and without a copy', () => {
    expect(titlesOf(alarmed().detail)).toEqual(['Copies made', 'Jobs without a copy']);
    expect(alarmed().detail).toContain('"value":3');
  });

  test('has no alarm that was not asked for', () => {
    expect(monitored().alarmNames).toEqual([]);
  });

  testRefusals([
    ['a vault without a name', () => monitored({ backupVaultName: '' }),
      '[Stack/Monitoring] \'backupVaultName\' must not be empty, got "": its metrics go by it'],
    ['fewer failed jobs than none', () => monitored({ addMaxUnsuccessfulJobCountAlarm: { Warning: { maxErrorCount: -1 } } }),
      '[Stack/Monitoring] \'addMaxUnsuccessfulJobCountAlarm\' must have a \'maxErrorCount\' of at least 0, got -1 for Warning: there is never less than none, and the alarm would always be raised'],
    ['an alarm below no copies', () => monitored({ addMinCompletedJobCountAlarm: { Warning: { minCount: 0 } } }),
      '[Stack/Monitoring] \'addMinCompletedJobCountAlarm\' must have a \'minCount\' above 0, got 0 for Warning: there is never less than none, and the alarm would never be raised'],
  ]);
});
