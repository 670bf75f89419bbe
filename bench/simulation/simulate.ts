import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { levers } from './levers';
import { cell, dayOf, ends, worst } from './replays';
import { BASE, Candidate, ecsPatterns, EVENT, onInstances, platform } from './stacks';
import { duration, percent, table } from './table';
import { Traffic } from '../../src';
import { Arrivals, Outlook, SpikeResult, SpikeSimulation } from '../../src/simulation';

const SEEDS = process.argv.includes('--quick') ? 1 : 3;
const MINUTES = [5, 1];
const OURS = 'cdk-platform-patterns';
/** A Fargate task of half a vCPU and 1 GB, and an ACU, an hour in us-east-1, USD (see the README's "What it costs"). */
const PRICE = { unit: 0.5 * 0.04048 + 0.004445, acu: 0.12 };

/** What the platform has to keep to, at the pessimistic end. */
const GOALS = { announced: 0.001, unannounced: 0.01, unitHours: 0.4 };

/** The page that shows what is printed, between these two lines. */
const PAGE = { path: join(__dirname, '..', '..', 'docs', 'capacity-under-a-spike.md'), from: '<!-- printed by simulate -->\n```\n', to: '```\n<!-- end -->\n' };

const printed: string[] = [];

function print(...lines: string[]): void {
  printed.push(...lines);
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** With `--write`: what was printed goes into the page. */
function write(): void {
  const page = readFileSync(PAGE.path, 'utf8');
  const [begin, end] = [page.indexOf(PAGE.from) + PAGE.from.length, page.indexOf(PAGE.to)];
  writeFileSync(PAGE.path, `${page.slice(0, begin)}${printed.join('\n')}\n${page.slice(end)}`);
}

const ofPeak = ({ unitHours, peakSizedUnitHours }: SpikeResult) => unitHours / peakSizedUnitHours;

interface Row {
  readonly stack: string;
  readonly announced: boolean;
  readonly minutes: number;
  readonly results: SpikeResult[];
}

function scenarios(): Row[] {
  const surprise = Traffic.spiky({ baselineRps: BASE });
  const known = Traffic.spiky({ baselineRps: BASE, events: [EVENT] });
  const row = (candidate: Candidate, announced: boolean, minutes: number): Row =>
    ({ stack: candidate.name, announced, minutes, results: ends(candidate, dayOf(Duration.minutes(minutes)), SEEDS) });
  return MINUTES.flatMap(minutes => {
    // Nothing in ecs-patterns knows of an event: its rows are the same, announced or not.
    const others = ecsPatterns().map(candidate => row(candidate, false, minutes));
    return [[known, true] as const, [surprise, false] as const].flatMap(([traffic, announced]) => [
      row(platform(OURS, traffic), announced, minutes),
      row(onInstances(`${OURS} on instances`, traffic), announced, minutes),
      ...others.map(other => ({ ...other, announced })),
    ]);
  });
}

function printScenarios(rows: Row[]): void {
  print(`A day of ${BASE} requests per second with an hour of ${BASE * 30}: the worst of ${SEEDS} draws at the optimistic / expected / pessimistic end`, '');
  print(table(
    ['spike', 'stack', 'failed, % of the day', 'slow (over 2 s), %', 'bad spell', 'most units', 'unit-hours', '% of sizing for the peak'],
    rows.map(({ stack, announced, minutes, results }) => [
      `${announced ? 'announced' : 'unannounced'}, 30x in ${minutes} min`, stack,
      cell(results, ({ failedShare }) => percent(failedShare)),
      cell(results, ({ slowShare }) => percent(slowShare)),
      cell(results, ({ secondsToRecover }) => duration(secondsToRecover)),
      cell(results, ({ peakUnits }) => String(peakUnits)),
      cell(results, ({ unitHours }) => unitHours.toFixed(0)),
      cell(results, result => (100 * ofPeak(result)).toFixed(0)),
    ]),
    2,
  ), '');
}

function printLevers(): void {
  const all = levers().map(lever => ({ ...lever, results: ends(lever, dayOf(Duration.minutes(1)), SEEDS) }));
  const [{ results: [, without] }] = all;
  const month = ({ unitHours, acuHours }: SpikeResult) =>
    30.4 * ((unitHours - without.unitHours) * PRICE.unit + 2 * (acuHours - without.acuHours) * PRICE.acu);
  print('An unannounced rise of 30 times within 60 seconds: what each choice buys and costs', '');
  print(table(
    ['choice', 'failed, % of the day', 'slow (over 2 s), %', 'told to wait, %', 'from the edge, %', 'unit-hours', 'USD a month more', 'and'],
    all.map(({ name, price, results }) => [
      name,
      cell(results, ({ failedShare }) => percent(failedShare)),
      cell(results, ({ slowShare }) => percent(slowShare)),
      cell(results, ({ heldShare }) => percent(heldShare)),
      cell(results, ({ edgeShare }) => percent(edgeShare)),
      cell(results, ({ unitHours }) => unitHours.toFixed(0)),
      month(results[1]).toFixed(0), price,
    ]),
  ), '', 'A month is one of such days, at the expected end, with writer and reader of the database.', '');
}

/** Each unsure constant alone at its ends, all others as expected. */
function printSensitivity({ template }: Candidate): void {
  const arrivals = dayOf(Duration.minutes(5));
  const failed = (behaviour: { [name: string]: number }) => worst(template, arrivals, SEEDS, { outlook: Outlook.EXPECTED, behaviour });
  const bad = ({ failedShare, slowShare }: SpikeResult) => failedShare + slowShare;
  const rows = SpikeSimulation.constants().filter(({ unsure }) => unsure).map(({ name, unit, optimistic, expected, pessimistic }) => {
    const [low, high] = [optimistic, pessimistic].map(value => failed({ [name]: value }));
    const values = `${optimistic} / ${expected} / ${pessimistic} ${unit}`;
    const shares = [low, high].flatMap(({ failedShare, slowShare }) => [percent(failedShare), percent(slowShare)]);
    return { spread: Math.abs(bad(high) - bad(low)), cells: [name, values, ...shares] };
  });
  const deciding = rows.filter(({ spread }) => spread > 0.00005).sort((one, other) => other.spread - one.spread);
  const base = failed({});
  print(`What the unsure constants decide, of an unannounced rise of 30 times in 5 minutes: ${percent(base.failedShare)} % fail and ${percent(base.slowShare)} % are slow as expected`, '');
  print(table(['constant', 'values', 'failed at the first, %', 'slow, %', 'failed at the last, %', 'slow, %'], deciding.map(({ cells }) => cells)), '',
    `The other ${rows.length - deciding.length} change less than 0.005 % here.`, '');
}

function printTrace(): void {
  const trace = Arrivals.synthetic({ medianRps: BASE });
  const results = ends(platform('', Traffic.spiky({ baselineRps: BASE, peakMultiplier: 60 })), trace, 1);
  print(`A week like that of a public event site (59 times the median at most, 48 times within 5 minutes) from ${BASE} requests per second, on Traffic.spiky({ baselineRps: ${BASE}, peakMultiplier: 60 }):`);
  print(`failed ${cell(results, ({ failedShare }) => percent(failedShare))} %, slow ${cell(results, ({ slowShare }) => percent(slowShare))} %, ${cell(results, result => (100 * ofPeak(result)).toFixed(0))} % of the unit-hours of sizing for the peak`, '');
}

function printGoals(rows: Row[]): boolean {
  const kept = rows.filter(({ stack, minutes }) => stack === OURS && minutes === 5).map(({ announced, results }) => {
    const end = results[2];
    const most = announced ? GOALS.announced : GOALS.unannounced;
    const well = end.failedShare < most && ofPeak(end) <= GOALS.unitHours;
    print(`${well ? 'kept' : 'MISSED'}: ${announced ? 'announced' : 'unannounced'}, ${percent(end.failedShare)} % of the day's requests fail (below ${percent(most)}), with ${(100 * ofPeak(end)).toFixed(0)} % of the unit-hours of sizing for the peak (at most ${100 * GOALS.unitHours})`);
    return well;
  });
  return kept.every(Boolean);
}

const rows = scenarios();
printScenarios(rows);
printLevers();
printSensitivity(platform(OURS, Traffic.spiky({ baselineRps: BASE })));
printTrace();
if (!printGoals(rows)) process.exitCode = 1;
if (process.argv.includes('--write')) write();
