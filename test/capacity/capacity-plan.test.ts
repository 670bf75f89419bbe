import { planOf, PlanOfOne } from './plan';
import { CapacityPlan, Database, EnvironmentProfile, Sessions, Traffic } from '../../src';
import { testRefusals } from '../support/refusals';

const production = EnvironmentProfile.production();
const WEB = { name: 'Web', traffic: Traffic.spiky({ baselineRps: 20 }), unit: { requestsPerSecond: 25, connections: 10 } };
const API = { name: 'API', traffic: Traffic.steady({ rps: 100 }), unit: { requestsPerSecond: 100, connections: 4 } };
const development = EnvironmentProfile.development();
const numbersOf = ({ compute, database, cache, logs }: PlanOfOne) => ({ compute, database, cache, logs });
const reasonsOf = (traffic: Traffic, perUnit?: number) =>
  new Map(planOf(traffic, production, perUnit).decisions.map(({ name, reason }) => [name, reason]));

describe('CapacityPlan', () => {
  // Worked by hand: 40 / 25 / 0.6 = 2.7; 1200 / 25 * 1.25 = 60; 1200 / 50 * 1.25 = 30; 1200 * 8 * 1.25 = 12000;
  // 1200 / 10 visits a second, for 4 hours, of 4 kB = 6.9 GB, and a quarter more = 8.6.
  // In 166 of 300 seconds 642 requests per second come on top of 2.25 units: (2.25 + 25.7) * 1.25 = 34.9, 32 more than 3;
  // half of the 57 to the maximum is 29, and 29 / 3 = 967 %. All of them: 57 / 3 = 1900 %. Of 57, 286 / 300 = 55 instances.
  // An eighth of 30 ACU, in steps of a half: 4. A worker for 0.4 s of 25 requests: 10 of each of 60 units. 40 * 0.5 kB * 730 h = 52.56 GB.
  test('sizes a shop of 40 requests per second with peaks of 30 times as many', () => {
    expect(numbersOf(planOf(Traffic.spiky({ baselineRps: 40, peakMultiplier: 30 }), production, 25))).toEqual({
      compute: {
        minUnits: 3,
        maxUnits: 60,
        targetRequestsPerMinute: 900,
        targetCpuPercent: 60,
        steps: [{ fromCpuPercent: 75, addPercent: 967 }, { fromCpuPercent: 90, addPercent: 1900 }],
        scheduledFloors: [],
        warmPoolUnits: 55,
      },
      database: { minAcu: 4, maxAcu: 30, connections: 600, proxy: true },
      cache: { maxEcpuPerSecond: 12000, maxDataGb: 9 },
      logs: { retentionDays: 365, gbPerMonth: 52.56 },
    });
  });

  test('gives every number of that shop its reason', () => {
    expect(planOf(Traffic.spiky({ baselineRps: 40 }), production).decisions).toEqual([
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
      {
        name: 'step at 75 % CPU',
        value: 967,
        unit: '% more units',
        reason: '641.87 requests per second come on top in the 166 until a new unit serves, when the base grows to the peak within 300 seconds; half the way to the maximum at the most',
      },
      {
        name: 'step at 90 % CPU',
        value: 1900,
        unit: '% more units',
        reason: 'the 57 units from the minimum to the maximum at once: CPU ends at 100 %, and does not tell how much load there is',
      },
      {
        name: 'warm pool',
        value: 55,
        unit: 'instances',
        reason: 'of the 57 between minimum and maximum, what a ramp of 300 seconds asks for before the 286 are over that a new instance takes to serve; stopped, each costs its volume alone',
      },
      {
        name: 'minimum ACU',
        value: 4,
        unit: 'ACU',
        reason: '40 requests per second at 50 per ACU, and at least 2 in production; and what grows to 30 ACU while units start',
      },
      {
        name: 'maximum ACU',
        value: 30,
        unit: 'ACU',
        reason: '1200 requests per second at 50 per ACU, and 25 % headroom',
      },
      {
        name: 'database connections',
        value: 600,
        unit: 'connections',
        reason: '60 units with 10 each, as many as serve requests at once at the peak',
      },
      {
        name: 'RDS Proxy',
        value: 1,
        unit: '(1 on, 0 off)',
        reason: '600 connections of the 2976 that 30 ACU take, and up to 1200 opened per second: on above 80 % of the one, or 1000 of the other',
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
      { name: 'log retention', value: 365, unit: 'days', reason: 'that of production' },
      {
        name: 'application log',
        value: 52.56,
        unit: 'GB a month',
        reason: '40 requests per second all month, 0.5 kB each; an hour at the peak adds 2.16',
      },
    ]);
  });

  test('has floors for hardly any traffic in development', () => {
    expect(numbersOf(planOf(Traffic.steady({ rps: 0.01 }), development, 0.001))).toEqual({
      compute: {
        minUnits: 17, maxUnits: 17, targetRequestsPerMinute: 1, targetCpuPercent: 60, steps: [], scheduledFloors: [], warmPoolUnits: 0,
      },
      database: { minAcu: 0.5, maxAcu: 1, connections: 17, proxy: false },
      cache: { maxEcpuPerSecond: 1000, maxDataGb: 1 },
      logs: { retentionDays: 7, gbPerMonth: 0.01 },
    });
  });

  test('keeps the least units of the profile, which may be more than the peak needs', () => {
    const { compute } = planOf(Traffic.steady({ rps: 1 }), EnvironmentProfile.production({ minimumUnits: 12 }));
    expect([compute.minUnits, compute.maxUnits]).toEqual([12, 12]);
  });

  test('ends at the largest database that Aurora has', () => {
    expect(planOf(Traffic.steady({ rps: 50_000 }), production).database).toMatchObject({ minAcu: 256, maxAcu: 256 });
  });

  test('ends at the limits of ElastiCache serverless', () => {
    const traffic = Traffic.steady({ rps: 2_000_000 });
    expect(planOf(traffic, production, 1000).cache).toEqual({ maxEcpuPerSecond: 15_000_000, maxDataGb: 5000 });
  });

  // 2,000,000 / 50 = 40,000 ACU, and a quarter more; * 8 * 1.25 = 20,000,000 ECPU; / 10 * 4 h * 4 kB * 1.25 = 14,400 GB.
  test('says in the reason what a limit of AWS cut off', () => {
    const reasons = reasonsOf(Traffic.steady({ rps: 2_000_000 }), 1000);
    expect(reasons.get('minimum ACU')).toBe('2000000 requests per second at 50 per ACU, and at least 2 in production; that would be 40000, and Aurora goes up to 256');
    expect(reasons.get('maximum ACU')).toBe('2000000 requests per second at 50 per ACU, and 25 % headroom; that would be 50000, and Aurora goes up to 256');
    expect(reasons.get('maximum ECPU')).toBe('2000000 requests per second that read and write a session of up to 4 kB, and 25 % headroom; that would be 20000000, and ElastiCache serverless goes up to 15000000');
    expect(reasons.get('maximum session data')).toBe('sessions of 4 kB for 4 hours, one for every 10 requests of the peak; that would be 14400, and ElastiCache serverless goes up to 5000');
  });

  test('is taken whole by the serverless choices, whatever the traffic', () => {
    const { database, cache } = planOf(Traffic.steady({ rps: 2_000_000 }), production, 1000);
    expect(() => Database.auroraMysql({ minAcu: database.minAcu, maxAcu: database.maxAcu })).not.toThrow();
    expect(() => Sessions.valkeyServerless(cache)).not.toThrow();
  });

  test('allows exactly 5,000 units', () => {
    const traffic = Traffic.spiky({ baselineRps: 1, peakMultiplier: 4000 });
    expect(planOf(traffic, production, 1).compute.maxUnits).toBe(5000);
  });

  test('says a number that is no binary fraction as people do', () => {
    expect(reasonsOf(Traffic.spiky({ baselineRps: 0.1, peakMultiplier: 3 })).get('maximum units')).toBe('0.3 requests per second at 25 per unit, and 25 % headroom');
  });

  test('prints one line for each decision', () => {
    const plan = planOf(Traffic.steady({ rps: 40 }), production);
    const lines = plan.toString().split('\n');
    expect(lines).toHaveLength(plan.decisions.length);
    expect(lines[0]).toBe(
      'minimum units             3 units                           40 requests per second at 60 % of 25 per unit, and at least 2 in production');
    expect(lines[4]).toBe('warm pool                 0 instances                       traffic that keeps to its level');
  });

  testRefusals([
    ['a peak of more than 5,000 units', () => planOf(Traffic.spiky({ baselineRps: 4001, peakMultiplier: 1 }), production, 1),
      '[CapacityPlan.of] the peak of 4001 requests per second needs 6669 units of 1 requests per second, more than the 5000 of an ECS service: use larger units and raise \'load.requestsPerSecond\' of what runs the application'],
    ['no load', () => CapacityPlan.of([], production),
      '[CapacityPlan.of] \'loads\' must name at least one application, got none: sizes follow from what is to be carried'],
    ['two loads of one name', () => CapacityPlan.of([WEB, WEB], production),
      '[CapacityPlan.of] \'loads\' must have names of their own, got "Web" twice: name the applications apart'],
    ['an application that it does not know', () => CapacityPlan.of([WEB, API], production).computeOf('Shop'),
      '[CapacityPlan] \'name\' must be one of Web, API, got "Shop": give the name of a load that the plan was made of'],
  ]);
});

describe('a plan of two applications', () => {
  const plan = CapacityPlan.of([WEB, API], production);
  const alone = [WEB, API].map(load => CapacityPlan.of([load], production));

  test('sizes each by itself', () => {
    expect(plan.computeOf('Web')).toEqual(alone[0].computeOf('Web'));
    expect(plan.computeOf('API')).toEqual(alone[1].computeOf('API'));
  });

  // 20 * 30 + 100 = 700 requests per second at the peak; 30 units of 10 connections, 2 of 4.
  test('sizes what they share for the sum of both', () => {
    expect(plan.database.maxAcu).toBe(17.5);
    expect(plan.database.connections).toBe(30 * 10 + 2 * 4);
    expect(plan.cache.maxEcpuPerSecond).toBe(7000);
    expect(plan.logs.gbPerMonth).toBeCloseTo(alone[0].logs.gbPerMonth + alone[1].logs.gbPerMonth, 1);
  });

  test('names the decisions of each by its name, and those of what they share by none', () => {
    const names = plan.decisions.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Web: minimum units', 'API: minimum units', 'maximum ACU', 'log retention']));
    expect(names).not.toContain('minimum units');
    expect(alone[0].decisions.map(({ name }) => name)).toContain('minimum units');
  });

  test('without a limit of connections compares them with nothing', () => {
    const reason = plan.decisions.find(({ name }) => name === 'RDS Proxy')!.reason;
    expect(reason).toBe('308 connections, and up to 700 opened per second: on above 80 % of the one, or 1000 of the other');
  });
});
