import { ask, FakeAlarm, FakeCloudWatch, linesOf, summaryOf } from './operations-support';
import { BoardLanguage, Owner, Symptom } from '../../src';
import { HANDLER } from '../../src/observability/boards/private/operations-function';
import { lineOf, OperationsApplication } from '../../src/observability/boards/private/operations-lines';
import { drawn } from '../../src/observability/boards/private/operations-states';
import { textsIn } from '../../src/observability/boards/private/operations-texts';
import { filled } from '../support/filled';

const HOME = 'sa-east-1';
const NOW = '2025-05-14T17:15:00+00:00';
const OWNER = Owner.team({ name: 'Storefront', contact: '+55 11 5555-0100', hours: 'Mon to Fri, 9 to 18', runbook: 'https://wiki.example.com/shop?a=1&b=2' });
const WELL_SINCE = '2025-05-10T08:00:00+00:00';

/** An application with an alarm of each symptom, as a platform has it. */
function application(name: string, more: Partial<OperationsApplication> = {}): OperationsApplication {
  return {
    name,
    owner: OWNER,
    alarms: Object.entries(Symptom).map(([word, symptom]) => ({ symptom, alarmName: `${name}-${word}` })),
    ...more,
  };
}

function event(applications: OperationsApplication[], language = BoardLanguage.ENGLISH, offsetISO = '+00:00') {
  const texts = textsIn(language);
  return {
    language,
    texts,
    states: drawn(),
    applications: applications.map(each => lineOf(each, texts, HOME)),
    widgetContext: { timezone: { label: 'Local', offsetISO, offsetInMinutes: 0 } },
  };
}

/** All is well with the Shop but for what is given. */
function shop(...others: FakeAlarm[]): FakeCloudWatch {
  const well = ['DOWN', 'FAILING', 'SLOW'].map(word => ({ name: `Shop-${word}`, state: 'OK' as const, since: WELL_SINCE, composite: true }));
  return { [HOME]: well.map(alarm => others.find(({ name }) => name === alarm.name) ?? alarm) };
}

function raised(name: string, since: string, state: FakeAlarm['state'] = 'ALARM'): FakeAlarm {
  return { name, state, since, composite: true };
}

/** The only line's cells for the Shop. */
function lineFor(cloudWatch: FakeCloudWatch, language?: BoardLanguage, offset?: string): string[] {
  const lines = linesOf(ask(event([application('Shop')], language, offset), NOW, cloudWatch));
  expect(lines).toHaveLength(1);
  return lines[0];
}

const CALL = 'Storefront / +55 11 5555-0100 / Mon to Fri, 9 to 18';

describe('each word', () => {
  test.each<[string, FakeAlarm[], string, string]>([
    ['well', [], '✔ Well / for 4 days, since 10 May, 08:00', 'Nothing that this page sees.'],
    ['slow', [raised('Shop-SLOW', '2025-05-14T17:03:00+00:00')], '◆ Slow / for 12 minutes, since 17:03', 'Many of them wait longer than usual.'],
    ['failing', [raised('Shop-FAILING', '2025-05-14T16:14:59+00:00')], '▲ Failing / for 60 minutes, since 16:14', 'Some of what they do ends in an error, perhaps all of it.'],
    ['down', [raised('Shop-DOWN', '2025-05-14T17:14:30+00:00')], '✖ Down / for less than a minute, since 17:14', 'They cannot use it at all: they see an error, or nothing.'],
    ['no information yet', [raised('Shop-DOWN', '2025-05-14T17:14:00+00:00', 'INSUFFICIENT_DATA')], '… No information yet / for 1 minute, since 17:14', 'Not known yet: it is new. If this stays for an hour, call the team.'],
  ])('%s', (_, alarms, state, notice) => {
    expect(lineFor(shop(...alarms))).toEqual(['Shop', state, notice, CALL, 'Open the instructions']);
  });

  test('the worst wins, with its own time', () => {
    const [, state] = lineFor(shop(raised('Shop-SLOW', '2025-05-14T12:00:00+00:00'), raised('Shop-FAILING', '2025-05-14T16:55:00+00:00')));
    expect(state).toBe('▲ Failing / for 20 minutes, since 16:55');
  });

  test('what is new is not counted among what is not well', () => {
    const fresh = raised('Shop-DOWN', '2025-05-14T17:14:00+00:00', 'INSUFFICIENT_DATA');
    expect(summaryOf(ask(event([application('Shop')]), NOW, shop(fresh)))).toBe('No information yet: 1 of 1; all others are well. Looked at 17:15.');
  });

  test('of several alarms of one symptom the first that was raised tells since when', () => {
    const alarms = ['A', 'B'].map(alarmName => ({ symptom: Symptom.SLOW, alarmName }));
    const answer = ask(event([application('Shop', { alarms })]), NOW, {
      [HOME]: [raised('A', '2025-05-14T17:05:00+00:00'), raised('B', '2025-05-14T15:05:00+00:00')],
    });
    expect(linesOf(answer)[0][1]).toBe('◆ Slow / for 2 hours, since 15:05');
  });

  test('well only since the last of its alarms is', () => {
    const [, state] = lineFor(shop(raised('Shop-SLOW', '2025-05-14T17:10:00+00:00', 'OK')));
    expect(state).toBe('✔ Well / for 5 minutes, since 17:10');
  });
});

