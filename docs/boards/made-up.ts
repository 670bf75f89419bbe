/** Data that nobody measured: plausible, and the same in every run. */

/** The largest prime below 2 ** 31. */
const PRIME = 2147483647;

/** How a made-up series goes over the hours of a chart. */
type Shape = 'traffic' | 'load' | 'errors' | 'steady' | 'steps' | 'zero';

/** The first that fits a metric's name, label or the chart's title says its shape, and about how high it is. */
const KINDS: [RegExp, Shape, number][] = [
  [/burn/i, 'errors', 0.6],
  [/budget|^left$/i, 'steady', 88],
  [/availab|objective|attain|^good$/i, 'steady', 99.96],
  [/^(do not|starting|aborted)$|jobs without|deadlock|unhealthy|throttl|evict|dropped|pinned|ErrorPortAllocation|reject|backup.*fail|expired/i, 'zero', 0],
  [/5xx|fault|failed|fail(ing|ure)|error/i, 'errors', 0.4],
  [/4xx|blocked/i, 'errors', 2],
  [/^(deployments|completed)$/i, 'steady', 1],
  [/days/i, 'steady', 212],
  [/hit.?rate/i, 'steady', 94],
  [/running|healthy|tasks|units|hosts|capacity.*(acu)?$/i, 'steps', 4],
  [/latency.*(write|read)|(write|read).*latency/i, 'load', 420],
  [/p9\d|p50|latency|duration|response.?time|slowest|wait/i, 'load', 0.35],
  [/cpu|memory|utili[sz]ation|percent|%|in use/i, 'load', 34],
  [/storage|size/i, 'steady', 31e9],
  [/bytes|traffic|download|upload|network/i, 'traffic', 48e6],
  [/objects|items|count$/i, 'steady', 24e3],
  [/tps|rate|per second/i, 'traffic', 42],
  [/connections|flows|active/i, 'traffic', 160],
  [/requests|hits|cmds|commands|allowed|total/i, 'traffic', 12e3],
];

/** How much more or less of it than of the others of a chart. */
const PARTS: [RegExp, number][] = [[/half|p50|average/i, 0.5], [/99 in|p99|tm99|p100/i, 1.6], [/upload|bytes.?in|new/i, 0.2]];

/** What is known of a series when it is made up. */
export interface Known {
  readonly title: string;
  readonly label: string;
  /** The lowest threshold of the chart, which the series stays below. */
  readonly below?: number;
  /** Another threshold, which the series stays above. */
  readonly above?: number;
  readonly max?: number;
}

/** One number for each step in time. */
export function madeUp(known: Known, steps = 96): number[] {
  const about = `${known.label} ${known.title}`;
  const [shape, level] = kindOf(known);
  const random = randomOf(about);
  const factor = (shape === 'steady' ? 1 : 0.8 + 0.4 * random()) * (PARTS.find(([pattern]) => pattern.test(known.label))?.[1] ?? 1);
  const raw = Array.from({ length: steps }, (_, step) => level * factor * form(shape, step / steps, random));
  return fitted(raw, known).map(value => shape === 'steps' ? Math.round(value) : value);
}

function kindOf({ label, title }: Known): [Shape, number] {
  const found = KINDS.find(([pattern]) => pattern.test(label)) ?? KINDS.find(([pattern]) => pattern.test(`${label} ${title}`));
  const [, shape, level] = found ?? [/./, 'load' as Shape, 20];
  if (!title.includes('%') || ['errors', 'steady', 'zero', 'load'].includes(shape)) return [shape, level];
  return /fail|error|refuse|turned/i.test(title) ? ['errors', 0.4] : ['load', 34];
}

/** Between the thresholds of the chart, and below what its axis ends at. */
function fitted(values: number[], { below, above, max }: Known): number[] {
  const top = Math.max(...values, 1e-9);
  const limit = Math.min(below === undefined ? Infinity : below * 0.8, max === undefined || top <= max ? Infinity : max * 0.96);
  const lowered = top > limit ? values.map(value => value * limit / top) : values;
  return above === undefined ? lowered : lowered.map(value => Math.max(value, above * 1.15));
}

function form(shape: Shape, at: number, random: () => number): number {
  const peak = Math.exp(-(((at - 0.68) / 0.07) ** 2));
  const noise = random() - 0.5;
  switch (shape) {
    case 'zero': return 0;
    case 'steady': return 1 + 0.0006 * noise - 0.0004 * at;
    case 'traffic': return 0.55 + 0.25 * Math.sin(at * 5 - 1) + 2.2 * peak + 0.08 * noise;
    case 'load': return 0.7 + 0.15 * Math.sin(at * 5 - 1) + 0.9 * peak + 0.1 * noise;
    case 'steps': return 0.75 + Math.round(3 * Math.exp(-(((at - 0.71) / 0.1) ** 2))) * 0.5;
    case 'errors': return Math.max(0, 0.12 + 0.12 * noise + 0.9 * peak * random());
  }
}

/** Numbers between 0 and 1 that a text decides (the generator of Park and Miller). */
function randomOf(seed: string): () => number {
  let state = [...seed].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % PRIME, 1) + 1;
  return () => {
    state = state * 16807 % PRIME;
    return state / PRIME;
  };
}
