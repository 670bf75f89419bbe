import { once } from '../support/platform';
import { readAssembly } from './support/assembly';
import { compileExamples } from './support/examples';

const PLANTED = 'Traffic.steady({ rps: \'many\' });';

/** The library's examples, and a broken one after them: what is said of it shows that the others are looked at as well. */
const compilation = once(() => {
  const assembly = readAssembly();
  const { markdown } = assembly.readme!;
  const line = markdown.split('\n').length + 2;
  const compiled = compileExamples({ ...assembly, readme: { markdown: `${markdown}\n\n\`\`\`ts\n${PLANTED}\n\`\`\`\n` } });
  const planted = new RegExp(`^cdk-platform-patterns-README-L(${line}|${line + 1})\\.ts:`);
  return {
    ...compiled,
    ofLibrary: compiled.errors.filter(error => !planted.test(error)),
    ofPlanted: compiled.errors.filter(error => planted.test(error)),
    expected: 1 + [markdown, JSON.stringify(assembly.types)].join().match(/^```(ts|typescript)\b|"example":/gm)!.length,
  };
});

describe('examples of the README and of docstrings, by jsii-rosetta in strict mode', () => {
  test('are all looked at', () => {
    const { examples, expected, output } = compilation();
    if (examples !== expected) throw new Error(`${expected} examples expected, ${examples} looked at:\n${output}`);
  }, 120_000);

  test('compile', () => {
    const { ofLibrary, errors, output } = compilation();
    if (ofLibrary.length > 0 || errors.length !== 1) throw new Error(output);
  });

  test('do not compile when they are broken', () => {
    const { failed, ofPlanted } = compilation();
    expect(failed).toBe(true);
    expect(ofPlanted).toEqual([expect.stringContaining('error TS2322: Type \'string\' is not assignable to type \'number\'')]);
  });
});
