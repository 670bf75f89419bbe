import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

const EXAMPLES = path.resolve(__dirname, '..', '..', 'examples', 'teams');

/** The teams that there are examples for. */
export const TEAMS = ['site', 'api'] as const;

/** Does something in a repository as the guide has a team make it: both folders copied into it. */
export function inRepository<T>(team: typeof TEAMS[number], act: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'team-'));
  try {
    ['common', team].forEach(part => cpSync(path.join(EXAMPLES, part), folder, { recursive: true }));
    return act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
