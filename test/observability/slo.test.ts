import { Duration, Lazy } from 'aws-cdk-lib';
import { Unit } from 'aws-cdk-lib/aws-cloudwatch';
import { AGE, INDICATORS } from './slo-support';
import { ISlo, Slo, SloCounts, Symptom } from '../../src';
import { testRefusals } from '../support/refusals';

const TOKEN = Lazy.number({ produce: () => 1 });
const COUNTS = SloCounts.fromBad(INDICATORS.requests, INDICATORS.failed);
const OWN = { name: 'Orders', promise: 'orders are confirmed', objective: 99.5, counts: COUNTS };

/** What an objective says of itself, without what counts it. */
const saysOf = ({ window, countsOf, ...rest }: ISlo) => ({ ...rest, days: window.toDays() });

describe('an objective', () => {
  test.each<[string, ISlo, object]>([
    ['of availability is 99.9 % over 30 days', Slo.availability(),
      { name: 'Availability', promise: 'requests are answered without an error', objective: 99.9, days: 30, minimumTraffic: 20, minimumBad: 5, symptom: Symptom.FAILING }],
    ['of latency is 99 % within a second', Slo.latency(),
      { name: 'Latency', promise: 'requests are answered within 1 second', objective: 99, days: 30, minimumTraffic: 20, minimumBad: 5, symptom: Symptom.SLOW }],
    ['of freshness is 99 %, and each sample counts', Slo.freshness({ age: AGE, threshold: Duration.minutes(15) }),
      { name: 'Freshness', promise: 'looks at the data find it no older than 15 minutes', objective: 99, days: 30, minimumTraffic: 1, minimumBad: 1 }],
    ['of one\'s own is what is said', Slo.of(OWN),
      { name: 'Orders', promise: 'orders are confirmed', objective: 99.5, days: 30, minimumTraffic: 20, minimumBad: 5, symptom: undefined }],
    ['has what is given', Slo.availability({ name: 'Shop', objective: 99.5, window: Duration.days(28), minimumTraffic: 100, minimumBad: 1 }),
      { name: 'Shop', promise: 'requests are answered without an error', objective: 99.5, days: 28, minimumTraffic: 100, minimumBad: 1, symptom: Symptom.FAILING }],
    ['of one\'s own may be a symptom', Slo.of({ ...OWN, symptom: Symptom.DOWN, window: Duration.days(7) }),
      { ...saysOf(Slo.of(OWN)), days: 7, symptom: Symptom.DOWN }],
  ])('%s', (_, slo, expected) => {
    expect(saysOf(slo)).toEqual(expected);
  });

  const ends = (text: string) => `[Slo.availability] ${text}`;
  const objective = (got: unknown) => ends(`'objective' must be above 0 and below 100, got ${got}: it is in percent, and 100 % would leave no error budget: every failure would break it; give a number such as 99.9`);
  const window = (got: string) => ends(`'window' must be 7 to 30 whole days, got ${got}: the slowest alarm looks back 3 days, nearly half of a shorter window, and the board computes over the window in one period, 30 days at the longest; give Duration.days(30)`);
  const name = (got: string) => ends(`'name' must be 1 to 50 letters, digits and dashes that begin with a letter, got "${got}": alarms are named after it, so give a short one, such as 'Checkout'`);
  const known = (prop: string) => ends(`'${prop}' must be known at synthesis, got a token: the thresholds of the alarms are worked out from it, so give a number, not a parameter or an attribute`);
  const threshold = (path: string, text: string) => `[${path}] 'threshold' ${text}`;

  testRefusals([
    ['what nobody can keep', () => Slo.availability({ objective: 100 }), objective(100)],
    ['nothing at all', () => Slo.availability({ objective: 0 }), objective(0)],
    ['a share for a percentage above 100', () => Slo.availability({ objective: 999 }), objective(999)],
    ['no number', () => Slo.availability({ objective: NaN }), objective(NaN)],
    ['an objective that is a token', () => Slo.availability({ objective: TOKEN }), known('objective')],
    ['a short window', () => Slo.availability({ window: Duration.days(6) }), window('6 days')],
    ['a long window', () => Slo.availability({ window: Duration.days(31) }), window('31 days')],
    ['parts of days', () => Slo.availability({ window: Duration.hours(180) }), window('7 days 12 hours')],
    ['a window that is a token', () => Slo.availability({ window: Duration.days(TOKEN) }), known('window')],
    ['a name with blanks', () => Slo.availability({ name: 'My shop' }), name('My shop')],
    ['a name of nothing', () => Slo.availability({ name: '' }), name('')],
    ['no traffic', () => Slo.availability({ minimumTraffic: 0 }),
      ends('\'minimumTraffic\' must be a whole number of at least 1, got 0: below one there is nothing to judge')],
    ['nothing bad', () => Slo.availability({ minimumBad: 0.5 }),
      ends('\'minimumBad\' must be a whole number of at least 1, got 0.5: without anything bad there is nothing to tell')],
    ['minimums that are tokens', () => Slo.availability({ minimumTraffic: TOKEN, minimumBad: TOKEN }), [
      '[Slo.availability] 2 props need mending:',
      ...['minimumTraffic', 'minimumBad'].map(prop => `  - ${known(prop).replace(/^\[.*?\] /, '')}`),
    ].join('\n')],
    ['answers in no time', () => Slo.latency({ threshold: Duration.seconds(0) }),
      threshold('Slo.latency', 'must be above 0, got 0 seconds: nothing takes no time; give what users bear, such as Duration.seconds(1)')],
    ['a threshold that is a token', () => Slo.latency({ threshold: Duration.seconds(TOKEN) }),
      threshold('Slo.latency', 'must be known at synthesis, got a token: it is part of a statistic\'s name, so give a duration, not a parameter or an attribute')],
    ['data of no age', () => Slo.freshness({ age: AGE, threshold: Duration.seconds(0) }),
      threshold('Slo.freshness', 'must be above 0, got 0 seconds: nothing takes no time; give what users bear, such as Duration.seconds(1)')],
    ['an age that is no time', () => Slo.freshness({ age: AGE, threshold: Duration.hours(1), ageUnit: Unit.PERCENT }),
      '[Slo.freshness] \'ageUnit\' must be Unit.SECONDS or Unit.MILLISECONDS, got "Percent": an age is a time'],
    ['a promise of nothing', () => Slo.of({ ...OWN, promise: ' ' }),
      '[Slo.of] \'promise\' must not be empty, got " ": say what is promised, in words that follow "99.9 % of", such as \'orders are confirmed\''],
    ['availability of nobody knows what', () => Slo.availability().countsOf(),
      '[Slo.availability] \'indicators\' must be given, got none: requests are what this objective counts; give SloMonitoring the indicators of what receives them, or use Slo.of with counts of your own'],
    ['latency of nobody knows what', () => Slo.latency().countsOf(),
      '[Slo.latency] \'indicators\' must be given, got none: requests are what this objective counts; give SloMonitoring the indicators of what receives them, or use Slo.of with counts of your own'],
  ]);
});
