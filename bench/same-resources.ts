import { readFileSync } from 'node:fs';
import * as path from 'node:path';

interface Template {
  readonly Resources: { [id: string]: { readonly Type: string; readonly Properties?: { readonly DashboardBody?: unknown } } };
}

/** How a widget begins in the text of a dashboard, within the template. */
const WIDGET = /\\"type\\":\\"(alarm|custom|explorer|log|metric|text)\\"/g;

/** Throws when the two apps do not make the same resources: the comparison would mean nothing. */
export function requireSameResources(left: string, right: string): number {
  const [a, b] = [left, right].map(folder => contents(path.join(folder, 'Bench.template.json')));
  const different = [...new Set([...a.keys(), ...b.keys()])].filter(kind => a.get(kind) !== b.get(kind));
  if (different.length > 0) {
    const lines = different.map(kind => `  ${kind}: platform ${a.get(kind) ?? 0}, by hand ${b.get(kind) ?? 0}`);
    throw new Error(`The two sides of the bench no longer make the same; mend bench/sides/by-hand:\n${lines.join('\n')}`);
  }
  return [...a].filter(([kind]) => kind.includes('::')).reduce((sum, [, count]) => sum + count, 0);
}

/** Resources by type, and the widgets of dashboards by theirs. */
function contents(file: string): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (kind: string, count: number) => counts.set(kind, (counts.get(kind) ?? 0) + count);
  for (const { Type, Properties } of Object.values((JSON.parse(readFileSync(file, 'utf8')) as Template).Resources)) {
    add(Type, 1);
    for (const [, widget] of JSON.stringify(Properties?.DashboardBody ?? '').matchAll(WIDGET)) add(`${widget} widgets`, 1);
  }
  return counts;
}
