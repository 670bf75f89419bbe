/** What is tried, and the exact message of the error that it must throw. */
export type Refusal = [what: string, attempt: () => unknown, message: string];

/** One test for each refusal. */
export function testRefusals(refusals: Refusal[]): void {
  test.each(refusals)('refuses %s', (_, attempt, message) => {
    // The whole message, of whichever class the error is.
    expect(attempt).toThrow(expect.objectContaining({ message }));
  });
}
