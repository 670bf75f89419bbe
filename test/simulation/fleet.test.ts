import { fleetSpec, targetSpec, world } from './support';
import { Backend, Fleet, Outcome, World } from '../../src/simulation/private/fleet';
import { FleetSpec, TargetSpec } from '../../src/simulation/private/system';

const OPEN: Backend = () => ({ share: 1, wait: 0 });

const PLAIN = { coldSeconds: 0, fargateStart: 40, firstChecks: 1, launchRate: 8 };

/** A fleet of half-vCPU tasks, which answer 25 requests per second each, driven second by second. */
class Driven {
  public readonly world: World;
  public readonly fleet: Fleet;
  private now = 0;

  constructor(spec: Partial<FleetSpec> = {}, targets: Partial<TargetSpec> = {}, parts = world({}, PLAIN)) {
    this.world = parts;
    this.fleet = new Fleet(fleetSpec(spec), targetSpec(targets), parts, spec.initial ?? 2);
  }

  /** So many seconds of that many requests; what became of them, added up. */
  public run(seconds: number, requests: number, backend = OPEN): Outcome {
    const total: Outcome = { answered: 0, slow: 0, timedOut: 0, refused: 0, lost: 0, noUnits: 0 };
    for (const until = this.now + seconds; this.now < until; this.now++) {
      this.world.agenda.runUntil(this.now);
      const outcome = this.fleet.serve(this.now, requests, backend);
      (Object.keys(total) as (keyof Outcome)[]).forEach(key => { total[key] += outcome[key]; });
    }
    return total;
  }

  public ask(units: number): void {
    this.fleet.ask(units, this.now);
  }

  public get inService(): number {
    return this.fleet.inService(this.now);
  }
}

describe('units', () => {
  test('answer what they can, and show it as CPU', () => {
    const driven = new Driven();
    expect(driven.run(10, 20)).toMatchObject({ refused: 0, timedOut: 0 });
    expect(driven.fleet.cpu).toBeCloseTo(0.4, 9);
  });

  test('are never busier than 100 %, however much comes', () => {
    const driven = new Driven();
    driven.run(10, 500);
    expect(driven.fleet.cpu).toBe(1);
  });

  test('take in what their queue holds, and refuse the rest', () => {
    const driven = new Driven({}, {}, world({ backlogPerUnit: 76, workersPerUnit: 24 }, { coldSeconds: 0 }));
    // 2 units with room for 100 each, which answer 25 each in every second.
    expect(driven.run(1, 300)).toMatchObject({ answered: expect.closeTo(50, 0), refused: 50 });
    expect(driven.run(1, 300).refused).toBe(250);
  });

  test('answer late what had to wait: 100 requests on 50 per second are slow from the third second on', () => {
    const driven = new Driven({}, {}, world({ healthChecksQueue: false }));
    driven.run(1, 250);
    const later = driven.run(4, 0);
    // Ages of 1 and 2 seconds are within the objective of 2, ages of 3 and 4 are not.
    expect(later.answered).toBeCloseTo(100, 6);
    expect(later.slow).toBeCloseTo(100, 6);
  });

  test('work for nobody when patience has ended', () => {
    const driven = new Driven({}, {}, world({ healthChecksQueue: false, backlogPerUnit: 5000 }));
    driven.run(1, 2000);
    expect(driven.run(39, 0).timedOut).toBeCloseTo(2000 - 50 * 31, 6);
  });

  test('answer some slowly by chance alone when they are nearly busy: exp(-25 * (1 - use) * 1.96 s)', () => {
    const driven = new Driven();
    driven.run(300, 45);
    expect(driven.run(1, 45).slow).toBeCloseTo(45 * Math.exp(-25 * 0.1 * 1.96), 1);
  });

  test('wait for a database that lets only some through, and are idle meanwhile', () => {
    const driven = new Driven();
    driven.run(5, 50, () => ({ share: 0.3, wait: 0 }));
    expect(driven.fleet.cpu).toBeCloseTo(0.3, 9);
  });
});

