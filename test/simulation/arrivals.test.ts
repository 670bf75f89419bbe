import { Duration } from 'aws-cdk-lib';
import { Arrivals } from '../../src/simulation';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';

describe('a ramp', () => {
  const ramp = once(() => Arrivals.ramp({
    baselineRps: 10,
    peakMultiplier: 5,
    startsAfter: Duration.minutes(2),
    rampUp: Duration.seconds(100),
    plateau: Duration.minutes(1),
    rampDown: Duration.seconds(50),
    duration: Duration.minutes(10),
  }));

  test.each([[0, 10], [119, 10], [120, 10], [170, 30], [220, 50], [279, 50], [280, 50], [305, 30], [330, 10], [599, 10]])('at second %p brings %p requests', (second, rate) => {
    expect(ramp().rateAt(second)).toBeCloseTo(rate, 9);
  });

  test('lasts as long as it was given', () => {
    expect(ramp().seconds).toBe(600);
  });

  test('is by default a day with a peak of 30 times the base for an hour', () => {
    const day = Arrivals.ramp({ baselineRps: 20 });
    expect(day.seconds).toBe(86_400);
    expect(Math.max(...day.perMinute)).toBeCloseTo(600 * 60, 3);
    expect(day.perMinute.filter(count => count > 599 * 60)).toHaveLength(60);
    expect(day.start).toEqual(new Date('2027-01-04T00:00:00Z'));
  });

  test('may rise at once', () => {
    const [none, five] = [Duration.seconds(0), Duration.seconds(5)];
    const step = Arrivals.ramp({
      baselineRps: 10, peakMultiplier: 2, startsAfter: five, rampUp: none, rampDown: none, plateau: five, duration: Duration.seconds(20),
    });
    expect([4, 5, 9, 10].map(second => step.rateAt(second))).toEqual([10, 20, 20, 10]);
  });
});

describe('counts per minute', () => {
  test('are read from one column, spread over the minute', () => {
    const arrivals = Arrivals.csv('60\n120\n');
    expect(arrivals.seconds).toBe(120);
    expect([0, 59, 60, 119].map(second => arrivals.rateAt(second))).toEqual([1, 1, 2, 2]);
  });

  test.each(['minute,count\n5,60\n6,120\n8,30', '5;60\r\n6;120\r\n8;30\r\n', '"5"\t60\n6\t120\n\n8\t30\n'])('may be numbered, and have gaps: %j', text => {
    expect(Arrivals.csv(text).perMinute).toEqual([60, 120, 0, 30]);
  });

  test('may have dates, the first of which is the beginning', () => {
    const arrivals = Arrivals.csv('time,requests\n2026-11-27T08:00Z,60\n2026-11-27T08:02:30Z,120');
    expect(arrivals.start).toEqual(new Date('2026-11-27T08:00:00Z'));
    expect(arrivals.perMinute).toEqual([60, 0, 120]);
  });

  test('may be scaled, and begin at another moment', () => {
    const arrivals = Arrivals.csv('2026-11-27T08:00Z,60', { scale: 3, start: new Date('2027-02-01T00:00:00Z') });
    expect(arrivals.perMinute).toEqual([180]);
    expect(arrivals.start).toEqual(new Date('2027-02-01T00:00:00Z'));
  });
});

describe('synthetic traffic', () => {
  const ratio = (one: number[], by: number) => Math.max(...one.slice(by).map((count, index) => count / one[index]));
  const middle = (values: number[]) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];

  test.each([[1, 7], [2, 7], [3, 28]])('has the statistics of the public trace, with seed %p over %p days', (seed, days) => {
    const counts = Arrivals.synthetic({ medianRps: 20, seed, days }).perMinute;
    const median = middle(counts);
    const mean = counts.reduce((total, count) => total + count, 0) / counts.length;
    expect(median / 60).toBeCloseTo(20, 0);
    expect(Math.max(...counts) / median).toBeCloseTo(59, -0.5);
    expect(Math.max(...counts) / mean).toBeGreaterThan(19);
    expect(Math.max(...counts) / mean).toBeLessThan(23);
    [[1, 12], [2, 20], [5, 48], [10, 54]].forEach(([minutes, times]) => {
      expect(ratio(counts, minutes)).toBeGreaterThan(times * 0.95);
      expect(ratio(counts, minutes)).toBeLessThan(times * 1.25);
    });
  });

  test('is the same for the same seed, and another for another', () => {
    const counts = (seed: number) => Arrivals.synthetic({ medianRps: 20, seed, days: 2 }).perMinute;
    expect(counts(5)).toEqual(counts(5));
    expect(counts(5)).not.toEqual(counts(6));
  });
});

describe('arrivals', () => {
  testRefusals([
    ['a peak below the base', () => Arrivals.ramp({ baselineRps: 10, peakMultiplier: 0.5 }),
      '[Arrivals.ramp] \'peakMultiplier\' must be at least 1, got 0.5: a peak is not below the base'],
    ['no traffic', () => Arrivals.ramp({ baselineRps: 0 }),
      '[Arrivals.ramp] \'baselineRps\' must be above 0, got 0: give the requests per second outside of the peak'],
    ['no counts', () => Arrivals.csv('minute,count\n'),
      '[Arrivals.csv] \'text\' must hold at least one count, got none: give one line for each minute'],
    ['words for counts', () => Arrivals.csv('1,60\n2,many'),
      '[Arrivals.csv] \'text\' must end each line with a count of requests, got \'many\' in line 2: give a number of at least 0'],
    ['a line without a count', () => Arrivals.csv('1,60\n2,'),
      '[Arrivals.csv] \'text\' must end each line with a count of requests, got \'\' in line 2: give a number of at least 0'],
    ['a count below 0', () => Arrivals.csv('60\n-1'),
      '[Arrivals.csv] \'text\' must end each line with a count of requests, got \'-1\' in line 2: give a number of at least 0'],
    ['lines in disorder', () => Arrivals.csv('5,60\n4,60'),
      '[Arrivals.csv] \'text\' must be in order, got an earlier minute in line 2: sort the lines by time'],
    ['what is no time', () => Arrivals.csv('noon,60'),
      '[Arrivals.csv] \'text\' must begin each line with a date or with the number of a minute, got \'noon\' in line 1: write dates as 2027-01-04T18:00Z'],
    ['a scale of 0', () => Arrivals.csv('60', { scale: 0 }),
      '[Arrivals.csv] \'scale\' must be above 0, got 0: give what every count is multiplied by'],
    ['a median of 0', () => Arrivals.synthetic({ medianRps: 0 }),
      '[Arrivals.synthetic] \'medianRps\' must be above 0, got 0: give the requests per second of the median minute'],
    ['no days', () => Arrivals.synthetic({ medianRps: 1, days: 0 }),
      '[Arrivals.synthetic] \'days\' must be between 1 and 366, got 0: give whole days; a year is as long as the model of traffic reaches'],
  ]);
});
