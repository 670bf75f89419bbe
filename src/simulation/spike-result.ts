/** One minute of a replay. */
export interface SpikeMinute {
  /** Minutes since the beginning. */
  readonly minute: number;
  /** Requests that came. */
  readonly requests: number;
  /** Requests that were refused, lost, or given up on in this minute, also such as came before. */
  readonly failed: number;
  /** Requests that were answered later than the latency objective, also such as came before. */
  readonly slow: number;
  /** Units that run or are about to, at the end of the minute. */
  readonly units: number;
  /** Units that take requests, at the end of the minute. */
  readonly inService: number;
  /** CPU use of the units, in percent, at the end of the minute. */
  readonly cpuPercent: number;
  /** Capacity of the database in ACU, at the end of the minute; 0 without one. */
  readonly acu: number;
}

/** What became of the requests of a replay, and what it took. */
export interface SpikeResult {
  /** Requests that came. */
  readonly requests: number;
  /** Share of the requests, 0 to 1, that were refused, lost, or given up on. */
  readonly failedShare: number;
  /** Share of the requests, 0 to 1, that were answered later than the latency objective. */
  readonly slowShare: number;
  /** Share of the requests, 0 to 1, of visitors who were shown a page that asks them to wait; these are not among the failed. */
  readonly heldShare: number;
  /** Share of the requests, 0 to 1, that the edge answered by itself. */
  readonly edgeShare: number;
  /** The failed requests by cause, as shares of all requests. */
  readonly failures: { [cause: string]: number };
  /** Share of failed and slow requests among those that came to an end in the worst minute, 0 to 1. */
  readonly worstMinuteShare: number;
  /** Seconds from the first to the last second of the longest spell in which more than 1 % of the requests failed or were slow. */
  readonly secondsToRecover: number;
  /** Most units that ran at once. */
  readonly peakUnits: number;
  /** Hours of units that ran, from asking for them to their end. */
  readonly unitHours: number;
  /** Unit-hours of as many units as the busiest minute keeps busy, all the time: sizing for the peak without any headroom. */
  readonly peakSizedUnitHours: number;
  /** Hours of Aurora capacity units of the writer; 0 without a serverless database. */
  readonly acuHours: number;
  /** Every minute. */
  readonly timeline: SpikeMinute[];
}
