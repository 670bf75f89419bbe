import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ESLint, Linter, loadESLint } from 'eslint';
import { once } from '../support/platform';
import { ROOT } from './support/assembly';

/** What each folder of `src` may import, besides itself. */
const MAY_IMPORT: { [folder: string]: string[] } = {
  core: [],
  segments: ['core'],
  capacity: ['core'],
  network: ['core', 'segments', 'capacity'],
  workload: ['core', 'segments', 'capacity', 'network'],
  ...Object.fromEntries(['data', 'storage', 'compute', 'cluster', 'edge', 'workflow']
    .map(folder => [folder, ['core', 'segments', 'capacity', 'network', 'workload']])),
};
const BLOCKS = Object.keys(MAY_IMPORT);
['observability', 'access', 'migration'].forEach(folder => { MAY_IMPORT[folder] = BLOCKS; });
MAY_IMPORT.ground = [...BLOCKS, 'observability', 'access', 'migration'];
MAY_IMPORT.patterns = [...MAY_IMPORT.ground, 'ground'];
// Readers of finished templates, which no building block imports.
MAY_IMPORT.template = ['core'];
['checks', 'simulation'].forEach(folder => { MAY_IMPORT[folder] = ['core', 'template']; });
MAY_IMPORT.report = ['core', 'capacity', 'template', 'checks', 'simulation'];

const FOLDERS = readdirSync(path.join(ROOT, 'src'), { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name);
const RULES = ['import/no-restricted-paths', 'import/no-cycle', 'max-lines', 'max-lines-per-function'];

/** What each folder imports, of the files that there are. */
const IMPORTS = once(() => new Map(FOLDERS.map(folder => [folder, new Set(sourcesOf(folder).flatMap(importsOf))])));

/** The project's own settings of ESLint. */
const settings = once(async () => {
  const Legacy = await loadESLint({ useFlatConfig: false });
  return await new Legacy({ cwd: ROOT }).calculateConfigForFile(path.join(ROOT, 'src/core/index.ts')) as Linter.LegacyConfig;
});

/** ESLint with the project's own settings of the rules above, and no others: those need the types of the whole project. */
const linter = once(async () => {
  const Legacy = await loadESLint({ useFlatConfig: false });
  const project = await settings();
  const rules = Object.fromEntries(RULES.map(rule => [rule, project.rules?.[rule]]));
  return new Legacy({
    cwd: ROOT,
    useEslintrc: false,
    overrideConfig: { root: true, parser: project.parser, plugins: ['import'], settings: project.settings, rules },
  } as ESLint.LegacyOptions);
});

/** Files of a folder. */
function sourcesOf(folder: string): string[] {
  return readdirSync(path.join(ROOT, 'src', folder), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts')).map(file => path.join(ROOT, 'src', folder, file));
}

/** A file of a folder, as another folder's `index.ts` imports it: not each has one of its own. */
function importOf(folder: string): string {
  const [file] = sourcesOf(folder).sort();
  return `../${path.relative(path.join(ROOT, 'src'), file).replace(/\.ts$/, '')}`;
}

/** Folders that a file imports from. */
function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/ from '(\.[^']*)'/g)]
    .map(([, target]) => path.relative(path.join(ROOT, 'src'), path.resolve(path.dirname(file), target)).split(path.sep)[0]);
}

/** Lines of a text whose imports are refused. */
async function refusedLines(file: string, text: string): Promise<number[]> {
  const [{ messages }] = await (await linter()).lintText(text, { filePath: path.join(ROOT, 'src', file) });
  return messages.filter(({ ruleId }) => ruleId === 'import/no-restricted-paths').map(({ line }) => line);
}

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

  test('are what is refused: in one text for each folder, an import of every other folder', async () => {
    // Also of the report, which is not there yet.
    for (const from of new Set([...FOLDERS, 'report'])) {
      const others = FOLDERS.filter(to => to !== from);
      const refused = await refusedLines(`${from}/index.ts`, others.map(to => `import '${importOf(to)}';\n`).join(''));
      expect([from, refused.map(line => others[line - 1])]).toEqual([from, others.filter(to => !MAY_IMPORT[from].includes(to))]);
    }
  });

  test('have the report at the top of the readers: no other folder may import it', async () => {
    const [, options] = (await settings()).rules!['import/no-restricted-paths'] as [unknown, { zones: { target: string; from: string; except: string[] }[] }];
    const zones = options.zones.filter(({ target }) => target !== './src/report');
    expect(zones.map(({ target }) => target.replace('./src/', '')).sort()).toEqual(Object.keys(MAY_IMPORT).filter(folder => folder !== 'report').sort());
    expect(zones.filter(({ from, except }) => from !== './src' || except.includes('./report'))).toEqual([]);
  });

  test('hold in every file', () => {
    expect([...IMPORTS()].flatMap(([from, others]) => [...others].filter(to => to !== from && !MAY_IMPORT[from].includes(to)).map(to => `${from} → ${to}`))).toEqual([]);
    expect(IMPORTS().get('patterns')).toContain('ground');
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
