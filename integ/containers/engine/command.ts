import { ChildProcess, spawn } from 'node:child_process';

export interface CommandOptions {
  /** Written to the command's standard input. */
  readonly input?: string;
  /** Added to this process's own environment. */
  readonly environment?: Readonly<NodeJS.ProcessEnv>;
  /** After that long the command is killed and has failed. 60 by default. */
  readonly seconds?: number;
  /** Working directory. */
  readonly cwd?: string;
  /** Returns standard error, too, in the order of its arrival. */
  readonly withErrors?: boolean;
}

const LINES_IN_AN_ERROR = 15;

/** Commands under way. Each leads a process group of its own, so that what it has started ends with it. */
const underWay = new Set<ChildProcess>();

/** Runs a command to its end and returns what it printed; rejects, with its last lines, when it fails or takes too long. */
export function run(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const seconds = options.seconds ?? 60;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd, env: { ...process.env, ...options.environment }, detached: true });
    underWay.add(child);
    const clock = setTimeout(() => killGroup(child), seconds * 1000);
    let output = '';
    let everything = '';
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      everything += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => { everything += data.toString(); });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(clock);
      underWay.delete(child);
      if (code === 0) return resolve(options.withErrors ? everything : output);
      const how = signal === null ? `ended with ${code}` : `was killed; it may take ${seconds} s`;
      const tail = everything.trimEnd().split('\n').slice(-LINES_IN_AN_ERROR).join('\n');
      return reject(new Error(`${command} ${args.slice(0, 3).join(' ')} ${how}\n${tail}`));
    });
    // A command that ends before it has read all of its input has its own reason; its exit code tells.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/** Ends whatever runs, and waits until it has ended. */
export async function endCommands(): Promise<void> {
  const ends = [...underWay].map(child => new Promise(ended => child.once('close', ended)));
  underWay.forEach(killGroup);
  await Promise.all(ends);
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}

/** Whether the command is there and succeeds. */
export async function succeeds(command: string, args: readonly string[], options: CommandOptions = {}): Promise<boolean> {
  return run(command, args, options).then(() => true, () => false);
}

/** Waits until the probe holds, asking a few times a second. */
export async function eventually(what: string, seconds: number, probe: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!await probe()) {
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await pause(200);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
