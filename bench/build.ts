import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { transformFileSync } from '@swc/core';

const ROOT = path.resolve(__dirname, '..');
const BUILD = path.join(ROOT, 'bench', '.build');

/**
 * Compiles what is measured to JavaScript, as an app is in production, and puts the package, as it is published, where the
 * sources are imported from.
 *
 * @returns the folder of the compiled files
 */
export function build(): string {
  rmSync(BUILD, { recursive: true, force: true });
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));
  for (const file of files) {
    const { code } = transformFileSync(path.join(__dirname, file), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    const target = path.join(BUILD, 'bench', file.replace(/\.ts$/, '.js'));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
  mkdirSync(path.join(BUILD, 'src'));
  writeFileSync(path.join(BUILD, 'src', 'index.js'), `module.exports = require(${JSON.stringify(ROOT)});\n`);
  return path.join(BUILD, 'bench');
}
