import { Duration } from 'aws-cdk-lib';
import { BatchQueueMonitoring, BatchQueueMonitoringProps } from '../../src/segments';
import { filled } from '../support/filled';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { titlesOf, Watched } from '../support/watched';

function monitored(props: Partial<BatchQueueMonitoringProps> = {}): Watched {
  return new Watched(monitoring => monitoring.addSegment(new BatchQueueMonitoring(monitoring, { jobQueueName: 'analyses', ...props })));
}

const alarmed = once(() => monitored({
  addMaxFailedJobCountAlarm: { Warning: { maxErrorCount: 0 } },
  addMaxFailedJobsPercentAlarm: { Critical: { maxFailedPercent: 25, minEndedCount: 10 } },
  addMaxWaitDurationAlarm: { Warning: { maxDuration: Duration.hours(1) } },
}));

describe('monitoring of a Batch job queue', () => {
  test('has alarms on jobs that fail, by number and by share, and on jobs that waited', () => {
    expect(alarmed().alarmNames).toEqual(['analyses-Failed-Job-Count-Warning', 'analyses-Failed-Jobs-Critical', 'analyses-Wait-Warning']);
    expect(alarmed().measures('analyses-Failed-Job-Count-Warning')).toEqual([expect.stringMatching(/^\w+: AWS\/Batch JobsMovedToFailed Sum$/)]);
    expect(alarmed().dimensions('analyses-Failed-Job-Count-Warning')).toEqual([[{ Name: 'JobQueueName', Value: 'analyses' }]]);
    expect(alarmed().alarm('analyses-Failed-Job-Count-Warning').Threshold).toBe(0);
    expect(alarmed().expression('analyses-Failed-Jobs-Critical'))
      .toBe('IF((FILL(failed, 0) + FILL(succeeded, 0)) >= 10, 100 * FILL(failed, 0) / (FILL(failed, 0) + FILL(succeeded, 0)), 0)');
    expect(alarmed().alarm('analyses-Failed-Jobs-Critical').Threshold).toBe(25);
    expect(alarmed().measures('analyses-Failed-Jobs-Critical')).toEqual(['failed: AWS/Batch JobsMovedToFailed Sum', 'succeeded: AWS/Batch JobsMovedToSucceeded Sum']);
    expect(alarmed().alarm('analyses-Wait-Warning').Threshold).toBe(3600);
    expect(alarmed().expression('analyses-Wait-Warning')).toBe('milliseconds / 1000');
    expect(alarmed().measures('analyses-Wait-Warning')).toEqual(['milliseconds: AWS/Batch JobAttemptRunnableToStartingDuration Maximum']);
  });

  test('takes a queue in which nothing happens for one that is well', () => {
    filled(alarmed().alarmNames).forEach(name => expect(alarmed().alarm(name).TreatMissingData).toBe('notBreaching'));
  });

  test('shows jobs by the state that they entered', () => {
    expect(monitored().alarmNames).toEqual([]);
    const titles = ['Jobs by the state that they entered', 'Jobs that ended', 'Longest wait', 'Longest run'];
    expect(titlesOf(alarmed().detail)).toEqual(titles);
    expect(titlesOf(alarmed().summary)).toEqual(titles);
    expect([...alarmed().detail.matchAll(/"AWS\/Batch","(\w+)"/g)].map(([, metric]) => metric)).toEqual([
      'JobsSubmitted', 'JobsMovedToRunnable', 'JobsMovedToStarting', 'JobsMovedToRunning',
      'JobsMovedToSucceeded', 'JobsMovedToFailed', 'JobsRetried', 'JobAttemptRunnableToStartingDuration', 'JobAttemptExecutionDuration',
    ]);
  });

  testRefusals([
    ['a queue without a name', () => monitored({ jobQueueName: '' }),
      '[Stack/Monitoring] \'jobQueueName\' must not be empty, got "": its metrics go by it'],
    ['fewer failed jobs than none', () => monitored({ addMaxFailedJobCountAlarm: { Critical: { maxErrorCount: -1 } } }),
      '[Stack/Monitoring] \'addMaxFailedJobCountAlarm\' must have a \'maxErrorCount\' of at least 0, got -1 for Critical: there is never less than none, and the alarm would always be raised'],
    ['a share above all jobs', () => monitored({ addMaxFailedJobsPercentAlarm: { Warning: { maxFailedPercent: 101, minEndedCount: 1 } } }),
      '[Stack/Monitoring] \'addMaxFailedJobsPercentAlarm\' must have a \'maxFailedPercent\' between 0 and 100, got 101 for Warning: it is a share in percent'],
    ['a share of no job', () => monitored({ addMaxFailedJobsPercentAlarm: { Warning: { maxFailedPercent: 5, minEndedCount: 0 } } }),
      '[Stack/Monitoring] \'addMaxFailedJobsPercentAlarm\' must have a \'minEndedCount\' of at least 1, got 0 for Warning: there is no share of none'],
  ]);
});
