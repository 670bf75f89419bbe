import { spawnSync } from 'node:child_process';
import * as path from 'node:path';

/** A side of a comparison: a script and its arguments. */
export interface Side {
  readonly name: string;
  readonly script: string;
  readonly args?: string[];
}

/** CPU times in ms, one for each run. */
export type Times = number[];

/** Runs a side once, as a process of its own. */
export function run(folder: string, side: Side, outdir: string): { cpuMs: number; stdout: string } {
  const { status, output } = spawnSync(process.execPath,
    ['--require', path.join(folder, 'cpu-at-exit.js'), path.join(folder, side.script), ...side.args ?? []], {
      env: { ...process.env, CDK_VALIDATION: 'false', CDK_OUTDIR: outdir, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
  if (status !== 0) throw new Error(`${side.name} failed:\n${output[2]}`);
  return { cpuMs: Number(output[3]), stdout: output[1]! };
}

/** Runs the sides by turns, so that whatever else the machine does falls on all of them; the first turn warms the disk. */
export function alternate(folder: string, sides: Side[], runs: number, outdir: string): Times[] {
  const times: Times[] = sides.map(() => []);
  for (let turn = 0; turn <= runs; turn++) {
    // Every other turn begins with the other side: neither always runs after the same neighbour.
    const order = [...sides.keys()];
    if (turn % 2 === 1) order.reverse();
    for (const index of order) {
      const { cpuMs } = run(folder, sides[index], outdir);
      if (turn > 0) times[index].push(cpuMs);
    }
  }
  return times;
}

export function median(times: Times): number {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
