/** One number of a plan, and why it is that number. */
export interface CapacityDecision {
  /** What was decided, such as `maximum units`. */
  readonly name: string;
  /** The number; of what is on or off, 1 or 0. */
  readonly value: number;
  /** Its unit, such as `units` or `ACU`. */
  readonly unit: string;
  /** How it follows from traffic and profile. */
  readonly reason: string;
}
