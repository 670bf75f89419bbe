import { fleetSpec, targetSpec, world } from './support';
import { Agenda } from '../../src/simulation/private/agenda';
import { Fleet } from '../../src/simulation/private/fleet';
import { Alarm, Meter, Sample } from '../../src/simulation/private/metrics';
import { Scaling } from '../../src/simulation/private/scaling';
import { FleetSpec, MetricSource, StepScaling, TargetTracking } from '../../src/simulation/private/system';

const CPU: MetricSource = { kind: 'cpu', period: 60, delay: 'ecsMetricDelay' };
const FINE_CPU: MetricSource = { kind: 'cpu', period: 20, delay: 'ecsFineMetricDelay' };
const REQUESTS: MetricSource = { kind: 'requestsPerTarget', period: 60, delay: 'albMetricDelay' };

describe('a metric', () => {
  const gather = (source: MetricSource, seconds: number, sample: (second: number) => Sample) => {
    const agenda = new Agenda();
    const told: [value: number, at: number][] = [];
    const meter = new Meter(source, agenda, world({}, { ecsMetricDelay: 120, albMetricDelay: 90 }).behaviour, { next: () => 0 } as never);
    meter.tell((value, at) => told.push([value, at]));
    for (let now = 0; now < seconds; now++) { agenda.runUntil(now); meter.sample(now, sample(now)); }
    agenda.runUntil(1e6);
    return told;
  };

  test('is the average of its period, and comes late', () => {
    const told = gather(CPU, 120, second => ({ cpu: second < 30 ? 0.2 : 0.6, requests: 0, inService: 2 }));
    expect(told.map(([value, at]) => [Math.round(value * 1e6) / 1e6, at])).toEqual([[40, 180], [60, 240]]);
  });

  test('of requests is their sum, over the targets in service if it is by target', () => {
    const sample = () => ({ cpu: 0, requests: 50, inService: 4 });
    expect(gather(REQUESTS, 60, sample)).toEqual([[750, 150]]);
    expect(gather({ ...REQUESTS, kind: 'requests' }, 60, sample)).toEqual([[3000, 150]]);
  });
});

describe('an alarm', () => {
  const alarmAt = (values: number[], spec = {}, every = 60) => {
    const acted: number[] = [];
    const alarm = new Alarm({ metric: CPU, comparison: 'GreaterThanThreshold', threshold: 60, evaluationPeriods: 3, datapointsToAlarm: 3, ...spec }, 60, (_, now) => acted.push(now));
    values.forEach((value, index) => alarm.datapoint(value, index * every));
    return acted;
  };

  test('acts at the third of three data points, and each minute while it stays', () => {
    expect(alarmAt([70, 70, 70, 70, 50, 70])).toEqual([120, 180]);
  });

  test('does not act at its threshold, unless it says so', () => {
    expect(alarmAt([60, 60, 60])).toEqual([]);
    expect(alarmAt([60, 60, 60], { comparison: 'GreaterThanOrEqualToThreshold' })).toEqual([120]);
  });

  test('acts on two of three, if so many are enough', () => {
    expect(alarmAt([70, 50, 70, 50, 50], { datapointsToAlarm: 2 })).toEqual([120]);
  });

  test('acts but once a minute, when data points come faster', () => {
    expect(alarmAt([70, 70, 70, 70, 70], { evaluationPeriods: 1, datapointsToAlarm: 1 }, 20)).toEqual([0, 60]);
  });

  test('acts below a threshold too', () => {
    expect(alarmAt([50, 70, 50], { comparison: 'LessThanThreshold', evaluationPeriods: 1, datapointsToAlarm: 1 })).toEqual([0, 120]);
  });
});

/** A fleet whose CPU is as given, second by second, and the moments at which it wanted another number of units. */
function scaled(spec: Partial<FleetSpec>, cpuAt: (now: number) => number, seconds: number, overrides = {}): [number, number][] {
  const parts = world({}, { ecsMetricDelay: 120, ecsFineMetricDelay: 16, scalingDelay: 4, fargateStart: 40, firstChecks: 1, ...overrides });
  const fleet = new Fleet(fleetSpec(spec), targetSpec(), parts, spec.initial ?? 2);
  const scaling = new Scaling(fleetSpec(spec), fleet, { ...parts, random: { next: () => 0 } as never });
  const wanted: [number, number][] = [];
  for (let now = 0; now < seconds; now++) {
    const before = fleet.desired;
    parts.agenda.runUntil(now);
    if (fleet.desired !== before) wanted.push([now, fleet.desired]);
    fleet.serve(now, 0, () => ({ share: 1, wait: 0 }));
    scaling.sample(now, { cpu: cpuAt(now), requests: 0, inService: fleet.inService(now) });
  }
  return wanted;
}

const tracking = (given: Partial<TargetTracking> = {}): TargetTracking =>
  ({ name: 'Cpu', metric: CPU, target: 60, outCooldown: 300, inCooldown: 300, scalesIn: true, ...given });

