import { Duration, Lazy } from 'aws-cdk-lib';
import { KnownEvent, OnceEventProps, Traffic, WeekDay, WeeklyEventProps } from '../../src';
import { testRefusals } from '../support/refusals';

const TOKEN = Lazy.number({ produce: () => 1 });
const KNOWN = 'every size is worked out from the traffic, so give a number, not a parameter or an attribute';

const BUSY = 'give the requests per second of a busy minute';
const numbersOf = ({ baselineRps, peakMultiplier, peakRps }: Traffic) =>
  ({ baselineRps, peakMultiplier, peakRps });

const sale = (props: Partial<OnceEventProps> = {}) => KnownEvent.once({ name: 'sale', start: '2026-11-27T08:00', end: '2026-11-27T20:00', ...props });
const show = (props: Partial<WeeklyEventProps> = {}) => KnownEvent.weekly({ name: 'show', start: '18:00', duration: Duration.hours(2), ...props });

describe('Traffic', () => {
  test('that is steady has no peak, and 25 requests per second and unit by default', () => {
    expect(numbersOf(Traffic.steady({ rps: 40 }))).toEqual({ baselineRps: 40, peakMultiplier: 1, peakRps: 40 });
  });

  test('that is spiky peaks at 30 times its base by default', () => {
    expect(numbersOf(Traffic.spiky({ baselineRps: 40 })))
      .toEqual({ baselineRps: 40, peakMultiplier: 30, peakRps: 1200 });
  });

  test('keeps the numbers that it is given', () => {
    expect(numbersOf(Traffic.spiky({ baselineRps: 2, peakMultiplier: 1 })))
      .toEqual({ baselineRps: 2, peakMultiplier: 1, peakRps: 2 });
  });

  test('rises within 5 minutes, without events and without headroom, by default', () => {
    const { rampUp, events, standingHeadroom } = Traffic.spiky({ baselineRps: 40 });
    expect({ rampUp: rampUp?.toSeconds(), events, standingHeadroom }).toEqual({ rampUp: 300, events: [], standingHeadroom: 0 });
  });

  test('that is steady does not rise', () => {
    const { rampUp, events, standingHeadroom } = Traffic.steady({ rps: 40 });
    expect({ rampUp, events, standingHeadroom }).toEqual({ rampUp: undefined, events: [], standingHeadroom: 0 });
  });

  test('keeps the ramp, the events and the headroom that it is given', () => {
    const traffic = Traffic.spiky({
      baselineRps: 1, rampUp: Duration.seconds(30), events: [sale(), show({ weekDays: [WeekDay.SATURDAY] })], standingHeadroom: 1,
    });
    expect(traffic.rampUp?.toSeconds()).toBe(30);
    expect(traffic.events.map(({ name }) => name)).toEqual(['sale', 'show']);
    expect(traffic.standingHeadroom).toBe(1);
  });

  test('has an event at its peak, or at the multiplier of the event, which raises the peak', () => {
    const [usual, low, high] = [sale(), show({ weekDays: [WeekDay.MONDAY], multiplier: 5 }), show({ name: 'final', weekDays: [WeekDay.SUNDAY], multiplier: 50 })];
    const traffic = Traffic.spiky({ baselineRps: 2, peakMultiplier: 20, events: [usual, low, high] });
    expect([usual, low, high].map(event => traffic.rpsDuring(event))).toEqual([40, 10, 100]);
    expect([traffic.peakMultiplier, traffic.peakRps]).toEqual([50, 100]);
    expect(Traffic.spiky({ baselineRps: 2, peakMultiplier: 20, events: [low] }).peakMultiplier).toBe(20);
  });

  // The sale takes 07:30 to 20:00 UTC on a Friday, the show 17:30 to 20:00 of each day.
  test.each<[string, KnownEvent, KnownEvent]>([
    ['on other days', sale(), show({ weekDays: [WeekDay.THURSDAY, WeekDay.SATURDAY] })],
    ['a minute later', sale(), show({ start: '20:31' })],
    ['a minute before', sale(), show({ start: '05:00', duration: Duration.minutes(149) })],
    ['in another zone, where it is another time', sale(), show({ timeZone: 'America/Sao_Paulo', weekDays: [WeekDay.FRIDAY] })],
    ['once each', sale(), sale({ name: 'second', start: '2026-11-28T08:00', end: '2026-11-28T20:00' })],
    ['weekly each', show(), show({ name: 'second', start: '09:00' })],
    ['weekly each, in zones apart', show({ timeZone: 'Asia/Tokyo' }), show({ name: 'second', timeZone: 'America/New_York' })],
  ])('takes two events that do not overlap: %s', (_, one, other) => {
    expect(() => Traffic.spiky({ baselineRps: 1, events: [one, other] })).not.toThrow();
  });

  const overlap = (names: string) => `[Traffic.spiky] 'events' must not overlap or touch, lead time included, got ${names}: the end of one would take the floor from the other; make them one event, shorten a 'leadTime', or leave the smaller one out`;
  const two = (one: KnownEvent, other: KnownEvent) => () => Traffic.spiky({ baselineRps: 1, events: [one, other] });
  testRefusals([
    ['two events at once', two(sale(), sale({ name: 'second', start: '2026-11-27T19:00', end: '2026-11-28T08:00' })), overlap('sale with second')],
    ['an event within another', two(sale({ name: 'second', start: '2026-11-27T12:00', end: '2026-11-27T13:00' }), sale()), overlap('second with sale')],
    ['events that meet by their lead time', two(sale(), sale({ name: 'second', start: '2026-11-27T20:29', end: '2026-11-28T08:00' })), overlap('sale with second')],
    ['an event that is over as another gets ready', two(sale(), sale({ name: 'second', start: '2026-11-27T20:30', end: '2026-11-28T08:00' })), overlap('sale with second')],
    ['a weekly event within one that comes once', two(show({ weekDays: [WeekDay.FRIDAY], start: '10:00', duration: Duration.hours(1) }), sale()), overlap('show with sale')],
    ['a weekly event of the day before that lasts into one that comes once',
      two(sale(), show({ weekDays: [WeekDay.THURSDAY], duration: Duration.hours(14) })), overlap('sale with show')],
    ['two weekly events', two(show(), show({ name: 'second', weekDays: [WeekDay.SUNDAY], start: '19:00' })), overlap('show with second')],
    ['two weekly events around the end of the week',
      two(show({ weekDays: [WeekDay.SATURDAY], start: '23:00' }), show({ name: 'second', weekDays: [WeekDay.SUNDAY], start: '00:45' })), overlap('show with second')],
    // 18:00 in New York is 22:00 in UTC in summer, and 23:00 in winter.
    ['two weekly events in two zones that overlap in summer alone',
      two(show({ timeZone: 'America/New_York', duration: Duration.minutes(20) }), show({ name: 'second', start: '22:10', duration: Duration.minutes(5), leadTime: Duration.minutes(0) })),
      overlap('show with second')],
    ['three events of which two pairs overlap', () => Traffic.spiky({ baselineRps: 1, events: [show(), show({ name: 'b' }), show({ name: 'c', start: '04:00' }), show({ name: 'd', start: '05:00' })] }),
      overlap('show with b, c with d')],
    ['two events of one name', two(sale(), show({ name: 'sale', weekDays: [WeekDay.MONDAY] })),
      '[Traffic.spiky] \'events\' must each have a name of their own, got sale more than once: name them apart'],
    ['headroom below nothing', () => Traffic.spiky({ baselineRps: 1, standingHeadroom: -0.1 }),
      '[Traffic.spiky] \'standingHeadroom\' must be between 0 and 1, got -0.1: give the share of the peak that is ready at all times: 0 for what the base needs, 1 for the whole peak'],
    ['headroom above the peak', () => Traffic.spiky({ baselineRps: 1, standingHeadroom: 1.5 }),
      '[Traffic.spiky] \'standingHeadroom\' must be between 0 and 1, got 1.5: give the share of the peak that is ready at all times: 0 for what the base needs, 1 for the whole peak'],
    ['headroom that is a token', () => Traffic.spiky({ baselineRps: 1, standingHeadroom: TOKEN }), `[Traffic.spiky] 'standingHeadroom' must be known at synthesis, got a token: ${KNOWN}`],
    ['a ramp of no time', () => Traffic.spiky({ baselineRps: 1, rampUp: Duration.seconds(0) }),
      '[Traffic.spiky] \'rampUp\' must be above 0, got 0 seconds: give the time from the base to the top, such as Duration.minutes(5)'],
    ['a ramp that is a token', () => Traffic.spiky({ baselineRps: 1, rampUp: Duration.seconds(TOKEN) }), `[Traffic.spiky] 'rampUp' must be known at synthesis, got a token: ${KNOWN}`],
  ]);

  testRefusals([
    ['a steady rate that is a token', () => Traffic.steady({ rps: TOKEN }), `[Traffic.steady] 'rps' must be known at synthesis, got a token: ${KNOWN}`],
    ['spiky traffic of tokens', () => Traffic.spiky({ baselineRps: TOKEN, peakMultiplier: TOKEN }), [
      '[Traffic.spiky] 2 props need mending:',
      ...['baselineRps', 'peakMultiplier'].map(prop => `  - '${prop}' must be known at synthesis, got a token: ${KNOWN}`),
    ].join('\n')],
    ['a steady rate of zero', () => Traffic.steady({ rps: 0 }), `[Traffic.steady] 'rps' must be above 0, got 0: ${BUSY}`],
    ['a steady rate that is no number', () => Traffic.steady({ rps: NaN }), `[Traffic.steady] 'rps' must be above 0, got NaN: ${BUSY}`],
    ['a negative base', () => Traffic.spiky({ baselineRps: -1 }), `[Traffic.spiky] 'baselineRps' must be above 0, got -1: ${BUSY} outside of peaks`],
    ['a peak below the base', () => Traffic.spiky({ baselineRps: 1, peakMultiplier: 0.5 }),
      '[Traffic.spiky] \'peakMultiplier\' must be at least 1, got 0.5: a peak is not below the base; for even traffic use Traffic.steady'],
    ['everything wrong at once', () => Traffic.spiky({ baselineRps: 0, peakMultiplier: 0 }), [
      '[Traffic.spiky] 2 props need mending:',
      `  - 'baselineRps' must be above 0, got 0: ${BUSY} outside of peaks`,
      '  - \'peakMultiplier\' must be at least 1, got 0: a peak is not below the base; for even traffic use Traffic.steady',
    ].join('\n')],
  ]);
});
