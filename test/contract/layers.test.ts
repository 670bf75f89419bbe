import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
['frontend', 'observability', 'access', 'migration'].forEach(folder => { MAY_IMPORT[folder] = BLOCKS; });
MAY_IMPORT.ground = [...BLOCKS, 'frontend', 'observability', 'access', 'migration'];
MAY_IMPORT.patterns = [...MAY_IMPORT.ground, 'ground'];
// Readers of finished templates, which no building block imports.
MAY_IMPORT.template = ['core'];
['checks', 'simulation'].forEach(folder => { MAY_IMPORT[folder] = ['core', 'template']; });
MAY_IMPORT.report = ['core', 'capacity', 'template', 'checks', 'simulation'];

/** Also those that are not there yet: the rule stands before the folder. */
const ALL = Object.keys(MAY_IMPORT);
const FOLDERS = readdirSync(path.join(ROOT, 'src'), { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name);
const RULES = ['max-lines', 'max-lines-per-function'];
/** Where `projen layers` looks besides `src`, and what stands there. */
const ELSEWHERE = ['test', 'integ', 'bench', 'docs', 'examples', 'projenrc'];

/** What each folder imports, of the files that there are. */
const IMPORTS = once(() => new Map(FOLDERS.map(folder => [folder, new Set(sourcesOf(folder).flatMap(importsOf))])));

/** ESLint with the project's own settings of the rules above, and no others: those need the types of the whole project. */
const linter = once(async () => {
  const Legacy = await loadESLint({ useFlatConfig: false });
  const project = await new Legacy({ cwd: ROOT }).calculateConfigForFile(path.join(ROOT, 'src/core/index.ts')) as Linter.LegacyConfig;
  const rules = Object.fromEntries(RULES.map(rule => [rule, project.rules?.[rule]]));
  return new Legacy({
    cwd: ROOT,
    useEslintrc: false,
    overrideConfig: { root: true, parser: project.parser, rules },
  } as ESLint.LegacyOptions);
});

/** An import that `projen layers` refuses. */
interface Refusal {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string; readonly severity: string };
}

/** What the command of `projen layers` refuses in a tree where every folder of `src` imports every other, and circles stand elsewhere. */
const refused = once((): Refusal[] => {
  const tree = mkdtempSync(path.join(tmpdir(), 'layers-'));
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  };
  ALL.forEach(folder => {
    write(`src/${folder}/target.ts`, 'export const target = 1;\nexport interface Target { readonly a: string }\n');
    write(`src/${folder}/values.ts`, ALL.map(to => `import { target as ${to} } from '../${to}/target';\n`).join('') + `export const all = [${ALL.join()}];\n`);
    write(`src/${folder}/types.ts`, ALL.map(to => `export type { Target as ${to} } from '../${to}/target';\n`).join(''));
  });
  ['src/core', ...ELSEWHERE].forEach(folder => {
    write(`${folder}/egg.ts`, 'import { hen } from \'./hen\';\nexport const egg = () => hen;\n');
    write(`${folder}/hen.ts`, 'import { egg } from \'./egg\';\nexport const hen = () => egg;\n');
    write(`${folder}/nest.ts`, 'import { egg } from \'./egg\';\nexport const nest = [egg];\n');
  });
  write('.projenrc.ts', '');
  cpSync(path.join(ROOT, '.dependency-cruiser.json'), path.join(tree, '.dependency-cruiser.json'));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(tree, 'node_modules'));
  const { stdout, stderr } = spawnSync('bash', ['-c', `npx --no ${command()} --output-type json`], { cwd: tree, encoding: 'utf8' });
  rmSync(tree, { recursive: true });
  if (stdout === '') throw new Error(`dependency-cruiser did not run: ${stderr}`);
  return (JSON.parse(stdout) as { summary: { violations: Refusal[] } }).summary.violations;
});

/** The command that `projen layers` runs, which `projen test` does too. */
function command(): string {
  const { tasks } = JSON.parse(readFileSync(path.join(ROOT, '.projen', 'tasks.json'), 'utf8')) as { tasks: { [name: string]: { steps: { exec?: string; spawn?: string }[] } } };
  expect(tasks.test.steps).toContainEqual({ spawn: 'layers' });
  const [{ exec }] = tasks.layers.steps;
  return exec!;
}

/** Files of a folder. */
function sourcesOf(folder: string): string[] {
  return readdirSync(path.join(ROOT, 'src', folder), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts')).map(file => path.join(ROOT, 'src', folder, file));
}

/** Folders that a file imports from. */
function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/ from '(\.[^']*)'/g)]
    .map(([, target]) => path.relative(path.join(ROOT, 'src'), path.resolve(path.dirname(file), target)).split(path.sep)[0]);
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

  test.each(['values', 'types'])('are what is refused, of a file in each folder that imports every other: %s', what => {
    for (const from of ALL) {
      const others = ALL.filter(to => to !== from);
      const notAllowed = refused().filter(({ rule, ...each }) => rule.severity === 'error' && rule.name === from && each.from === `src/${from}/${what}.ts`).map(({ to }) => to);
      expect([from, notAllowed.sort()]).toEqual([from, others.filter(to => !MAY_IMPORT[from].includes(to)).map(to => `src/${to}/target.ts`).sort()]);
    }
  });

  test('hold in every file', () => {
    expect([...IMPORTS()].flatMap(([from, others]) => [...others].filter(to => to !== from && !MAY_IMPORT[from].includes(to)).map(to => `${from} → ${to}`))).toEqual([]);
    expect(IMPORTS().get('patterns')).toContain('ground');
  });

  test.each(['src/core', ...ELSEWHERE])('form no cycle: two files that import each other are refused, in %s', folder => {
    const circles = refused().filter(({ from, rule }) => from.startsWith(`${folder}/`) && rule.name === 'no-cycle' && rule.severity === 'error');
    // A circle is told once, from either side; what only leads into it is none.
    expect(circles.map(({ from, to }) => [from, to].sort())).toEqual([[`${folder}/egg.ts`, `${folder}/hen.ts`]]);
  });
});

/** Files that an `index.ts` exports, of its own folder or of one below it. */
function exportedFiles(): string[] {
  return FOLDERS.flatMap(sourcesOf).filter(file => path.basename(file) === 'index.ts').flatMap(index =>
    [...readFileSync(index, 'utf8').matchAll(/^export .* from '(\.[^']*)'/gm)].map(([, target]) => `${path.resolve(path.dirname(index), target)}.ts`));
}

describe('what is internal', () => {
  const fromRoot = (file: string) => path.relative(ROOT, file);
  const isPrivate = (file: string) => file.split(path.sep).includes('private');
  const files = () => FOLDERS.flatMap(sourcesOf).filter(file => path.basename(file) !== 'index.ts');

  test('is in `private/`: every file that no index exports', () => {
    const exported = exportedFiles();
    expect(exported.length).toBeGreaterThan(50);
    expect(files().filter(file => !isPrivate(file) && !exported.includes(file)).map(fromRoot)).toEqual([]);
  });

  test('is all that is in `private/`', () => {
    expect(files().filter(isPrivate).length).toBeGreaterThan(50);
    expect(exportedFiles().filter(isPrivate).map(fromRoot)).toEqual([]);
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