const stepping = (given: Partial<StepScaling> = {}): StepScaling => ({
  name: 'Steps',
  alarm: { metric: FINE_CPU, comparison: 'GreaterThanOrEqualToThreshold', threshold: 75, evaluationPeriods: 1, datapointsToAlarm: 1 },
  adjustment: 'PercentChangeInCapacity',
  steps: [{ from: 0, to: 15, change: 100 }, { from: 15, to: Infinity, change: 400 }],
  minChange: 1,
  cooldown: 45,
  ...given,
});

describe('target tracking', () => {
  test('waits for three data points, the delay and the action: 180 + 120 + 4 s at 60-second periods', () => {
    // 2 units at 100 %, where 60 % are aimed at: 3.33, so 4.
    expect(scaled({ targetTracking: [tracking()] }, () => 1, 310)).toEqual([[304, 4]]);
  });

  test('waits 60 + 16 + 4 s at 20-second periods', () => {
    expect(scaled({ targetTracking: [tracking({ metric: FINE_CPU })] }, () => 1, 90)).toEqual([[80, 4]]);
  });

  test('grows again once the new units are in service and busy', () => {
    // The action at 80 brings two more, at 80 + 40 + 20. The next, a minute after it, counts 4 at 100 %: 6.67, so 7.
    expect(scaled({ targetTracking: [tracking({ metric: FINE_CPU })] }, () => 1, 150)).toEqual([[80, 4], [140, 7]]);
  });

  test('shrinks after a quarter of an hour below nine tenths of its target', () => {
    // 10 units at 30 %: 5 do. 15 data points, of which the last is at 900 s.
    expect(scaled({ initial: 10, targetTracking: [tracking()] }, () => 0.3, 1100)).toEqual([[900 + 120 + 4, 5]]);
  });

  test('does not shrink between nine tenths and the target, nor when it may not', () => {
    expect(scaled({ initial: 10, targetTracking: [tracking()] }, () => 0.56, 2000)).toEqual([]);
    expect(scaled({ initial: 10, targetTracking: [tracking({ scalesIn: false })] }, () => 0.3, 2000)).toEqual([]);
  });

  test('shrinks only when every policy would, to what the most demanding one wants', () => {
    const other = tracking({ name: 'Other', target: 35 });
    expect(scaled({ initial: 10, targetTracking: [tracking(), other] }, () => 0.34, 2000)).toEqual([]);
    expect(scaled({ initial: 10, targetTracking: [tracking(), other] }, () => 0.28, 1100)).toEqual([[1024, 8]]);
  });
});

describe('step scaling', () => {
  test('takes one data point, the delay and the action: 20 + 16 + 4 s', () => {
    // 2 units and 400 % of them.
    expect(scaled({ stepScaling: [stepping()] }, () => 1, 60)).toEqual([[40, 10]]);
  });

  test('takes the step that the metric is in', () => {
    expect(scaled({ stepScaling: [stepping()] }, () => 0.8, 60)).toEqual([[40, 4]]);
    expect(scaled({ stepScaling: [stepping()] }, () => 0.9, 60)).toEqual([[40, 10]]);
    expect(scaled({ stepScaling: [stepping()] }, () => 0.74, 60)).toEqual([]);
  });

  test('adds to what was asked for, a minute later, up to the maximum', () => {
    expect(scaled({ stepScaling: [stepping()] }, () => 1, 130)).toEqual([[40, 10], [100, 30]]);
  });

  test('adds nothing more in its cooldown, unless a larger step is due: then the difference', () => {
    expect(scaled({ stepScaling: [stepping({ cooldown: 90 })] }, () => 1, 130)).toEqual([[40, 10]]);
    // 100 % at first, 400 % of the two units from before it within the cooldown.
    expect(scaled({ stepScaling: [stepping({ cooldown: 90 })] }, now => now < 60 ? 0.8 : 1, 110)).toEqual([[40, 4], [100, 10]]);
  });

  test.each([
    ['ChangeInCapacity', 3, 5],
    ['ExactCapacity', 7, 7],
    ['PercentChangeInCapacity', 10, 3],
    ['PercentChangeInCapacity', 190, 5],
  ])('%s by %p makes 2 units %p', (adjustment, change, units) => {
    const policy = stepping({ adjustment, steps: [{ from: 0, to: Infinity, change }], cooldown: 300 });
    expect(scaled({ stepScaling: [policy] }, () => 1, 60)).toEqual([[40, units]]);
  });

  test('goes down too', () => {
    const alarm = { ...stepping().alarm, comparison: 'LessThanOrEqualToThreshold', threshold: 20 };
    const policy = stepping({ alarm, steps: [{ from: -Infinity, to: 0, change: -50 }] });
    expect(scaled({ initial: 8, stepScaling: [policy] }, () => 0.1, 60)).toEqual([[40, 4]]);
  });

  test('of instances counts those that are warm alone', () => {
    const spec: Partial<FleetSpec> = { kind: 'instances', warmup: 600, stepScaling: [stepping({ steps: [{ from: 0, to: Infinity, change: 100 }] })] };
    expect(scaled(spec, () => 1, 500)).toEqual([[40, 4]]);
  });
});
