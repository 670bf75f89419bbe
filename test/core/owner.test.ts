import { Lazy } from 'aws-cdk-lib';
import { Owner } from '../../src';
import { testRefusals } from '../support/refusals';

const TEAM = { name: 'Storefront', contact: 'storefront@example.com' };

describe('Owner', () => {
  test('keeps what it is given', () => {
    const { name, contact, runbook } = Owner.team({ ...TEAM, runbook: 'https://wiki.example.com/shop' });
    expect({ name, contact, runbook }).toEqual({ ...TEAM, runbook: 'https://wiki.example.com/shop' });
  });

  test('has no runbook by default', () => {
    expect(Owner.team(TEAM).runbook).toBeUndefined();
  });

  test.each([
    ['Storefront', 'Storefront'],
    ['Pay & Ship (BR), Ltda', 'Pay Ship BR Ltda'],
    ['Vendas São Paulo', 'Vendas São Paulo'],
  ])('named %s has a tag that every service takes', (name, tag) => {
    expect(Owner.team({ name, contact: 'x' }).tag).toBe(tag);
  });

  test('takes tokens', () => {
    const token = Lazy.string({ produce: () => 'later' });
    expect(Owner.team({ name: token, contact: token, runbook: token }).runbook).toBe(token);
    expect(Owner.team({ name: token, contact: token }).tag).toBe(token);
  });

  testRefusals([
    ['an empty name', () => Owner.team({ ...TEAM, name: ' ' }),
      '[Owner.team] \'name\' must not be empty, got " ": give the team\'s name, such as \'Storefront\''],
    ['an empty contact', () => Owner.team({ ...TEAM, contact: '' }),
      '[Owner.team] \'contact\' must not be empty, got "": give an e-mail address, a telephone number or a chat channel'],
    ['a runbook without https', () => Owner.team({ ...TEAM, runbook: 'http://wiki.example.com' }),
      '[Owner.team] \'runbook\' must be an https address, got "http://wiki.example.com": give the whole address, such as \'https://wiki.example.com/shop\''],
    ['texts that no alarm has room for', () => Owner.team({ name: 'n'.repeat(81), contact: 'c'.repeat(121), hours: 'h'.repeat(81), runbook: `https://${'r'.repeat(193)}` }), [
      '[Owner.team] 4 props need mending:',
      '  - \'name\' must not be longer than 80 characters, got 81: every alarm says it; put the rest into the runbook',
      '  - \'contact\' must not be longer than 120 characters, got 121: every alarm says it; put the rest into the runbook',
      '  - \'hours\' must not be longer than 80 characters, got 81: every alarm says it; put the rest into the runbook',
      '  - \'runbook\' must not be longer than 200 characters, got 201: every alarm says it; put the rest into the runbook',
    ].join('\n')],
    ['empty hours', () => Owner.team({ ...TEAM, hours: ' ' }),
      '[Owner.team] \'hours\' must not be empty, got " ": leave it out, or say when the team answers, such as \'Mon to Fri, 9:00 to 18:00\''],
    ['everything wrong at once', () => Owner.team({ name: '', contact: '', runbook: '' }), [
      '[Owner.team] 3 props need mending:',
      '  - \'name\' must not be empty, got "": give the team\'s name, such as \'Storefront\'',
      '  - \'contact\' must not be empty, got "": give an e-mail address, a telephone number or a chat channel',
      '  - \'runbook\' must be an https address, got "": give the whole address, such as \'https://wiki.example.com/shop\'',
    ].join('\n')],
  ]);
});
