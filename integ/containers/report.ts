/** Runs checks one by one, says of each whether it held, and counts. */
export class Report {
  private passed = 0;
  private failed = 0;

  async check(what: string, body: () => Promise<string | void>): Promise<void> {
    try {
      const detail = await body();
      this.passed += 1;
      console.log(`  ✓ ${what}${detail === undefined ? '' : ` (${detail})`}`);
    } catch (error) {
      this.failed += 1;
      console.log(`  ✗ ${what}\n      ${String(error instanceof Error ? error.message : error).replace(/\n/g, '\n      ')}`);
    }
  }

  heading(text: string): void {
    console.log(text);
  }

  /** Whether everything held; says the count. */
  close(): boolean {
    console.log(`\n${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 && this.passed > 0;
  }
}

/** Does something with its duration after it. */
export async function timed<T>(what: string, body: () => Promise<T>): Promise<T> {
  const start = Date.now();
  const result = await body();
  console.log(`▸ ${what}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return result;
}
