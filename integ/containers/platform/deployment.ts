import { mkdtempSync, rmSync } from 'node:fs';
import { AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AwsClients } from './aws';
import { StackResources } from './stack-resources';
import { LocalAws } from '../../emulator/local-aws';
import { Cleanup } from '../engine/cleanup';
import { run } from '../engine/command';

const ROOT = resolve(__dirname, '..', '..', '..');

/** An app in this folder, and those of its stacks that are deployed. */
export interface DeployedApp {
  readonly file: string;
  readonly stacks: readonly string[];
}

export interface Deployment {
  readonly aws: AwsClients;
  /** What stands, in the order of the stacks. */
  readonly resources: readonly StackResources[];
}

/** Deploys an app with the stock CDK command line, on a local AWS that is started for it. */
export async function deploy({ file, stacks }: DeployedApp, cleanup: Cleanup): Promise<Deployment> {
  const local = new LocalAws(await freePort());
  // Before the start, so that one that hangs while starting is ended, too.
  cleanup.add('the local AWS', async () => {
    await local.stop();
    rmSync(local.folder, { recursive: true, force: true });
  });
  await local.start();
  local.bootstrap();
  const output = mkdtempSync(join(tmpdir(), 'container-proof-cdk-'));
  cleanup.add('the synthesized app', async () => rmSync(output, { recursive: true, force: true }));
  const tool = (name: string) => join(ROOT, 'node_modules', '.bin', name);
  const app = `${tool('tsx')} ${join(ROOT, 'integ/containers', file)}`;
  await run(tool('cdk'), ['deploy', ...stacks, '--concurrency', String(stacks.length), '--app', app, '--output', output, '--require-approval', 'never'], {
    cwd: ROOT, environment: local.environment, seconds: 240,
  });
  const aws = new AwsClients(local);
  return { aws, resources: await Promise.all(stacks.map(stack => StackResources.of(aws, stack))) };
}

/** A port that nobody listens on, so that the local AWS of someone's demo may run on. */
function freePort(): Promise<number> {
  return new Promise((found, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => found(port));
    });
  });
}
