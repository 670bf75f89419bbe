import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { LocalAws, REGION } from './local-aws';
import { main, Problem, step, stopAtSignal } from './progress';
import { printRecordedOnly } from './recorded-only';

const ROOT = path.resolve(__dirname, '..', '..');
const INTEG = path.join(ROOT, 'integ');
/** Where cases stand that are not in us-east-1. */
const FURTHER_REGIONS = ['sa-east-1'];

/**
 * Runs integ-runner: `local` on a local AWS of its own, `sandbox` in the account of the environment's credentials.
 * Further arguments are for integ-runner: such as names of tests.
 */
main(async () => {
  const [place, ...further] = process.argv.slice(2);
  if (place === 'sandbox') return runIntegRunner(process.env, further);
  if (place !== 'local') throw new Problem(`expected "local" or "sandbox" first, got "${place ?? ''}"`);
  await runLocally(further);
});

async function runLocally(further: string[]): Promise<void> {
  const aws = new LocalAws();
  const forget = stopAtSignal(() => aws.stopOwn());
  try {
    await step(`starting the local AWS on ${aws.url}`, () => aws.start());
    await step('bootstrapping its account for CDK', () => aws.bootstrap(...FURTHER_REGIONS));
    await step('running integ-runner', () => runIntegRunner(aws.environment, further));
    printRecordedOnly(aws.recordedOnly());
  } finally {
    if (aws.started) await step('stopping the local AWS', () => aws.stopOwn());
    forget();
  }
}

function runIntegRunner(environment: NodeJS.ProcessEnv, further: string[]): void {
  const { status } = spawnSync(path.join(ROOT, 'node_modules', '.bin', 'integ-runner'), [
    '--directory', 'integ',
    '--language', 'typescript', '--app', 'tsx {filePath}',
    '--parallel-regions', REGION, ...FURTHER_REGIONS,
    // Tests begin in an account without an earlier deployment to update.
    '--no-update-workflow',
    // Deploy and assert always, not only when a template has changed.
    '--force', '--verbose', '--strict',
    ...further,
  ], { cwd: ROOT, env: environment, stdio: 'inherit' });
  tidySnapshots();
  if (status !== 0) throw new Problem('integ-runner failed');
}

/**
 * Snapshots are committed and hold what a later run compares: templates. The bundled assertion code goes, and so does the
 * metadata, which names files of this machine; integ-runner wants its file to be there.
 */
function tidySnapshots(): void {
  readdirSync(INTEG).filter(name => name.endsWith('.snapshot')).forEach(snapshot => {
    const folder = path.join(INTEG, snapshot);
    readdirSync(folder).forEach(name => {
      if (name.startsWith('asset.') || name === 'tree.json') rmSync(path.join(folder, name), { recursive: true });
      if (name.endsWith('.metadata.json')) writeFileSync(path.join(folder, name), '{}\n');
    });
  });
}
