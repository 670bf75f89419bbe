import { Duration, Lazy, Size } from 'aws-cdk-lib';
import { ThroughputMode } from 'aws-cdk-lib/aws-efs';
import { EnvironmentProfile, Traffic } from '../../src';
import { tokenIn, wholeDuration, wholeSize } from '../../src/core/private/units';
import { between, inSteps, positive, Rule, wholeBetween } from '../../src/core/private/validation';
import { PasswordRotation } from '../../src/data';
import { Edge, Firewall } from '../../src/edge';
import { CutOver, LegacySite } from '../../src/migration';
import { Slo } from '../../src/observability';
import { percentOf, countOf } from '../../src/segments/private/rules';
import { Media } from '../../src/storage';

const number = Lazy.number({ produce: () => 1 });

describe('numbers that are none', () => {
  test.each<[string, Rule<{ n: number }>]>([
    ['positive', positive('n', 'mend it')],
    ['between', between('n', 1, Infinity, 'mend it')],
    ['wholeBetween', wholeBetween('n', 1, Infinity, 'mend it')],
    ['inSteps', inSteps('n', 1, 'mend it')],
  ])('%s takes no infinite one', (_, rule) => {
    expect(rule({ n: Infinity })).toBe('\'n\' must be a finite number, got Infinity: mend it');
  });

  test.each<[string, Rule<{ n: number }>, string]>([
    ['positive', positive('n', 'mend it'), '\'n\' must be above 0, got NaN: mend it'],
    ['between', between('n', 1, Infinity, 'mend it'), '\'n\' must be at least 1, got NaN: mend it'],
    ['wholeBetween', wholeBetween('n', 1, Infinity, 'mend it'), '\'n\' must be a whole number of at least 1, got NaN: mend it'],
  ])('%s takes no NaN', (_, rule, message) => {
    expect(rule({ n: NaN })).toBe(message);
  });

  test.each<[string, Rule<{ alarm: { [severity: string]: object } }>, object, string]>([
    ['a share', percentOf('alarm'), { maxUsagePercent: Infinity }, '\'alarm\' must have a \'maxUsagePercent\' that is finite, got Infinity for Warning: it is a share in percent'],
    ['a count', countOf('alarm', 'maxErrorCount'), { maxErrorCount: Infinity },
      '\'alarm\' must have a \'maxErrorCount\' that is finite, got Infinity for Warning: there is never less than none, and the alarm would always be raised'],
  ])('an alarm is raised at no infinite one: %s', (_, rule, threshold, message) => {
    expect(rule({ alarm: { Warning: threshold } })).toBe(message);
  });
});

