import { DAY, MINUTE, WallClock } from './wall-clock';
import { ScheduledFloor } from '../../sizes';

/** When a floor begins to hold: the part of it that a calendar knows. */
export type FloorTime = Pick<ScheduledFloor, 'at' | 'weekDays' | 'hour' | 'minute' | 'timeZone'>;

/** A time in which units stand ready, lead time included, in ms since 1970. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** When an event is. */
export interface EventCalendar {
  /** When its units begin to stand ready: at its start less its lead time. */
  readonly ready: FloorTime;
  /** When it is over. */
  readonly over: FloorTime;
  /** The time it takes, of an event that comes once. */
  readonly once?: Interval;
  /** The zone whose clock it keeps to, of an event that comes every week. */
  readonly timeZone?: string;
  /**
   * The times it takes, of those that reach into a period.
   *
   * @param timeZone another zone than its own
   */
  within(period: Interval, timeZone?: string): Interval[];
}

/** An event that comes once. */
export class OnceCalendar implements EventCalendar {
  public readonly ready: FloorTime;
  public readonly over: FloorTime;

  constructor(public readonly once: Interval) {
    this.ready = { at: new Date(once.from) };
    this.over = { at: new Date(once.to) };
  }

  public within(period: Interval): Interval[] {
    return [this.once].filter(interval => meet(interval, period));
  }
}

/** What a week holds of an event: its days, 0 for Sunday, and minutes after their midnight. */
export interface WeeklyTimes {
  readonly days: number[];
  readonly ready: number;
  readonly over: number;
  readonly timeZone: string;
}

const NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MINUTES_OF_DAY = DAY / MINUTE;

/** An event that comes every week. */
export class WeeklyCalendar implements EventCalendar {
  public readonly ready: FloorTime;
  public readonly over: FloorTime;
  public readonly timeZone: string;

  constructor(private readonly times: WeeklyTimes) {
    this.timeZone = times.timeZone;
    this.ready = this.timeOf(times.ready);
    this.over = this.timeOf(times.over);
  }

  public within(period: Interval, timeZone = this.timeZone): Interval[] {
    const { days, ready, over } = this.times;
    const clock = new WallClock(timeZone);
    const first = Math.floor(period.from / DAY) - 8;
    const count = Math.ceil(period.to / DAY) + 2 - first;
    return Array.from({ length: count }, (_, index) => (first + index) * DAY)
      .filter(midnight => days.includes(new Date(midnight).getUTCDay()))
      .map(midnight => ({ from: clock.instantOf(midnight + ready * MINUTE), to: clock.instantOf(midnight + over * MINUTE) }))
      .filter(interval => meet(interval, period));
  }

  /** A time of the week may fall on the day before or on a day after that of the event. */
  private timeOf(minutes: number): FloorTime {
    const { days, timeZone } = this.times;
    const shift = Math.floor(minutes / MINUTES_OF_DAY);
    const ofDay = minutes - shift * MINUTES_OF_DAY;
    const shifted = days.map(day => (day + shift + 14) % 7).sort();
    return { weekDays: shifted.map(day => NAMES[day]).join(','), hour: Math.floor(ofDay / 60), minute: ofDay % 60, timeZone };
  }
}

/** A year with both changes of the clock, in every zone that has them: weekly events in two zones meet in it, or hardly ever. */
const YEAR: Interval = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2027, 0, 1) };
/** Weekly events of one zone meet in any week, on a clock that never changes, or never. */
const WEEK: Interval = { from: 0, to: 7 * DAY };

/** Whether two events ever take the same time; also when one begins as the other ends, since their floors would then race. */
export function clash(one: EventCalendar, other: EventCalendar): boolean {
  const ofOneZone = one.timeZone !== undefined && one.timeZone === other.timeZone;
  const [period, timeZone] = ofOneZone ? [WEEK, 'UTC'] : [one.once ?? other.once ?? YEAR];
  const others = other.within(period, timeZone);
  return one.within(period, timeZone).some(interval => others.some(each => meet(interval, each)));
}

/** The days between one day of the event and its next, at the least. */
export function shortestGap(days: number[]): number {
  const sorted = [...days].sort();
  return Math.min(...sorted.map((day, index) => (sorted[index + 1] ?? sorted[0] + 7) - day));
}

function meet(one: Interval, other: Interval): boolean {
  return one.from <= other.to && other.from <= one.to;
}
