import { Duration, Token } from 'aws-cdk-lib';
import { EventCalendar, OnceCalendar, shortestGap, WeeklyCalendar } from './private/time/event-calendar';
import { MINUTE, minutesOf, readingOf, WallClock } from './private/time/wall-clock';
import { between, known, matches, Rule, validate } from './private/validation';
import { ScheduledFloor } from './sizes';

/** A day of the week. */
export enum WeekDay {
  /** Monday */
  MONDAY = 'MON',
  /** Tuesday */
  TUESDAY = 'TUE',
  /** Wednesday */
  WEDNESDAY = 'WED',
  /** Thursday */
  THURSDAY = 'THU',
  /** Friday */
  FRIDAY = 'FRI',
  /** Saturday */
  SATURDAY = 'SAT',
  /** Sunday */
  SUNDAY = 'SUN',
}

/** What every event says of itself. */
export interface KnownEventOptions {
  /** What the event is called, in letters, digits and dashes, such as `black-friday`: unique within a traffic. */
  readonly name: string;
  /**
   * IANA name of the time zone that its times are in, such as `America/Sao_Paulo`.
   *
   * @default 'UTC'
   */
  readonly timeZone?: string;
  /**
   * How many times the base it reaches. Above the peak of the traffic, it raises that.
   *
   * @default - the `peakMultiplier` of the traffic
   */
  readonly multiplier?: number;
  /**
   * How long before its start units stand ready, in whole minutes.
   *
   * @default Duration.minutes(30) - 5,000 units take 10 minutes to start, at the 500 tasks a minute that a service may
   * launch (Amazon ECS service quotas); the rest is for visitors who come early, and for someone to see that it worked
   */
  readonly leadTime?: Duration;
}

/** An event that comes once. */
export interface OnceEventProps extends KnownEventOptions {
  /** When it begins: local date and time in `timeZone`, such as `2026-11-27T08:00`. */
  readonly start: string;
  /** When it ends: local date and time in `timeZone`, after `start`. */
  readonly end: string;
}

/** An event that comes every week. */
export interface WeeklyEventProps extends KnownEventOptions {
  /** When it begins: local time of the day in `timeZone`, from `00:00` to `23:59`. */
  readonly start: string;
  /** How long it lasts, in whole minutes; with the lead time at most until the next one. */
  readonly duration: Duration;
  /**
   * The days that it begins on.
   *
   * @default - every day
   */
  readonly weekDays?: WeekDay[];
}

const DEFAULT_LEAD_MINUTES = 30;
const DAYS = [WeekDay.SUNDAY, WeekDay.MONDAY, WeekDay.TUESDAY, WeekDay.WEDNESDAY, WeekDay.THURSDAY, WeekDay.FRIDAY, WeekDay.SATURDAY];
const KNOWN_MEND = 'the floors are worked out from it, so give the value, not a parameter or an attribute';

const OPTIONS: Rule<KnownEventOptions>[] = [
  known('name', KNOWN_MEND),
  known('timeZone', KNOWN_MEND),
  known('multiplier', KNOWN_MEND),
  // 64, as AWS names its scheduled actions, is far from any of its limits.
  matches('name', /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/, 'must be 1 to 64 letters, digits and dashes', 'give a name such as \'black-friday\''),
  ({ timeZone = 'UTC' }) => Token.isUnresolved(timeZone) || WallClock.exists(timeZone) ? undefined
    : `'timeZone' must be the IANA name of a time zone, got ${JSON.stringify(timeZone)}: give a name such as 'America/Sao_Paulo', in which capitals count`,
  between('multiplier', 1, Infinity, 'an event is not below the base; leave out one that brings no more traffic'),
  minutes('leadTime', 0, 'give 0 for none'),
];

const ONCE: Rule<OnceEventProps>[] = [
  ...OPTIONS,
  ...localTime('start'),
  ...localTime('end'),
  ({ start, end }) => {
    const [from, to] = [readingOf(start), readingOf(end)];
    return from === undefined || to === undefined || from < to ? undefined
      : `'end' must be after 'start', got start ${start} and end ${end}: an event ends after it begins`;
  },
];

