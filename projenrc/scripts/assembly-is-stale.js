// Exits with 0 when .jsii is missing or older than what it is made from, else with 1.
const { existsSync, readdirSync, statSync } = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..', '..');
const assembly = path.join(root, '.jsii');
const made = existsSync(assembly) ? statSync(assembly).mtimeMs : 0;
const inputs = readdirSync(path.join(root, 'src'), { recursive: true })
  .map(file => path.join(root, 'src', file))
  .concat([path.join(root, 'README.md'), path.join(root, 'package.json')]);
process.exit(inputs.some(file => statSync(file).mtimeMs > made) ? 0 : 1);
