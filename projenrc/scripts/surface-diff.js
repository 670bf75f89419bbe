// Prints how the public surface differs from the last one that landed, whose revision is in `.ci/landed`. A difference is no error
// before the first release; a revision that cannot be compiled is.
const { execFileSync } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync, symlinkSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { compareAssemblies } = require('jsii-diff');
const { TypeSystem } = require('jsii-reflect');

const root = path.resolve(__dirname, '..', '..');
const landed = readFileSync(path.join(root, '.ci', 'landed'), 'utf8').trim();

main();

async function main() {
  const folder = mkdtempSync(path.join(tmpdir(), 'landed-'));
  try {
    compile(landed, folder);
    const [before, after] = await Promise.all([folder, root].map(assemblyIn));
    const changes = [...compareAssemblies(before, after, { defaultStability: 'stable' }).messages()].sort();
    changes.forEach(change => console.log(change));
    console.log(`${changes.length} changes since ${landed} that its users would have to follow`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Compiles a revision in a folder, with the packages of this one. */
function compile(revision, folder) {
  const archive = execFileSync('git', ['archive', revision], { cwd: root, maxBuffer: 2 ** 30 });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  execFileSync('npx', ['jsii', '--silence-warnings=reserved-word'], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
}

async function assemblyIn(folder) {
  return new TypeSystem().load(folder, { validate: false, supportedFeatures: ['intersection-types'] });
}
