import { occurrences } from '../../src/simulation/private/schedule';

const at = (text: string) => Date.parse(text);

/** The moments in a span, as text. */
function moments(expression: string, timeZone: string, from: string, until: string): string[] {
  return occurrences(expression, timeZone, at(from), at(until)).map(moment => new Date(moment).toISOString().slice(0, 16));
}

// 4 January 2027 is a Monday.
describe('a schedule is taken', () => {
  test.each([
    ['once', 'at(2027-01-05T18:00:00)', 'UTC', ['2027-01-05T18:00']],
    ['once, by the clock of a time zone', 'at(2027-01-05T18:00:00)', 'America/Sao_Paulo', ['2027-01-05T21:00']],
    ['every day', 'cron(30 17 * * ? *)', 'UTC', ['2027-01-04T17:30', '2027-01-05T17:30', '2027-01-06T17:30']],
    ['on days by name', 'cron(0 18 ? * TUE,WED *)', 'UTC', ['2027-01-05T18:00', '2027-01-06T18:00']],
    ['on days by number, of which 1 is Sunday', 'cron(0 18 ? * 3 *)', 'UTC', ['2027-01-05T18:00']],
    ['on a range of days', 'cron(0 0 ? * MON-TUE *)', 'UTC', ['2027-01-04T00:00', '2027-01-05T00:00']],
    ['in steps', 'cron(0/30 6-7 5 1 ? 2027)', 'UTC', ['2027-01-05T06:00', '2027-01-05T06:30', '2027-01-05T07:00', '2027-01-05T07:30']],
    ['not in another year', 'cron(0 18 5 1 ? 2028)', 'UTC', []],
    ['by a crontab, in which 1 is Monday', '0 18 * * 1', 'UTC', ['2027-01-04T18:00']],
    ['by a crontab on Sundays, be it 0 or 7', '0 18 * * 7', 'UTC', []],
    ['by a crontab with a date and a day, on either', '0 18 6 * 1', 'UTC', ['2027-01-04T18:00', '2027-01-06T18:00']],
    ['so often', 'rate(1 day)', 'UTC', ['2027-01-05T00:00', '2027-01-06T00:00']],
  ])('%s', (_, expression, timeZone, expected) => {
    expect(moments(expression, timeZone, '2027-01-04T00:00Z', '2027-01-07T00:00Z')).toEqual(expected);
  });

  test('at the same time of the day before and after the clocks change', () => {
    expect(moments('cron(0 18 ? * * *)', 'Europe/Berlin', '2027-03-27T00:00Z', '2027-03-29T00:00Z')).toEqual(['2027-03-27T17:00', '2027-03-28T16:00']);
  });

  test.each(['at(tomorrow)', 'cron(0 18 * *)', 'cron(0 18 L * ? *)', 'cron(0 18 ? * MON#2 *)', 'rate(often)', ''])('never, when %j is not understood', expression => {
    expect(() => occurrences(expression, 'UTC', 0, 1)).toThrow(`is not understood: '${expression}'`);
  });
});
