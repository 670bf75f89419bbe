import { findingsAfter } from './mutation/mutation';
import { ENTRANCE_MUTATIONS, ROUTE_MUTATIONS } from './mutation/routes';
import { ADDRESS_MUTATIONS, GROUP_MUTATIONS, PREFIX_LIST_MUTATIONS } from './mutation/rules';
import { ADDED_STORE_MUTATIONS, BUCKET_MUTATIONS } from './mutation/stores';
import { soundTemplate } from './sound-stack';
import { Reachability } from '../../src/checks';

const MUTATIONS = [
  ...ADDRESS_MUTATIONS, ...PREFIX_LIST_MUTATIONS, ...GROUP_MUTATIONS, ...ROUTE_MUTATIONS, ...ENTRANCE_MUTATIONS, ...BUCKET_MUTATIONS,
  ...ADDED_STORE_MUTATIONS,
];

describe('a sound stack', () => {
  const json = soundTemplate();

  test('has no finding', () => {
    expect(Reachability.analyzeTemplate(json)).toEqual([]);
  });

  test.each(MUTATIONS.map(mutation => [mutation.name, mutation] as const))('with %s has a finding that names it', (_, mutation) => {
    const findings = findingsAfter(json, mutation);
    expect(findings.map(({ ruleName, witness }) => `${ruleName}: ${witness}`))
      .toContainEqual(expect.stringMatching(new RegExp(`^${mutation.rule}: .*${mutation.edge.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)));
  });

  test('has at least 50 ways to go bad, each with a name of its own', () => {
    expect(MUTATIONS.length).toBeGreaterThanOrEqual(50);
    expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length);
  });
});
