import { planOf } from './plan';
import { EnvironmentProfile, Traffic } from '../../src';
import { AURORA_MYSQL } from '../../src/data/private/engines/mysql';

const production = EnvironmentProfile.production();
const reasonsOf = (traffic: Traffic, perUnit?: number) =>
  new Map(planOf(traffic, production, perUnit).decisions.map(({ name, reason }) => [name, reason]));

/** At so many ACU, of about 2 GiB each. */
const maxConnections = (acu: number) => AURORA_MYSQL.maxConnections(acu * 2);

describe('the connections', () => {
  // As the Aurora user guide has them, of the memory of instances: 1000 at 16 GiB, and 1000 more for each doubling.
  test.each([[8, 1000], [16, 2000], [32, 3000], [64, 4000], [128, 5000], [256, 6000]])('that Aurora takes at %s ACU are about %s', (acu, documented) => {
    expect(Math.abs(maxConnections(acu) - documented)).toBeLessThan(0.08 * documented);
  });

  test.each([
    ['few are opened and all fit', { baselineRps: 33, peakMultiplier: 30 }, 25, false],
    ['1,000 are opened each second', { baselineRps: 1000, peakMultiplier: 1 }, 25, false],
    ['more than 1,000 are opened each second', { baselineRps: 1001, peakMultiplier: 1 }, 25, true],
    ['more are open than Aurora takes at its largest', { baselineRps: 907, peakMultiplier: 1 }, 11 / 36, true],
  ])('need a proxy or not: %s', (_, props, perUnit, proxy) => {
    expect(planOf(Traffic.spiky(props), production, perUnit).database.proxy).toBe(proxy);
  });

  test('raise the largest capacity when it would take too few', () => {
    // 160 / 1 * 1.25 = 200 units of a worker each; 4 ACU take 153, and 80 % of those are 122.
    const { connections, maxAcu } = planOf(Traffic.steady({ rps: 160 }), production, 1).database;
    expect(connections).toBe(267);
    expect(maxAcu).toBeGreaterThan(4);
    expect(maxConnections(maxAcu) * 0.8).toBeGreaterThanOrEqual(connections);
    expect(maxConnections(maxAcu - 0.5) * 0.8).toBeLessThan(connections);
    expect(reasonsOf(Traffic.steady({ rps: 160 }), 1).get('maximum ACU'))
      .toBe('160 requests per second at 50 per ACU, and 25 % headroom; and as many as take 267 connections');
  });
});
