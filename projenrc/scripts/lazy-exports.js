// Rewrites the compiled lib/index.js so that a folder is loaded when something of it is first used, as aws-cdk-lib does:
// whoever uses one pattern, or only types, does not pay for the rest.
const { readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const lib = path.resolve(__dirname, '..', '..', 'lib');
const index = path.join(lib, 'index.js');
const EXPORT_STAR = /^__exportStar\(require\("(\.\/[\w-]+)"\), exports\);$/gm;
const SUBMODULE = /^exports\.(\w+) = __importStar\(require\("(\.\/[\w-]+)"\)\);$/gm;

const text = readFileSync(index, 'utf8');
const folders = [...text.matchAll(EXPORT_STAR)].map(([, folder]) => folder);
const submodules = [...text.matchAll(SUBMODULE)].map(([, name, folder]) => [name, folder]);
const exported = text.split('\n').filter(line => line.includes('require("./')).length;
if (folders.length === 0 || folders.length + submodules.length !== exported) {
  console.error(`lazy-exports: of the ${exported} folders that lib/index.js exports, ${folders.length + submodules.length} are understood; has the compiler changed how it writes that?`);
  process.exit(1);
}
const names = folders.flatMap(folder => Object.keys(require(path.join(lib, folder))).map(name => [name, folder]));
const getter = (name, value) => `Object.defineProperty(exports, name = "${name}", { enumerable: true, configurable: true, get: () => ${value} });`;
writeFileSync(index, [
  '"use strict";',
  'Object.defineProperty(exports, "__esModule", { value: true });',
  // Node.js reads names from this line when an ES module imports by name. It would strike them out again at a getter that
  // it cannot follow: hence the names there are not plain text.
  `${[...names, ...submodules].map(([name]) => `exports.${name}`).join(' = ')} = void 0;`,
  'let name;',
  ...names.map(([name, folder]) => getter(name, `require("${folder}").${name}`)),
  ...submodules.map(([name, folder]) => getter(name, `require("${folder}")`)),
  '',
].join('\n'));
