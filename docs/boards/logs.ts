import { Properties } from './body';
import { chart } from './chart';
import { escape } from './markdown';

/** The first that fits a column's name says what might stand in it. */
const CELLS: [RegExp, string[]][] = [
  [/time/i, ['2025-05-14 14:13:52', '2025-05-14 14:13:40', '2025-05-14 14:12:07', '2025-05-14 14:11:58', '2025-05-14 14:09:31']],
  [/code|status/i, ['500', '504', '500', '502', '500']],
  [/duration|slowest|_ms|upstream/i, ['9120', '8411', '7009', '5230', '4127']],
  [/verb|method/i, ['POST', 'GET', 'POST', 'GET', 'GET']],
  [/place|path|url/i, ['/checkout', '/search', '/checkout', '/account', '/product/1042']],
  [/level/i, ['error', 'error', 'critical', 'error', 'error']],
  [/text|message/i, ['upstream timed out', 'SQLSTATE[HY000] [2002]', 'upstream timed out', 'payment declined by provider', 'upstream timed out']],
  [/exception/i, ['PDOException', 'PDOException', '', '', '']],
  [/request_?id|example/i, ['1-6824c9d0-5b1f', '1-6824c9c4-09ae', '1-6824c967-c3d2', '1-6824c95e-77aa', '1-6824c8cb-1e04']],
  [/stream/i, ['web/app/4f9c', 'web/app/4f9c', 'web/app/a1d7', 'web/app/a1d7', 'web/app/0be2']],
  [/count|requests|failures|lines|number|total/i, ['184', '97', '41', '12', '5']],
];

/** What a query of logs might answer: a table of its columns, or a chart. */
export function logs(properties: Properties, width: number, height: number): string {
  const { query = '', view, title } = properties;
  const columns = columnsOf(query);
  if (view !== undefined && view !== 'table') return chart({ title, metrics: columns.slice(0, 1).map(label => [{ label }]) }, width - 4, height - 4);
  const rows = [0, 1, 2, 3, 4].map(row => columns.map(column => cell(column, row)));
  return `<table>${[columns, ...rows].map((each, index) => `<tr>${each.map(text => index === 0 ? `<th>${escape(text)}</th>` : `<td>${escape(text)}</td>`).join('')}</tr>`).join('')}</table>`;
}

/** The columns of a query are those of the last command that names some. */
function columnsOf(query: string): string[] {
  const command = query.split('|').map(part => part.trim()).filter(part => /^(display|stats|fields)\b/.test(part)).pop() ?? 'fields @timestamp, @message';
  const [, verb, rest] = /^(\w+)\s+([\s\S]*)$/.exec(command)!;
  const [values, groups = ''] = verb === 'stats' ? rest.split(/\s+by\s+/) : [rest];
  return [...separate(groups), ...separate(values)].map(part => (/\s+as\s+(\w+)$/.exec(part)?.[1] ?? part).trim());
}

/** Parts between commas, but not those within brackets. */
function separate(list: string): string[] {
  return list.split(/,(?![^(]*\))/).map(part => part.trim()).filter(part => part !== '' && !part.startsWith('bin('));
}

function cell(column: string, row: number): string {
  return CELLS.find(([pattern]) => pattern.test(column))?.[1][row] ?? '';
}
