/** The fields of a cron expression of AWS, with the range of each (EventBridge Scheduler user guide, "Schedule types"). */
const FIELDS: readonly (readonly [min: number, max: number, names?: string])[] = [
  [0, 59], [0, 23], [1, 31], [1, 12, 'JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC'], [1, 7, 'SUN|MON|TUE|WED|THU|FRI|SAT'], [1970, 2199],
];

/** The six fields of a cron expression, when AWS takes them; nothing else. */
export function cronFields(expression: string): string[] | undefined {
  const fields = /^cron\(([^()]+)\)$/.exec(expression)?.[1].split(' ') ?? [];
  if (fields.length !== FIELDS.length || !fields.every((field, index) => isField(field, index))) return undefined;
  // A day of the month or one of the week: the other one is open.
  return (fields[2] === '?') !== (fields[4] === '?') ? fields : undefined;
}

function isField(field: string, index: number): boolean {
  if (field === '*') return true;
  if (index === 2 && /^(\?|L|LW|\d+W)$/.test(field)) return true;
  if (index === 4 && /^(\?|L|[1-7]L|[1-7]#[1-5])$/.test(field)) return true;
  return field.split(',').every(part => isRange(part, FIELDS[index]));
}

/** Such as `5`, `MON-FRI`, `0/15`, `8-18/2`. */
function isRange(part: string, [min, max, names]: (typeof FIELDS)[number]): boolean {
  const [range, step, ...more] = part.split('/');
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === '*') return step !== undefined;
  const ends = range.split('-');
  return ends.length <= 2 && ends.every(end => names !== undefined && new RegExp(`^(${names})$`, 'i').test(end)
    || (/^\d+$/.test(end) && Number(end) >= min && Number(end) <= max));
}
