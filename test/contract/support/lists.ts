import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

const FOLDER = path.resolve(__dirname, '..');

/** A committed list of the contract tests. */
export function readList<T>(name: string): T {
  return JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as T;
}

/** An array has a line for each entry, so that a change shows which entry it is about. */
export function writeList(name: string, list: unknown): void {
  const text = Array.isArray(list) ? `[\n${list.map(entry => `  ${JSON.stringify(entry)}`).join(',\n')}\n]` : JSON.stringify(list, null, 2);
  writeFileSync(path.join(FOLDER, name), `${text}\n`);
}
