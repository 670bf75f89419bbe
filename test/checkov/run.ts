import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { declared, Template, unanswered } from './answers';
import { Sections, withoutRepeats } from '../contract/support/repeats';
import { stacksOf } from '../contract/support/variant';
import { VARIANTS } from '../contract/support/variants';

const CHECKOV = path.join('.venv-checkov', 'bin', 'checkov');

/** Of Checkov's report: `AWS::S3::Bucket.Logs`. */
interface Failed {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
  readonly file_path: string;
}

interface Report {
  readonly results: { readonly failed_checks: Failed[] };
  readonly summary: { readonly skipped: number; readonly parsing_errors: number };
}

const templates = new Map(VARIANTS.flatMap(variant =>
  stacksOf(variant).map(({ id, template }) => [`${variant.name} (${id})`, template as Template] as const)));
const names = [...templates.keys()];

// What no template of the same kind has answered already; of each, what no other had before.
const distinct = withoutRepeats([...templates.values()] as unknown as Sections[]) as unknown as Template[];
const found = reportOf(distinct.map(unanswered));
const asItIs = reportOf([...templates.values()].slice(0, 1));

const counts = { passed: 0, failed: 0 };
if (found.summary.parsing_errors > 0) fail(`Checkov cannot read ${found.summary.parsing_errors} templates`);
names.forEach((name, at) => {
  const findings = found.results.failed_checks.filter(({ file_path }) => path.basename(file_path) === fileOf(at));
  const answers = declared(distinct[at]);
  const said = new Set(answers.map(({ check, resource }) => `${check} ${resource}`));
  const heard = new Set(findings.map(({ check_id, resource }) => `${check_id} ${resource.split('.').pop()}`));
  const open = findings.filter(({ check_id, resource }) => !said.has(`${check_id} ${resource.split('.').pop()}`));
  const needless = [...said].filter(each => !heard.has(each));
  if (open.length + needless.length === 0) return counts.passed++;
  open.forEach(({ check_id, check_name, resource }) => console.log(`${name}: ${check_id} (${check_name}) at ${resource}, which the template does not answer`));
  needless.forEach(each => console.log(`${name}: ${each} is answered, and Checkov does not find it`));
  return counts.failed++;
});

// That Checkov reads the answers where they stand.
if (asItIs.results.failed_checks.length === 0 && asItIs.summary.skipped > 0) counts.passed++;
else fail(`${names[0]}, with its answers: ${asItIs.results.failed_checks.length} found, ${asItIs.summary.skipped} skipped`);

console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;

function fail(what: string): void {
  console.log(what);
  counts.failed++;
}

function fileOf(at: number): string {
  return `${at}.template.json`;
}

/** What Checkov says of templates; it asks nobody else. */
function reportOf(of: Template[]): Report {
  const folder = mkdtempSync(path.join(tmpdir(), 'checkov-'));
  try {
    of.forEach((template, at) => writeFileSync(path.join(folder, fileOf(at)), JSON.stringify(template)));
    const args = ['--directory', folder, '--framework', 'cloudformation', '--output', 'json', '--compact', '--quiet', '--skip-download', '--soft-fail'];
    const { stdout, stderr, status, error } = spawnSync(CHECKOV, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
    if (error !== undefined || status !== 0) throw new Error(`Checkov ended with ${status}: ${error?.message ?? stderr}`);
    return JSON.parse(stdout) as Report;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
