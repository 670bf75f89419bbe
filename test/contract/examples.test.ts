import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { once } from '../support/platform';
import { readAssembly, ROOT } from './support/assembly';
import { compileExamples } from './support/examples';

const PLANTED = 'Traffic.steady({ rps: \'many\' });';

interface Page {
  readonly name: string;
  readonly lines: string[];
}

/** The pages whose examples a reader pastes. */
function pages(): Page[] {
  const docs = readdirSync(path.join(ROOT, 'docs')).filter(file => file.endsWith('.md')).sort();
  return ['README.md', ...docs.map(file => `docs/${file}`)]
    .map(name => ({ name, lines: readFileSync(path.join(ROOT, name), 'utf8').trimEnd().split('\n') }));
}

/** The examples of the library and its pages, and a broken one after them: what is said of it shows that the others are looked at too. */
const compilation = once(() => {
  const assembly = readAssembly();
  const broken = { name: 'planted', lines: ['```ts', PLANTED, '```'] };
  const all = [...pages(), broken];
  const markdown = all.flatMap(({ lines }) => [...lines, '']).join('\n');
  const compiled = compileExamples({ ...assembly, readme: { markdown } });
  const errors = compiled.errors.map(error => located(error, all));
  return {
    ...compiled,
    ofLibrary: errors.filter(error => !error.startsWith('planted:')),
    ofPlanted: errors.filter(error => error.startsWith('planted:')),
    expected: [markdown, JSON.stringify(assembly.types)].join().match(/^ *```(ts|typescript)\b|"example":/gm)!.length,
  };
});

/** The error with the page and the line of its example, in place of the line in all pages together. */
function located(error: string, all: Page[]): string {
  const [whole, line] = /^cdk-platform-patterns-README-L(\d+)\.ts:\d+:\d+/.exec(error) ?? [];
  if (whole === undefined) return error;
  let left = Number(line);
  const page = all.find(({ lines }) => left <= lines.length || (left -= lines.length + 1) < 0);
  return error.replace(whole, `${page?.name ?? 'nowhere'}:${left}`);
}

describe('examples of the README, of the pages in docs and of docstrings, by jsii-rosetta in strict mode', () => {
  test('are all looked at', () => {
    const { examples, expected, output } = compilation();
    if (examples !== expected) throw new Error(`${expected} examples expected, ${examples} looked at:\n${output}`);
  });

  test('compile', () => {
    const { ofLibrary, ofPlanted, output } = compilation();
    if (ofLibrary.length > 0) throw new Error(ofLibrary.join('\n'));
    if (ofPlanted.length !== 1) throw new Error(output);
  });

  test('do not compile when they are broken', () => {
    const { failed, ofPlanted } = compilation();
    expect(failed).toBe(true);
    expect(ofPlanted).toEqual([expect.stringContaining('error TS2322: Type \'string\' is not assignable to type \'number\'')]);
  });
});
