import { Duration } from 'aws-cdk-lib';
import { constant, scalableTarget, simulate, steady, stepPolicy, template, trackingPolicy } from './support';
import { Arrivals, Outlook, SpikeResult } from '../../src/simulation';

const NEVER_ILL = { application: { healthChecksQueue: false } };

describe('a replay', () => {
  test('of what the units carry fails nothing', () => {
    // 20 requests per second on 2 units of 25.
    const result = simulate(template()).replay(steady(20, 60));
    expect(result).toMatchObject({
      failedShare: 0, failures: {}, heldShare: 0, edgeShare: 0, secondsToRecover: 0, peakUnits: 2, unitHours: 2, acuHours: 0,
    });
    expect(result.slowShare).toBeLessThan(1e-9);
    expect(result.requests / (20 * 3600)).toBeCloseTo(1, 1);
    expect(result.peakSizedUnitHours).toBe(1);
  });

  test('of twice what they carry fails half, but for what fits into their queues', () => {
    const result = simulate(template(), NEVER_ILL).replay(steady(100, 60));
    // 2 * 535 wait at the end, and 50 more are taken in each second.
    expect(result.failedShare * result.requests).toBeCloseTo(result.requests - 50 * 3600 - 2 * 535, -1);
    expect(Object.keys(result.failures)).toEqual(['the units\' queues are full']);
    // All wait for 21 seconds: 535 before them in each unit, 25 of which are answered in a second.
    expect(result.slowShare).toBeCloseTo(0.5, 1);
    expect(result.secondsToRecover).toBeGreaterThan(3500);
    expect(result.worstMinuteShare).toBeCloseTo(1, 2);
  });

  test('tells every minute', () => {
    const { timeline, requests } = simulate(template()).replay(steady(20, 10));
    expect(timeline).toHaveLength(10);
    expect(timeline[3]).toMatchObject({ minute: 3, failed: 0, units: 2, inService: 2, acu: 0 });
    expect(timeline.reduce((total, minute) => total + minute.requests, 0)).toBe(requests);
  });

  test('is the same for the same seed, and another for another', () => {
    const json = template({ ...scalableTarget(), ...stepPolicy() });
    const ramp = Arrivals.ramp({ baselineRps: 20, duration: Duration.hours(3) });
    const replay = (seed: number) => simulate(json, { seed }).replay(ramp);
    expect(replay(3)).toEqual(replay(3));
    expect(replay(3)).not.toEqual(replay(4));
  });

  test('of a day at 10,000 requests per second takes less than 5 seconds', () => {
    const scaling = { ...scalableTarget({ MinCapacity: 500, MaxCapacity: 1000 }), ...stepPolicy(), ...trackingPolicy('ALBRequestCountPerTarget', 900) };
    const simulation = simulate(template(scaling));
    const arrivals = Arrivals.ramp({ baselineRps: 10_000, peakMultiplier: 1.5 });
    const began = process.cpuUsage();
    const { requests } = simulation.replay(arrivals);
    const { user, system } = process.cpuUsage(began);
    process.stdout.write(`      a day at 10,000 requests per second took ${((user + system) / 1e6).toFixed(2)} s of CPU\n`);
    expect(requests).toBeGreaterThan(8.6e8);
    expect((user + system) / 1e6).toBeLessThan(5);
  });
});

describe('AWS\'s benchmark of scaling out lies between the ends of the model:', () => {
  /** Seconds from the beginning of too much load until more units are asked for, by the minute, for ten beginnings in a period. */
  function secondsToTrigger(metric: string, outlook: Outlook): number[] {
    const json = template({ ...scalableTarget(), ...trackingPolicy(metric, 60) });
    const arrivals = Arrivals.ramp({
      baselineRps: 10,
      peakMultiplier: 4.5,
      rampUp: Duration.seconds(0),
      startsAfter: Duration.minutes(60),
      plateau: Duration.minutes(30),
      duration: Duration.minutes(90),
    });
    return Array.from({ length: 10 }, (_, seed) => {
      const { timeline } = simulate(json, { ...NEVER_ILL, outlook, seed }).replay(arrivals);
      return (timeline.findIndex(({ units }) => units > 2) - 60) * 60;
    });
  }

  test.each([
    ['ECSServiceAverageCPUUtilization', 363],
    ['ECSServiceAverageCPUUtilizationHighResolution', 86],
  ])('%s %p s', (metric, benchmark) => {
    expect(Math.min(...secondsToTrigger(metric, Outlook.OPTIMISTIC))).toBeLessThanOrEqual(benchmark);
    // A minute that ends with more units began up to a minute before.
    expect(Math.max(...secondsToTrigger(metric, Outlook.PESSIMISTIC)) + 60).toBeGreaterThanOrEqual(benchmark);
  });
});

