import { Duration } from 'aws-cdk-lib';
import { AGE, watched } from './slo-support';
import { ISlo, Slo } from '../../src';
import { Raised, Recording, replay, Samples } from '../support/alarm-replay';

const HOUR = 60;
const DAY = 24 * HOUR;
/** Three days of peace before, so that every window is full. */
const BEGIN = 3 * DAY;
const END = BEGIN + 4 * DAY;

const told: string[] = [];
afterAll(() => console.log(told.join('\n')));

/** What is raised of an objective, in minutes after the failure began. */
function raisedBy(what: string, slo: ISlo, recording: Recording, minutes = END): { [burn: string]: Raised[] } {
  const all = Object.entries(replay(watched(slo).template, recording, minutes)).filter(([, times]) => times.length > 0);
  const since = all.map(([name, times]): [string, Raised[]] => [
    name.replace(/^Shop-\w+-|-Burn.*/g, ''),
    times.map(({ from, until }) => until === undefined ? { from: from - BEGIN } : { from: from - BEGIN, until: until - BEGIN }),
  ]);
  const texts = since.map(([burn, times]) => `${burn} ${times.map(({ from, until }) => `${clock(from)} to ${until === undefined ? 'the end' : clock(until)}`).join(', ')}`);
  told.push(`${what}: ${texts.length === 0 ? 'nothing is raised' : texts.join('; ')}`);
  return Object.fromEntries(since);
}

const clock = (minutes: number) => `${Math.floor(minutes / HOUR)}:${String(minutes % HOUR).padStart(2, '0')}`;

/** Whole numbers whose mean is the number. */
const evenly = (perMinute: number) => (minute: number) => Math.floor((minute + 1) * perMinute + 1e-6) - Math.floor(minute * perMinute + 1e-6);
/** A count as services publish it: nothing where there is nothing. */
const counted = (times: number): Samples[] => times === 0 ? [] : [{ value: times, times: 1 }];

/** Requests of a minute, and the share of them that fails between two minutes after the beginning. */
function requests(perMinute: number, share: number, until = Infinity, from = 0): Recording {
  const [asked, failed] = [evenly(perMinute), evenly(perMinute * share)];
  return {
    Requests: minute => counted(asked(minute)),
    Failed: minute => counted(minute >= BEGIN + from && minute < BEGIN + until ? failed(minute) : 0),
  };
}

describe('of 99.9 % availability over 30 days, with 600 requests a minute,', () => {
  test('a total outage wakes somebody within 2 minutes, and is over 5 minutes after it ends', () => {
    const raised = raisedBy('All requests fail for 20 minutes', Slo.availability(), requests(600, 1, 20));
    expect(raised.Fast).toEqual([{ from: 1, until: 25 }]);
    expect(raised.Steady).toEqual([{ from: 3, until: 50 }]);
    // Looked at once an hour; half of the budget is gone.
    expect(raised.Slow).toEqual([{ from: HOUR, until: 6 * HOUR + 20 }]);
  });

  test('1 % of failures, 10 times too fast, wakes somebody when 5 % of the budget is gone, and not before', () => {
    const raised = raisedBy('1 % of requests fail for 5 hours', Slo.availability(), requests(600, 0.01, 5 * HOUR));
    expect(raised.Fast).toBeUndefined();
    expect(raised.Steady).toEqual([{ from: 3 * HOUR + 37, until: 5 * HOUR + 12 }]);
  });

  test('a leak of 0.15 % is for working hours alone', () => {
    const raised = raisedBy('0.15 % of requests fail for 3 days', Slo.availability(), requests(600, 0.0015, 3 * DAY));
    expect(Object.keys(raised)).toEqual(['Slow']);
    expect(raised.Slow).toEqual([{ from: 2 * DAY + HOUR, until: 3 * DAY + 2 * HOUR }]);
  });

  test('what the objective bears raises nothing', () => {
    expect(raisedBy('0.09 % of requests fail for ever', Slo.availability(), requests(600, 0.0009))).toEqual({});
  });
});

