import fc from 'fast-check';
import { CapacityPlan, EnvironmentProfile, Traffic } from '../../src';

// Up to 8,580 requests per second, half as many again when it grows, on units that answer 5 or more: within the 5,000 of ECS.
const traffics = fc.record({
  baselineRps: fc.double({ min: 0.001, max: 260, noNaN: true }),
  peakMultiplier: fc.double({ min: 1, max: 33, noNaN: true }),
  requestsPerSecondPerUnit: fc.double({ min: 5, max: 500, noNaN: true }),
});
const profiles = fc.constantFrom(
  EnvironmentProfile.production(), EnvironmentProfile.development(), EnvironmentProfile.production({ minimumUnits: 40 }),
);
const growth = fc.double({ min: 1, max: 1.5, noNaN: true });

/** Every number of a plan that says how much there is. */
function amountsOf({ compute, database, cache }: CapacityPlan): number[] {
  return [compute.minUnits, compute.maxUnits, database.minAcu, database.maxAcu, cache.maxEcpuPerSecond, cache.maxDataGb];
}

function expectNoLess(plan: CapacityPlan, base: CapacityPlan): void {
  const before = amountsOf(base);
  amountsOf(plan).forEach((amount, index) => expect(amount).toBeGreaterThanOrEqual(before[index]));
}

describe('for any traffic', () => {
  test('a higher base never yields less of anything', () => {
    fc.assert(fc.property(traffics, profiles, growth, (traffic, profile, factor) => {
      const more = { ...traffic, baselineRps: traffic.baselineRps * factor };
      expectNoLess(CapacityPlan.of(Traffic.spiky(more), profile), CapacityPlan.of(Traffic.spiky(traffic), profile));
    }));
  });

  test('a higher peak never yields less of anything', () => {
    fc.assert(fc.property(traffics, profiles, growth, (traffic, profile, factor) => {
      const more = { ...traffic, peakMultiplier: traffic.peakMultiplier * factor };
      expectNoLess(CapacityPlan.of(Traffic.spiky(more), profile), CapacityPlan.of(Traffic.spiky(traffic), profile));
    }));
  });

  test('the most of everything covers the peak with a quarter of headroom', () => {
    fc.assert(fc.property(traffics, profiles, (props, profile) => {
      const traffic = Traffic.spiky(props);
      const { compute, database, cache } = CapacityPlan.of(traffic, profile);
      // A relative 1e-9 forgives the rounding of binary fractions.
      const peak = traffic.peakRps * 1.25 * (1 - 1e-9);
      expect(compute.maxUnits * traffic.requestsPerSecondPerUnit).toBeGreaterThanOrEqual(peak);
      expect(database.maxAcu === 256 || database.maxAcu * 50 >= peak).toBe(true);
      expect(cache.maxEcpuPerSecond).toBeGreaterThanOrEqual(peak * 8);
    }));
  });

  test('the least carries the base at 60 % and keeps to the profile', () => {
    fc.assert(fc.property(traffics, profiles, (props, profile) => {
      const { compute } = CapacityPlan.of(Traffic.spiky(props), profile);
      expect(compute.minUnits * props.requestsPerSecondPerUnit * 0.6).toBeGreaterThanOrEqual(props.baselineRps * (1 - 1e-9));
      expect(compute.minUnits).toBeGreaterThanOrEqual(profile.minimumUnits);
    }));
  });

  test('the least never exceeds the most, and all is in the range that AWS takes', () => {
    fc.assert(fc.property(traffics, profiles, (traffic, profile) => {
      const { compute, database, cache } = CapacityPlan.of(Traffic.spiky(traffic), profile);
      expect(compute.minUnits).toBeLessThanOrEqual(compute.maxUnits);
      expect(database.minAcu).toBeLessThanOrEqual(database.maxAcu);
      [compute.minUnits, compute.maxUnits, compute.targetRequestsPerMinute, cache.maxEcpuPerSecond, cache.maxDataGb]
        .forEach(whole => expect(Number.isInteger(whole) && whole >= 1).toBe(true));
      [database.minAcu, database.maxAcu].forEach(acu => expect(Number.isInteger(acu * 2) && acu >= 0.5 && acu <= 256).toBe(true));
      expect(compute.maxUnits).toBeLessThanOrEqual(5000);
    }));
  });

  test('every number has a reason and a unit, and stands among the decisions', () => {
    fc.assert(fc.property(traffics, profiles, (traffic, profile) => {
      const plan = CapacityPlan.of(Traffic.spiky(traffic), profile);
      plan.decisions.forEach(({ name, unit, reason }) => [name, unit, reason].forEach(words => expect(words).toMatch(/\S/)));
      const numbers = [...amountsOf(plan), plan.compute.targetRequestsPerMinute, plan.compute.targetCpuPercent];
      expect(plan.decisions.map(({ value }) => value).sort()).toEqual(numbers.sort());
    }));
  });
});
