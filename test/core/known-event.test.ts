import { Duration, Lazy } from 'aws-cdk-lib';
import { KnownEvent, OnceEventProps, ScheduledFloor, WeekDay, WeeklyEventProps } from '../../src';
import { testRefusals } from '../support/refusals';

const SALE: OnceEventProps = { name: 'black-friday', start: '2026-11-27T08:00', end: '2026-11-27T20:00' };
const SHOW: WeeklyEventProps = { name: 'show', start: '18:00', duration: Duration.hours(2) };

const timesOf = (event: KnownEvent) => event.floors(60, 3).map(({ at, weekDays, hour, minute, timeZone }) =>
  at?.toISOString() ?? `${weekDays} ${hour}:${minute} ${timeZone}`);
const once = (props: Partial<OnceEventProps> = {}) => KnownEvent.once({ ...SALE, ...props });
const weekly = (props: Partial<WeeklyEventProps> = {}) => KnownEvent.weekly({ ...SHOW, ...props });

describe('an event that comes once', () => {
  test('has a floor half an hour before it begins, and goes back to the base at its end', () => {
    expect(once().floors(60, 3)).toEqual<ScheduledFloor[]>([
      { name: 'black-friday-ready', minUnits: 60, at: new Date('2026-11-27T07:30:00Z') },
      { name: 'black-friday-over', minUnits: 3, at: new Date('2026-11-27T20:00:00Z') },
    ]);
  });

  test('keeps name, multiplier and lead time to be read', () => {
    const { name, multiplier, leadTime } = once({ multiplier: 40, leadTime: Duration.hours(1) });
    expect({ name, multiplier, lead: leadTime.toMinutes() }).toEqual({ name: 'black-friday', multiplier: 40, lead: 60 });
    expect(once().multiplier).toBeUndefined();
    expect(once().leadTime.toMinutes()).toBe(30);
  });

  test('may have no lead time, and name its seconds', () => {
    expect(timesOf(once({ leadTime: Duration.minutes(0), start: '2026-11-27T08:00:30' })))
      .toEqual(['2026-11-27T08:00:30.000Z', '2026-11-27T20:00:00.000Z']);
  });

  // São Paulo is 3 hours behind UTC; New York 5 in winter and 4 in summer; Kathmandu 5:45 ahead; Samoa 13 ahead.
  test.each([
    ['America/Sao_Paulo', ['2026-11-27T10:30:00.000Z', '2026-11-27T23:00:00.000Z']],
    ['America/New_York', ['2026-11-27T12:30:00.000Z', '2026-11-28T01:00:00.000Z']],
    ['Asia/Kathmandu', ['2026-11-27T01:45:00.000Z', '2026-11-27T14:15:00.000Z']],
    ['Pacific/Apia', ['2026-11-26T18:30:00.000Z', '2026-11-27T07:00:00.000Z']],
    // An alias that Intl knows under another name.
    ['Asia/Kolkata', ['2026-11-27T02:00:00.000Z', '2026-11-27T14:30:00.000Z']],
  ])('has its times in %s', (timeZone, times) => {
    expect(timesOf(once({ timeZone }))).toEqual(times);
  });

  // The clocks of New York leap from 2 to 3 on March 8, 2026, and go from 2 back to 1 on November 1.
  test.each([
    ['over the leap forward', '2026-03-08T01:30', '2026-03-08T04:00', ['2026-03-08T06:30:00.000Z', '2026-03-08T08:00:00.000Z']],
    ['over the leap back', '2026-11-01T00:30', '2026-11-01T03:00', ['2026-11-01T04:30:00.000Z', '2026-11-01T08:00:00.000Z']],
    ['from a time that the clock leaps over: an hour later', '2026-03-08T02:30', '2026-03-08T05:00', ['2026-03-08T07:30:00.000Z', '2026-03-08T09:00:00.000Z']],
    ['from a time that the clock shows twice: the first', '2026-11-01T01:30', '2026-11-01T05:00', ['2026-11-01T05:30:00.000Z', '2026-11-01T10:00:00.000Z']],
  ])('keeps to the clock %s', (_, start, end, times) => {
    expect(timesOf(once({ start, end, timeZone: 'America/New_York', leadTime: Duration.minutes(0) }))).toEqual(times);
  });
});

