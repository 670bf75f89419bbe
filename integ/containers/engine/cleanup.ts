/** What must be undone when the proof ends, however it ends; the last made is undone first. */
export class Cleanup {
  private readonly actions: { readonly what: string; readonly undo: () => Promise<unknown> }[] = [];
  private running?: Promise<void>;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        console.log(`\n${signal}: cleaning up`);
        void this.run().then(() => process.exit(130));
      });
    }
    // A promise that fails while nobody awaits it would otherwise end the process at once, with everything left behind.
    process.on('uncaughtException', error => {
      console.error('✖', error);
      void this.run().then(() => process.exit(1));
    });
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