describe('never falsely well', () => {
  const CANNOT_TELL = '? We cannot tell / ';

  test('an alarm that is not there', () => {
    const line = lineFor({ [HOME]: (shop()[HOME] as FakeAlarm[]).slice(1) });
    expect(line).toEqual(['Shop', CANNOT_TELL, 'Not known: this page could not look. Call the team and ask.', CALL, 'Open the instructions']);
  });

  test('CloudWatch answers with an error: whom to call is said all the same', () => {
    const answer = ask(event([application('Shop')]), NOW, { [HOME]: 'Rate exceeded' });
    expect(linesOf(answer)[0].slice(1)).toEqual([CANNOT_TELL, 'Not known: this page could not look. Call the team and ask.', CALL, 'Open the instructions']);
    expect(summaryOf(answer)).toBe('Not well: 1 of 1. Looked at 17:15.');
    expect(answer.log).toBe(`${HOME} Rate exceeded\n`);
  });

  test('a state that CloudWatch had not when this was written', () => {
    const answer = ask(event([application('Shop')]), NOW, shop(raised('Shop-SLOW', WELL_SINCE, 'PAUSED' as FakeAlarm['state'])));
    expect(linesOf(answer)[0][1]).toBe(`${CANNOT_TELL}for 4 days, since 10 May, 08:00`);
  });

  test('an application without alarms', () => {
    expect(linesOf(ask(event([application('Shop', { alarms: [] })]), NOW, {}))[0][1]).toBe(CANNOT_TELL);
  });

  test('what is raised is said although the rest cannot be read, with the warning that it may be worse', () => {
    const alarms = [...application('Shop').alarms, { symptom: Symptom.DOWN, alarmName: 'Edge-Down', region: 'us-east-1' }];
    const slow = raised('Shop-SLOW', '2025-05-14T17:03:00+00:00');
    const answer = ask(event([application('Shop', { alarms })]), NOW, { ...shop(slow), 'us-east-1': 'AccessDenied' });
    expect(linesOf(answer)[0].slice(1, 3)).toEqual(['◆ Slow / for 12 minutes, since 17:03', 'Many of them wait longer than usual. / It may be worse than this: the page could not look everywhere.']);
  });

  test('one Region that cannot be read hides no other', () => {
    const elsewhere = application('Blog', { alarms: [{ symptom: Symptom.DOWN, alarmName: 'Blog-DOWN', region: 'us-east-1' }] });
    const answer = ask(event([application('Shop'), elsewhere]), NOW, { [HOME]: 'Down', 'us-east-1': [raised('Blog-DOWN', WELL_SINCE, 'OK')] });
    expect(linesOf(answer).map(([name, state]) => [name, state.split(' / ')[0]])).toEqual([['Shop', '? We cannot tell'], ['Blog', '✔ Well']]);
  });
});

describe('many applications', () => {
  test('the worst come first, then as they were given', () => {
    const names = ['A', 'B', 'Shop', 'C'];
    const known = names.flatMap(name => (shop()[HOME] as FakeAlarm[]).map(alarm => ({ ...alarm, name: alarm.name.replace('Shop', name) })));
    const answer = ask(event(names.map(name => application(name))), NOW, {
      [HOME]: known.map(alarm => alarm.name === 'C-DOWN' ? raised('C-DOWN', WELL_SINCE) : alarm.name === 'B-SLOW' ? raised('B-SLOW', WELL_SINCE) : alarm),
    });
    expect(linesOf(answer).map(([name]) => name)).toEqual(['C', 'B', 'A', 'Shop']);
    expect(summaryOf(answer)).toBe('Not well: 2 of 4. Looked at 17:15.');
  });

  test('50 with alarms in two Regions: at most 100 names are asked for at once, composite alarms among them', () => {
    const applications = Array.from({ length: 50 }, (_, index) => application(`App${index}`));
    const withEdge = applications.map(each => ({ ...each, alarms: [...each.alarms, { symptom: Symptom.DOWN, alarmName: `${each.name}-Edge`, region: 'us-east-1' }] }));
    const known = (region: string) => withEdge.flatMap(({ alarms }) => alarms).filter(alarm => (alarm.region ?? HOME) === region)
      .map(({ alarmName }) => ({ name: alarmName, state: 'OK' as const, since: WELL_SINCE, composite: region === HOME }));
    const answer = ask(event(withEdge), NOW, { [HOME]: known(HOME), 'us-east-1': known('us-east-1') });
    expect(linesOf(answer).map(([, state]) => state)).toEqual(Array(50).fill('✔ Well / for 4 days, since 10 May, 08:00'));
    expect(summaryOf(answer)).toBe('All is well. Looked at 17:15.');
    expect(answer.calls.map(({ region, names }) => `${region} ${names}`).sort()).toEqual([`${HOME} 100`, `${HOME} 50`, 'us-east-1 50']);
    filled(answer.calls).forEach(call => expect(call).toMatchObject({ types: ['MetricAlarm', 'CompositeAlarm'], pageSize: 100 }));
  });
});

