import { MUTATIONS, testMutationsOf } from './mutation/all';
import { soundTemplate } from './sound-stack';
import { Reachability } from '../../src/checks';

describe('a sound stack', () => {
  const json = soundTemplate();

  test('has no finding', () => {
    expect(Reachability.analyzeTemplate(json)).toEqual([]);
  });

  testMutationsOf(json);

  test('has at least 50 ways to go bad, each with a name of its own', () => {
    expect(MUTATIONS.length).toBeGreaterThanOrEqual(50);
    expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length);
  });
});
