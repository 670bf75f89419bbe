import { Duration, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { planOf } from './plan';
import { Compute, ElasticWebPlatform, EnvironmentProfile, ICompute, InstanceCode, KnownEvent, Traffic, WeekDay } from '../../src';
import { addPlatform, eastStack, IMAGE } from '../support/platform';

const production = EnvironmentProfile.production();
const reasonsOf = (traffic: Traffic) =>
  new Map(planOf(traffic, production).decisions.map(({ name, reason }) => [name, reason]));
const decisionsOf = (traffic: Traffic) =>
  planOf(traffic, production).decisions.map(({ name, value, unit }) => `${name}: ${value} ${unit}`);

describe('a ramp', () => {
  const stepsOf = (rampUp: Duration) =>
    planOf(Traffic.spiky({ baselineRps: 40, rampUp }), production).compute.steps.map(({ addPercent }) => addPercent);

  // In 166 of 3600 seconds 53.5 requests per second: (2.25 + 2.14) * 1.25 = 5.5, so 3 units more than 3.
  test('of an hour asks for less at first, and for everything when the units are saturated', () => {
    expect(stepsOf(Duration.hours(1))).toEqual([100, 1900]);
  });

  test('of a day asks for one unit at first', () => {
    expect(stepsOf(Duration.days(1))).toEqual([34, 1900]);
  });

  test('of a second asks for half of everything at first', () => {
    expect(stepsOf(Duration.seconds(1))).toEqual([967, 1900]);
  });

  test('that ends where it begins needs no step and no warm pool', () => {
    const { steps, warmPoolUnits } = planOf(Traffic.spiky({ baselineRps: 40, peakMultiplier: 1 }), production).compute;
    expect({ steps, warmPoolUnits }).toEqual({ steps: [], warmPoolUnits: 0 });
  });

  test('of an hour needs few instances in the warm pool', () => {
    expect(planOf(Traffic.spiky({ baselineRps: 40, rampUp: Duration.hours(1) }), production).compute.warmPoolUnits).toBe(5);
  });

  test('has instances of the warm pool ready where there is a standby, whatever the profile is called', () => {
    const poolOf = (profile: EnvironmentProfile) => planOf(Traffic.spiky({ baselineRps: 20 }), profile)
      .decisions.find(({ name }) => name === 'warm pool');
    // Of the 28 from 2 to 30, 286 / 300; in development 29 are from 1 to 30.
    expect(poolOf(production)).toMatchObject({ value: 27, unit: 'instances' });
    expect(poolOf(EnvironmentProfile.development({ multiAz: true }))).toMatchObject({ value: 27 });
    expect(poolOf(EnvironmentProfile.development())).toEqual({
      name: 'warm pool', value: 0, unit: 'instances', reason: 'development has no standbys, so that a ramp may wait until instances are launched',
    });
    expect(poolOf(EnvironmentProfile.production({ multiAz: false }))).toMatchObject({ value: 0 });
  });
});

test('no pool is planned of units that cannot be kept stopped, as tasks of Fargate', () => {
  const namesOf = (platform: ElasticWebPlatform) => platform.capacity.decisions.map(({ name }) => name);
  const instances = (stack: Stack) => Compute.instances({ code: InstanceCode.fromBucket(Bucket.fromBucketName(stack, 'Releases', 'releases'), 'shop.zip') });
  const made = (compute: (stack: Stack) => ICompute) => {
    const stack = eastStack();
    return addPlatform(stack, { compute: compute(stack) });
  };
  expect(namesOf(made(() => Compute.fargate({ image: IMAGE })))).not.toContain('warm pool');
  expect(made(() => Compute.fargate({ image: IMAGE })).capacity.computeOf('Application').warmPoolUnits).toBe(0);
  expect(namesOf(made(instances))).toContain('warm pool');
});

describe('the least capacity of the database', () => {
  const minAcu = (rampUp: Duration, profile = production) => planOf(Traffic.spiky({ baselineRps: 40, rampUp }), profile).database.minAcu;

  // 30 ACU at the most; Aurora doubles three times while units start, and grows 1.5 % in each second of the ramp after that.
  test.each([
    ['a second', Duration.seconds(1), 4],
    ['5 minutes', Duration.minutes(5), 4],
    ['6 minutes: e ^ (0.015 * 194) = 18.4', Duration.minutes(6), 2],
    ['an hour', Duration.hours(1), 2],
  ])('lets it follow a ramp of %s', (_, rampUp, acu) => {
    expect(minAcu(rampUp)).toBe(acu);
  });

  test('need not follow a ramp in development, which has no standby either', () => {
    expect(minAcu(Duration.minutes(5), EnvironmentProfile.development())).toBe(1);
  });
});

describe('headroom that stands ready', () => {
  // A fifth of 1200 requests per second: 240 / 25 * 1.25 = 12 units, and 240 / 50 * 1.25 = 6 ACU.
  test('raises the least of compute and database to its share of the peak', () => {
    const traffic = Traffic.spiky({ baselineRps: 40, standingHeadroom: 0.2 });
    const { compute, database } = planOf(traffic, production);
    expect([compute.minUnits, database.minAcu]).toEqual([12, 6]);
    expect(reasonsOf(traffic).get('minimum units')).toBe('40 requests per second at 60 % of 25 per unit, and at least 2 in production, and 20 % of the peak ready at all times');
  });

  test('of all of the peak leaves nothing to add', () => {
    const { compute, database } = planOf(Traffic.spiky({ baselineRps: 40, standingHeadroom: 1 }), production);
    expect([compute.minUnits, compute.maxUnits, compute.steps]).toEqual([60, 60, []]);
    expect([database.minAcu, database.maxAcu]).toEqual([30, 30]);
  });
});

describe('events', () => {
  const sale = KnownEvent.once({ name: 'sale', start: '2026-11-27T08:00', end: '2026-11-27T20:00', timeZone: 'America/Sao_Paulo' });
  const show = KnownEvent.weekly({ name: 'show', weekDays: [WeekDay.SUNDAY], start: '18:00', duration: Duration.hours(2), multiplier: 10, timeZone: 'Europe/Lisbon' });
  const final = KnownEvent.once({ name: 'final', start: '2026-12-01T08:00', end: '2026-12-01T20:00', multiplier: 60 });
  const traffic = Traffic.spiky({ baselineRps: 40, events: [sale, show, final] });
  const { compute } = planOf(traffic, production);

  test('have the units of their top ready, and the usual ones after them', () => {
    expect(compute.scheduledFloors).toEqual([
      { name: 'sale-ready', minUnits: 60, at: new Date('2026-11-27T10:30:00Z') },
      { name: 'sale-over', minUnits: 3, at: new Date('2026-11-27T23:00:00Z') },
      { name: 'show-ready', minUnits: 20, weekDays: 'SUN', hour: 17, minute: 30, timeZone: 'Europe/Lisbon' },
      { name: 'show-over', minUnits: 3, weekDays: 'SUN', hour: 20, minute: 0, timeZone: 'Europe/Lisbon' },
      { name: 'final-ready', minUnits: 120, at: new Date('2026-12-01T07:30:00Z') },
      { name: 'final-over', minUnits: 3, at: new Date('2026-12-01T20:00:00Z') },
    ]);
  });

  test('above the peak raise the maximum', () => {
    expect(compute.maxUnits).toBe(120);
  });

  test('stand among the decisions, with the time in words', () => {
    expect(decisionsOf(traffic).filter(line => line.startsWith('floor'))).toEqual([
      'floor for sale: 60 units', 'floor after sale: 3 units',
      'floor for show: 20 units', 'floor after show: 3 units',
      'floor for final: 120 units', 'floor after final: 3 units',
    ]);
    const reasons = reasonsOf(traffic);
    expect(reasons.get('floor for sale')).toBe('1200 requests per second and 25 % headroom, 30 minutes before it begins: 2026-11-27T10:30:00.000Z');
    expect(reasons.get('floor after show')).toBe('the usual minimum, as it ends: SUN at 20:00 Europe/Lisbon');
  });

  test('do not go below the usual minimum', () => {
    const small = Traffic.spiky({ baselineRps: 1, events: [show] });
    expect(planOf(small, production).compute.scheduledFloors.map(({ minUnits }) => minUnits)).toEqual([2, 2]);
  });
});
