import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Severity } from '../../src';
import { eastStack, once } from '../support/platform';
import { alarmsOf, Audience, FoundAlarm } from './support/alarm-catalogue';
import { alarmPage, catalogue, ownedAlarms, withoutTier } from './support/alarm-page';
import { CHOICES, DEFAULT, OWNER } from './support/alarm-platforms';
import { ROOT } from './support/assembly';
import { appOf, Variant } from './support/variant';
import { VARIANTS } from './support/variants';
import { filled } from '../support/filled';

const RUNBOOKS = path.join(ROOT, 'docs', 'runbooks');
/** Longest description of an alarm (CloudWatch API, PutMetricAlarm). */
const MAX_DESCRIPTION = 1024;

const entries = once(catalogue);
const committed = once(() => readFileSync(path.join(ROOT, 'docs', 'alarms.md'), 'utf8'));
const pages = once(() => readdirSync(RUNBOOKS).filter(file => file.endsWith('.md') && file !== 'README.md').map(file => file.replace(/\.md$/, '')));
const forPeople = (alarms: FoundAlarm[]) => alarms.filter(({ audience }) => audience === Audience.PEOPLE);
const named = (variants: Variant[]) => variants.map(variant => [variant.name, variant] as const);

/** What a person would miss who is told of an alarm. */
function missing({ name, severity, advice }: FoundAlarm): string[] {
  if (advice === undefined) return [`${name} has no advice`];
  const { why, firstCheck, runbook } = advice;
  return [
    ...severity === undefined ? [`${name} has no severity`] : [],
    ...why.trim() === '' ? [`${name} does not say why`] : [],
    ...firstCheck.trim() === '' ? [`${name} does not say what to look at first`] : [],
    ...existsSync(path.join(RUNBOOKS, `${runbook}.md`)) ? [] : [`${name} names the runbook '${runbook}', which is no page`],
  ];
}

/** What a description lacks of whom to call and where to read on. */
function unsaid({ name, advice, description }: FoundAlarm): string[] {
  const needed = [OWNER.name, OWNER.contact, OWNER.hours!, OWNER.runbook!, ...advice === undefined ? [] : [advice.why, advice.firstCheck, `docs/runbooks/${advice.runbook}.md`]];
  return needed.filter(each => !description.includes(each)).map(each => `${name} does not say '${each}'`);
}

describe.each(named([DEFAULT, ...CHOICES, ...VARIANTS]))('each alarm for people: %s', (_, variant) => {
  const found = once(() => forPeople(ownedAlarms(variant)));

  test('says why, what to look at first, and which page to read', () => {
    expect(found().flatMap(missing)).toEqual([]);
  });

  test('says whom to call', () => {
    expect(found().flatMap(unsaid)).toEqual([]);
  });

  test('wakes somebody if customers notice it: the operations board calls for no less', () => {
    const noticed = found().filter(({ advice }) => advice?.symptom !== undefined);
    expect(noticed.filter(({ severity }) => severity !== Severity.CRITICAL).map(({ name }) => name)).toEqual([]);
  });

  test('has a description that CloudWatch takes', () => {
    expect(found().filter(({ description }) => description.length >= MAX_DESCRIPTION).map(({ name, description }) => `${name}: ${description.length}`)).toEqual([]);
  });

  test('is in the catalogue', () => {
    const known = new Set(entries().map(({ alarm: { name } }) => name));
    expect(found().map(({ name }) => name).filter(name => !known.has(name))).toEqual([]);
  });
});

describe('docs/alarms.md', () => {
  test('is what the alarms make of it now (npx projen contract:record)', () => {
    expect(committed()).toEqual(alarmPage(entries()));
  });

  test('has a place for every alarm', () => {
    expect(withoutTier(entries())).toEqual([]);
  });

  test('names every alarm that is for nobody, with what reads it', () => {
    expect(entries().map(({ alarm }) => alarm.audience)).toEqual(expect.arrayContaining([Audience.SCALING, Audience.BOARD, Audience.DNS]));
    filled(entries()).forEach(({ alarm }) => expect(committed()).toContain(`\`${alarm.name}\``));
  });
});

describe('the runbook', () => {
  test('has no page that neither an alarm nor the index leads to', () => {
    const index = readFileSync(path.join(RUNBOOKS, 'README.md'), 'utf8');
    const linked = new Set(entries().flatMap(({ alarm: { advice } }) => advice === undefined ? [] : [advice.runbook]));
    const alone = pages().filter(page => !linked.has(page));
    process.stdout.write(`Runbook pages that no alarm leads to: ${alone.length === 0 ? 'none' : alone.join(', ')}\n`);
    expect(alone.filter(page => !index.includes(`(${page}.md)`))).toEqual([]);
  });
});

describe('the check itself', () => {
  function alarmIn(props: { alarmName?: string; alarmDescription?: string }, more: (stack: Stack) => void = () => {}): FoundAlarm {
    const stack = eastStack();
    new Alarm(stack, 'Alarm', { metric: new Metric({ namespace: 'AWS/EC2', metricName: 'CPUUtilization' }), threshold: 80, evaluationPeriods: 3, ...props });
    more(stack);
    return alarmsOf(stack.node.root as ReturnType<typeof appOf>)[0];
  }

  test('tells an alarm without advice', () => {
    const bare = alarmIn({ alarmName: 'Stack-Shop-Database-CPU-Warning' });
    expect(bare).toMatchObject({ name: 'Database-CPU-Warning', severity: 'Warning', audience: Audience.PEOPLE, condition: '`CPUUtilization` (Average) at least 80, for 15 minutes' });
    expect(missing(bare)).toEqual(['Database-CPU-Warning has no advice']);
    expect(unsaid(bare)).toContain(`Database-CPU-Warning does not say '${OWNER.name}'`);
  });

  test('reads advice of a description, and tells a page that is not there', () => {
    const text = 'The CPU is busy. First check: The queries. \r\nDocumentation: https://example.com/docs/runbooks/no-such-page.md';
    const found = alarmIn({ alarmName: 'Stack-Shop-Database-CPU-Warning', alarmDescription: text });
    expect(found.advice).toEqual({ why: 'The CPU is busy.', firstCheck: 'The queries.', runbook: 'no-such-page' });
    expect(missing(found)).toEqual(['Database-CPU-Warning names the runbook \'no-such-page\', which is no page']);
  });
});
