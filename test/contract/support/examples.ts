import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Assembly, ROOT } from './assembly';

/** What jsii-rosetta says of examples. */
export interface Compilation {
  readonly failed: boolean;
  readonly examples: number;
  /** Such as `cdk-platform-patterns-README-L12.ts:3:10 - error TS2322: …`. */
  readonly errors: string[];
  readonly output: string;
}

/** Compiles and translates the examples of an assembly, by jsii-rosetta in strict mode. */
export function compileExamples(assembly: Assembly): Compilation {
  const folder = mkdtempSync(path.join(tmpdir(), 'examples-'));
  try {
    writeFileSync(path.join(folder, '.jsii'), JSON.stringify(assembly));
    cpSync(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
    cpSync(path.join(ROOT, 'rosetta'), path.join(folder, 'rosetta'), { recursive: true });
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    return extract(folder, dependencies(folder, assembly));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder with links to what examples may import: without it jsii-rosetta runs `npm install`. */
function dependencies(folder: string, assembly: Assembly): string {
  const modules = path.join(folder, 'compile', 'node_modules');
  mkdirSync(modules, { recursive: true });
  symlinkSync(ROOT, path.join(modules, assembly.name));
  Object.keys(assembly.dependencies).forEach(name => symlinkSync(path.join(ROOT, 'node_modules', name), path.join(modules, name)));
  return path.dirname(modules);
}

function extract(folder: string, compilationFolder: string): Compilation {
  const { status, stdout, stderr } = spawnSync(process.execPath, [
    '--require', path.join(ROOT, 'projenrc', 'scripts', 'keep-assemblies.js'),
    path.join(ROOT, 'node_modules', 'jsii-rosetta', 'bin', 'jsii-rosetta'),
    'extract', '--strict', '--verbose', '--batch', '--directory', compilationFolder, folder,
  ], {
    encoding: 'utf8',
    // Its advice on versions of Node is no matter of the examples.
    env: { ...process.env, JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1', FORCE_COLOR: '0' },
  });
  const output = `${stdout}\n${stderr}`;
  return {
    failed: status !== 0,
    examples: Number(/Translating (\d+) snippets/.exec(output)?.[1] ?? 0),
    errors: output.match(/^\S+:\d+:\d+ - error .*$/gm) ?? [],
    output,
  };
}
