import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { TEMPLATES } from './templates';
import { main } from '../emulator/progress';

const ROOT = path.resolve(__dirname, '..', '..');

/** Where the templates are written: not kept in the repository, since the sources make them. */
export const OUTPUT = path.join(ROOT, 'dist', 'templates');

main(async () => {
  rmSync(OUTPUT, { recursive: true, force: true });
  mkdirSync(OUTPUT, { recursive: true });
  Object.entries(TEMPLATES).forEach(([name, make]) => {
    const file = path.join(OUTPUT, `${name}.json`);
    const text = `${JSON.stringify(make(), null, 1)}\n`;
    writeFileSync(file, text);
    console.log(`${path.relative(ROOT, file)} (${Math.round(text.length / 1024)} KiB)`);
  });
});
