/**
 * Draws the boards for the documentation: the widgets of the synthesized dashboards, laid out as CloudWatch would, over data
 * that is made up; the lines of the operations board are what its function answers.
 *
 * Needs Python 3, pngquant and Chromium (`CHROMIUM` tells where, else `chromium` on the path):
 * `CDK_VALIDATION=false npx tsx docs/boards/render.ts`, followed by names of pictures to draw those alone.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Page, render } from './page';
import { operationsBoard, platformBoards, sampleApplications } from './sample';
import { BoardLanguage } from '../../src';
import { ask, FakeAlarm } from '../../test/observability/operations-support';

const IMAGES = path.resolve(__dirname, '..', 'images');
const NOW = '2025-05-14T17:15:00+00:00';
const RAISED: { [name: string]: string } = {
  'Shop-Customers-Failing': '2025-05-14T17:03:00+00:00',
  'Shop-Customers-Slow': '2025-05-14T16:58:00+00:00',
  'Blog-Customers-Slow': '2025-05-14T15:40:00+00:00',
};
const WELL_SINCE = '2025-05-10T08:20:00+00:00';
const QUIET = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--hide-scrollbars'];

/** The operations board in the middle of an incident. */
function operations(language: BoardLanguage, name: string, caption: string): Page {
  const applications = sampleApplications(language);
  const names = applications.flatMap(({ alarms }) => alarms).map(({ alarmName }) => alarmName);
  const alarms = names.map((each): FakeAlarm => ({ name: each, state: each in RAISED ? 'ALARM' : 'OK', since: RAISED[each] ?? WELL_SINCE, composite: true }));
  const widgetContext = { timezone: { label: 'Local', offsetISO: '-03:00', offsetInMinutes: 180 } };
  return {
    name,
    caption,
    widgets: operationsBoard(language, applications),
    raised: Object.keys(RAISED),
    answers: params => ask({ ...params, widgetContext }, NOW, { 'us-east-1': alarms }).html,
  };
}

function screenshot(page: Page, file: string): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'boards-'));
  const { html, width, height } = render(page);
  const source = path.join(folder, 'board.html');
  writeFileSync(source, html);
  execFileSync(process.env.CHROMIUM ?? 'chromium', [
    ...QUIET, `--user-data-dir=${path.join(folder, 'profile')}`, `--window-size=${width},${height}`, `--screenshot=${file}`, `file://${source}`,
  ], { stdio: 'ignore' });
  // Flat colours: 64 of them are enough.
  execFileSync('pngquant', ['64', '--nofs', '--speed', '1', '--strip', '--force', '--output', file, file]);
  rmSync(folder, { recursive: true, force: true });
  process.stdout.write(`${path.relative(process.cwd(), file)}: ${width} x ${height}, ${Math.ceil(statSync(file).size / 1024)} kB\n`);
}

const CAPTION = 'The board as the library makes it; every number and every state is made up for this picture.';
const platform = (name: string): Page => ({ name: `Sample-Shop-${name}`, widgets: platformBoards()[name], caption: CAPTION });
const PAGES: { [file: string]: () => Page } = {
  'operations': () => operations(BoardLanguage.ENGLISH, 'Operations', 'The board as the library makes it; the applications, their teams and the incident are made up for this picture.'),
  'operations-pt-BR': () => operations(BoardLanguage.PORTUGUESE_BRAZIL, 'Operations', 'O painel como a biblioteca o faz; as aplicações, as equipes e o incidente foram inventados para esta imagem.'),
  'service': () => platform('Service'),
  'platform': () => platform('Platform'),
};

mkdirSync(IMAGES, { recursive: true });
const wanted = process.argv.slice(2);
Object.entries(PAGES).filter(([file]) => wanted.length === 0 || wanted.includes(file))
  .forEach(([file, page]) => screenshot(page(), path.join(IMAGES, `${file}.png`)));
