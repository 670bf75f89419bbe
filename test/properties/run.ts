import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { judge, Verdict } from './judge';
import { PlatformCode } from './made';
import { ids, sets, stacks } from './sets';
import { spaApiSets } from './spa-api-sets';

/** What a failure is asked again with. */
const AGAIN = 'npx projen test:properties --runs 1000 --seed';
/** Templates of so many platforms are shown to cfn-lint, which takes seconds for each. */
const LINTED = 5;
const CFN_LINT = path.join('.venv', 'bin', 'cfn-lint');

const { values } = parseArgs({
  args: process.argv.slice(2).filter(arg => arg !== '--'),
  options: { seed: { type: 'string' }, runs: { type: 'string', default: '320' } },
});
const numRuns = Number(values.runs);

/** A third of them of the smaller pattern. */
const platforms: fc.Arbitrary<PlatformCode> = fc.oneof({ withCrossShrink: true },
  { weight: 2, arbitrary: fc.record({ pattern: fc.constant('ElasticWebPlatform' as const), stack: stacks, id: ids, props: sets }) },
  { weight: 1, arbitrary: fc.record({ pattern: fc.constant('SpaApiPlatform' as const), stack: stacks, id: ids, props: spaApiSets }) },
);
const counts = { passed: 0, failed: 0 };
const made: Extract<Verdict, { kind: 'made' }>[] = [];
if (values.seed === undefined) {
  // One that every change is judged by alike, and one that nobody has seen.
  void sideBySide([20_261_130, Date.now() % 2 ** 31]);
} else {
  tryAll(Number(values.seed));
  lint();
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

/** A process for each seed; each counts for itself. */
async function sideBySide(seeds: number[]): Promise<void> {
  const codes = await Promise.all(seeds.map(seed => new Promise<number>(resolve => {
    const args = [...process.execArgv, '--max-semi-space-size=64', __filename, '--seed', String(seed), '--runs', values.runs];
    spawn(process.execPath, args, { stdio: 'inherit' }).on('close', code => resolve(code ?? 1));
  })));
  process.exitCode = Math.max(...codes);
}

/** Any set of props is made, and clean, or refused by the library; the smallest that is neither is printed. */
function tryAll(seed: number): void {
  const seen = { made: 0, refused: 0, bad: 0 };
  const result = fc.check(fc.property(platforms, code => {
    const verdict = judge(code);
    seen[verdict.kind]++;
    if (verdict.kind === 'bad') throw new Error(verdict.problem);
    if (verdict.kind === 'made' && seen.bad === 0 && seen.made % Math.ceil(numRuns / 8) === 1) made.push(verdict);
  }), { seed, numRuns });
  console.log(`seed ${seed}: ${seen.made} platforms made, ${seen.refused} refused`);
  if (result.failed) return fail(`${written(result.counterexample![0])}\n\n${String(result.errorInstance)}\n\nAgain: ${AGAIN} ${seed}`);
  // Sets that are all refused, or all made, would try half of what there is.
  if (Math.min(seen.made, seen.refused) < numRuns / 5) return fail('too few were made, or too few refused: look at sets.ts');
  counts.passed += numRuns;
}

function fail(why: string): void {
  console.log(why);
  counts.failed++;
}

function written({ pattern, stack, id, props }: PlatformCode): string {
  return `const stack = new Stack(app, 'Stack', ${stack});\nnew ${pattern}(stack, ${id}, ${props});`;
}

function lint(): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'properties-'));
  try {
    const files = made.slice(0, LINTED).flatMap(({ templates }, index) => templates.map(({ template }, stack) => {
      const file = path.join(folder, `${index}-${stack}.json`);
      writeFileSync(file, JSON.stringify(template));
      return file;
    }));
    const { stdout, stderr, status } = spawnSync(CFN_LINT, ['--format', 'parseable', '--regions', 'us-east-1', '--', ...files], { encoding: 'utf8' });
    if (status === 0) counts.passed++;
    else fail(`cfn-lint: ${stdout}${stderr}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
