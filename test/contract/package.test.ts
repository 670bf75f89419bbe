import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as library from '../../src';
import { once } from '../support/platform';
import { ROOT } from './support/assembly';
import { filled } from '../support/filled';

interface Package {
  readonly version: string;
  readonly main: string;
  readonly types: string;
  readonly license: string;
  readonly dependencies?: { readonly [name: string]: string };
  readonly peerDependencies: { readonly [name: string]: string };
  readonly devDependencies: { readonly [name: string]: string };
  readonly bundledDependencies?: string[];
}

const description = once(() => JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Package);

/** What npm would publish. */
const files = once(() => {
  const { stdout, status, stderr } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm pack failed:\n${stderr}`);
  return (JSON.parse(stdout) as { files: { path: string }[] }[])[0].files.map(file => file.path);
});

/** Files that requiring the compiled package loads. */
function loaded(code: string): string[] {
  if (!existsSync(path.join(ROOT, description().main))) throw new Error('There is no lib/: run `npx projen assembly`, which `npx projen test` does before the tests');
  const { stdout, status, stderr } = spawnSync(process.execPath, ['-e', `${code}; console.log(JSON.stringify(Object.keys(require.cache)))`], {
    cwd: ROOT, encoding: 'utf8', env: { ...process.env, CDK_VALIDATION: 'false' },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split('\n').pop()!) as string[];
}

/** What is not of the bundled dependency. */
const ofLibrary = () => files().filter(file => !file.startsWith('node_modules/fflate/'));

describe('the npm package', () => {
  test('holds the compiled library, its assembly, README and licence', () => {
    expect(files()).toEqual(expect.arrayContaining(['.jsii', 'LICENSE', 'README.md', 'package.json', 'lib/index.d.ts', 'lib/patterns/elastic-web-platform.d.ts']));
    expect(files()).toContain(description().main);
    expect(files()).toContain(description().types);
  });

  test('holds nothing else but the API reference and the changelog', () => {
    expect(ofLibrary().filter(file => !/^lib\/.*\.(js|d\.ts)$/.test(file)).sort())
      .toEqual(['.jsii', 'LICENSE', 'README.md', 'package.json', ...ofLibrary().filter(file => ['API.md', 'CHANGELOG.md'].includes(file))].sort());
  });

  test('holds the code once, in the file that is loaded', () => {
    expect(ofLibrary().filter(file => file.endsWith('.js'))).toEqual([description().main]);
  });

  test('holds no types without a source', () => {
    const sources = ofLibrary().filter(file => file.endsWith('.d.ts')).map(file => file.replace(/^lib/, 'src').replace(/\.d\.ts$/, '.ts'));
    expect(sources.filter(source => !existsSync(path.join(ROOT, source)))).toEqual([]);
  });

  test('has peers, from the versions that development pins, and with it what compresses user data', () => {
    const { dependencies = {}, bundledDependencies = [], peerDependencies, devDependencies } = description();
    expect({ dependencies, bundledDependencies }).toEqual({ dependencies: { fflate: '0.8.3' }, bundledDependencies: ['fflate'] });
    expect(peerDependencies).toEqual({ 'aws-cdk-lib': '^2.257.0', 'cdk-monitoring-constructs': '^10.0.0', 'constructs': '^10.5.1' });
    filled(Object.entries(peerDependencies)).forEach(([name, range]) => expect([name, devDependencies[name]]).toEqual([name, range.replace('^', '')]));
  });
});

describe('a clean clone', () => {
  test('has every source: none is in a place that .gitignore names', () => {
    const command = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', 'src', 'test', 'integ', 'docs'];
    const { status, stdout, stderr } = spawnSync('git', command, { cwd: ROOT, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git does not tell what it ignores: ${stderr}`);
    const generated = /(^|\/)(__pycache__|\.pytest_cache|node_modules|cdk\.out)\//;
    expect(stdout.split('\0').filter(file => /\.(ts|md|json|py)$/.test(file) && !generated.test(file))).toEqual([]);
  });
});

describe('requiring the package', () => {
  const monitoring = path.join('node_modules', 'cdk-monitoring-constructs');

  test.each(['', '.Reachability', '.SpikeSimulation', '.Traffic'])('does not load cdk-monitoring-constructs, with `require(…)%s`', name => {
    expect(loaded(`require(".")${name}`).filter(file => file.includes(monitoring))).toEqual([]);
  });

  test('loads nothing else before something of it is used', () => {
    const own = (code: string) => loaded(code).map(file => path.relative(ROOT, file));
    expect(own('require(".")')).toEqual([description().main]);
    expect(own('require(".").Owner').length).toBeGreaterThan(1);
  });

  test('loads no choice that nobody makes', () => {
    // What compresses user data is of instances alone.
    const isCompressing = (choice: string) => loaded(`const { Compute } = require("."); try { ${choice}; } catch {}`).some(file => file.includes(path.join('node_modules', 'fflate')));
    expect([isCompressing('Compute.fargate({})'), isCompressing('Compute.instances({})')]).toEqual([false, true]);
  });

  test('gives every name to ES modules too', () => {
    const code = `import * as all from ${JSON.stringify(path.join(ROOT, description().main))}; console.log(JSON.stringify(Object.keys(all)))`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: ROOT, encoding: 'utf8' });
    const names = Object.keys(library);
    expect(names).toEqual(expect.arrayContaining(['Compute', 'ElasticWebPlatform', 'Reachability', 'Traffic']));
    expect(JSON.parse(stdout)).toEqual(expect.arrayContaining(names));
  });

  test('is followed by loading it when a platform is made', () => {
    const app = `
      const { App, Stack } = require('aws-cdk-lib');
      const { ContainerImage } = require('aws-cdk-lib/aws-ecs');
      const { Compute, ElasticWebPlatform } = require('.');
      const stack = new Stack(new App(), 'Stack', { env: { region: 'us-east-1' } });
      new ElasticWebPlatform(stack, 'Shop', { compute: Compute.fargate({ image: ContainerImage.fromRegistry('nginx') }) })`;
    expect(loaded(app).some(file => file.includes(monitoring))).toBe(true);
  });
});
