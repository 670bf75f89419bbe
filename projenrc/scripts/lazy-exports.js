// Rewrites the compiled indexes of the package and of its patterns so that a part is loaded when something of it is first used, as aws-cdk-lib does:
// whoever uses one pattern, or only types, does not pay for the rest.
const { readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const lib = path.resolve(__dirname, '..', '..', 'lib');
const EXPORT_STAR = /^__exportStar\(require\("(\.\/[\w-]+)"\), exports\);$/gm;
const SUBMODULE = /^exports\.(\w+) = __importStar\(require\("(\.\/[\w-]+)"\)\);$/gm;
const getter = (name, value) => `Object.defineProperty(exports, name = "${name}", { enumerable: true, configurable: true, get: () => ${value} });`;

// The patterns first, since the package's index asks what they export.
['patterns', '.'].forEach(folder => makeLazy(path.join(lib, folder)));

function makeLazy(folder) {
  const index = path.join(folder, 'index.js');
  const text = readFileSync(index, 'utf8');
  const parts = [...text.matchAll(EXPORT_STAR)].map(([, part]) => part);
  const submodules = [...text.matchAll(SUBMODULE)].map(([, name, part]) => [name, part]);
  const exported = text.split('\n').filter(line => line.includes('require("./')).length;
  if (parts.length === 0 || parts.length + submodules.length !== exported) {
    console.error(`lazy-exports: of the ${exported} parts that ${index} exports, ${parts.length + submodules.length} are understood; has the compiler changed how it writes that?`);
    process.exit(1);
  }
  const names = parts.flatMap(part => Object.keys(require(path.join(folder, part))).map(name => [name, part]));
  writeFileSync(index, [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    // Node.js reads names from this line when an ES module imports by name. It would strike them out again at a getter that
    // it cannot follow: hence the names there are not plain text.
    `${[...names, ...submodules].map(([name]) => `exports.${name}`).join(' = ')} = void 0;`,
    'let name;',
    ...names.map(([name, part]) => getter(name, `require("${part}").${name}`)),
    ...submodules.map(([name, part]) => getter(name, `require("${part}")`)),
    '',
  ].join('\n'));
}

// Factories, whose methods alone use what they load: a choice that nobody makes is not loaded.
['compute/compute', 'data/database', 'data/sessions', 'data/cache', 'storage/media'].forEach(file => loadWhenUsed(path.join(lib, `${file}.js`)));

function loadWhenUsed(file) {
  const text = readFileSync(file, 'utf8');
  const loads = [...text.matchAll(/^const (\w+) = (require\("\.\.?\/[\w/.-]+"\));$/gm)];
  if (loads.length === 0) {
    console.error(`lazy-exports: ${file} loads nothing that is understood; has the compiler changed how it writes that?`);
    process.exit(1);
  }
  const later = (left, [line, name, load]) => left.replace(`${line}\n`, '').replace(new RegExp(`\\b${name}\\.(\\w+)`, 'g'), `(${load}.$1)`);
  writeFileSync(file, loads.reduce(later, text));
}
