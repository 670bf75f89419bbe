import { CapacityPlan, Database, EnvironmentProfile, Sessions, Traffic } from '../../src';
import { testRefusals } from '../support/refusals';

const production = EnvironmentProfile.production();
const development = EnvironmentProfile.development();
const numbersOf = ({ compute, database, cache }: CapacityPlan) => ({ compute, database, cache });

describe('CapacityPlan', () => {
  // Worked by hand: 40 / 25 / 0.6 = 2.7; 1200 / 25 * 1.25 = 60; 1200 / 50 * 1.25 = 30; 1200 * 8 * 1.25 = 12000;
  // 1200 / 10 visits a second, for 4 hours, of 4 kB = 6.9 GB, and a quarter more = 8.6.
  test('sizes a shop of 40 requests per second with peaks of 30 times as many', () => {
    expect(numbersOf(CapacityPlan.of(Traffic.spiky({ baselineRps: 40, peakMultiplier: 30, requestsPerSecondPerUnit: 25 }), production))).toEqual({
      compute: { minUnits: 3, maxUnits: 60, targetRequestsPerMinute: 900, targetCpuPercent: 60 },
      database: { minAcu: 2, maxAcu: 30 },
      cache: { maxEcpuPerSecond: 12000, maxDataGb: 9 },
    });
  });

  test('gives every number of that shop its reason', () => {
    expect(CapacityPlan.of(Traffic.spiky({ baselineRps: 40 }), production).decisions).toEqual([
      {
        name: 'minimum units',
        value: 3,
        unit: 'units',
        reason: '40 requests per second at 60 % of 25 per unit, and at least 2 in production',
      },
      { name: 'maximum units', value: 60, unit: 'units', reason: '1200 requests per second at 25 per unit, and 25 % headroom' },
      {
        name: 'scaling target, requests',
        value: 900,
        unit: 'requests per minute and unit',
        reason: '60 % of what a unit answers, so that it has room while a new one starts',
      },
      { name: 'scaling target, CPU', value: 60, unit: '%', reason: 'the same share, for requests that cost more than usual' },
      { name: 'minimum ACU', value: 2, unit: 'ACU', reason: '40 requests per second at 50 per ACU, and at least 2 in production' },
      {
        name: 'maximum ACU',
        value: 30,
        unit: 'ACU',
        reason: '1200 requests per second at 50 per ACU, and 25 % headroom',
      },
      {
        name: 'maximum ECPU',
        value: 12000,
        unit: 'ECPU per second',
        reason: '1200 requests per second that read and write a session of up to 4 kB, and 25 % headroom',
      },
      {
        name: 'maximum session data',
        value: 9,
        unit: 'GB',
        reason: 'sessions of 4 kB for 4 hours, one for every 10 requests of the peak',
      },
    ]);
  });

  test('has floors for hardly any traffic in development', () => {
    expect(numbersOf(CapacityPlan.of(Traffic.steady({ rps: 0.01, requestsPerSecondPerUnit: 0.001 }), development))).toEqual({
      compute: { minUnits: 17, maxUnits: 17, targetRequestsPerMinute: 1, targetCpuPercent: 60 },
      database: { minAcu: 0.5, maxAcu: 1 },
      cache: { maxEcpuPerSecond: 1000, maxDataGb: 1 },
    });
  });

  test('keeps the least units of the profile, which may be more than the peak needs', () => {
    const { compute } = CapacityPlan.of(Traffic.steady({ rps: 1 }), EnvironmentProfile.production({ minimumUnits: 12 }));
    expect([compute.minUnits, compute.maxUnits]).toEqual([12, 12]);
  });

  test('ends at the largest database that Aurora has', () => {
    expect(CapacityPlan.of(Traffic.steady({ rps: 50_000 }), production).database).toEqual({ minAcu: 256, maxAcu: 256 });
  });

  test('ends at the limits of ElastiCache serverless', () => {
    const traffic = Traffic.steady({ rps: 2_000_000, requestsPerSecondPerUnit: 1000 });
    expect(CapacityPlan.of(traffic, production).cache).toEqual({ maxEcpuPerSecond: 15_000_000, maxDataGb: 5000 });
  });

  // 2,000,000 / 50 = 40,000 ACU, and a quarter more; * 8 * 1.25 = 20,000,000 ECPU; / 10 * 4 h * 4 kB * 1.25 = 14,400 GB.
  test('says in the reason what a limit of AWS cut off', () => {
    const traffic = Traffic.steady({ rps: 2_000_000, requestsPerSecondPerUnit: 1000 });
    const reasons = new Map(CapacityPlan.of(traffic, production).decisions.map(({ name, reason }) => [name, reason]));
    expect(reasons.get('minimum ACU')).toBe('2000000 requests per second at 50 per ACU, and at least 2 in production; that would be 40000, and Aurora goes up to 256');
    expect(reasons.get('maximum ACU')).toBe('2000000 requests per second at 50 per ACU, and 25 % headroom; that would be 50000, and Aurora goes up to 256');
    expect(reasons.get('maximum ECPU')).toBe('2000000 requests per second that read and write a session of up to 4 kB, and 25 % headroom; that would be 20000000, and ElastiCache serverless goes up to 15000000');
    expect(reasons.get('maximum session data')).toBe('sessions of 4 kB for 4 hours, one for every 10 requests of the peak; that would be 14400, and ElastiCache serverless goes up to 5000');
  });

  test('is taken whole by the serverless choices, whatever the traffic', () => {
    const { database, cache } = CapacityPlan.of(Traffic.steady({ rps: 2_000_000, requestsPerSecondPerUnit: 1000 }), production);
    expect(() => Database.auroraMysql(database)).not.toThrow();
    expect(() => Sessions.valkeyServerless(cache)).not.toThrow();
  });

  test('allows exactly 5,000 units', () => {
    const traffic = Traffic.spiky({ baselineRps: 1, peakMultiplier: 4000, requestsPerSecondPerUnit: 1 });
    expect(CapacityPlan.of(traffic, production).compute.maxUnits).toBe(5000);
  });

  testRefusals([
    ['a peak of more than 5,000 units', () => CapacityPlan.of(Traffic.spiky({ baselineRps: 4001, peakMultiplier: 1, requestsPerSecondPerUnit: 1 }), production),
      '[CapacityPlan.of] the peak of 4001 requests per second needs 6669 units of 1 requests per second, more than the 5000 of an ECS service: use larger units and raise \'requestsPerSecondPerUnit\' of the traffic'],
  ]);
});
