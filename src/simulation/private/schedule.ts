const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;

/** The names and bounds of a field; `first` is what the first name stands for. */
interface Field {
  readonly min: number;
  readonly max: number;
  readonly names?: string[];
  readonly first?: number;
}

const MINUTES: Field = { min: 0, max: 59 };
const HOURS: Field = { min: 0, max: 23 };
const DATES: Field = { min: 1, max: 31 };
const MONTH: Field = { min: 1, max: 12, names: MONTHS, first: 1 };
/** Of AWS: 1 is Sunday. */
const AWS_DAYS: Field = { min: 1, max: 7, names: DAYS, first: 1 };
/** Of a crontab: 0 and 7 are Sunday. */
const UNIX_DAYS: Field = { min: 0, max: 7, names: DAYS, first: 0 };
const YEARS: Field = { min: 1970, max: 2199 };

/**
 * When a scheduled action is taken between two moments, as UTC milliseconds.
 *
 * @throws Error when the expression is none that is understood
 */
export function occurrences(expression: string, timeZone: string, from: number, until: number): number[] {
  const once = /^at\((.+)\)$/.exec(expression);
  if (once !== null) return between([fromLocal(once[1], timeZone)], from, until);
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate !== null) return everySo(Number(rate[1]) * { minute: 1, hour: 60, day: 1440 }[rate[2]]! * MINUTE, from, until);
  const cron = /^cron\((.+)\)$/.exec(expression);
  const fields = (cron?.[1] ?? expression).trim().split(/\s+/);
  if (fields.length !== (cron === null ? 5 : 6)) throw new Error(`is not understood: '${expression}'`);
  return matching(matcher(fields, cron !== null, expression), timeZone, from, until);
}

function between(moments: number[], from: number, until: number): number[] {
  return moments.filter(moment => moment >= from && moment < until);
}

function everySo(interval: number, from: number, until: number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil((until - from) / interval) - 1) }, (_, index) => from + (index + 1) * interval);
}

type Matcher = (local: Date) => boolean;

function matcher(fields: string[], aws: boolean, expression: string): Matcher {
  const values = (text: string, field: Field) => setOf(text, field, expression);
  const [minutes, hours, dates, months] = [values(fields[0], MINUTES), values(fields[1], HOURS), values(fields[2], DATES), values(fields[3], MONTH)];
  const days = values(fields[4], aws ? AWS_DAYS : UNIX_DAYS);
  const years = values(fields[5] ?? '*', YEARS);
  const onDay = (local: Date) => {
    const day = local.getUTCDay();
    return days.has(aws ? day + 1 : day) || (!aws && day === 0 && days.has(7));
  };
  const free = (text: string) => text === '*' || text === '?';
  // A crontab that names both a date and a day means either.
  const either = !aws && !free(fields[2]) && !free(fields[4]);
  return local => minutes.has(local.getUTCMinutes()) && hours.has(local.getUTCHours())
    && months.has(local.getUTCMonth() + 1) && years.has(local.getUTCFullYear())
    && (either ? dates.has(local.getUTCDate()) || onDay(local) : dates.has(local.getUTCDate()) && onDay(local));
}

function setOf(text: string, field: Field, expression: string): Set<number> {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const [, range, step] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
    const [low, high] = range === '*' || range === '?' ? [field.min, field.max] : (range ?? '').split('-').map(each => numberOf(each, field));
    const last = high ?? (step === undefined ? low : field.max);
    if (!Number.isInteger(low) || !Number.isInteger(last)) throw new Error(`is not understood: '${expression}'`);
    for (let value = low; value <= last; value += Number(step ?? 1)) found.add(value);
  }
  return found;
}

function numberOf(text: string, { names, first }: Field): number {
  const index = names?.indexOf(text.toUpperCase()) ?? -1;
  return index >= 0 ? index + first! : /^\d+$/.test(text) ? Number(text) : NaN;
}

function matching(matches: Matcher, timeZone: string, from: number, until: number): number[] {
  const ahead = clockOf(timeZone);
  const found: number[] = [];
  let offset = 0;
  let offsetUntil = -Infinity;
  for (let moment = Math.ceil(from / MINUTE) * MINUTE; moment < until; moment += MINUTE) {
    if (moment >= offsetUntil) {
      offset = ahead(moment);
      // Clocks change at a quarter of an hour at the finest.
      offsetUntil = (Math.floor(moment / QUARTER) + 1) * QUARTER;
    }
    if (matches(new Date(moment + offset))) found.push(moment);
  }
  return found;
}

/** How far the clocks of a time zone are ahead of UTC at a moment, in milliseconds. */
function clockOf(timeZone: string): (moment: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  });
  return moment => {
    const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) - Math.floor(moment / 1000) * 1000;
  };
}

function fromLocal(text: string, timeZone: string): number {
  const asUtc = Date.parse(/[zZ]$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(asUtc)) throw new Error(`is not understood: 'at(${text})'`);
  const ahead = clockOf(timeZone);
  return asUtc - ahead(asUtc - ahead(asUtc));
}
