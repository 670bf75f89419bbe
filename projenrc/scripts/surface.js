// The public surface that landed last: `record` keeps that of `.jsii` in `.ci/surface.gz`, without texts; `diff` prints how `.jsii`
// differs from it. A difference is no error before the first release.
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { gunzipSync, gzipSync } = require('node:zlib');
const { compareAssemblies } = require('jsii-diff');
const { TypeSystem } = require('jsii-reflect');

const root = path.resolve(__dirname, '..', '..');
const landed = path.join(root, '.ci', 'surface.gz');
/** What a comparison does not read, or what differs on every machine. */
const LEFT_OUT = ['readme', 'author', 'fingerprint', 'metadata'];
const TEXTS = ['summary', 'remarks', 'example', 'returns', 'see'];

main();

async function main() {
  if (process.argv[2] === 'record') return record();
  const folder = mkdtempSync(path.join(root, '.landed-'));
  try {
    writeFileSync(path.join(folder, '.jsii'), gunzipSync(readFileSync(landed)));
    writeFileSync(path.join(folder, 'package.json'), readFileSync(path.join(root, 'package.json')));
    const [before, after] = await Promise.all([folder, root].map(each => new TypeSystem().load(each, { validate: false, supportedFeatures: ['intersection-types'] })));
    const changes = [...compareAssemblies(before, after, { defaultStability: 'stable' }).messages()].sort();
    changes.forEach(change => console.log(change));
    console.log(`${changes.length} changes of what landed last that its users would have to follow`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function record() {
  const assembly = JSON.parse(readFileSync(path.join(root, '.jsii'), 'utf8'), (key, value) => TEXTS.includes(key) && typeof value === 'string' ? undefined : value);
  LEFT_OUT.forEach(key => delete assembly[key]);
  writeFileSync(landed, gzipSync(JSON.stringify(assembly), { level: 9 }));
}
