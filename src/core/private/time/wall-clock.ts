export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** The clock on the wall of a time zone. Its readings are in ms since 1970, as if the zone were UTC. */
export class WallClock {
  /** Whether there is such a zone: the IANA name as AWS takes it, in which capitals count and offsets are no names. */
  public static exists(timeZone: string): boolean {
    try {
      const { timeZone: name } = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions();
      return /^[A-Z]/.test(timeZone) && (name === timeZone || name.toLowerCase() !== timeZone.toLowerCase());
    } catch {
      return false;
    }
  }

  private readonly format?: Intl.DateTimeFormat;

  constructor(timeZone: string) {
    // UTC is what readings are kept in; to ask for it would take time, and there may be many.
    this.format = timeZone === 'UTC' ? undefined : new Intl.DateTimeFormat('en', {
      timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
  }

  /**
   * The moment at which the clock shows a reading: the first, when it shows it twice; as much later as the clock leaps,
   * when it never shows it.
   */
  public instantOf(reading: number): number {
    const before = reading - this.offsetAt(reading - DAY);
    const after = reading - this.offsetAt(reading + DAY);
    return this.readingAt(before) !== reading && this.readingAt(after) === reading ? after : before;
  }

  private offsetAt(instant: number): number {
    return this.readingAt(instant) - instant;
  }

  private readingAt(instant: number): number {
    if (this.format === undefined) return instant;
    const parts = Object.fromEntries(this.format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  }
}

/** The reading that a text such as `2026-11-27T08:00` stands for, if it is one of the calendar. */
export function readingOf(text: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?$/.exec(text);
  if (match === null) return undefined;
  const [, toTheMinute, seconds = ':00'] = match;
  const date = new Date(`${toTheMinute}${seconds}Z`);
  // Some of what is not in the calendar, such as February 30, is taken for a later day.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(toTheMinute) ? date.getTime() : undefined;
}

/** Minutes after midnight that a text such as `18:00` stands for, if it is a time of the day. */
export function minutesOf(text: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match === null ? undefined : Number(match[1]) * 60 + Number(match[2]);
}
