import { Texts } from './operations-texts';
import { Symptom } from '../../../core';

/** How a state is drawn: sign and word say it without the colour, for who sees no colours. */
interface Sign {
  readonly sign: string;
  /** Behind white letters: each has a contrast of at least 4.5 to 1 with them (WCAG 2.2, 1.4.3). */
  readonly colour: string;
}

/** What an application may be, from worst to best. */
export const STATES = {
  down: { sign: '✖', colour: '#8b0000' },
  failing: { sign: '▲', colour: '#b45309' },
  slow: { sign: '◆', colour: '#6d5f00' },
  unknown: { sign: '?', colour: '#4a4a8a' },
  waiting: { sign: '…', colour: '#595959' },
  well: { sign: '✔', colour: '#1d6b3a' },
} satisfies { readonly [state: string]: Sign };

/** What an application may be. */
export type State = keyof typeof STATES;

/** What is said of an application while an alarm of the symptom is raised. */
export const STATE_OF: { readonly [symptom: string]: State } = {
  [Symptom.DOWN]: 'down',
  [Symptom.FAILING]: 'failing',
  [Symptom.SLOW]: 'slow',
};

/** How each state is drawn, in the order of `STATES`: for CloudWatch, which may sort the keys of an object. */
export function drawn(): { state: State; sign: string; style: string }[] {
  return Object.entries(STATES).map(([state, { sign, colour }]) => ({
    state: state as State,
    sign,
    style: `display:inline-block;padding:4px 10px;border-radius:4px;font-weight:bold;color:#fff;background:${colour}`,
  }));
}

/** What each word means, as a table in Markdown. */
export function legend(texts: Texts): string {
  const rows = Object.entries(STATES).reverse()
    .map(([state, { sign }]) => `| ${sign} **${texts[state as State]}** | ${texts[`${state as State}Notice`]} |`);
  return [texts.meaning, `| ${texts.word} | ${texts.notice} |`, '|---|---|', ...rows].join('\n');
}
