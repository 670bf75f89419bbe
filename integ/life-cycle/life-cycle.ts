import { readdirSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { CaseLife } from './case-life';
import { LocalAws } from '../emulator/local-aws';
import { main, Problem, step, stopAtSignal } from '../emulator/progress';

const INTEG = path.resolve(__dirname, '..');
/** Where cases besides that of us-east-1 stand. */
const REGIONS = ['sa-east-1'];

/**
 * The life of every integration case on the local AWS: deployed, made larger, given another image, deleted. Names of cases
 * may follow, such as `fargate`.
 */
main(async () => {
  const asked = process.argv.slice(2);
  const cases = readdirSync(INTEG).flatMap(file => /^integ\.(.+)\.ts$/.exec(file)?.[1] ?? [])
    .filter(name => asked.length === 0 || asked.some(each => name.endsWith(each)));
  if (cases.length === 0) throw new Problem(`no case is named ${asked.join(' or ')}`);
  const problems: string[] = [];
  for (const name of cases) problems.push(...await live(name));
  problems.forEach(problem => console.error(`✗ ${problem}`));
  const failed = new Set(problems.map(problem => problem.split(':')[0])).size;
  console.log(`\n${cases.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
});

/** Each case has a local AWS of its own: what it leaves behind is its own. */
async function live(name: string): Promise<string[]> {
  const aws = new LocalAws();
  const forget = stopAtSignal(() => aws.stopOwn());
  try {
    await step(`${name}: starting the local AWS`, () => aws.start());
    await step(`${name}: bootstrapping its account for CDK`, () => aws.bootstrap(...REGIONS));
    return (await new CaseLife(name, aws).live()).map(problem => `${name}: ${problem}`);
  } catch (error) {
    return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
  } finally {
    if (aws.started) await aws.stopOwn();
    rmSync(path.join(INTEG, '..', '.life-cycle', name), { recursive: true, force: true });
    forget();
  }
}
