// Makes a virtual environment (.venv) from its requirements (integ/requirements.txt); does nothing when it is there and as new as they are.
const { spawnSync } = require('node:child_process');
const { existsSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..', '..');
const [folder = '.venv', list = 'integ/requirements.txt'] = process.argv.slice(2);
const requirements = path.join(root, list);
const venv = path.join(root, folder);
const stamp = path.join(venv, 'requirements.txt');

const wanted = readFileSync(requirements, 'utf8');
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) process.exit(0);

const version = spawnSync('python3', ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], { encoding: 'utf8' });
const [major, minor] = (version.stdout ?? '').trim().split('.').map(Number);
if (version.status !== 0 || major < 3 || (major === 3 && minor < 10)) {
  console.error(`Python 3.10 or newer is needed as "python3" for the local AWS and the linters, found ${(version.stdout ?? '').trim() || 'none'}.`);
  console.error('Install it (Debian: apt-get install python3 python3-venv) and run the command again.');
  process.exit(1);
}
console.log(`venv: making ${folder} from ${list}`);
rmSync(venv, { recursive: true, force: true });
run('python3', ['-m', 'venv', venv]);
run(path.join(venv, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
writeFileSync(stamp, wanted);

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`venv: "${command} ${args.join(' ')}" failed; python3-venv and a reachable PyPI are needed.`);
    process.exit(status ?? 1);
  }
}
