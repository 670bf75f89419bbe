import { existsSync, readFileSync, rmSync } from 'node:fs';
import { run } from './command';

/** Removes a folder, and first what is mounted in it: a command that was killed leaves its mounts behind. */
export async function removeFolder(folder: string): Promise<void> {
  for (const mount of mountsBelow(folder).reverse()) await run('umount', ['--lazy', mount]);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function mountsBelow(folder: string): string[] {
  if (!existsSync('/proc/mounts')) return [];
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n').map(line => line.split(' ')[1] ?? '');
  return mounts.filter(path => path.startsWith(`${folder}/`));
}