describe('a schedule', () => {
  const floor = (schedule: string, timeZone: string, min: number) =>
    ({ ScheduledActionName: `to-${min}`, Schedule: schedule, Timezone: timeZone, ScalableTargetAction: { MinCapacity: min } });
  const scheduled = (...actions: object[]) => simulate(template(scalableTarget({ ScheduledActions: actions })));
  const units = ({ timeline }: SpikeResult, minute: number) => timeline[minute].inService;

  test('raises the floor, and lowers it', () => {
    // Target tracking brings the units down; without any, they stay.
    const json = template({
      ...scalableTarget({ ScheduledActions: [floor('at(2027-01-04T01:00:00)', 'UTC', 12), floor('at(2027-01-04T02:00:00)', 'UTC', 2)] }),
      ...trackingPolicy('ECSServiceAverageCPUUtilizationHighResolution', 60),
    });
    const result = simulate(json).replay(steady(20, 180));
    expect([59, 64, 120, 179].map(minute => units(result, minute))).toEqual([2, 12, 12, 2]);
  });

  test('keeps to the clocks of its time zone', () => {
    const result = scheduled(floor('at(2027-01-04T03:00:00)', 'Europe/Berlin', 12)).replay(steady(20, 180));
    expect([119, 124].map(minute => units(result, minute))).toEqual([2, 12]);
  });

  test('has left its mark when it was taken before the beginning', () => {
    const result = scheduled(floor('cron(0 18 ? * FRI *)', 'UTC', 12)).replay(steady(20, 10));
    expect(units(result, 5)).toBe(12);
  });
});

describe('the edge keeps anonymous pages', () => {
  const edge = (CachePolicyId: unknown) => template({
    Pages: { Type: 'AWS::CloudFront::CachePolicy', Properties: { CachePolicyConfig: { MinTTL: 0, DefaultTTL: 0, MaxTTL: 60 } } },
    Edge: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { DefaultCacheBehavior: { CachePolicyId }, Origins: [] } } },
  });
  const share = (policy: unknown, anonymousTtl = Duration.minutes(10)) =>
    simulate(edge(policy), { outlook: Outlook.EXPECTED, application: { anonymousTtl, anonymousPages: 10 } }).replay(steady(20, 60)).edgeShare;

  test('as long as the policy and the application let it', () => {
    // 10 anonymous requests per second for 10 pages in 15 caches: 4 in a minute each, of which 1 is fetched.
    expect(share({ Ref: 'Pages' })).toBeCloseTo(0.5 * 4 / 5, 2);
    // In 15 seconds as many are fetched as are kept.
    expect(share({ Ref: 'Pages' }, Duration.seconds(15))).toBeCloseTo(0.5 / 2, 2);
  });

  test('never by the policy that forbids it, and by one that optimizes', () => {
    expect(share('4135ea2d-6df8-44a3-9df3-4b5a84be39ad')).toBe(0);
    expect(share('658327ea-f89d-4fab-a63d-7e88639e58f6')).toBeCloseTo(0.5 * 40 / 41, 2);
  });
});

describe('failures have their causes:', () => {
  const forty = (resources: object) => template(resources as never, { DesiredCount: 40 });
  const causes = (resources: object, rps: number, behaviour = {}) =>
    Object.keys(simulate(forty(resources), { behaviour, outlook: Outlook.EXPECTED }).replay(steady(rps, 20)).failures);

  test('the balancer', () => {
    expect(causes({}, 600, { balancerRps: 100, balancerDoubling: 1e9 })).toEqual([]);
    const ramp = Arrivals.ramp({ baselineRps: 20, startsAfter: Duration.minutes(2), duration: Duration.minutes(10) });
    const { failures } = simulate(template({}, { DesiredCount: 40 }), { behaviour: { balancerRps: 100 } }).replay(ramp);
    expect(Object.keys(failures)).toEqual(['the load balancer grows too slowly']);
  });

  test('the session store', () => {
    const Cache = { Type: 'AWS::ElastiCache::ServerlessCache', Properties: { CacheUsageLimits: { ECPUPerSecond: { Maximum: 1000 } } } };
    expect(causes({ Cache }, 200)).toEqual(['the session store throttles']);
  });

  test('the connections of a database that is large enough otherwise', () => {
    const application = { workersPerUnit: 2000, waitsPerRequest: Duration.minutes(2), healthChecksQueue: false };
    const Database = { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mysql', DBInstanceClass: 'db.m7g.8xlarge' } };
    const { failures } = simulate(forty({ Database }), { application }).replay(steady(800, 60));
    expect(failures).toHaveProperty('no connection to the database is free');
  });

  test('the database, by the queues that it makes', () => {
    const serverless = (max: number) => ({
      Database: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql', ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: max } } },
    });
    expect(causes(serverless(2), 600)).toContain('the units\' queues are full');
    expect(causes(serverless(20), 600)).toEqual([]);
  });
});

test('every constant has its order, its source and a meaning', () => {
  const names = ['fargateStart', 'ecsMetricDelay', 'albMetricDelay', 'coldSeconds', 'wafDelay', 'scheduleDelay'];
  names.map(constant).forEach(({ optimistic, expected, pessimistic }) => {
    expect(optimistic).toBeLessThanOrEqual(expected);
    expect(expected).toBeLessThanOrEqual(pessimistic);
  });
});
