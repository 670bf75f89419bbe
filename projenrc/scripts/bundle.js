// Makes one file of the compiled package. A part runs when something of it is first used, as aws-cdk-lib does it: whoever uses one pattern, or
// only types, does not pay for the rest; and what is used is not searched, opened and read file by file.
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { build } = require('esbuild');

const root = path.resolve(__dirname, '..', '..');
const lib = path.join(root, 'lib');
const EXPORT_STAR = /^__exportStar\(require\("(\.\/[\w-]+)"\), exports\);$/gm;
const SUBMODULE = /^exports\.(\w+) = __importStar\(require\("(\.\/[\w-]+)"\)\);$/gm;
/** What exports the parts of the package. */
const INDEXES = ['patterns/index.js', 'index.js'].map(file => path.join(lib, file));
/** Factories, whose methods alone use what they load: a choice that nobody makes is not loaded. */
const FACTORIES = ['compute/compute', 'data/database', 'data/sessions', 'data/cache', 'storage/media'].map(file => path.join(lib, `${file}.js`));

void make();

async function make() {
  await build({
    entryPoints: [path.join(lib, 'index.js')],
    outfile: path.join(root, require('../../package.json').main),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.16',
    packages: 'external',
    logLevel: 'warning',
    // Node.js reads from such a line which names an ES module may import.
    footer: { js: `0 && (module.exports = { ${Object.keys(require(lib)).join(', ')} });` },
    plugins: [{
      name: 'when-used',
      setup: ({ onLoad }) => onLoad({ filter: /\.js$/, namespace: 'file' }, ({ path: file }) => ({ contents: whenUsed(file, readFileSync(file, 'utf8')) })),
    }],
  });
}

function whenUsed(file, text) {
  if (INDEXES.includes(file)) return partsWhenUsed(file, text);
  if (FACTORIES.includes(file)) return choicesWhenUsed(file, text);
  return text;
}

function partsWhenUsed(index, text) {
  const parts = [...text.matchAll(EXPORT_STAR)].map(([, part]) => part);
  const submodules = [...text.matchAll(SUBMODULE)].map(([, name, part]) => [name, part]);
  const exported = text.split('\n').filter(line => line.includes('require("./')).length;
  if (parts.length === 0 || parts.length + submodules.length !== exported) {
    throw new Error(`of the ${exported} parts that ${index} exports, ${parts.length + submodules.length} are understood; has the compiler changed how it writes that?`);
  }
  // Node.js strikes a name out again at a getter that it cannot follow: hence the names there are not plain text.
  const getter = (name, value) => `Object.defineProperty(exports, name = ${JSON.stringify(name)}, { enumerable: true, configurable: true, get: () => ${value} });`;
  return [
    'Object.defineProperty(exports, "__esModule", { value: true });',
    'let name;',
    ...parts.flatMap(part => Object.keys(require(path.join(path.dirname(index), part))).map(name => getter(name, `require("${part}").${name}`))),
    ...submodules.map(([name, part]) => getter(name, `require("${part}")`)),
    '',
  ].join('\n');
}

function choicesWhenUsed(file, text) {
  const loads = [...text.matchAll(/^const (\w+) = (require\("\.\.?\/[\w/.-]+"\));$/gm)];
  if (loads.length === 0) throw new Error(`${file} loads nothing that is understood; has the compiler changed how it writes that?`);
  const later = (left, [line, name, load]) => left.replace(`${line}\n`, '').replace(new RegExp(`\\b${name}\\.(\\w+)`, 'g'), `(${load}.$1)`);
  return loads.reduce(later, text);
}
