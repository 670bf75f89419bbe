/** What happened to the requests that a queue let go in one second. */
export interface Served {
  /** Answered within a second of coming. */
  prompt: number;
  /** Answered, later than the objective. */
  slow: number;
  /** Answered in between. */
  waited: number;
  /** Answered when nobody waited for it any more: the work is done all the same. */
  late: number;
}

/** Requests that wait for a worker, the oldest first. Amounts are fractions of requests when groups share them. */
export class Queue {
  private readonly since: number[] = [];
  private readonly amounts: number[] = [];
  private head = 0;
  private total = 0;

  public get length(): number {
    return this.total;
  }

  /** How long the oldest has waited. */
  public wait(now: number): number {
    return this.head < this.since.length ? now - this.since[this.head] : 0;
  }

  public add(now: number, amount: number): void {
    if (amount <= 0) return;
    this.since.push(now);
    this.amounts.push(amount);
    this.total += amount;
  }

  /** Takes up to that many, and says how long they had waited. */
  public take(now: number, most: number, objective: number, patience: number): Served {
    const served: Served = { prompt: 0, waited: 0, slow: 0, late: 0 };
    let left = most;
    while (left > 0 && this.head < this.amounts.length) {
      const amount = Math.min(left, this.amounts[this.head]);
      const age = now - this.since[this.head];
      served[age > patience ? 'late' : age > objective ? 'slow' : age > 0 ? 'waited' : 'prompt'] += amount;
      left -= amount;
      this.amounts[this.head] -= amount;
      this.total -= amount;
      if (this.amounts[this.head] <= 1e-9) this.head++;
    }
    this.tidy();
    return served;
  }

  /** Hands over a share of all that waits. */
  public move(share: number, to: Queue): void {
    for (let index = this.head; index < this.amounts.length; index++) {
      to.add(this.since[index], this.amounts[index] * share);
      this.amounts[index] *= 1 - share;
    }
    this.total *= 1 - share;
    this.tidy();
  }

  /** All that waits is gone. */
  public drop(): number {
    const dropped = this.total;
    this.head = this.amounts.length;
    this.tidy();
    return dropped;
  }

  private tidy(): void {
    if (this.head === this.amounts.length) {
      this.since.length = 0;
      this.amounts.length = 0;
      this.head = 0;
      this.total = 0;
    } else if (this.head > 1000) {
      this.since.splice(0, this.head);
      this.amounts.splice(0, this.head);
      this.head = 0;
    }
  }
}