const WEEKLY: Rule<WeeklyEventProps>[] = [
  ...OPTIONS,
  known('start', KNOWN_MEND),
  ({ start }) => Token.isUnresolved(start) || minutesOf(start) !== undefined ? undefined
    : `'start' must be a time of the day, got ${JSON.stringify(start)}: give hours and minutes such as '18:00'`,
  minutes('duration', 1, 'an event ends after it begins'),
  ({ weekDays }) => weekDays === undefined || (weekDays.length > 0 && new Set(weekDays).size === weekDays.length) ? undefined
    : `'weekDays' must name each day once, got ${weekDays.join(', ') || 'none'}: leave it out for every day`,
  ({ duration, leadTime, weekDays }) => {
    const taken = minutesIn(duration) + minutesIn(leadTime, DEFAULT_LEAD_MINUTES);
    const gap = shortestGap(daysOf(weekDays)) * 24 * 60;
    return !Number.isFinite(taken) || taken < gap ? undefined
      : `'duration' and 'leadTime' must end before the event comes again, got ${taken} minutes of ${gap}: make it shorter, or raise the base of the traffic`;
  },
];

/** A time that is known to bring more traffic: units stand ready when it begins. */
export class KnownEvent {
  /**
   * An event that comes once, such as a sale. After it, it does nothing, and synthesis warns until it is left out.
   *
   * @param props what it is called, when it is, and how much it brings
   * @throws Error when it ends before it begins, a time is malformed, or the time zone unknown
   */
  public static once(props: OnceEventProps): KnownEvent {
    validate('KnownEvent.once', props, ONCE);
    const clock = new WallClock(props.timeZone ?? 'UTC');
    const lead = minutesIn(props.leadTime, DEFAULT_LEAD_MINUTES);
    const from = clock.instantOf(readingOf(props.start)!) - lead * MINUTE;
    return new KnownEvent(props, lead, new OnceCalendar({ from, to: clock.instantOf(readingOf(props.end)!) }));
  }

  /**
   * An event that comes every week, or every day, at the same time on the clock of its time zone.
   *
   * @param props what it is called, when it is, and how much it brings
   * @throws Error when it is not over before it comes again, a time is malformed, or the time zone unknown
   */
  public static weekly(props: WeeklyEventProps): KnownEvent {
    validate('KnownEvent.weekly', props, WEEKLY);
    const lead = minutesIn(props.leadTime, DEFAULT_LEAD_MINUTES);
    const start = minutesOf(props.start)!;
    return new KnownEvent(props, lead, new WeeklyCalendar({
      days: daysOf(props.weekDays), ready: start - lead, over: start + minutesIn(props.duration), timeZone: props.timeZone ?? 'UTC',
    }));
  }

  /** What the event is called. */
  public readonly name: string;
  /** How many times the base it reaches, when that is given. */
  public readonly multiplier?: number;
  /** How long before its start units stand ready. */
  public readonly leadTime: Duration;
  /** @internal */
  public readonly _calendar: EventCalendar;

  private constructor(options: KnownEventOptions, leadMinutes: number, calendar: EventCalendar) {
    this.name = options.name;
    this.multiplier = options.multiplier;
    this.leadTime = Duration.minutes(leadMinutes);
    this._calendar = calendar;
  }

  /**
   * The floors that it needs: one from its lead time on, and one from its end on.
   *
   * @param during units that run during the event, at the least
   * @param after units that run outside of it, at the least
   */
  public floors(during: number, after: number): ScheduledFloor[] {
    return [
      { name: `${this.name}-ready`, minUnits: during, ...this._calendar.ready },
      { name: `${this.name}-over`, minUnits: after, ...this._calendar.over },
    ];
  }
}

function localTime(prop: 'start' | 'end'): Rule<OnceEventProps>[] {
  return [
    known(prop, KNOWN_MEND),
    ({ [prop]: text }) => Token.isUnresolved(text) || readingOf(text) !== undefined ? undefined
      : `'${prop}' must be a local date and time, got ${JSON.stringify(text)}: give one such as '2026-11-27T08:00', and its zone as 'timeZone'`,
  ];
}

/** The duration in `prop`, when given, must be known, of whole minutes, and not shorter than that. */
function minutes<P>(prop: keyof P & string, least: number, mend: string): Rule<P> {
  return props => {
    const duration = props[prop] as Duration | undefined;
    if (duration === undefined) return undefined;
    if (duration.isUnresolved()) return `'${prop}' must be known at synthesis, got a token: ${KNOWN_MEND}`;
    const given = minutesIn(duration);
    return Number.isInteger(given) && given >= least ? undefined
      : `'${prop}' must be whole minutes, at least ${least}, got ${given * 60} seconds: ${mend}`;
  };
}

/** Not a number, when it is a token. */
function minutesIn(duration: Duration | undefined, absent = NaN): number {
  if (duration === undefined) return absent;
  return duration.isUnresolved() ? NaN : duration.toMinutes({ integral: false });
}

function daysOf(weekDays: WeekDay[] = DAYS): number[] {
  return weekDays.map(day => DAYS.indexOf(day));
}