describe('an event that comes every week', () => {
  test('comes every day when no days are named', () => {
    expect(weekly().floors(60, 3)).toEqual<ScheduledFloor[]>([
      { name: 'show-ready', minUnits: 60, weekDays: 'SUN,MON,TUE,WED,THU,FRI,SAT', hour: 17, minute: 30, timeZone: 'UTC' },
      { name: 'show-over', minUnits: 3, weekDays: 'SUN,MON,TUE,WED,THU,FRI,SAT', hour: 20, minute: 0, timeZone: 'UTC' },
    ]);
  });

  test('keeps to its days and to the clock of its zone', () => {
    expect(timesOf(weekly({ weekDays: [WeekDay.SATURDAY, WeekDay.MONDAY], timeZone: 'America/Sao_Paulo' })))
      .toEqual(['MON,SAT 17:30 America/Sao_Paulo', 'MON,SAT 20:0 America/Sao_Paulo']);
  });

  test('may reach into the days before and after', () => {
    expect(timesOf(weekly({ weekDays: [WeekDay.SUNDAY, WeekDay.FRIDAY], start: '00:10' }))).toEqual(['THU,SAT 23:40 UTC', 'SUN,FRI 2:10 UTC']);
    expect(timesOf(weekly({ weekDays: [WeekDay.SATURDAY], start: '23:00' }))).toEqual(['SAT 22:30 UTC', 'SUN 1:0 UTC']);
    expect(timesOf(weekly({ weekDays: [WeekDay.SATURDAY], duration: Duration.hours(48), leadTime: Duration.hours(24) })))
      .toEqual(['FRI 18:0 UTC', 'MON 18:0 UTC']);
  });

  test('may last until just before it comes again', () => {
    expect(() => weekly({ duration: Duration.minutes(24 * 60 - 31) })).not.toThrow();
    expect(() => weekly({ weekDays: [WeekDay.MONDAY], duration: Duration.minutes(7 * 24 * 60 - 31) })).not.toThrow();
  });
});

const KNOWN = 'the floors are worked out from it, so give the value, not a parameter or an attribute';
const TEXT = Lazy.string({ produce: () => 'x' });
const TIME = Duration.minutes(Lazy.number({ produce: () => 1 }));
const ZONE = 'give a name such as \'America/Sao_Paulo\', in which capitals count';
const MOMENT = 'give one such as \'2026-11-27T08:00\', and its zone as \'timeZone\'';
const AGAIN = '\'duration\' and \'leadTime\' must end before the event comes again, got';

