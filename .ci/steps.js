// Runs the steps of CI, shows their output, and adds up what their runners counted. Steps in a list of their own run side by side:
// one that mostly waits, and one that mostly computes; they share neither ports nor files.
const { spawn } = require('node:child_process');

/** Its summary: `      Tests  1 failed | 1312 passed (1313)`. */
const VITEST = /^ +Tests +(.*)$/gm;

const STEPS = [
  // The first step fails alone: nothing runs without its packages.
  { name: 'install', command: 'npm ci', essential: true },
  { name: 'project files are as .projenrc.ts makes them', command: 'npx projen && git diff --exit-code' },
  { name: 'unit and contract tests (the README\'s command)', command: 'npx projen test', counts: VITEST },
  { name: 'API.md is as the sources make it, and lint had nothing to mend', command: 'npx projen docgen && git diff --exit-code' },
  { name: 'what changed of the public surface', command: 'npx projen surface:diff' },
  { name: 'workflow files of the teams', command: 'npx projen test:workflows', counts: /^(\d+ passed, \d+ failed)$/gm },
  [
    { name: 'handlers of the local AWS', command: 'npx projen emulator:test', counts: /^(\d+ (?:passed|failed).*) in [\d.]+s.*$/gm },
    { name: 'what Checkov finds', command: 'npx projen test:checkov', counts: /^(\d+ passed, \d+ failed)$/gm },
  ],
  { name: 'integ snapshots are of these sources', command: 'npx projen integ:snapshots' },
  { name: 'integ cases on the local AWS', command: 'npx projen integ:local', counts: /^Tests: +(.*)$/gm },
  { name: 'every alarm of a platform is raised, and tells whom to call', command: 'npx projen integ:alarms', counts: /^(\d+ passed, \d+ failed)$/gm },
  [
    { name: 'integ cases deployed, resized, changed and deleted', command: 'npx projen integ:life-cycle', counts: /^(\d+ passed, \d+ failed)$/gm },
    { name: 'platforms of random props', command: 'npx projen test:properties', counts: /^(\d+ passed, \d+ failed)$/gm },
  ],
  { name: 'the README\'s demo', command: 'npx projen demo' },
  { name: 'plain templates on the local AWS', command: 'npx projen template:deploy', counts: /^(\d+ passed, \d+ failed)$/gm },
  [
    { name: 'the shop in containers', command: 'npx projen proof:shop', counts: /^(\d+ passed, \d+ failed)$/gm },
    { name: 'a spike against the goals', command: 'npx projen simulate' },
  ],
  { name: 'a site and an API in a browser', command: 'npx projen proof:portal', counts: /^(\d+ passed, \d+ failed)$/gm },
  { name: 'WordPress in containers', command: 'npx projen proof:wordpress', counts: /^(\d+ passed, \d+ failed)$/gm },
  { name: 'an instance\'s user data in a container', command: 'npx projen proof:instance', counts: /^(\d+ passed, \d+ failed)$/gm },
  { name: 'cost against the same by hand', command: 'npx projen bench --check' },
  { name: 'on the newest aws-cdk-lib', command: 'npx projen test:newest', counts: VITEST },
];

main();

async function main() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const summary = [];
  /** Whether nothing may run after it. */
  const report = (step, { code, output, shown, seconds }) => {
    if (!shown) console.log(`\n━━━ ${step.name}: ${step.command}\n${output}`);
    const counted = countOf(step, code, output);
    for (const key of Object.keys(total)) total[key] += counted[key];
    summary.push(`${code === 0 ? '✓' : '✗'} ${step.name}: ${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped, ${seconds} s`);
    return code !== 0 && step.essential;
  };
  for (const steps of STEPS) {
    const [first, ...others] = [steps].flat();
    // Of those beside it, the output comes when they are done.
    const beside = others.map(step => ({ step, run: run(step.command, false) }));
    const stopped = report(first, await run(first.command, true, first.name));
    for (const { step, run: ran } of beside) report(step, await ran);
    if (stopped) break;
  }
  console.log(`\n━━━ summary\n${summary.join('\n')}\n`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  // A skipped proof is not a proof.
  process.exitCode = total.failed > 0 || total.skipped > 0 || total.passed === 0 ? 1 : 0;
}

/** What the step's runner counted; the step itself counts as one where it has no runner, or failed without a count. */
function countOf({ counts }, code, output) {
  const counted = { passed: 0, failed: 0, skipped: 0 };
  for (const [, line] of counts === undefined ? [] : output.matchAll(counts)) {
    for (const key of Object.keys(counted)) counted[key] += Number(new RegExp(`(\\d+) ${key}`).exec(line)?.[1] ?? 0);
  }
  if (code !== 0 && counted.failed === 0) counted.failed = 1;
  if (code === 0 && counts === undefined) counted.passed = 1;
  if (code === 0 && counts !== undefined && counted.passed === 0) {
    console.log('this step counted no test');
    counted.failed = 1;
  }
  return counted;
}

function run(command, shown, name) {
  const started = Date.now();
  if (shown) console.log(`\n━━━ ${name}: ${command}`);
  return new Promise(resolve => {
    const child = spawn('bash', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, CI: 'true', FORCE_COLOR: '0', NO_COLOR: '1' } });
    let output = '';
    for (const [stream, sink] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
      stream.on('data', chunk => { output += chunk; if (shown) sink.write(chunk); });
    }
    child.on('close', code => resolve({ code, output, shown, seconds: Math.round((Date.now() - started) / 1000) }));
  });
}
