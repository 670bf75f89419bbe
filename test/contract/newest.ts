import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ROOT } from './support/assembly';

/** Development pins the oldest versions that the peers allow; this runs the tests on the newest, in a folder apart. */
const PACKAGES = { 'aws-cdk-lib': '^2.257.0', 'constructs': '^10.5.1', 'cdk-monitoring-constructs': '^10.0.0', 'cdk-nag': '^3.0.2' };

/** What reads files of the repository or starts processes sees nothing of the newest versions. */
const APART = ['examples', 'layers', 'package', 'runbooks', 'surface'].map(name => `test/contract/${name}.test.ts`);

const folder = mkdtempSync(path.join(tmpdir(), 'newest-'));
try {
  install();
  process.exitCode = test();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function install(): void {
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: PACKAGES }));
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock', '--loglevel=error'], { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error('npm could not install the newest versions: a reachable registry is needed');
  Object.keys(PACKAGES).forEach(name => console.log(`${name} ${versionOf(name)}`));
}

function versionOf(name: string): string {
  return (JSON.parse(readFileSync(path.join(folder, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;
}

function test(): number {
  const config = path.join(folder, 'vitest.config.mjs');
  const alias = Object.keys(PACKAGES).map(name => ({ find: `^${name}(?=/|$)`, replacement: path.join(folder, 'node_modules', name) }));
  writeFileSync(config, `
    import base from ${JSON.stringify(path.join(ROOT, 'vitest.config.mts'))};
    const alias = ${JSON.stringify(alias)}.map(({ find, replacement }) => ({ find: new RegExp(find), replacement }));
    const own = Object.entries(base.resolve.alias).map(([find, replacement]) => ({ find, replacement }));
    export default { ...base, resolve: { alias: [...alias, ...own] }, test: { ...base.test, include: ['test/**/*.test.ts'], reporters: ['default'] } };`);
  const { status } = spawnSync(process.execPath, [
    path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--root', ROOT, '--config', config,
    ...APART.flatMap(file => ['--exclude', file]), ...process.argv.slice(2),
  ], { cwd: ROOT, stdio: 'inherit', env: { ...process.env, CDK_VALIDATION: 'false' } });
  return status ?? 1;
}
