/** Rows as text in columns: the first ones to the left, the others to the right. */
export function table(headings: string[], rows: string[][], toTheLeft = 1): string {
  const widths = headings.map((heading, column) => Math.max(heading.length, ...rows.map(row => row[column].length)));
  const line = (cells: string[]) => cells.map((cell, column) => column < toTheLeft ? cell.padEnd(widths[column]) : cell.padStart(widths[column])).join('  ').trimEnd();
  return [line(headings), widths.map(width => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

/** A share in percent, with as many digits as it takes to tell it from others. */
export function percent(share: number): string {
  const value = 100 * share;
  return value === 0 ? '0' : value < 0.0005 ? '<0.001' : value < 10 ? value.toFixed(value < 1 ? 3 : 2) : value.toFixed(0);
}

/** Seconds as minutes and seconds. */
export function duration(seconds: number): string {
  return seconds === 0 ? '-' : seconds < 600 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
