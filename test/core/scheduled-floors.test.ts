import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { ScheduledFloor } from '../../src';
import { floorsToCome } from '../../src/core/private/time/scheduled-floors';
import { eastStack } from '../support/platform';

const NOW = new Date('2026-11-27T12:00:00Z');
const READY: ScheduledFloor = { name: 'sale-ready', minUnits: 60, at: new Date('2026-11-27T07:30:00Z') };
const OVER: ScheduledFloor = { name: 'sale-over', minUnits: 3, at: new Date('2026-11-27T20:00:00Z') };
const WEEKLY: ScheduledFloor = { name: 'show-ready', minUnits: 60, weekDays: 'FRI', hour: 7, minute: 30, timeZone: 'UTC' };
const warnings = (stack: ReturnType<typeof eastStack>) => Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => entry.data);

describe('the floors that are still to come', () => {
  test('are all of them before an event, without a word', () => {
    const stack = eastStack();
    expect(floorsToCome(stack, [READY, WEEKLY, OVER], new Date('2026-11-27T07:29:59Z'))).toEqual([READY, WEEKLY, OVER]);
    expect(warnings(stack)).toEqual([]);
  });

  test('leave out what is past, with a warning that names it', () => {
    const stack = eastStack();
    expect(floorsToCome(stack, [READY, WEEKLY, OVER], NOW)).toEqual([WEEKLY, OVER]);
    expect(warnings(stack)).toEqual([
      '[Stack] no longer scheduled, because they are past: sale-ready (2026-11-27T07:30:00.000Z). Leave events that are over out of the traffic, or give their next date [ack: cdk-platform-patterns:event-past]',
    ]);
  });

  test('leave out what is due this very moment, which AWS would refuse', () => {
    expect(floorsToCome(eastStack(), [READY, OVER], OVER.at)).toEqual([]);
  });

  test('are told by the clock of the machine when no moment is given', () => {
    const inAnHour = { ...OVER, at: new Date(Date.now() + 3_600_000) };
    const anHourAgo = { ...READY, at: new Date(Date.now() - 3_600_000) };
    expect(floorsToCome(eastStack(), [anHourAgo, inAnHour])).toEqual([inAnHour]);
  });
});
