const HEADING = /[a-z]/i;
const WHOLE = /^\d+$/;

/** One line: when, if it says so, and how many. */
interface Row {
  readonly line: number;
  readonly when?: string;
  readonly count: number;
}

/** Counts per minute, and when they began if the text tells. */
export function countsFromCsv(text: string): { counts: number[]; start?: Date } {
  const rows = text.split(/\r?\n/).map((line, index) => ({ line: index + 1, cells: line.split(/[,;\t]/).map(cell => cell.trim().replace(/^"|"$/g, '')) }))
    .filter(({ cells }) => cells.some(cell => cell !== ''))
    .filter(({ cells }, index) => index > 0 || !HEADING.test(cells[cells.length - 1]))
    .map(toRow);
  if (rows.length === 0) throw wrong('must hold at least one count, got none: give one line for each minute');
  if (rows[0].when === undefined) return { counts: rows.map(({ count }) => count) };
  const numbered = WHOLE.test(rows[0].when);
  const minutes = rows.map(row => minuteOf(row, numbered));
  const late = rows.findIndex((_, index) => index > 0 && minutes[index] < minutes[index - 1]);
  if (late > 0) throw wrong(`must be in order, got an earlier minute in line ${rows[late].line}: sort the lines by time`);
  const counts: number[] = new Array(minutes[minutes.length - 1] - minutes[0] + 1).fill(0);
  rows.forEach(({ count }, index) => { counts[minutes[index] - minutes[0]] += count; });
  return { counts, start: numbered ? undefined : new Date(minutes[0] * 60_000) };
}

function toRow({ line, cells }: { line: number; cells: string[] }): Row {
  const last = cells[cells.length - 1];
  const count = last === '' ? NaN : Number(last);
  if (!(count >= 0 && count < Infinity)) throw wrong(`must end each line with a count of requests, got '${last}' in line ${line}: give a number of at least 0`);
  return { line, when: cells.length > 1 ? cells[0] : undefined, count };
}

function minuteOf({ when, line }: Row, numbered: boolean): number {
  const minute = numbered ? Number(when) : Math.floor(Date.parse(when!) / 60_000);
  if (!Number.isInteger(minute)) throw wrong(`must begin each line with a date or with the number of a minute, got '${when}' in line ${line}: write dates as 2027-01-04T18:00Z`);
  return minute;
}

function wrong(what: string): Error {
  return new Error(`[Arrivals.csv] 'text' ${what}`);
}
