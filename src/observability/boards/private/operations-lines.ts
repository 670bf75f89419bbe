import { State, STATE_OF } from './operations-states';
import { Texts } from './operations-texts';
import { Owner } from '../../../core';

/** An alarm on what customers notice. */
export interface OperationsAlarm {
  /** What they notice while it is raised. */
  readonly symptom: string;
  readonly alarmName: string;
  /**
   * Where the alarm is.
   *
   * @default - the board's own Region
   */
  readonly region?: string;
}

/** What a line is about. */
export interface OperationsApplication {
  /** As people call it. */
  readonly name: string;
  /**
   * Whom to call.
   *
   * @default - the line says that nobody is named
   */
  readonly owner?: Owner;
  /** Without any, nobody can tell how it is, and the line says so. */
  readonly alarms: OperationsAlarm[];
}

/** What the function is told of an application. */
interface Line {
  readonly name: string;
  readonly call: string[];
  readonly help: string;
  readonly runbook?: string;
  readonly alarms: { readonly name: string; readonly state: State; readonly region: string }[];
}

/** An application as the function reads it. */
export function lineOf({ name, owner, alarms }: OperationsApplication, texts: Texts, home: string): Line {
  return {
    name,
    call: whomToCall(texts, owner),
    help: owner?.runbook === undefined ? texts.ask : texts.open,
    runbook: owner?.runbook,
    alarms: alarms.map(({ alarmName, symptom, region }) => ({ name: alarmName, state: STATE_OF[symptom], region: region ?? home })),
  };
}

/** Title, summary and heads take 3 rows of the board's grid; three lines of text take one and a half. */
export function linesHeight({ length }: OperationsApplication[]): number {
  return 3 + Math.ceil(1.5 * length);
}

/** The text and the heads take 3 rows of the board's grid, and four contacts three. */
export function contactsHeight({ length }: OperationsApplication[]): number {
  return 3 + Math.ceil(0.75 * length);
}

/** Whom to call, for who cannot see the lines. */
export function contactList(applications: OperationsApplication[], texts: Texts): string {
  const rows = applications.map(({ name, owner }) => [
    name, whomToCall(texts, owner).join(', '), owner?.runbook === undefined ? '' : `[${texts.open}](${owner.runbook})`,
  ]);
  const table = [[texts.application, texts.call, texts.help], ['---', '---', '---'], ...rows.map(cells => cells.map(cell))];
  return [texts.fallback, '', ...table.map(cells => `| ${cells.join(' | ')} |`)].join('\n');
}

function whomToCall(texts: Texts, owner?: Owner): string[] {
  return owner === undefined ? [texts.nobody] : [owner.name, owner.contact, owner.hours ?? texts.anyTime];
}

/** In a table of Markdown, a bar ends a cell, and a line ends a row. */
function cell(content: string): string {
  return content.replace(/\|/g, '\\|').replace(/\s+/g, ' ');
}
