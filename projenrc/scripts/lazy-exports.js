// Rewrites the compiled lib/index.js so that a folder is loaded when something of it is first used, as aws-cdk-lib does:
// whoever uses one pattern, or only types, does not pay for the rest.
const { readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const lib = path.resolve(__dirname, '..', '..', 'lib');
const index = path.join(lib, 'index.js');
const EXPORT_STAR = /^__exportStar\(require\("(\.\/[\w-]+)"\), exports\);$/gm;

const folders = [...readFileSync(index, 'utf8').matchAll(EXPORT_STAR)].map(([, folder]) => folder);
if (folders.length === 0) {
  console.error('lazy-exports: lib/index.js re-exports nothing by __exportStar; has the compiler changed how it writes that?');
  process.exit(1);
}
const names = folders.flatMap(folder => Object.keys(require(path.join(lib, folder))).map(name => [name, folder]));
writeFileSync(index, [
  '"use strict";',
  'Object.defineProperty(exports, "__esModule", { value: true });',
  // Node.js reads names from this line when an ES module imports by name. It would strike them out again at a getter that
  // it cannot follow: hence the names there are not plain text.
  `${names.map(([name]) => `exports.${name}`).join(' = ')} = void 0;`,
  'let name;',
  ...names.map(([name, folder]) =>
    `Object.defineProperty(exports, name = "${name}", { enumerable: true, configurable: true, get: () => require("${folder}").${name} });`),
  '',
].join('\n'));
