import { alarmsOf, Audience, FoundAlarm, noticed } from './alarm-catalogue';
import { CHOICES, DEFAULT, owned } from './alarm-platforms';
import { appOf, Variant } from './variant';

/** An alarm of the catalogue, with the platforms that have it. */
interface Entry {
  readonly alarm: FoundAlarm;
  readonly platforms: string[];
}

/** Parts of the page, by what the names of their alarms begin with. */
const TIERS: [title: string, subjects: string[]][] = [
  ['Objectives', ['Availability', 'Latency']],
  ['Edge', ['Edge', 'Certificate', 'Origin', 'Firewall', 'Load']],
  ['Application', ['Application']],
  ['Site', ['Site']],
  ['Database', ['Database']],
  ['Sessions', ['Sessions']],
  ['Cache', ['Cache']],
  ['Media', ['Media', 'Files']],
  ['Network', ['Network']],
  ['Migration', ['Migration']],
];

const HEAD = `# Alarms

This page is written by \`npx projen contract:record\` from the alarms of synthesized platforms; a test compares the two. Why
these, and who hears of them: [Observability](observability.md).

The name of an alarm is \`<stack>-<platform>-\` (outside us-east-1: \`<stack>-<region>-<platform>-\`), and then what stands
here. A SpaApiPlatform has \`Frontend-\` or \`Backend-\` before those of one application, and \`API\` or \`Pages\` in
place of \`Application\`. It follows the construct's path: an alarm keeps its name as long as you rename nothing. **Critical** wakes somebody,
**Warning** is for working hours; in development both show, and tell nobody. "Has it" says which platforms have an alarm:
all of them, all but some, or those that make a choice.`;

const TITLES = ['alarm', 'severity', 'customers notice', 'raised when', 'why', 'first check', 'runbook', 'owner', 'has it'];

const found = new Map<Variant, FoundAlarm[]>();

/** Alarms of a variant with somebody who answers for it; found once. */
export function ownedAlarms(variant: Variant): FoundAlarm[] {
  const alarms = found.get(variant) ?? alarmsOf(appOf(owned(variant)));
  found.set(variant, alarms);
  return alarms;
}

/** Alarms of the default platform, and of those that make another choice, without repetition. */
export function catalogue(): Entry[] {
  const entries = new Map<string, Entry>();
  for (const variant of [DEFAULT, ...CHOICES]) {
    for (const alarm of ownedAlarms(variant)) {
      const key = JSON.stringify([alarm.name, alarm.audience, alarm.condition, alarm.advice]);
      const { platforms } = entries.get(key) ?? { platforms: [] };
      entries.set(key, { alarm, platforms: [...new Set([...platforms, variant.name])] });
    }
  }
  return [...entries.values()];
}

/** The page of all alarms. */
export function alarmPage(entries = catalogue()): string {
  const forPeople = entries.filter(({ alarm }) => alarm.audience === Audience.PEOPLE);
  const parts = TIERS.flatMap(([title, subjects]) => {
    const own = forPeople.filter(({ alarm }) => subjects.includes(subjectOf(alarm)));
    return own.length === 0 ? [] : [`## ${title}\n\n${table(TITLES, own.sort(byUrgency).map(row))}`];
  });
  return `${[HEAD, ...parts, notForPeople(entries)].join('\n\n')}\n`;
}

/** Alarms that have no place on the page: their names begin with something new. */
export function withoutTier(entries: Entry[]): string[] {
  const known = TIERS.flatMap(([, subjects]) => subjects);
  return entries.filter(({ alarm }) => alarm.audience === Audience.PEOPLE && !known.includes(subjectOf(alarm))).map(({ alarm }) => alarm.name);
}

function subjectOf({ name }: FoundAlarm): string {
  return name.split('-')[0];
}

function byUrgency({ alarm: a }: Entry, { alarm: b }: Entry): number {
  return String(a.severity).localeCompare(String(b.severity), 'en');
}

function row({ alarm: { name, severity, condition, advice }, platforms }: Entry): string[] {
  const runbook = advice === undefined ? '' : `[${advice.runbook}](runbooks/${advice.runbook}.md)`;
  return [
    `\`${name}\``, severity ?? '', advice === undefined ? '' : noticed(advice.symptom), condition, advice?.why ?? '', sentence(advice?.firstCheck ?? ''), runbook,
    'the platform\'s owner', platformsInWords(platforms),
  ];
}

/** In a description it follows a colon. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function platformsInWords(platforms: string[]): string {
  const others = CHOICES.map(({ name }) => name);
  if (!platforms.includes(DEFAULT.name)) return `with ${platforms.join('; ')}`;
  const missing = others.filter(name => !platforms.includes(name));
  return missing.length === 0 ? 'all' : `all but those with ${missing.join('; ')}`;
}

const READERS: { [audience: string]: string } = {
  [Audience.SCALING]: 'scaling: it adds units',
  [Audience.BOARD]: 'the operations board',
  [Audience.ALARM]: 'another alarm, which is made of it',
  [Audience.DNS]: 'Route 53, by a health check',
};

function notForPeople(entries: Entry[]): string {
  const rows = entries.filter(({ alarm }) => alarm.audience !== Audience.PEOPLE)
    .map(({ alarm: { name, audience, condition }, platforms }) => [`\`${name}\``, READERS[audience], condition, platformsInWords(platforms)]);
  return `## Not for people

These tell nobody. Target tracking makes alarms of its own besides, whose names begin with \`TargetTracking-\`: Auto Scaling
reads them, and their state "in alarm" is its normal work.

${table(['alarm', 'read by', 'raised when', 'has it'], rows)}`;
}

function table(titles: string[], rows: string[][]): string {
  return [titles, titles.map(() => '---'), ...rows].map(cells => `| ${cells.map(cell => cell.replace(/\|/g, '\\|')).join(' | ')} |`).join('\n');
}
