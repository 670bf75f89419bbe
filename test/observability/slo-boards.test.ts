import { guarded, shown, watched } from './slo-support';
import { Slo } from '../../src';
import { once } from '../support/platform';

const AVAILABILITY = once(() => watched(Slo.availability()));

describe('the boards show of an objective', () => {
  const summary = () => shown(AVAILABILITY(), AVAILABILITY().monitoring.summaryWidgets());

  test('what is promised, what is left of the budget, what was kept, how fast it burns and its alarms', () => {
    expect(summary().map(({ properties: { title, markdown } }) => title ?? markdown)).toEqual([
      '### Objective **99.9 % of requests are answered without an error**',
      'Error budget left, last 30 days (%)',
      'Kept, last 30 days (%)',
      'Burn rate (1: the budget lasts its window)',
      'Alarms on the error budget',
    ]);
    expect(summary()[4].properties.alarms).toHaveLength(3);
  });

  test.each([[1, '100 - 100 * FILL(sloBad, 0) / sloTotal / 0.001'], [2, '100 - 100 * FILL(sloBad, 0) / sloTotal']])('as one value of the whole window (%i)', (index, expression) => {
    const { properties } = summary()[index];
    expect(properties).toMatchObject({ view: 'singleValue', start: '-P30D', setPeriodToTimeRange: true });
    expect(properties.metrics![0]).toEqual([expect.objectContaining({ expression, period: 2592000 })]);
  });

  test('the pace by the hour, against what each alarm bears', () => {
    const { properties } = summary()[3];
    expect(properties.start).toBe('-P30D');
    expect(properties.metrics![0]).toEqual([expect.objectContaining({ expression: guarded('0.001'), period: 3600 })]);
    expect(properties.annotations).toEqual({
      horizontal: [
        { value: 14.4, label: '14.4 for 1 hour wakes somebody', yAxis: 'left' },
        { value: 6, label: '6 for 6 hours wakes somebody', yAxis: 'left' },
        { value: 1, label: '1 for 3 days is for working hours', yAxis: 'left' },
      ],
    });
  });

  test('to engineers, also each day', () => {
    const { monitoring } = AVAILABILITY();
    const [days] = shown(AVAILABILITY(), monitoring.widgets()).slice(5);
    expect(days.properties).toMatchObject({
      title: 'Kept day by day (%): requests are answered without an error',
      start: '-P30D',
      yAxis: { left: { min: 99.8, max: 100 } },
      annotations: { horizontal: [{ value: 99.9, label: '99.9 % is promised', yAxis: 'left' }] },
    });
    expect(days.properties.metrics![0]).toEqual([expect.objectContaining({ expression: '100 - 100 * FILL(sloBad, 0) / sloTotal', period: 86400 })]);
    expect(shown(AVAILABILITY(), monitoring.alarmWidgets()).map(({ type, properties: { alarms } }) => [type, alarms!.length])).toEqual([['alarm', 3]]);
  });

  test('rows of 24 columns', () => {
    const { monitoring } = AVAILABILITY();
    expect(monitoring.widgets().map(({ width }) => width)).toEqual([24, 5, 5, 8, 6, 24]);
  });
});
