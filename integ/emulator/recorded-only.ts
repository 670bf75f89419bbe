/** One resource that a stack declared and the emulator only took note of. */
export interface RecordedOnly {
  readonly type: string;
  readonly stack: string;
  readonly logicalId: string;
}

export function printRecordedOnly(entries: RecordedOnly[]): void {
  if (entries.length === 0) {
    console.log('Recorded only: none of the deployed types.');
    return;
  }
  console.log(`Recorded only, because the emulator has no API for the type (${entries.length}):`);
  entries.forEach(({ type, stack, logicalId }) => console.log(`  ${type}  ${stack}/${logicalId}`));
}
