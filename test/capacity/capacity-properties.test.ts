import { Duration } from 'aws-cdk-lib';
import fc from 'fast-check';
import { planOf as planFor, PlanOfOne } from './plan';
import { EnvironmentProfile, KnownEvent, SpikyTrafficProps, Traffic, WeekDay } from '../../src';
import { filled } from '../support/filled';

const multipliers = fc.double({ min: 1, max: 33, noNaN: true });
const DAYS = Object.values(WeekDay);

/** Events on days of their own, so that no two overlap. */
const events = fc.uniqueArray(fc.record({
  day: fc.integer({ min: 0, max: 6 }),
  hours: fc.integer({ min: 1, max: 6 }),
  multiplier: fc.option(multipliers, { nil: undefined }),
}), { selector: ({ day }) => day, maxLength: 3 }).map(all => all.map(({ day, hours, multiplier }) => KnownEvent.weekly({
  name: `on-${DAYS[day]}`, weekDays: [DAYS[day]], start: '12:00', duration: Duration.hours(hours), multiplier,
})));

// Up to 8,580 requests per second, half as many again when it grows, on units that answer 5 or more: within the 5,000 of ECS.
const traffics: fc.Arbitrary<Load> = fc.record({
  baselineRps: fc.double({ min: 0.001, max: 260, noNaN: true }),
  peakMultiplier: multipliers,
  perUnit: fc.double({ min: 5, max: 500, noNaN: true }),
  rampUp: fc.integer({ min: 1, max: 7200 }).map(Duration.seconds),
  standingHeadroom: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
  events,
});
const profiles = fc.constantFrom(
  EnvironmentProfile.production(), EnvironmentProfile.development(), EnvironmentProfile.production({ minimumUnits: 40 }),
);
const growth = fc.double({ min: 1, max: 1.5, noNaN: true });

/** A traffic, and what one unit answers of it. */
type Load = SpikyTrafficProps & { readonly perUnit: number };

const planOf = ({ perUnit, ...traffic }: Load, profile: EnvironmentProfile) => planFor(Traffic.spiky(traffic), profile, perUnit);

/** Units that there are after a step is taken from the least: ECS and EC2 Auto Scaling round the units that are added down. */
function unitsAfterSteps({ compute: { minUnits, maxUnits, steps } }: PlanOfOne): number[] {
  return [0, 1].map(index => Math.min(maxUnits, minUnits + Math.floor(minUnits * (steps[index]?.addPercent ?? 0) / 100)));
}

/** Every number of a plan that says how much there is. */
function amountsOf(plan: PlanOfOne): { [name: string]: number } {
  const { compute, database, cache, logs } = plan;
  const [afterFirst, afterSecond] = unitsAfterSteps(plan);
  return {
    minUnits: compute.minUnits,
    maxUnits: compute.maxUnits,
    // What stands ready: a unit that runs needs none in the pool.
    readyUnits: compute.minUnits + compute.warmPoolUnits,
    // Percent are whole, so a step from many units may be too large by as much as one percent of them.
    afterFirst: afterFirst + compute.minUnits / 100,
    afterSecond,
    minAcu: database.minAcu,
    maxAcu: database.maxAcu,
    connections: database.connections,
    proxy: Number(database.proxy),
    ecpu: cache.maxEcpuPerSecond,
    sessionsGb: cache.maxDataGb,
    logGb: logs.gbPerMonth,
    ...Object.fromEntries(compute.scheduledFloors.map(({ name, minUnits }) => [name, minUnits])),
  };
}

function expectNoLess(plan: PlanOfOne, base: PlanOfOne): void {
  const more = amountsOf(plan);
  const before = { ...amountsOf(base), afterFirst: unitsAfterSteps(base)[0] - base.compute.minUnits / 100 };
  filled(Object.entries(before)).forEach(([name, amount]) => expect([name, more[name] >= amount]).toEqual([name, true]));
}

/** A property of any two traffics of which the one brings more than the other. */
function expectNoLessWith(more: (traffic: Load, factor: number) => Load): void {
  fc.assert(fc.property(traffics, profiles, growth, (traffic, profile, factor) => {
    expectNoLess(planOf(more(traffic, factor), profile), planOf(traffic, profile));
  }), { numRuns: 300 });
}

