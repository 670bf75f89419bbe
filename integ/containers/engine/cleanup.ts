import { endCommands } from './command';

/** What must be undone when the proof ends, however it ends; the last made is undone first. */
export class Cleanup {
  private readonly actions: { readonly what: string; readonly undo: () => Promise<unknown> }[] = [];
  private running?: Promise<void>;

  private ended = false;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => void this.endEarly(`${signal}: cleaning up`, 130));
    }
    // A promise that fails while nobody awaits it would otherwise end the process at once, with everything left behind.
    process.on('uncaughtException', error => {
      if (!this.ended) void this.endEarly(`✖ ${error.stack ?? error.message}`, 1);
    });
  }

  /** Whether the proof was cut short; what fails then fails because of it. */
  get endedEarly(): boolean {
    return this.ended;
  }

  /** Ends the commands under way, undoes everything and leaves. */
  async endEarly(reason: string, exitCode: number): Promise<void> {
    this.ended = true;
    console.error(`\n${reason}`);
    await endCommands();
    await this.run();
    await endCommands();
    process.exit(exitCode);
  }

  add(what: string, undo: () => Promise<unknown>): void {
    this.actions.push({ what, undo });
  }

  /** Undoes everything once; a second call waits for the first. */
  run(): Promise<void> {
    return this.running ??= this.undoAll();
  }

  private async undoAll(): Promise<void> {
    for (let action = this.actions.pop(); action !== undefined; action = this.actions.pop()) {
      try {
        await action.undo();
      } catch (error) {
        console.error(`Could not clean up ${action.what}: ${String(error)}`);
      }
    }
  }
}
