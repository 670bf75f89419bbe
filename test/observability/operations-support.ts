import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { HANDLER } from '../../src/observability/boards/private/operations-function';

/** An alarm as CloudWatch would describe it. */
export interface FakeAlarm {
  readonly name: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  /** ISO 8601. */
  readonly since: string;
  readonly composite?: boolean;
}

/** What CloudWatch knows in each Region; a text is the error that it answers with. */
export interface FakeCloudWatch {
  readonly [region: string]: FakeAlarm[] | string;
}

/** What the function answered, and what it asked for. */
export interface Answer {
  readonly html: string;
  readonly calls: { readonly region: string; readonly names: number; readonly types: string[]; readonly pageSize: number }[];
  readonly log: string;
}

/** Runs the function's real source against a CloudWatch that is made up, at a moment that is given. */
export function ask(event: object, now: string, cloudWatch: FakeCloudWatch): Answer {
  const runner = readFileSync(path.join(__dirname, 'operations-runner.py'), 'utf8');
  const input = JSON.stringify({ code: HANDLER, event, now, cloudWatch });
  const { stdout, stderr, status } = spawnSync('python3', ['-c', runner], { input, encoding: 'utf8', env: { ...process.env, PYTHONIOENCODING: 'utf-8' } });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Answer;
}

/** What a reader sees of the lines: a text for each cell, with its lines parted by ` / `. */
export function linesOf({ html }: Answer): string[][] {
  return html.split('<tr><td>').slice(1).map(row => row.split('</td></tr>')[0].split('</td><td>').map(textOf));
}

/** What stands above the lines. */
export function summaryOf({ html }: Answer): string {
  return textOf(html.split('<table')[0]);
}

function textOf(html: string): string {
  return html.replace(/<br>/g, ' / ').replace(/<[^>]+>/g, '').replace(/&#x27;/g, '\'').replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}
