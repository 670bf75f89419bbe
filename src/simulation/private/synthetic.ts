import { Random } from './random';

/**
 * What the trace of 1998 is like, in multiples of its median, which is what the largest event is made of: its rise from
 * one minute to the next, and its height. The data is described in the class `Arrivals`.
 */
const RISE = [1, 12, 20, 30, 40, 48, 50, 51, 52, 53, 54];
const PEAK = 59;
const PEAK_TO_MEAN = 21;
/** What the largest event begins at, so that 54 times in 10 minutes lead up to the peak. */
const QUIET = 1;
/** Minutes that the largest event stays near its height, and in which it then falls to a half. */
const LARGEST = { minutes: 25, half: 20 };

/** The rate of every minute, in multiples of the median. */
export function syntheticCounts(minutes: number, seed: number): Float64Array {
  const random = new Random(seed);
  const background = logLevels(minutes, random);
  const at = Math.floor(minutes * (0.3 + 0.4 * random.next()));
  // The contrast between busy and quiet that leads to the mean of the trace, by halving the interval.
  let [low, high] = [0, 3];
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2;
    if (mean(shaped(background, middle, at)) < PEAK / PEAK_TO_MEAN) low = middle; else high = middle;
  }
  return shaped(background, (low + high) / 2, at);
}

/** Logarithms of the traffic, with a median of 0: days differ, hours differ, and evenings of some days hold an event. */
function logLevels(minutes: number, random: Random): Float64Array {
  const days = Math.ceil(minutes / 1440);
  const ofDay = Array.from({ length: days }, () => random.normal() * 0.4);
  const event = Array.from({ length: days }, () => ({ from: 780 + random.next() * 360, length: 90 + random.next() * 60, height: 1 + random.next() }));
  let drift = 0;
  const levels = Float64Array.from({ length: minutes }, (_, minute) => {
    const day = Math.floor(minute / 1440);
    const ofMinute = minute % 1440;
    drift = drift * 0.95 + random.normal() * 0.012;
    const { from, length, height } = event[day];
    const rising = Math.min(1, Math.max(0, (ofMinute - from) / 15));
    const falling = Math.min(1, Math.max(0, (ofMinute - from - length) / 45));
    return Math.sin((ofMinute - 540) / 1440 * 2 * Math.PI) + ofDay[day] + drift + height * (rising - falling);
  });
  const median = Float64Array.from(levels).sort()[Math.floor(minutes / 2)];
  return levels.map(level => level - median);
}

/** The background with that contrast, below the largest event; its median is 1 with any. */
function shaped(background: Float64Array, contrast: number, at: number): Float64Array {
  return withLargest(background.map(level => Math.min(Math.exp(contrast * level), PEAK * 0.8)), at);
}

function withLargest(rates: Float64Array, at: number): Float64Array {
  const calm = 15;
  // The minutes before it are quiet, so that the rise is as steep as it was.
  for (let minute = Math.max(0, at - calm); minute <= at && minute < rates.length; minute++) {
    const share = (at - minute) / calm;
    rates[minute] = Math.exp(Math.log(rates[minute]) * share + Math.log(QUIET) * (1 - share));
  }
  for (let since = 1; at + since < rates.length && since < LARGEST.minutes + LARGEST.half * 6; since++) {
    const risen = RISE[since] ?? PEAK;
    const after = Math.max(0, since - LARGEST.minutes);
    rates[at + since] = Math.max(risen * 0.5 ** (after / LARGEST.half), after > 0 ? rates[at + since] : 0);
  }
  return rates;
}

function mean(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
