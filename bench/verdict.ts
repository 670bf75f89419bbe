import { median, Times } from './measure';

/** What pairs of runs say of a limit. */
export interface Verdict {
  /** The median of what each pair says. */
  readonly value: number;
  /** Where the median is, with 95 % certainty. */
  readonly between: [low: number, high: number];
  /** Whether the pairs are enough to tell on which side of the limit the median is. */
  readonly isSure: boolean;
}

/** Standard errors within which a median is with 95 % certainty. */
const CERTAINTY = 1.96;

/**
 * Judges pairs of runs, each of which had the same neighbours: a busy machine makes both sides of a pair slower, and the ratio little
 * worse. The interval is that of order statistics, which asks nothing of how the noise is distributed.
 *
 * @param pairs what each pair says, such as the ratio of its two times
 * @param limit which the median is compared with
 */
export function judge(pairs: Times, limit: number): Verdict {
  const sorted = [...pairs].sort((a, b) => a - b);
  const { length } = sorted;
  const away = CERTAINTY * Math.sqrt(length) / 2;
  const middle = (length - 1) / 2;
  const low = sorted[Math.max(0, Math.floor(middle - away))];
  const high = sorted[Math.min(length - 1, Math.ceil(middle + away))];
  return { value: median(pairs), between: [low, high], isSure: high <= limit || low > limit };
}
