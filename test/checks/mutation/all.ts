import { findingsAfter, Mutation } from './mutation';
import { ENTRANCE_MUTATIONS, ROUTE_MUTATIONS } from './routes';
import { ADDRESS_MUTATIONS, GROUP_MUTATIONS, PREFIX_LIST_MUTATIONS } from './rules';
import { ADDED_STORE_MUTATIONS, BUCKET_MUTATIONS } from './stores';

export const MUTATIONS: Mutation[] = [
  ...ADDRESS_MUTATIONS, ...PREFIX_LIST_MUTATIONS, ...GROUP_MUTATIONS, ...ROUTE_MUTATIONS, ...ENTRANCE_MUTATIONS, ...BUCKET_MUTATIONS,
  ...ADDED_STORE_MUTATIONS,
];

/** One test for each bad edge: a finding of the right rule names it. */
export function testMutationsOf(json: string): void {
  test.each(MUTATIONS.map(mutation => [mutation.name, mutation] as const))('with %s has a finding that names it', (_, mutation) => {
    const findings = findingsAfter(json, mutation);
    const edge = mutation.edge.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    expect(findings.map(({ ruleName, witness }) => `${ruleName}: ${witness}`))
      .toContainEqual(expect.stringMatching(new RegExp(`^${mutation.rule}: .*${edge}`)));
  });
}
