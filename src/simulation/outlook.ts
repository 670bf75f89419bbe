/** Which end of what is known about AWS a replay assumes. */
export enum Outlook {
  /** Everything reacts as fast as has been seen. */
  OPTIMISTIC = 'optimistic',
  /** Everything reacts as it usually does. */
  EXPECTED = 'expected',
  /** Everything reacts as slowly as has been seen, at the same time. */
  PESSIMISTIC = 'pessimistic',
}

/** How AWS behaves in one respect: a number that no template holds. */
export interface BehaviourConstant {
  /** Its name, to be given in `behaviour` of the simulation's options. */
  readonly name: string;
  /** What it is. */
  readonly meaning: string;
  /** Its unit. */
  readonly unit: string;
  /** Its value at the optimistic end. */
  readonly optimistic: number;
  /** Its usual value. */
  readonly expected: number;
  /** Its value at the pessimistic end. */
  readonly pessimistic: number;
  /** Where the values come from. */
  readonly source: string;
  /** Whether the values are an estimate, rather than documented or measured. */
  readonly unsure: boolean;
}