describe('for any traffic, never less of anything comes of', () => {
  test('a higher base', () => {
    expectNoLessWith((traffic, factor) => ({ ...traffic, baselineRps: traffic.baselineRps * factor }));
  });

  test('a higher peak', () => {
    expectNoLessWith((traffic, factor) => ({ ...traffic, peakMultiplier: traffic.peakMultiplier! * factor }));
  });

  test('a steeper ramp', () => {
    expectNoLessWith((traffic, factor) => ({ ...traffic, rampUp: Duration.millis(Math.ceil(traffic.rampUp!.toMilliseconds() / factor)) }));
  });

  test('more headroom', () => {
    expectNoLessWith((traffic, factor) => ({
      ...traffic, standingHeadroom: Math.min(1, (traffic.standingHeadroom ?? 0) * factor + (factor - 1) / 5),
    }));
  });

  test('one event more', () => {
    const further = KnownEvent.once({ name: 'further', start: '2026-03-02T20:00', end: '2026-03-02T21:00', multiplier: 33 });
    expectNoLessWith(traffic => ({ ...traffic, events: [...traffic.events!, further] }));
  });

  test('a higher event', () => {
    const at = (multiplier: number) => KnownEvent.once({ name: 'further', start: '2026-03-02T20:00', end: '2026-03-02T21:00', multiplier });
    fc.assert(fc.property(traffics, profiles, multipliers, growth, (traffic, profile, multiplier, factor) => {
      const withEvent = (height: number) => planOf({ ...traffic, events: [...traffic.events!, at(height)] }, profile);
      expectNoLess(withEvent(multiplier * factor), withEvent(multiplier));
    }));
  });
});

