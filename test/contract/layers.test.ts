import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ESLint, Linter, loadESLint } from 'eslint';
import { once } from '../support/platform';
import { ROOT } from './support/assembly';

/** What each folder of `src` may import, besides itself. */
const MAY_IMPORT: { [folder: string]: string[] } = {
  core: [],
  checks: ['core'],
  report: ['core'],
  monitors: ['core'],
  capacity: ['core', 'monitors'],
  network: ['core', 'monitors', 'capacity'],
  ...Object.fromEntries(['data', 'storage', 'compute', 'cluster', 'edge', 'workflow'].map(folder => [folder, ['core', 'monitors', 'capacity', 'network']])),
};
const ABOVE_BLOCKS = Object.keys(MAY_IMPORT).filter(folder => !['checks', 'report'].includes(folder));
['observability', 'access', 'migration'].forEach(folder => { MAY_IMPORT[folder] = ABOVE_BLOCKS; });
MAY_IMPORT.patterns = [...ABOVE_BLOCKS, 'observability', 'access', 'migration'];

const FOLDERS = readdirSync(path.join(ROOT, 'src'), { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name);
const PAIRS = FOLDERS.flatMap(from => FOLDERS.filter(to => to !== from).map(to => [from, to] as const));
const RULES = ['import/no-restricted-paths', 'import/no-cycle', 'max-lines', 'max-lines-per-function'];

/** ESLint with the project's own settings of the rules above, and no others: those need the types of the whole project. */
const linter = once(async () => {
  const Legacy = await loadESLint({ useFlatConfig: false });
  const project = await new Legacy({ cwd: ROOT }).calculateConfigForFile(path.join(ROOT, 'src/core/index.ts')) as Linter.LegacyConfig;
  const rules = Object.fromEntries(RULES.map(rule => [rule, project.rules?.[rule]]));
  return new Legacy({
    cwd: ROOT,
    useEslintrc: false,
    overrideConfig: { root: true, parser: project.parser, plugins: ['import'], settings: project.settings, rules },
  } as ESLint.LegacyOptions);
});

/** Rules that text breaks when it stands in a file of `src`. */
async function broken(file: string, text: string): Promise<(string | null)[]> {
  const [{ messages }] = await (await linter()).lintText(text, { filePath: path.join(ROOT, 'src', file) });
  const fatal = messages.find(message => message.fatal);
  if (fatal !== undefined) throw new Error(`${file}: ${fatal.message}`);
  return messages.map(({ ruleId }) => ruleId);
}

describe('the layers of src', () => {
  test('name every folder', () => {
    expect(FOLDERS.filter(folder => !(folder in MAY_IMPORT))).toEqual([]);
  });

  test.each(PAIRS)('%s → %s', async (from, to) => {
    const expected = MAY_IMPORT[from].includes(to) ? [] : ['import/no-restricted-paths'];
    expect(await broken(`${from}/index.ts`, `import '../${to}';\n`)).toEqual(expected);
  });

  test('form no cycle: two files that import each other are refused', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'cycle-'));
    writeFileSync(path.join(folder, 'egg.ts'), 'import { hen } from \'./hen\';\nexport const egg = () => hen;\n');
    writeFileSync(path.join(folder, 'hen.ts'), 'import { egg } from \'./egg\';\nexport const hen = () => egg;\n');
    writeFileSync(path.join(folder, 'nest.ts'), 'import { egg } from \'./egg\';\nexport const nest = [egg];\n');
    const results = await (await linter()).lintFiles(['egg.ts', 'hen.ts', 'nest.ts'].map(file => path.join(folder, file)));
    rmSync(folder, { recursive: true });
    expect(results.map(({ messages }) => messages.map(({ ruleId, fatal, message }) => fatal ? message : ruleId)))
      .toEqual([['import/no-cycle'], ['import/no-cycle'], []]);
  });
});

describe('the length of code in src', () => {
  const lines = (count: number) => 'export const a = 1;\n'.repeat(count);
  const fn = (count: number) => `export function f() {\n${'  f();\n'.repeat(count - 2)}}\n`;

  test('is at most 250 lines for a file', async () => {
    expect(await broken('core/index.ts', lines(250))).toEqual([]);
    expect(await broken('core/index.ts', lines(251))).toEqual(['max-lines']);
  });

  test('is at most 40 lines for a function', async () => {
    expect(await broken('core/index.ts', fn(40))).toEqual([]);
    expect(await broken('core/index.ts', fn(41))).toEqual(['max-lines-per-function']);
  });
});
