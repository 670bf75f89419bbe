import { Bounds, unitsFor } from './bounds';
import { Decisions, HEADROOM, percent, rounded } from './decisions';
import { ApplicationLoad, KnownEvent, ScheduledFloor } from '../../core';

/** Two floors for each known event: what its top needs from its lead time on, and the usual one from its end on. */
export function planFloors({ traffic, unit }: ApplicationLoad, { minUnits }: Bounds, decisions: Decisions, inUnits = 'units'): ScheduledFloor[] {
  return traffic.events.flatMap(event => {
    const rps = traffic.rpsDuring(event);
    const during = Math.max(minUnits, unitsFor(rps, unit));
    const [ready, over] = event.floors(during, minUnits);
    decisions.take(`floor for ${event.name}`, during, inUnits,
      `${rounded(rps)} requests per second and ${percent(HEADROOM - 1)} headroom, ${leadOf(event)}: ${timeOf(ready)}`);
    decisions.take(`floor after ${event.name}`, minUnits, inUnits, `the usual minimum, as it ends: ${timeOf(over)}`);
    return [ready, over];
  });
}

function leadOf({ leadTime }: KnownEvent): string {
  return `${leadTime.toMinutes()} minutes before it begins`;
}

function timeOf({ at, weekDays, hour = 0, minute = 0, timeZone }: ScheduledFloor): string {
  return at?.toISOString() ?? `${weekDays} at ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')} ${timeZone}`;
}
