import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build';
import { alternate, median, run, Side, Times } from './measure';
import { requireSameResources } from './same-resources';
import { judge } from './verdict';

/** Synthesizing costs at most this many times what the same resources by hand cost. */
const MAX_SYNTH_RATIO = 1.15;
/** Requiring the package costs at most this much over what it uses of others. */
const MAX_REQUIRE_MS = 50;

/** Rounds of runs at the most. */
const MAX_ROUNDS = 4;

const PLATFORM: Side = { name: 'platform', script: 'sides/platform.js' };
const BY_HAND: Side = { name: 'by hand', script: 'sides/by-hand/app.js' };
const PACKAGE: Side = { name: 'package', script: 'sides/require-package.js' };

const { values } = parseArgs({ options: { check: { type: 'boolean' }, quick: { type: 'boolean' } } });
const runs = values.quick ? 7 : 21;
const folder = build();
const outdir = mkdtempSync(path.join(tmpdir(), 'bench-'));
try {
  const problems = [...compareSynth(), ...compareRequire()];
  problems.forEach(problem => console.error(problem));
  if (values.check && problems.length > 0) process.exitCode = 1;
} finally {
  rmSync(outdir, { recursive: true, force: true });
}

function compareSynth(): string[] {
  const [left, right] = [PLATFORM, BY_HAND].map(side => {
    const own = path.join(outdir, side.name);
    run(folder, side, own);
    return own;
  });
  const resources = requireSameResources(left, right);
  const { platform, byHand } = pairsUntilSure();
  const { value, between: [low, high] } = judge(ratios(platform, byHand), MAX_SYNTH_RATIO);
  print(`Synthesis, whole process, ${resources} resources on both sides`, [[PLATFORM.name, platform], [BY_HAND.name, byHand]]);
  console.log(`  ratio ${value.toFixed(3)}, between ${low.toFixed(3)} and ${high.toFixed(3)} (limit ${MAX_SYNTH_RATIO})\n`);
  return value <= MAX_SYNTH_RATIO ? [] : [`Synthesizing costs ${value.toFixed(3)} times the same by hand, more than ${MAX_SYNTH_RATIO}`];
}

/** On a busy machine a few pairs say little: more are run until it is sure on which side of the limit they are. */
function pairsUntilSure(): { platform: Times; byHand: Times } {
  const [platform, byHand]: Times[] = [[], []];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const [more, moreByHand] = alternate(folder, [PLATFORM, BY_HAND], runs, path.join(outdir, 'cdk.out'));
    platform.push(...more);
    byHand.push(...moreByHand);
    if (judge(ratios(platform, byHand), MAX_SYNTH_RATIO).isSure) break;
  }
  return { platform, byHand };
}

function ratios(left: Times, right: Times): Times {
  return left.map((time, turn) => time / right[turn]);
}

function compareRequire(): string[] {
  const used = JSON.parse(run(folder, { ...PACKAGE, args: ['--print'] }, outdir).stdout) as string[];
  if (used.includes('cdk-monitoring-constructs')) return ['Requiring the package loads cdk-monitoring-constructs'];
  const uses: Side = { name: 'what it uses', script: 'sides/require-used.js', args: used };
  const [own, others] = alternate(folder, [PACKAGE, uses], runs, outdir);
  const more = median(own) - median(others);
  print(`Requiring the package, against the ${used.length} modules that it uses of others`, [[PACKAGE.name, own], [uses.name, others]]);
  console.log(`  difference ${more.toFixed(0)} ms (limit ${MAX_REQUIRE_MS} ms)`);
  return more <= MAX_REQUIRE_MS ? [] : [`Requiring the package costs ${more.toFixed(0)} ms over what it uses, more than ${MAX_REQUIRE_MS} ms`];
}

function print(title: string, rows: [string, Times][]): void {
  console.log(`${title}: CPU ms of ${rows[0][1].length} runs each, by turns`);
  rows.forEach(([name, times]) => {
    const [low, high] = [Math.min(...times), Math.max(...times)];
    console.log(`  ${name.padEnd(14)} median ${median(times).toFixed(0).padStart(5)}   lowest ${low.toFixed(0)}   highest ${high.toFixed(0)}`);
  });
}