describe('of 99.9 % availability with little traffic,', () => {
  test('two failed requests at night raise nothing', () => {
    const recording = { ...requests(1, 0), Failed: (minute: number) => counted(minute === BEGIN + 1 || minute === BEGIN + 4 ? 1 : 0) };
    expect(raisedBy('2 requests fail, of 1 a minute', Slo.availability(), recording)).toEqual({});
  });

  test('nor do they when the few requests of a night come within five minutes', () => {
    const recording = {
      Requests: (minute: number) => counted(minute >= BEGIN && minute < BEGIN + 5 ? 20 : 0),
      Failed: (minute: number) => counted(minute === BEGIN + 1 || minute === BEGIN + 4 ? 1 : 0),
    };
    expect(raisedBy('2 requests fail, of 100 in a whole day', Slo.availability(), recording)).toEqual({});
    const eager = raisedBy('2 requests fail, of 100 in a whole day; minimumBad is 2', Slo.availability({ minimumBad: 2 }), recording);
    expect(eager.Fast).toHaveLength(1);
  });

  test('a total outage wakes somebody all the same', () => {
    expect(raisedBy('All requests fail for 20 minutes, of 6 a minute', Slo.availability(), requests(6, 1, 20)).Fast).toEqual([{ from: 1, until: 25 }]);
    const sparse = raisedBy('All requests fail for 20 minutes, of 2 a minute', Slo.availability(), requests(2, 1, 20));
    expect([sparse.Fast, sparse.Steady]).toEqual([undefined, [{ from: 3, until: 48 }]]);
  });

  test('no traffic raises nothing', () => {
    expect(raisedBy('No requests at all', Slo.availability(), { Requests: () => [], Failed: () => [] })).toEqual({});
    expect(raisedBy('Failures, fewer than count, and no requests', Slo.availability(), { Requests: () => [], Failed: () => counted(1) })).toEqual({});
  });

  test('an outage that ends with the traffic is over, too', () => {
    const recording = requests(600, 1, 20);
    const ended = { ...recording, Requests: (minute: number) => minute < BEGIN + 20 ? recording.Requests(minute) : [] };
    expect(raisedBy('All requests fail for 20 minutes, and none come after', Slo.availability(), ended).Fast).toEqual([{ from: 1, until: 25 }]);
  });
});

test('of 99 % of answers within a second, 20 % that take 3 seconds wake somebody', () => {
  const slow = (minute: number) => minute >= BEGIN && minute < BEGIN + 2 * HOUR ? 120 : 0;
  const raised = raisedBy('20 % of answers are slow for 2 hours', Slo.latency(), {
    Requests: () => counted(600),
    Time: minute => [{ value: 0.2, times: 600 - slow(minute) }, { value: 3, times: slow(minute) }].filter(({ times }) => times > 0),
  });
  expect(raised.Fast).toEqual([{ from: 44, until: 2 * HOUR + 2 }]);
});

test('of 99 % of looks that find data no older than 15 minutes, an import that stops wakes somebody', () => {
  const age = (minute: number) => minute >= BEGIN && minute < BEGIN + HOUR ? (minute - BEGIN) * 60 : 60;
  const raised = raisedBy('An import stops for an hour, looked at each minute', Slo.freshness({ age: AGE, threshold: Duration.minutes(15) }), {
    Age: minute => [{ value: age(minute), times: 1 }],
  });
  expect(raised.Fast).toEqual([{ from: 25, until: HOUR + 5 }]);
});

describe('over a week', () => {
  test('the same failure takes more of the budget, and wakes somebody sooner', () => {
    const week = Slo.availability({ window: Duration.days(7) });
    const raised = raisedBy('1 % of requests fail for 5 hours, promised over 7 days', week, requests(600, 0.01, 5 * HOUR));
    expect(raised.Fast[0]).toEqual({ from: 21, until: 5 * HOUR + 4 });
  });
});
