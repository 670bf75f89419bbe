import { performance } from 'node:perf_hooks';

/** A failure that the user can mend: its message says all there is to say, and no stack trace follows. */
export class Problem extends Error {}

/** Runs one step with a progress line before it and its duration after it. */
export async function step<T>(title: string, run: () => Promise<T> | T): Promise<T> {
  const started = performance.now();
  process.stdout.write(`▸ ${title}\n`);
  const result = await run();
  process.stdout.write(`  done in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  return result;
}

let interrupted = false;

/**
 * Calls `stop` once when the user interrupts, and then ends the process with the shell's code for that signal.
 *
 * @returns a function that takes the handlers away again
 */
export function stopAtSignal(stop: () => Promise<void>): () => void {
  const handlers = ([['SIGINT', 130], ['SIGTERM', 143]] as const).map(([signal, code]) => {
    const handler = () => {
      interrupted = true;
      console.log(`\n${signal}: stopping`);
      stop().catch(console.error).finally(() => process.exit(code));
    };
    process.once(signal, handler);
    return () => { process.removeListener(signal, handler); };
  });
  return () => handlers.forEach(remove => remove());
}

/** Runs a script's main function; a failure ends the process with 1. */
export function main(run: () => Promise<void>): void {
  run().catch((error: unknown) => {
    process.exitCode = 1;
    // What breaks because of an interruption is no failure to tell of.
    if (interrupted) return;
    console.error(error instanceof Problem ? `✖ ${error.message}` : error);
  });
}
