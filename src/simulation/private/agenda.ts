interface Entry {
  readonly at: number;
  readonly run: (now: number) => void;
}

/** What is to happen, and when: the events of the model. */
export class Agenda {
  private readonly entries: Entry[] = [];

  /** Runs at that second, after what was put down for the same second before. */
  public put(at: number, run: (now: number) => void): void {
    const entry = { at, run };
    let index = this.entries.length;
    while (index > 0 && this.entries[index - 1].at <= at) index--;
    // Kept with the next one last, where it is taken from.
    this.entries.splice(index, 0, entry);
  }

  /** Runs all that is due, also what that puts down for now. */
  public runUntil(now: number): void {
    while (this.entries.length > 0 && this.entries[this.entries.length - 1].at <= now) {
      const { at, run } = this.entries.pop()!;
      run(at);
    }
  }
}