describe('times and sizes', () => {
  test.each<[string, Rule<{ d?: Duration }>, Duration | undefined, string | undefined]>([
    ['a fraction', wholeDuration('d', 'seconds', 'mend it'), Duration.millis(1500), '\'d\' must be whole seconds, got 1.5 seconds: mend it'],
    ['no number', wholeDuration('d', 'seconds', 'mend it'), Duration.days(NaN), '\'d\' must be whole seconds, got NaN seconds: mend it'],
    ['no end', wholeDuration('d', 'days', 'mend it'), Duration.days(Infinity), '\'d\' must be whole days, got Infinity days: mend it'],
    ['a token in another unit', wholeDuration('d', 'seconds', 'mend it'), Duration.hours(number),
      '\'d\' must be in seconds where it is a token, got a token in another unit: it cannot be converted before it is known; give the parameter in seconds'],
    ['a token in another unit, alone', tokenIn('d', 'days'), Duration.hours(number),
      '\'d\' must be in days where it is a token, got a token in another unit: it cannot be converted before it is known; give the parameter in days'],
    ['a token in the unit', wholeDuration('d', 'seconds', 'mend it'), Duration.seconds(number), undefined],
    ['a token in the unit, alone', tokenIn('d', 'days'), Duration.days(number), undefined],
    ['a whole number in another unit', wholeDuration('d', 'seconds', 'mend it'), Duration.hours(1), undefined],
    ['none', wholeDuration('d', 'seconds', 'mend it'), undefined, undefined],
  ])('a time that is %s', (_, rule, d, problem) => {
    expect(rule({ d })).toBe(problem);
  });

  test.each<[string, Size, string | undefined]>([
    ['a fraction', Size.kibibytes(1.5), '\'s\' must be whole MiB, got 0.00146484375 MiB: mend it'],
    ['a token in another unit', Size.gibibytes(number),
      '\'s\' must be in MiB where it is a token, got a token in another unit: it cannot be converted before it is known; give the parameter in MiB'],
    ['a token in the unit', Size.mebibytes(number), undefined],
    ['whole', Size.gibibytes(1), undefined],
  ])('a size that is %s', (_, s, problem) => {
    expect(wholeSize<{ s: Size }>('s', 'MiB', 'mend it')({ s })).toBe(problem);
  });

  const BY_PROP: [string, () => unknown, string][] = [
    ['rampUp', () => Traffic.spiky({ baselineRps: 1, rampUp: Duration.minutes(Infinity) }),
      '[Traffic.spiky] \'rampUp\' must be whole milliseconds, got Infinity milliseconds: give the time from the base to the top, such as Duration.minutes(5)'],
    ['backupRetention', () => EnvironmentProfile.production({ backupRetention: Duration.hours(number) }),
      '[EnvironmentProfile.production] \'backupRetention\' must be in days where it is a token, got a token in another unit: it cannot be converted before it is known; give the parameter in days'],
    ['mediaTtl', () => Edge.cloudFront({ mediaTtl: Duration.millis(1500) }), '[Edge.cloudFront] \'mediaTtl\' must be whole seconds, got 1.5 seconds: CloudFront counts in seconds'],
    ['maxTtl', () => Edge.cloudFront({ pageCaching: { maxTtl: Duration.millis(1500) } }),
      '[Edge.cloudFront.pageCaching] \'maxTtl\' must be whole seconds, got 1.5 seconds: CloudFront counts in seconds'],
    ['retryAfter', () => Firewall.managed({ waitingPage: { newVisitsPerMinute: 10, retryAfter: Duration.millis(1500) } }),
      '[Firewall.managed.waitingPage] \'retryAfter\' must be whole seconds, got 1.5 seconds: HTTP counts it in seconds'],
    ['noncurrentVersionExpiration', () => Media.bucket({ noncurrentVersionExpiration: Duration.hours(number) }),
      '[Media.bucket] \'noncurrentVersionExpiration\' must be in days where it is a token, got a token in another unit: it cannot be converted before it is known; give the parameter in days'],
    ['provisionedThroughputPerSecond', () => Media.fileSystem({ throughputMode: ThroughputMode.PROVISIONED, provisionedThroughputPerSecond: Size.kibibytes(1536) }),
      '[Media.fileSystem] \'provisionedThroughputPerSecond\' must be whole MiB, got 1.5 MiB: EFS counts in MiB per second'],
    ['ttl', () => CutOver.weighted({ legacy: LegacySite.addresses(['192.0.2.1']), platformShare: 0, ttl: Duration.millis(1500) }),
      '[CutOver.weighted] \'ttl\' must be whole seconds, got 1.5 seconds: DNS counts in seconds'],
    ['threshold', () => Slo.latency({ threshold: Duration.seconds(Infinity) }),
      '[Slo.latency] \'threshold\' must be whole milliseconds, got Infinity milliseconds: CloudWatch measures in milliseconds'],
    ['automaticallyAfter', () => PasswordRotation.alternatingUsers({ secret: undefined!, automaticallyAfter: Duration.days(number) }),
      '[PasswordRotation.alternatingUsers] \'automaticallyAfter\' must be known at synthesis, got a token: a schedule is made of it; give a time such as Duration.days(30)'],
    ['automaticallyAfter', () => PasswordRotation.alternatingUsers({ secret: undefined!, automaticallyAfter: Duration.minutes(1470) }),
      '[PasswordRotation.alternatingUsers] \'automaticallyAfter\' must be whole hours, got 24.5 hours: Secrets Manager counts in hours'],
  ];
  test.each(BY_PROP)('%s', (_, make, message) => {
    expect(make).toThrow(new Error(message));
  });
});
