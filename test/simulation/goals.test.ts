import { Duration } from 'aws-cdk-lib';
import { simulate } from './support';
import { KnownEvent, Traffic } from '../../src';
import { Arrivals, Outlook, SpikeResult } from '../../src/simulation';
import { filled } from '../support/filled';
import { once, platformTemplate } from '../support/platform';

const BASE = 20;
const SEEDS = [1, 2, 3, 4, 5];
/** Every day at 01:00, when the ramp begins. */
const EVENT = KnownEvent.weekly({ name: 'show', start: '01:00', duration: Duration.hours(2) });

const synthesized = (traffic: Traffic) => once(() => JSON.stringify(platformTemplate({ traffic }).toJSON()));
const unannounced = synthesized(Traffic.spiky({ baselineRps: BASE }));
const announced = synthesized(Traffic.spiky({ baselineRps: BASE, events: [EVENT] }));

/** The replays of a day with an hour of 30 times the base, at the pessimistic end, each with its own chance. */
const replays = (json: () => string) => once(() => SEEDS.map(seed =>
  simulate(json(), { seed, outlook: Outlook.PESSIMISTIC }).replay(Arrivals.ramp({ baselineRps: BASE, rampUp: Duration.minutes(5) }))));

const most = (results: SpikeResult[], of: (result: SpikeResult) => number) => Math.max(...results.map(of));

describe('with the defaults of the platform, at the pessimistic end,', () => {
  const surprise = replays(unannounced);
  const event = replays(announced);

  test('an announced event of 30 times the base fails less than 0.1 % of the day\'s requests', () => {
    expect(most(event(), ({ failedShare }) => failedShare)).toBeLessThan(0.001);
  });

  test('an unannounced rise of 30 times the base in 5 minutes fails less than 1 % of the day\'s requests', () => {
    expect(most(surprise(), ({ failedShare }) => failedShare)).toBeLessThan(0.01);
    // The model is not so kind that nothing fails.
    expect(Math.min(...surprise().map(({ failedShare }) => failedShare))).toBeGreaterThan(0.001);
  });

  test('both take no more than 40 % of the unit-hours of sizing for the peak all day', () => {
    filled([...surprise(), ...event()])
      .forEach(({ unitHours, peakSizedUnitHours }) => expect(unitHours).toBeLessThanOrEqual(0.4 * peakSizedUnitHours));
    // 600 requests per second on units of 25; chance makes the busiest minute a little busier.
    expect(surprise()[0].peakSizedUnitHours).toBe(25 * 24);
  });

  test('both are over: at the end of the day the floor is all that runs', () => {
    filled([...surprise(), ...event()]).forEach(({ timeline }) => expect(timeline[timeline.length - 1].units).toBe(2));
  });
});
