import { application, behaviour, constant } from './support';
import { Agenda } from '../../src/simulation/private/agenda';
import { BalancerModel, DatabaseModel, SessionsModel } from '../../src/simulation/private/backend';
import { EdgeModel } from '../../src/simulation/private/edge';
import { Queue } from '../../src/simulation/private/queue';
import { Random } from '../../src/simulation/private/random';

describe('chance', () => {
  test('is the same for the same seed alone', () => {
    const draw = (seed: number) => { const random = new Random(seed); return Array.from({ length: 5 }, () => random.next()); };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  test.each([0.5, 8, 49, 400])('brings %p on average, and a variance of as much', mean => {
    const random = new Random(3);
    const draws = Array.from({ length: 20_000 }, () => random.poisson(mean));
    const average = draws.reduce((total, each) => total + each, 0) / draws.length;
    const variance = draws.reduce((total, each) => total + (each - average) ** 2, 0) / draws.length;
    expect(average / mean).toBeCloseTo(1, 1);
    expect(variance / mean).toBeCloseTo(1, 0.8);
  });

  test('brings nothing where nothing is expected', () => {
    expect(new Random(1).poisson(0)).toBe(0);
  });
});

test('the agenda keeps the order of time, and of coming for the same time', () => {
  const agenda = new Agenda();
  const done: string[] = [];
  const put = (at: number, name: string) => agenda.put(at, () => { done.push(name); });
  put(5, 'c');
  put(2, 'a');
  put(5, 'd');
  agenda.put(2, now => put(now, 'b'));
  agenda.runUntil(4);
  expect(done).toEqual(['a', 'b']);
  agenda.runUntil(5);
  expect(done).toEqual(['a', 'b', 'c', 'd']);
});

describe('a queue', () => {
  test('lets the oldest go first, and tells how late they are', () => {
    const queue = new Queue();
    [0, 1, 5, 10].forEach(second => queue.add(second, 10));
    // At 10, with an objective of 6 and a patience of 9 seconds: 10 waited 10, 10 waited 9, 10 waited 5, 10 did not wait.
    expect(queue.take(10, 35, 6, 9)).toEqual({ late: 10, slow: 10, waited: 10, prompt: 5 });
    expect(queue.length).toBe(5);
  });

  test('hands over a share of everyone', () => {
    const [from, to] = [new Queue(), new Queue()];
    from.add(0, 10);
    from.add(1, 30);
    from.move(0.25, to);
    expect([from.length, to.length]).toEqual([30, 10]);
    expect(to.take(10, 100, 9.5, 100)).toMatchObject({ slow: 2.5, waited: 7.5 });
  });

  test('loses all that waits', () => {
    const queue = new Queue();
    queue.add(0, 10);
    expect(queue.drop()).toBe(10);
    expect(queue.take(1, 100, 1, 1)).toEqual({ late: 0, slow: 0, waited: 0, prompt: 0 });
  });
});

describe('Aurora', () => {
  const spec = { minAcu: 2, maxAcu: 15, connections: 1000 };
  const database = (given = {}, overrides = {}) =>
    new DatabaseModel({ ...spec, ...given }, application(), behaviour({ auroraGrowth: 0.1, auroraReaction: 0, ...overrides }), 20);

  test('answers 50 requests per second and ACU', () => {
    expect(database().serve(200, 10).share).toBe(0.5);
    expect(database().serve(50, 10).share).toBe(1);
  });

  test('keeps requests waiting the longer the busier it is: 40 ms at half its capacity', () => {
    expect(database().serve(50, 10).wait).toBeCloseTo(0.04, 6);
    expect(database().serve(80, 10).wait).toBeCloseTo(0.16, 6);
  });

  test('grows by a share of what it is, in steps of half an ACU, up to its maximum', () => {
    const grown = database();
    const after = (seconds: number) => { for (let second = 0; second < seconds; second++) grown.serve(10_000, 10); return grown.acu; };
    // 2 * 1.1 ** 2 is 2.42; another second makes it 2.66.
    expect(after(2)).toBe(2);
    expect(after(1)).toBe(2.5);
    // 2 * 1.1 ** 10 is 5.19.
    expect(after(7)).toBe(5);
    expect(after(100)).toBe(15);
  });

  test('grows only once a load has lasted', () => {
    const slow = database({}, { auroraReaction: 5 });
    for (let second = 0; second < 5; second++) slow.serve(10_000, 10);
    expect(slow.acu).toBe(2);
    for (let second = 0; second < 3; second++) slow.serve(10_000, 10);
    expect(slow.acu).toBe(2.5);
  });

  test('gives back slowly, down to its minimum', () => {
    const large = new DatabaseModel(spec, application(), behaviour({ auroraShrink: 0.01 }), 350);
    expect(large.acu).toBe(10);
    for (let second = 0; second < 69; second++) large.serve(0, 0);
    // 10 * 0.99 ** 69 is 4.998.
    expect(large.acu).toBe(4.5);
    for (let second = 0; second < 1000; second++) large.serve(0, 0);
    expect(large.acu).toBe(2);
  });

  test('refuses the connections that it has not', () => {
    expect(database({ connections: 300 }).serve(50, 400).refused).toBeCloseTo(0.25, 9);
    expect(database({ connections: 300 }).serve(50, 300).refused).toBe(0);
  });

  test('lets connections of a proxy wait instead: half of a request holds one', () => {
    const behind = database({ connections: 100, proxyShare: 0.9 }).serve(50, 360);
    expect(behind.refused).toBe(0);
    // 90 connections for the 180 that are wanted at once.
    expect(behind.share).toBeCloseTo(0.5, 9);
  });
});

describe('a serverless cache', () => {
  test('throttles above its maximum', () => {
    const sessions = new SessionsModel({ minEcpu: 0, maxEcpu: 4000 }, application(), behaviour());
    expect(sessions.refused(500)).toBe(0);
    expect(sessions.refused(1000)).toBeCloseTo(0.5, 9);
  });

  test('throttles above what it has grown to, and doubles in its time', () => {
    const sessions = new SessionsModel({ minEcpu: 0, maxEcpu: 1e9 }, application(), behaviour({ cacheEcpu: 8000, cacheDoubling: 60 }));
    expect(sessions.refused(2000)).toBeCloseTo(0.5, 9);
    for (let second = 1; second < 60; second++) sessions.refused(2000);
    expect(sessions.refused(2000)).toBeCloseTo(0, 9);
  });

  test('begins at its minimum, when that is more', () => {
    const sessions = new SessionsModel({ minEcpu: 16_000, maxEcpu: 1e9 }, application(), behaviour({ cacheEcpu: 8000 }));
    expect(sessions.refused(2000)).toBe(0);
  });
});

describe('a load balancer', () => {
  test('lets through what it has grown to', () => {
    const balancer = new BalancerModel(0, behaviour({ balancerRps: 1000, balancerDoubling: 100 }), 10);
    expect(balancer.pass(1500)).toBe(1000);
    for (let second = 1; second < 100; second++) balancer.pass(1500);
    expect(balancer.pass(3000)).toBeCloseTo(2000, 6);
  });

  test('does not grow while it is idle', () => {
    const balancer = new BalancerModel(0, behaviour({ balancerRps: 1000 }), 10);
    for (let second = 0; second < 1000; second++) balancer.pass(500);
    expect(balancer.pass(5000)).toBe(1000);
  });

  test('begins with what is reserved, or with twice what it carries', () => {
    const known = behaviour({ balancerRps: 1000, balancerRpsPerUnit: 12 });
    expect(new BalancerModel(500, known, 10).pass(9000)).toBe(6000);
    expect(new BalancerModel(0, known, 2000).pass(9000)).toBe(4000);
  });
});

describe('the edge', () => {
  const passing = (edge: EdgeModel, seconds: number, requests: number) => {
    let last = edge.pass(0, requests);
    for (let now = 1; now < seconds; now++) last = edge.pass(now, requests);
    return last;
  };

  test('passes everything on when it keeps nothing', () => {
    expect(new EdgeModel(0, undefined, application(), behaviour()).pass(0, 100)).toEqual({ passed: 100, hits: 0, held: 0, refused: 0 });
  });

  test('answers anonymous pages, but for those that a cache keeps no longer', () => {
    // 500 anonymous requests of 1,000, for 500 pages in 10 caches: 0.1 a second each. In 30 seconds 3 are asked for after the
    // one that is fetched.
    const edge = new EdgeModel(30, undefined, application({ anonymousShare: 0.5, anonymousPages: 500 }), behaviour({ edgeLocations: 10 }));
    expect(edge.pass(0, 1000)).toMatchObject({ hits: 375, passed: 625 });
  });

  const rule = { name: 'Waiting', limit: 600, window: 60, newcomersOnly: false, page: true };

  test('holds everyone back once the rate has been over its limit for the delay', () => {
    const edge = new EdgeModel(0, rule, application(), behaviour({ wafDelay: 20 }));
    // 100 a second are over 600 with the seventh; 20 seconds later it acts.
    expect(passing(edge, 26, 100)).toMatchObject({ passed: 100, held: 0 });
    expect(edge.pass(26, 100)).toMatchObject({ passed: 0, held: 100 });
  });

  test('counts those whom it holds back, and lets in again when there are fewer', () => {
    const edge = new EdgeModel(0, rule, application(), behaviour({ wafDelay: 20 }));
    passing(edge, 60, 100);
    for (let now = 60; now < 200; now++) edge.pass(now, 100);
    expect(edge.pass(200, 100)).toMatchObject({ held: 100 });
    for (let now = 201; now < 400; now++) edge.pass(now, 5);
    expect(edge.pass(400, 5)).toMatchObject({ passed: 5, held: 0 });
  });

  test('refuses instead of holding back when there is no page', () => {
    const edge = new EdgeModel(0, { ...rule, page: false }, application(), behaviour({ wafDelay: 0 }));
    expect(passing(edge, 30, 100)).toEqual({ passed: 0, hits: 0, held: 0, refused: 100 });
  });

  test('lets through as much as its limit allows, at the optimistic end', () => {
    const edge = new EdgeModel(0, rule, application(), behaviour({ wafDelay: 0, wafPasses: 1 }));
    expect(passing(edge, 30, 100)).toMatchObject({ passed: 10, held: 90 });
  });

  test('keeps those who are in, when its rule looks at newcomers alone', () => {
    const visits = { requestsPerVisit: 10 };
    const edge = new EdgeModel(0, { ...rule, newcomersOnly: true }, application(visits), behaviour({ wafDelay: 0 }));
    for (let now = 0; now < 300; now++) edge.pass(now, 50);
    // 50 a second are 5 newcomers, 300 in a minute: within the limit. 200 a second are not.
    const before = edge.pass(300, 50);
    expect(before).toMatchObject({ held: 0, passed: 50 });
    for (let now = 301; now < 400; now++) edge.pass(now, 200);
    const soon = edge.pass(400, 200);
    expect(soon.passed).toBeGreaterThan(20);
    expect(soon.passed).toBeLessThan(180);
    expect(soon.passed + soon.held).toBeCloseTo(200, 9);
    // Visits end, and nobody new came in.
    for (let now = 401; now < 3000; now++) edge.pass(now, 200);
    expect(edge.pass(3000, 200).passed).toBeLessThan(1);
  });
});

describe('what is assumed of AWS', () => {
  test('is said with a source and a meaning, from the optimistic to the pessimistic end', () => {
    expect(constant('fargateStart')).toMatchObject({ unit: 's', optimistic: 20, pessimistic: 60, unsure: true });
    const { optimistic, expected, pessimistic } = constant('auroraGrowth');
    expect(optimistic > expected && expected > pessimistic).toBe(true);
  });
});
