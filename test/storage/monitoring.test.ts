import { ThroughputMode } from 'aws-cdk-lib/aws-efs';
import { EnvironmentProfile, IMedia, Media, MediaFileSystemProps } from '../../src';
import { AccessLogs } from '../../src/storage/private/access-logs';
import { ground } from '../support/blocks';
import { once } from '../support/platform';
import { titlesOf, Watched } from '../support/watched';

function watched(media: IMedia, profile?: EnvironmentProfile): Watched {
  const { stack, scope, context } = ground(profile);
  const accessLogs = new AccessLogs(scope, 'AccessLogs', context.profile, context.encryptionKey).bucket;
  const library = media.bind(scope, { ...context, subnets: { subnetGroupName: 'Private' }, accessLogs });
  return new Watched(monitoring => library.monitorWith(monitoring), stack);
}

const files = (props: MediaFileSystemProps = {}) => watched(Media.fileSystem(props));
const elastic = once(() => files());
const bursting = once(() => files({ throughputMode: ThroughputMode.BURSTING }));
const SECOND_OF_BURST = 104_857_600;
const BACKUP = { 'Files-Backup-Failed-Warning': 'backup-failed', 'Files-Backup-Missing-Warning': 'backup-failed' };
const FILES = { 'Media-Throughput-Warning': 'media-is-slow', 'Media-IO-Limit-Critical': 'symptom:slow, media-is-slow' };

describe('the alarms of a media file system', () => {
  test('say whether users wait already, and which page helps', () => {
    expect(elastic().withAdvice).toEqual({ ...FILES, ...BACKUP });
    expect(bursting().withAdvice).toEqual({
      ...FILES, ...BACKUP, 'Media-Burst-Credits-Warning': 'media-is-slow', 'Media-Burst-Credits-Critical': 'symptom:slow, media-is-slow',
    });
  });

  const THRICE = { EvaluationPeriods: 3, DatapointsToAlarm: 3, TreatMissingData: 'notBreaching' };
  test.each([
    ['Throughput-Warning', 80, 'GreaterThanThreshold'],
    ['IO-Limit-Critical', 95, 'GreaterThanThreshold'],
    // Half an hour of 100 MiB per second, and a minute.
    ['Burst-Credits-Warning', 1800 * SECOND_OF_BURST, 'LessThanThreshold'],
    ['Burst-Credits-Critical', 60 * SECOND_OF_BURST, 'LessThanThreshold'],
  ])('are raised by %s', (name, Threshold, ComparisonOperator) => {
    expect(bursting().alarm(`Media-${name}`)).toMatchObject({ ...THRICE, Threshold, ComparisonOperator });
  });

  test('know no credits where there are none', () => {
    expect(elastic().detail).not.toContain('BurstCreditBalance');
    expect(bursting().detail).toContain('BurstCreditBalance');
  });

  test('know no copies where data is destroyed', () => {
    expect(Object.keys(watched(Media.fileSystem(), EnvironmentProfile.development()).withAdvice)).toEqual(Object.keys(FILES));
  });

  test('show on the board of engineers alone', () => {
    expect(titlesOf(elastic().detail)).toEqual([
      'Throughput (MiB/s)', 'Used of the permitted throughput', 'Used of the operations limit', 'Clients', 'Copies made', 'Jobs without a copy',
    ]);
    expect(titlesOf(elastic().summary)).toEqual([]);
  });
});

test('a media bucket wakes nobody, and shows on the board of engineers alone', () => {
  const bucket = watched(Media.bucket());
  expect(bucket.alarmNames).toEqual([]);
  expect(titlesOf(bucket.detail).length).toBeGreaterThan(0);
  expect(titlesOf(bucket.summary)).toEqual([]);
});
