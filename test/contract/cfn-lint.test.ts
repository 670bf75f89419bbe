import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ROOT } from './support/assembly';
import { Sections, withoutRepeats } from './support/repeats';
import { stacksOf } from './support/variant';
import { VARIANTS } from './support/variants';

const CFN_LINT = path.join(ROOT, '.venv', 'bin', 'cfn-lint');

let folder: string;
beforeAll(() => { folder = mkdtempSync(path.join(tmpdir(), 'cfn-lint-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Errors and warnings of templates, one line each; the file's name tells the template. */
function lint(templates: [name: string, template: unknown][]): string[] {
  if (!existsSync(CFN_LINT)) throw new Error(`There is no ${path.relative(ROOT, CFN_LINT)}: run \`npx projen venv\`, which \`npx projen test\` does before the tests`);
  const files = templates.map(([name, template]) => {
    const file = path.join(folder, `${name.replace(/\W+/g, '-')}.json`);
    writeFileSync(file, JSON.stringify(template));
    return file;
  });
  const { status, stdout, stderr, error } = spawnSync(CFN_LINT, ['--format', 'parseable', '--regions', 'us-east-1', '--', ...files], { encoding: 'utf8' });
  if (error !== undefined || (status !== 0 && stdout === '')) throw new Error(`cfn-lint did not run: ${error?.message ?? stderr}`);
  return stdout.split('\n').filter(line => line !== '').map(line => line.replace(`${folder}/`, ''));
}

describe('cfn-lint', () => {
  test('has no error and no warning of any variant', () => {
    const all = VARIANTS.flatMap(variant => stacksOf(variant).map(({ id, template }): [string, unknown] => [`${variant.name} ${id}`, template]));
    const own = withoutRepeats(all.map(([, template]) => template as Sections));
    const different = all.map(([name], place): [string, Sections] => [name, own[place]])
      .filter(([, { Resources }]) => Object.keys(Resources ?? {}).length > 0);
    expect(different.length).toBeGreaterThan(VARIANTS.length / 2);
    expect(lint(different)).toEqual([]);
  });

  test('has an error of a wrong value, and a warning of a parameter that nothing uses', () => {
    const bad = {
      Parameters: { Unused: { Type: 'String' } },
      Resources: { Database: { Type: 'AWS::RDS::DBCluster', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { Engine: 'aurora-mysql', BackupRetentionPeriod: 'long' } } },
    };
    const lines = lint([['bad', bad]]);
    expect(lines).toEqual(expect.arrayContaining([expect.stringMatching(/^bad\.json:.*E3012.*BackupRetentionPeriod|^bad\.json:.*E3012.*'long'/), expect.stringMatching(/^bad\.json:.*W2001.*Unused/)]));
    expect(lines).toHaveLength(2);
  });
});
