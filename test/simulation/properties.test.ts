import { Duration } from 'aws-cdk-lib';
import fc from 'fast-check';
import { scalableTarget, simulate, stepPolicy, template, trackingPolicy } from './support';
import { Arrivals, Outlook, SpikeResult, SpikeSimulationOptions } from '../../src/simulation';

const traffics = fc.record({
  baselineRps: fc.integer({ min: 1, max: 200 }),
  peakMultiplier: fc.integer({ min: 1, max: 40 }),
  rampUp: fc.integer({ min: 0, max: 600 }),
  plateau: fc.integer({ min: 0, max: 900 }),
});
const arrivalsOf = ({ rampUp, plateau, ...traffic }: { baselineRps: number; peakMultiplier: number; rampUp: number; plateau: number }) =>
  Arrivals.ramp({
    ...traffic,
    rampUp: Duration.seconds(rampUp),
    plateau: Duration.seconds(plateau),
    startsAfter: Duration.minutes(5),
    rampDown: Duration.minutes(1),
    duration: Duration.minutes(40),
  });
const sizes = fc.integer({ min: 1, max: 100 });
const capacities = fc.integer({ min: 1, max: 20 });
const outlooks = fc.constantFrom(Outlook.OPTIMISTIC, Outlook.EXPECTED, Outlook.PESSIMISTIC);
const seeds = fc.integer({ min: 1, max: 1000 });
const RUNS = { numRuns: 40 };

/** A fleet that stays as it is: with more of it, or of what is behind it, no more can fail. Feedback has no such law. */
const fixed = (units: number, resources = {}) => template(resources, { DesiredCount: units });
const calm = (options: SpikeSimulationOptions): SpikeSimulationOptions => ({ ...options, application: { healthChecksQueue: false } });

const bad = ({ failedShare, slowShare, requests }: SpikeResult) => (failedShare + slowShare) * requests;
const failed = ({ failedShare, requests }: SpikeResult) => failedShare * requests;

describe('for any traffic', () => {
  test('more units never fail more', () => {
    fc.assert(fc.property(traffics, outlooks, seeds, sizes, sizes, (traffic, outlook, seed, units, more) => {
      const of = (count: number) => simulate(fixed(count), calm({ outlook, seed })).replay(arrivalsOf(traffic));
      const [few, many] = [of(units), of(units + more)];
      expect(failed(many)).toBeLessThanOrEqual(failed(few) + 1e-6);
      expect(bad(many)).toBeLessThanOrEqual(bad(few) + 1e-6);
    }), RUNS);
  });

  test('a larger database never fails more', () => {
    fc.assert(fc.property(traffics, outlooks, seeds, capacities, capacities, (traffic, outlook, seed, acu, more) => {
      const of = (MaxCapacity: number) => simulate(fixed(60, {
        Database: {
          Type: 'AWS::RDS::DBCluster',
          Properties: { Engine: 'aurora-mysql', ServerlessV2ScalingConfiguration: { MinCapacity: MaxCapacity, MaxCapacity } },
        },
      }), calm({ outlook, seed })).replay(arrivalsOf(traffic));
      const [small, large] = [of(acu), of(acu + more)];
      // Overwhelmed for good, it works on what was given up long ago: that feedback has no law.
      fc.pre(small.failedShare < 0.5);
      expect(failed(large)).toBeLessThanOrEqual(failed(small) + 0.001 * small.requests);
    }), RUNS);
  });

  test('no request is lost from the books, and shares are shares', () => {
    fc.assert(fc.property(traffics, outlooks, seeds, (traffic, outlook, seed) => {
      const json = template({ ...scalableTarget(), ...stepPolicy(), ...trackingPolicy('ALBRequestCountPerTarget', 900) });
      const result = simulate(json, { outlook, seed }).replay(arrivalsOf(traffic));
      const sum = Object.values(result.failures).reduce((total, each) => total + each, 0);
      expect(result.failedShare).toBeCloseTo(sum, 9);
      expect(result.failedShare + result.slowShare).toBeLessThanOrEqual(1 + 1e-9);
      [result.failedShare, result.slowShare, result.worstMinuteShare].forEach(share => expect(share).toBeGreaterThanOrEqual(0));
      expect(result.unitHours).toBeGreaterThanOrEqual(2 * 40 / 60 - 1e-9);
      expect(result.peakUnits).toBeLessThanOrEqual(60);
    }), RUNS);
  });

  test('slower reactions alone never help a fleet that steps up', () => {
    fc.assert(fc.property(seeds, fc.integer({ min: 20, max: 120 }), (seed, start) => {
      const json = template({ ...scalableTarget(), ...stepPolicy() });
      const ramp = Arrivals.ramp({
        baselineRps: 20, startsAfter: Duration.minutes(10), duration: Duration.minutes(60), plateau: Duration.minutes(20),
      });
      const of = (fargateStart: number) => simulate(json, calm({ seed, behaviour: { fargateStart } })).replay(ramp);
      expect(bad(of(start + 30))).toBeGreaterThanOrEqual(bad(of(start)));
    }), RUNS);
  });
});
