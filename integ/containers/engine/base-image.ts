import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Cleanup } from './cleanup';
import { run } from './command';
import { ContainerEngine, installIfMissing } from './container-engine';
import { removeFolder } from './temporary-folder';

const RELEASE = 'bookworm';
const PUBLISHED = `debian:${RELEASE}-slim`;
const BOOTSTRAPPED = `container-proof/${RELEASE}:latest`;
/** Beside other caches, which git and the packages do not take. */
const ARCHIVE = resolve(__dirname, '../../../node_modules/.cache/container-proof', `${RELEASE}.tar`);
const HOURS_KEPT = 12;

/** The Debian that the proof's images are built from: the published one, or one made from the distribution's packages. */
export async function obtainBase(engine: ContainerEngine, cleanup: Cleanup): Promise<string> {
  if (engine.pulls && await canPull(engine)) return PUBLISHED;
  await bootstrap(engine, cleanup);
  return BOOTSTRAPPED;
}

async function canPull({ docker }: ContainerEngine): Promise<boolean> {
  return docker.do(['pull', '--quiet', PUBLISHED], { seconds: 120 }).then(() => true, () => false);
}

async function bootstrap({ docker }: ContainerEngine, cleanup: Cleanup): Promise<void> {
  if (!isFresh(ARCHIVE)) await makeArchive(cleanup);
  await docker.do(['import', ARCHIVE, BOOTSTRAPPED], { seconds: 120 });
  cleanup.add('the base image', () => docker.do(['rmi', '--force', BOOTSTRAPPED]));
}

/** Made by a proof today: the proofs of one CI run share it. */
function isFresh(file: string): boolean {
  return existsSync(file) && Date.now() - statSync(file).mtimeMs < HOURS_KEPT * 3_600_000;
}

async function makeArchive(cleanup: Cleanup): Promise<void> {
  await installIfMissing('debootstrap', 'debootstrap');
  const folder = mkdtempSync(join(tmpdir(), 'container-proof-base-'));
  cleanup.add('the base image\'s files', () => removeFolder(folder));
  const root = join(folder, 'root');
  await run('debootstrap', ['--variant=minbase', RELEASE, root, ...await configuredMirror()], { seconds: 300 });
  writeFileSync(join(root, 'etc/dpkg/dpkg.cfg.d/unsafe-io'), 'force-unsafe-io\n');
  // As in the published images: a package that is installed does not start its service.
  writeFileSync(join(root, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  await run('chroot', [root, 'apt-get', 'clean']);
  mkdirSync(dirname(ARCHIVE), { recursive: true });
  // Under another name until it is whole.
  const unfinished = `${ARCHIVE}.${process.pid}`;
  cleanup.add('the unfinished archive', async () => rmSync(unfinished, { force: true }));
  await run('tar', ['--directory', root, '--create', '--file', unfinished, '.'], { seconds: 120 });
  renameSync(unfinished, ARCHIVE);
  await removeFolder(root);
}

/** The mirror that this machine has its own Debian packages from; none lets debootstrap use its default. */
async function configuredMirror(): Promise<string[]> {
  const mirrors = await mirrorsInUse();
  if (mirrors.length > 0) return mirrors.slice(0, 1);
  // Who publishes a source is known once its index is here, which a slim image has removed.
  await run('apt-get', ['update'], { seconds: 120 });
  return (await mirrorsInUse()).slice(0, 1);
}

async function mirrorsInUse(): Promise<string[]> {
  const fields = ['Identifier: Packages', 'Origin: Debian', 'Label: Debian', 'Component: main'];
  const targets = await run('apt-get', ['indextargets', '--format', '$(REPO_URI)', ...fields]);
  return targets.split('\n').filter(uri => /^https?:/.test(uri));
}