describe('KnownEvent', () => {
  testRefusals([
    ['an event that ends before it begins', () => once({ end: '2026-11-27T07:59' }),
      '[KnownEvent.once] \'end\' must be after \'start\', got start 2026-11-27T08:00 and end 2026-11-27T07:59: an event ends after it begins'],
    ['an event that ends as it begins', () => once({ end: SALE.start }),
      '[KnownEvent.once] \'end\' must be after \'start\', got start 2026-11-27T08:00 and end 2026-11-27T08:00: an event ends after it begins'],
    ['a time with an offset', () => once({ start: '2026-11-27T08:00Z' }), `[KnownEvent.once] 'start' must be a local date and time, got "2026-11-27T08:00Z": ${MOMENT}`],
    ['a date alone', () => once({ end: '2026-11-27' }), `[KnownEvent.once] 'end' must be a local date and time, got "2026-11-27": ${MOMENT}`],
    ['a day that is not in the calendar', () => once({ end: '2027-02-29T08:00' }), `[KnownEvent.once] 'end' must be a local date and time, got "2027-02-29T08:00": ${MOMENT}`],
    ['an hour that no day has', () => once({ end: '2027-02-28T25:00' }), `[KnownEvent.once] 'end' must be a local date and time, got "2027-02-28T25:00": ${MOMENT}`],
    ['a time zone that nobody knows', () => once({ timeZone: 'Brazil/Nowhere' }), `[KnownEvent.once] 'timeZone' must be the IANA name of a time zone, got "Brazil/Nowhere": ${ZONE}`],
    ['an offset as the time zone', () => weekly({ timeZone: '+03:00' }), `[KnownEvent.weekly] 'timeZone' must be the IANA name of a time zone, got "+03:00": ${ZONE}`],
    ['a time zone in lower case', () => once({ timeZone: 'europe/lisbon' }), `[KnownEvent.once] 'timeZone' must be the IANA name of a time zone, got "europe/lisbon": ${ZONE}`],
    ['a time zone in upper case', () => once({ timeZone: 'EUROPE/LISBON' }), `[KnownEvent.once] 'timeZone' must be the IANA name of a time zone, got "EUROPE/LISBON": ${ZONE}`],
    ['a name with a blank', () => once({ name: 'Black Friday' }),
      '[KnownEvent.once] \'name\' must be 1 to 64 letters, digits and dashes, got "Black Friday": give a name such as \'black-friday\''],
    ['an event below the base', () => weekly({ multiplier: 0.5 }),
      '[KnownEvent.weekly] \'multiplier\' must be at least 1, got 0.5: an event is not below the base; leave out one that brings no more traffic'],
    ['a lead time of a fraction of a minute', () => once({ leadTime: Duration.seconds(90) }), '[KnownEvent.once] \'leadTime\' must be whole minutes, at least 0, got 90 seconds: give 0 for none'],
    ['a time of the day that is none', () => weekly({ start: '24:00' }), '[KnownEvent.weekly] \'start\' must be a time of the day, got "24:00": give hours and minutes such as \'18:00\''],
    ['a time of the day without minutes', () => weekly({ start: '6pm' }), '[KnownEvent.weekly] \'start\' must be a time of the day, got "6pm": give hours and minutes such as \'18:00\''],
    ['an event that takes no time', () => weekly({ duration: Duration.minutes(0) }), '[KnownEvent.weekly] \'duration\' must be whole minutes, at least 1, got 0 seconds: an event ends after it begins'],
    ['no days', () => weekly({ weekDays: [] }), '[KnownEvent.weekly] \'weekDays\' must name each day once, got none: leave it out for every day'],
    ['a day twice', () => weekly({ weekDays: [WeekDay.MONDAY, WeekDay.MONDAY], start: '10:00', duration: Duration.hours(1) }), [
      '[KnownEvent.weekly] 2 props need mending:',
      '  - \'weekDays\' must name each day once, got MON, MON: leave it out for every day',
      `  - ${AGAIN} 90 minutes of 0: make it shorter, or raise the base of the traffic`,
    ].join('\n')],
    ['a daily event of a whole day', () => weekly({ duration: Duration.minutes(24 * 60 - 30) }), `[KnownEvent.weekly] ${AGAIN} 1440 minutes of 1440: make it shorter, or raise the base of the traffic`],
    ['a weekly event on two days that lasts longer than between them', () => weekly({ weekDays: [WeekDay.SUNDAY, WeekDay.SATURDAY], duration: Duration.days(1) }),
      `[KnownEvent.weekly] ${AGAIN} 1470 minutes of 1440: make it shorter, or raise the base of the traffic`],
    ['what is not known at synthesis', () => once({ name: TEXT, timeZone: TEXT, start: TEXT, end: TEXT, leadTime: TIME, multiplier: Lazy.number({ produce: () => 2 }) }), [
      '[KnownEvent.once] 6 props need mending:',
      ...['name', 'timeZone', 'multiplier', 'leadTime', 'start', 'end'].map(prop => `  - '${prop}' must be known at synthesis, got a token: ${KNOWN}`),
    ].join('\n')],
    ['a weekly event that is not known at synthesis', () => weekly({ start: TEXT, duration: TIME }), [
      '[KnownEvent.weekly] 2 props need mending:',
      ...['start', 'duration'].map(prop => `  - '${prop}' must be known at synthesis, got a token: ${KNOWN}`),
    ].join('\n')],
  ]);
});