describe('as the reader reads', () => {
  test('Portuguese of Brazil, in the viewer\'s time', () => {
    const down = shop(raised('Shop-DOWN', '2025-05-14T17:03:00+00:00'));
    const answer = ask(event([application('Shop')], BoardLanguage.PORTUGUESE_BRAZIL, '-03:00'), NOW, down);
    expect(linesOf(answer)[0]).toEqual(['Shop', '✖ Fora do ar / há 12 minutos, desde as 14:03', 'Não conseguem usar nada: veem um erro, ou nada aparece.', CALL, 'Abrir as instruções']);
    expect(summaryOf(answer)).toBe('Não estão bem: 1 de 1. Verificado às 14:15.');
    expect(answer.html).toMatch(/^<div lang="pt-BR">/);
    expect(answer.html).toContain('<th>Aplicação</th><th>Como está</th><th>O que os clientes percebem</th><th>Para quem ligar</th><th>Instruções</th>');
  });

  test.each([
    ['+00:00', '2025-05-14T02:00:00+00:00', '◆ Slow / for 15 hours, since 02:00'],
    // The day before there.
    ['-03:00', '2025-05-14T02:00:00+00:00', '◆ Slow / for 15 hours, since 13 May, 23:00'],
    ['+05:30', '2025-05-14T17:14:00+00:00', '◆ Slow / for 1 minute, since 22:44'],
    // The clocks of CloudWatch and Lambda may differ a little.
    ['+00:00', '2025-05-14T17:15:20+00:00', '◆ Slow / for less than a minute, since 17:15'],
    ['+00:00', '2025-05-13T16:00:00+00:00', '◆ Slow / for 25 hours, since 13 May, 16:00'],
  ])('where the clock differs by %s, and it is slow since %s', (offset, since, expected) => {
    expect(lineFor(shop(raised('Shop-SLOW', since)), BoardLanguage.ENGLISH, offset)[1]).toBe(expected);
  });

  test('a caller that names no time zone is answered in UTC', () => {
    const { widgetContext: _, ...bare } = event([application('Shop')]);
    expect(summaryOf(ask(bare, NOW, shop()))).toBe('All is well. Looked at 17:15.');
  });

  test('without an owner, and with one that is always there', () => {
    const always = Owner.team({ name: 'Blog team', contact: 'blog@example.com' });
    const lines = linesOf(ask(event([application('Shop', { owner: undefined }), application('Blog', { owner: always })]), NOW, {}));
    expect(lines.map(cells => cells.slice(3))).toEqual([
      ['No team is named here: ask your supervisor.', 'Ask the team'],
      ['Blog team / blog@example.com / At any time', 'Ask the team'],
    ]);
  });

  test('links to the instructions', () => {
    expect(ask(event([application('Shop')]), NOW, shop()).html)
      .toContain('<a href="https://wiki.example.com/shop?a=1&amp;b=2" target="_blank">Open the instructions</a>');
  });

  test('the sign tells the state apart without its colour, and the colour is the state\'s own', () => {
    const states = drawn();
    expect(new Set(states.map(({ sign }) => sign)).size).toBe(states.length);
    const { html } = ask(event([application('Shop')]), NOW, shop());
    expect(html).toContain(`<span style="${states.find(({ state }) => state === 'well')!.style}">✔ Well</span>`);
  });
});

describe('what users write is shown, never run', () => {
  const EVIL = '"><img src=x onerror=alert(1)>\'&';

  test('in names, contact, hours and the address of the instructions', () => {
    const owner = Owner.team({ name: EVIL, contact: EVIL, hours: EVIL, runbook: 'https://x/"onmouseover="alert(1)' });
    const answer = ask(event([application(EVIL, { owner })]), NOW, {});
    expect(answer.html).not.toContain('<img');
    expect(answer.html).not.toContain('"onmouseover');
    const [name, , , call] = linesOf(answer)[0];
    expect([name, call]).toEqual([EVIL, [EVIL, EVIL, EVIL].join(' / ')]);
  });

  test('an address that is no https address is no link', () => {
    const [line] = event([application('Shop')]).applications;
    const { html } = ask({ ...event([]), applications: [{ ...line, runbook: 'javascript:alert(1)' }] }, NOW, shop());
    expect(html).not.toContain('javascript:');
    expect(html).not.toContain('<a ');
  });
});

test('describes itself when CloudWatch asks', () => {
  expect(ask({ describe: true }, NOW, {}).html).toMatch(/^Says in plain words how applications are\./);
});

test('fits into a template (CloudFormation: 4,096 characters of ZipFile)', () => {
  expect(HANDLER.length).toBeLessThanOrEqual(4096);
});