describe('for any traffic', () => {
  test('the most of everything covers the peak with a quarter of headroom', () => {
    fc.assert(fc.property(traffics, profiles, (props, profile) => {
      const traffic = Traffic.spiky(props);
      const { compute, database, cache } = planOf(props, profile);
      // A relative 1e-9 forgives the rounding of binary fractions.
      const peak = traffic.peakRps * 1.25 * (1 - 1e-9);
      expect(compute.maxUnits * props.perUnit).toBeGreaterThanOrEqual(peak);
      expect(database.maxAcu === 256 || database.maxAcu * 50 >= peak).toBe(true);
      expect(cache.maxEcpuPerSecond).toBeGreaterThanOrEqual(peak * 8);
    }));
  });

  test('the least carries the base at 60 %, the share of the peak that is to stand ready, and keeps to the profile', () => {
    fc.assert(fc.property(traffics, profiles, (props, profile) => {
      const traffic = Traffic.spiky(props);
      const { compute, database } = planOf(props, profile);
      const ready = traffic.peakRps * traffic.standingHeadroom * 1.25 * (1 - 1e-9);
      expect(compute.minUnits * props.perUnit * 0.6).toBeGreaterThanOrEqual(props.baselineRps * (1 - 1e-9));
      expect(compute.minUnits * props.perUnit).toBeGreaterThanOrEqual(ready);
      expect(database.minAcu === 256 || database.minAcu * 50 >= ready).toBe(true);
      expect(compute.minUnits).toBeGreaterThanOrEqual(profile.minimumUnits);
    }));
  });

  test('the platform scales back to its floor: at the base, no target asks for more', () => {
    fc.assert(fc.property(traffics, profiles, (props, profile) => {
      const { minUnits, targetRequestsPerMinute, targetCpuPercent } = planOf(props, profile).compute;
      expect(props.baselineRps * 60 / targetRequestsPerMinute).toBeLessThanOrEqual(minUnits);
      expect(props.baselineRps / props.perUnit / minUnits * 100).toBeLessThanOrEqual(targetCpuPercent * (1 + 1e-9));
    }));
  });

  test('the steps are in order, above the target, and the last goes to the maximum', () => {
    fc.assert(fc.property(traffics, profiles, (traffic, profile) => {
      const plan = planOf(traffic, profile);
      const { steps, targetCpuPercent, minUnits, maxUnits } = plan.compute;
      expect(steps).toHaveLength(minUnits === maxUnits ? 0 : 2);
      let before = { fromCpuPercent: targetCpuPercent, addPercent: 0 };
      steps.forEach(step => {
        expect(step.fromCpuPercent).toBeGreaterThan(before.fromCpuPercent);
        expect(step.fromCpuPercent).toBeLessThan(100);
        expect(step.addPercent).toBeGreaterThanOrEqual(Math.max(1, before.addPercent));
        before = step;
      });
      expect(unitsAfterSteps(plan)[1]).toBe(maxUnits);
    }));
  });

  test('floors pair up: each event has one that carries it, and one that goes back to the least', () => {
    fc.assert(fc.property(traffics, profiles, (props, profile) => {
      const traffic = Traffic.spiky(props);
      const { scheduledFloors, minUnits, maxUnits } = planOf(props, profile).compute;
      expect(scheduledFloors.map(({ name }) => name)).toEqual(traffic.events.flatMap(({ name }) => [`${name}-ready`, `${name}-over`]));
      traffic.events.forEach((event, index) => {
        const [ready, over] = scheduledFloors.slice(2 * index);
        expect(over.minUnits).toBe(minUnits);
        expect(ready.minUnits * props.perUnit).toBeGreaterThanOrEqual(traffic.rpsDuring(event) * 1.25 * (1 - 1e-9));
        expect(ready.minUnits).toBeGreaterThanOrEqual(minUnits);
        expect(ready.minUnits).toBeLessThanOrEqual(maxUnits);
      });
    }));
  });

  test('the least never exceeds the most, and all is in the range that AWS takes', () => {
    fc.assert(fc.property(traffics, profiles, (traffic, profile) => {
      const { compute, database, cache } = planOf(traffic, profile);
      expect(compute.minUnits).toBeLessThanOrEqual(compute.maxUnits);
      expect(compute.minUnits + compute.warmPoolUnits).toBeLessThanOrEqual(compute.maxUnits);
      expect(database.minAcu).toBeLessThanOrEqual(database.maxAcu);
      [compute.minUnits, compute.maxUnits, compute.targetRequestsPerMinute, cache.maxEcpuPerSecond, cache.maxDataGb, database.connections]
        .forEach((whole, index) => expect([index, Number.isInteger(whole) && whole >= 1]).toEqual([index, true]));
      const isAcu = (acu: number) => Number.isInteger(acu * 2) && acu >= 0.5 && acu <= 256;
      expect([isAcu(database.minAcu), isAcu(database.maxAcu)]).toEqual([true, true]);
      expect(compute.maxUnits).toBeLessThanOrEqual(5000);
    }));
  });

  test('every number has a reason and a unit, and stands among the decisions', () => {
    fc.assert(fc.property(traffics, profiles, (traffic, profile) => {
      const plan = planOf(traffic, profile);
      expect(plan.decisions.length).toBeGreaterThan(5);
      expect(plan.decisions.filter(({ name, unit, reason }) => ![name, unit, reason].every(words => /\S/.test(words)))).toEqual([]);
      expect(new Set(plan.decisions.map(({ name }) => name)).size).toBe(plan.decisions.length);
      const { compute, database, cache, logs } = plan;
      const { steps, scheduledFloors, ...units } = compute;
      const { proxy, ...amounts } = database;
      const numbers = [units, amounts, cache, logs].flatMap<number>(each => Object.values(each));
      expect(plan.decisions.map(({ value }) => value).sort()).toEqual([
        ...numbers, Number(proxy), ...steps.map(({ addPercent }) => addPercent), ...scheduledFloors.map(({ minUnits }) => minUnits),
      ].sort());
    }));
  });

  test('the plan is the same for the same traffic and profile', () => {
    fc.assert(fc.property(traffics, profiles, (traffic, profile) => {
      expect(planOf(traffic, profile).toString()).toBe(planOf(traffic, profile).toString());
    }), { numRuns: 20 });
  });
});
