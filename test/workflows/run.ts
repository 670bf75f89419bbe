import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { inRepository, TEAMS } from './repositories';

const ROOT = path.resolve(__dirname, '..', '..');
const VENV = path.join(ROOT, '.venv-workflows', 'bin');
const ACTIONLINT = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';
const WORKFLOW = path.join('.github', 'workflows', 'release.yml');

/** What each has to find, so that its silence says something: without its shellcheck, actionlint says nothing of shell lines. */
const PLANTED: [string, string, string, (folder: string) => string][] = [
  ['actionlint finds a permission that there is not', 'contents: read', 'contents: reed', actionlint],
  ['actionlint finds a fault of a shell line', 'run: npm ci', 'run: npm ci $HOME/a b $(cat x)', actionlint],
  ['actionlint finds an input that the called workflow has not', 'environment: development', 'enviroment: development', actionlint],
  ['zizmor finds an action that may change', /checkout@\w{40}/.source, 'checkout@v4', zizmor],
];

const counts = { passed: 0, failed: 0 };
const install = spawnSync('go', ['install', ACTIONLINT], { env: { ...process.env, GOBIN: VENV }, encoding: 'utf8' });
if (install.status !== 0) throw new Error(`${ACTIONLINT} was not installed:\n${install.stderr ?? String(install.error)}`);
TEAMS.forEach(team => {
  check(`workflows of the ${team}, by actionlint and shellcheck`, '', inRepository(team, actionlint));
  check(`workflows of the ${team}, by zizmor`, '', inRepository(team, zizmor));
  check(`release.sh of the ${team}, by shellcheck`, '', inRepository(team, folder => said(path.join(VENV, 'shellcheck'), ['release.sh'], folder)));
});
PLANTED.forEach(([name, from, to, lint]) => inRepository('site', folder => {
  const file = path.join(folder, WORKFLOW);
  const text = readFileSync(file, 'utf8');
  const changed = text.replace(new RegExp(from), to);
  if (changed === text) throw new Error(`${name}: there is no ${from} in ${WORKFLOW}`);
  writeFileSync(file, changed);
  check(name, 'a finding', lint(folder) === '' ? '' : 'a finding');
}));
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;

function check(name: string, expected: string, found: string): void {
  counts[expected === found ? 'passed' : 'failed']++;
  console.log(`${expected === found ? '✓' : '✗'} ${name}${expected === found ? '' : `\n${found || 'nothing was found'}`}`);
}

/** It knows the workflows that others call by the root of the repository. */
function actionlint(folder: string): string {
  mkdirSync(path.join(folder, '.git'), { recursive: true });
  return said(path.join(VENV, 'actionlint'), [], folder);
}

function zizmor(folder: string): string {
  return said(path.join(VENV, 'zizmor'), ['--offline', '--no-progress', '--config', path.join(__dirname, 'zizmor.yml'), '.github/workflows'], folder);
}

/** Nothing where all is well. */
function said(command: string, args: string[], cwd: string): string {
  const env = { ...process.env, PATH: `${VENV}:${process.env.PATH}` };
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (error) throw error;
  return status === 0 ? '' : `${stdout}${stderr}`;
}
