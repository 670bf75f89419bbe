import { Duration } from 'aws-cdk-lib';
import { CapacityPlan, Compute, Database, EnvironmentProfile, FunctionProps, KnownEvent, Traffic, WeekDay } from '../../src';
import { AURORA_MYSQL } from '../../src/data/private/engines/mysql';
import { FUNCTION_CODE, IMAGE, platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { resources } from '../support/template';

const unit = (props: Partial<FunctionProps> = {}) => Compute.function({ code: FUNCTION_CODE, ...props }).unit;
const plan = (traffic: Traffic, profile = EnvironmentProfile.production(), props: Partial<FunctionProps> = {}) =>
  CapacityPlan.of([{ name: 'Shop', traffic, unit: unit(props) }], profile, AURORA_MYSQL);
const SPIKY = Traffic.spiky({ baselineRps: 20 });
const decisions = (made: CapacityPlan) => Object.fromEntries(made.decisions.map(({ name, value, unit: inUnits, reason }) => [name, `${value} ${inUnits}: ${reason}`]));

describe('the executions of a function', () => {
  test('follow from the traffic and the duration of a request, and say so', () => {
    const made = plan(SPIKY);
    expect(made.computeOf('Shop')).toMatchObject({ minUnits: 4, maxUnits: 75, steps: [], warmPoolUnits: 0, scheduledFloors: [] });
    expect(decisions(made)).toMatchObject({
      'provisioned concurrency': '4 executions: 20 requests per second at 60 % of 10 per execution, and at least 2 in production',
      'reserved concurrency': '75 executions: 600 requests per second at 10 per execution, and 25 % headroom',
      'scaling target, provisioned concurrency': '60 %: the share of the executions standing ready that is busy, so that there is room while more are made ready',
      'database connections': '75 connections: 75 executions with 1 each, as many as serve requests at once at the peak',
    });
    expect(Object.keys(decisions(made)).filter(name => /units|, CPU|warm/.test(name))).toEqual([]);
  });

  test('are half as many where a request takes half as long', () => {
    expect(plan(SPIKY, undefined, { load: { duration: Duration.millis(50) } }).computeOf('Shop')).toMatchObject({ minUnits: 2, maxUnits: 38 });
  });

  test('stand ready where something stands by, and nowhere else', () => {
    const made = plan(SPIKY, EnvironmentProfile.development());
    expect(made.computeOf('Shop')).toMatchObject({ minUnits: 0, maxUnits: 75 });
    expect(decisions(made)['provisioned concurrency']).toBe('0 executions: development has no standbys, so that a request may wait until its execution has started');
  });

  test('stand ready for a known event', () => {
    const event = KnownEvent.weekly({ name: 'sale', weekDays: [WeekDay.FRIDAY], start: '18:00', duration: Duration.hours(2) });
    const made = plan(Traffic.spiky({ baselineRps: 20, events: [event] }));
    expect(made.computeOf('Shop').scheduledFloors.map(({ minUnits }) => minUnits)).toEqual([75, 4]);
    expect(decisions(made)['floor for sale']).toMatch(/^75 executions: /);
  });

  testRefusals([
    ['a peak above what the account leaves', () => plan(Traffic.spiky({ baselineRps: 300 })),
      '[CapacityPlan.of] the peak of 9000 requests per second needs 1125 concurrent executions of 100 ms each, more than the 900 that the account leaves to one function: have the quota \'Concurrent executions\' of AWS Lambda raised and say so by \'accountConcurrency\', measure a shorter \'load.duration\', or run the application on containers'],
  ]);

  test('are as many as the account leaves once it has more', () => {
    expect(plan(Traffic.spiky({ baselineRps: 300 }), undefined, { accountConcurrency: 2000 }).computeOf('Shop').maxUnits).toBe(1125);
  });
});

describe('the database of a function', () => {
  test('pools their connections however few they are, and says why', () => {
    const made = plan(Traffic.steady({ rps: 1 }));
    expect(made.database).toMatchObject({ proxy: true, connections: 2 });
    expect(made.database).not.toHaveProperty('needsProxy');
    expect(decisions(made)['RDS Proxy']).toMatch(/and always for a function, whose executions bring connections of their own with the requests$/);
  });

  test('is not made larger for what the pool shares', () => {
    const { database, decisions: all } = plan(Traffic.steady({ rps: 100 }), undefined, { load: { duration: Duration.seconds(5) } });
    expect(database).toMatchObject({ connections: 834, maxAcu: 2.5, needsProxy: true });
    expect(all.find(({ name }) => name === 'maximum ACU')!.reason).not.toContain('connections');
  });

  test('has a proxy, where the same traffic on containers has none', () => {
    const proxies = (compute: ReturnType<typeof Compute.fargate>) => resources(platformTemplate({ compute }), 'AWS::RDS::DBProxy').length;
    expect(proxies(Compute.function({ code: FUNCTION_CODE }))).toBe(1);
    expect(proxies(Compute.fargate({ image: IMAGE }))).toBe(0);
  });

  const many = { traffic: Traffic.steady({ rps: 80 }), compute: Compute.function({ code: FUNCTION_CODE, load: { duration: Duration.seconds(4) } }) };
  const few = { compute: Compute.function({ code: FUNCTION_CODE }) };
  const message = (path: string) => `[Stack/Shop/Database/${path}] 'proxy' must be on where the executions of a function open 534 connections at the peak, got a database without one, which takes fewer: leave 'proxy' out, with a version and a 'rotation' that RDS Proxy goes with and no 'readReplica'; or run the application on containers`;

  testRefusals([
    ['a proxy that is switched off', () => platformTemplate({ ...many, database: Database.auroraMysql({ proxy: false }) }), message('AuroraMysql')],
    ['a read replica', () => platformTemplate({ ...many, database: Database.rdsMysql({ readReplica: true }) }), message('RdsMysql')],
  ]);

  test('does without where it takes them all', () => {
    expect(resources(platformTemplate({ ...few, database: Database.auroraMysql({ proxy: false }) }), 'AWS::RDS::DBProxy')).toEqual([]);
  });
});
