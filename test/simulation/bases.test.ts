import { Duration } from 'aws-cdk-lib';
import { simulate } from './support';
import { KnownEvent, Traffic } from '../../src';
import { Arrivals, Outlook } from '../../src/simulation';
import { platformTemplate } from '../support/platform';

const SEEDS = [1, 2];
/** Every day at 01:00, when the ramp begins. */
const EVENT = KnownEvent.weekly({ name: 'show', start: '01:00', duration: Duration.hours(2) });

/** The worst of a few days with an hour of 30 times the base, which rises within 5 minutes. */
function worstOf(traffic: Traffic, outlook = Outlook.PESSIMISTIC): number {
  const json = JSON.stringify(platformTemplate({ traffic }).toJSON());
  const arrivals = Arrivals.ramp({ baselineRps: traffic.baselineRps, rampUp: Duration.minutes(5) });
  return Math.max(...SEEDS.map(seed => simulate(json, { seed, outlook }).replay(arrivals).failedShare));
}

describe('a platform whose sizes follow from the traffic fails, at the pessimistic end,', () => {
  // Above a peak of about 1,000 requests per second, a load balancer without a reservation is what fails at this end.
  test.each([10, 40])('less than 1 % of a day with a peak that nobody announced, from a base of %i requests per second', baselineRps => {
    expect(worstOf(Traffic.spiky({ baselineRps }))).toBeLessThan(0.01);
  });

  test.each([10, 40])('less than 0.1 % of a day with an event, from a base of %i requests per second', baselineRps => {
    expect(worstOf(Traffic.spiky({ baselineRps, events: [EVENT] }))).toBeLessThan(0.001);
  });

  test('less with headroom that stands ready', () => {
    const [none, third, half] = [0, 0.3, 0.5].map(standingHeadroom => worstOf(Traffic.spiky({ baselineRps: 20, standingHeadroom })));
    expect(third).toBeLessThan(none);
    expect(half).toBeLessThan(third);
  });
});

test('a platform for a base of 100 requests per second fails less than 1 % of such a day at what is expected', () => {
  expect(worstOf(Traffic.spiky({ baselineRps: 100 }), Outlook.EXPECTED)).toBeLessThan(0.01);
});