describe('more units', () => {
  test('serve once they have started and passed their checks', () => {
    const driven = new Driven();
    driven.ask(10);
    driven.run(59, 20);
    expect(driven.inService).toBe(2);
    driven.run(1, 20);
    // 40 s to start, 2 checks of 10 s.
    expect(driven.inService).toBe(10);
  });

  test('begin so many a second', () => {
    const driven = new Driven({ max: 100 });
    driven.ask(34);
    driven.run(60, 20);
    expect(driven.inService).toBe(2 + 8);
    driven.run(3, 20);
    expect(driven.inService).toBe(2 + 32);
  });

  test('dilute the CPU while they are idle', () => {
    const driven = new Driven();
    driven.ask(4);
    driven.run(50, 50);
    expect(driven.fleet.cpu).toBeCloseTo(0.5, 9);
  });

  test('are slower at first', () => {
    const driven = new Driven({}, {}, world({ healthChecksQueue: false }, { coldSeconds: 30, coldShare: 0.5, fargateStart: 1, firstChecks: 0 }));
    driven.ask(4);
    driven.run(12, 0);
    // 2 of 25 and 2 of 12.5; 25 of the 100 go to each unit.
    expect(driven.run(1, 100).answered).toBeCloseTo(75, 0);
  });

  test('get less in a slow start', () => {
    const driven = new Driven({}, { slowStart: 100 }, world({ healthChecksQueue: false }, { coldSeconds: 0, fargateStart: 1, firstChecks: 0 }));
    driven.ask(4);
    driven.run(11, 0);
    // A hundredth of a share each in their first second: the old ones get nearly all of the 100, and answer 50.
    expect(driven.run(1, 100).answered).toBeLessThan(53);
  });

  test('are not more than the maximum, nor fewer than the minimum', () => {
    const driven = new Driven({ max: 5 });
    driven.ask(50);
    expect(driven.fleet.desired).toBe(5);
    driven.ask(0);
    expect(driven.fleet.desired).toBe(2);
  });

  test('of a warm pool come sooner, as many as it holds', () => {
    const driven = new Driven({ kind: 'instances', warmUnits: 3 }, {}, world({}, { warmStart: 20, instanceStart: 120, firstChecks: 1, launchRate: 3, coldSeconds: 0 }));
    driven.ask(8);
    driven.run(40, 20);
    expect(driven.inService).toBe(5);
    driven.run(101, 20);
    expect(driven.inService).toBe(8);
  });
});

describe('fewer units', () => {
  test('finish what they have, and are paid for until they have drained', () => {
    const driven = new Driven({ initial: 4 });
    driven.ask(2);
    expect([driven.inService, driven.fleet.units]).toEqual([2, 4]);
    driven.run(31, 20);
    expect(driven.fleet.units).toBe(2);
    // 4 for 30 seconds; and in the second in which they go they are gone.
    expect(driven.fleet.unitSeconds).toBe(4 * 30 + 2);
  });

  test('lose what they cannot finish in time', () => {
    const driven = new Driven({ initial: 4 }, { deregistration: 2 }, world({ healthChecksQueue: false }, { coldSeconds: 0 }));
    driven.run(1, 800);
    driven.ask(2);
    // 200 wait in each: 25 answered in the first second, 25 in each of the next three, the last of which is that of their end.
    expect(driven.run(10, 0).lost).toBeCloseTo(2 * (200 - 25 * 4), 6);
  });

  test('that have not come yet never come', () => {
    const driven = new Driven();
    driven.ask(10);
    driven.run(10, 20);
    driven.ask(2);
    driven.run(100, 20);
    expect([driven.fleet.units, driven.inService]).toEqual([2, 2]);
  });
});

describe('unhealthy units', () => {
  test('are replaced: new ones come first, then the old ones go with what waits in them', () => {
    const driven = new Driven({}, {}, world({}, { coldSeconds: 0, fargateStart: 40, firstChecks: 1, unhealthyStop: 15 }));
    // 250 a second on 50: more than 5 s wait from the second second on. Checks at 10, 20 and 30 s fail.
    driven.run(44, 250);
    expect(driven.fleet.units).toBe(2);
    driven.run(2, 250);
    expect(driven.fleet.units).toBe(4);
    expect(driven.run(70, 250).lost).toBeGreaterThan(900);
    expect(driven.fleet.units).toBeLessThanOrEqual(4);
  });

  test('are let be while they are new', () => {
    const driven = new Driven({ healthGrace: 3600 + 200 });
    driven.run(150, 250);
    expect(driven.fleet.units).toBe(2);
    driven.run(100, 250);
    expect(driven.fleet.units).toBe(4);
  });

  test('stay when nothing replaces them', () => {
    const driven = new Driven({ replacesUnhealthy: false });
    driven.run(300, 250);
    expect(driven.fleet.units).toBe(2);
  });

  test('stay well when their checks do not wait among the requests', () => {
    const driven = new Driven({}, {}, world({ healthChecksQueue: false }));
    expect(driven.run(300, 250).lost).toBe(0);
  });

  test('get no requests while others are well', () => {
    const driven = new Driven({ replacesUnhealthy: false }, {}, world({}, { coldSeconds: 0, fargateStart: 5, firstChecks: 1 }));
    driven.run(35, 250);
    driven.ask(4);
    driven.run(26, 0);
    const shares: number[] = [];
    driven.run(1, 100, (_, wanted) => { shares.push(wanted); return { share: 1, wait: 0 }; });
    // The new ones alone have work: 2 of 25, and what still waits in the old ones.
    expect(shares[0]).toBeGreaterThanOrEqual(50);
  });
});
