import { Lazy } from 'aws-cdk-lib';
import { between, matches, notAbove, positive, Rule, validate, wholeBetween } from '../../src/core/private/validation';

interface Props {
  readonly low?: number;
  readonly high?: number;
  readonly name?: string;
}

const token = Lazy.number({ produce: () => 1 });
const problemOf = (rule: Rule<Props>, props: Props) => rule(props);

describe('validate', () => {
  const wrong = (problem: string): Rule<Props> => () => problem;
  const well: Rule<Props> = () => undefined;

  test('says nothing when every rule holds', () => {
    expect(() => validate('Shop', {}, [well, well])).not.toThrow();
  });

  test('names the path and the one problem', () => {
    expect(() => validate('Shop', {}, [well, wrong('\'name\' is wrong')])).toThrow(new Error('[Shop] \'name\' is wrong'));
  });

  test('reports all problems together', () => {
    expect(() => validate('Shop', {}, [wrong('\'low\' is wrong'), well, wrong('\'name\' is wrong')]))
      .toThrow(new Error('[Shop] 2 props need mending:\n  - \'low\' is wrong\n  - \'name\' is wrong'));
  });
});

describe('rules', () => {
  test.each<[string, Rule<Props>, Props, string]>([
    ['between, below', between('low', 1, 3, 'mend it'), { low: 0.5 }, '\'low\' must be between 1 and 3, got 0.5: mend it'],
    ['between, above', between('low', 1, 3, 'mend it'), { low: 4 }, '\'low\' must be between 1 and 3, got 4: mend it'],
    ['between, without an upper bound', between('low', 1, Infinity, 'mend it'), { low: 0 }, '\'low\' must be at least 1, got 0: mend it'],
    ['between, not a number', between('low', 1, 3, 'mend it'), { low: NaN }, '\'low\' must be between 1 and 3, got NaN: mend it'],
    ['wholeBetween, a fraction', wholeBetween('low', 1, 3, 'mend it'), { low: 1.5 }, '\'low\' must be a whole number between 1 and 3, got 1.5: mend it'],
    ['wholeBetween, without an upper bound', wholeBetween('low', 1, Infinity, 'mend it'), { low: 0 }, '\'low\' must be a whole number of at least 1, got 0: mend it'],
    ['positive, zero', positive('low', 'mend it'), { low: 0 }, '\'low\' must be above 0, got 0: mend it'],
    ['matches, an empty text', matches('name', /\S/, 'must not be empty', 'mend it'), { name: '' }, '\'name\' must not be empty, got "": mend it'],
    ['notAbove', notAbove('low', 'high', 'mend it'), { low: 9, high: 2 }, '\'low\' must not exceed \'high\', got low 9 and high 2: mend it'],
  ])('%s', (_, rule, props, message) => {
    expect(problemOf(rule, props)).toBe(message);
  });

  test.each<[string, Rule<Props>, Props]>([
    ['the bounds of between', between('low', 1, 3, ''), { low: 1 }],
    ['the bounds of wholeBetween', wholeBetween('low', 1, 3, ''), { low: 3 }],
    ['equal numbers', notAbove('low', 'high', ''), { low: 2, high: 2 }],
    ['an absent number', between('low', 1, 3, ''), {}],
    ['an absent text', matches('name', /x/, '', ''), {}],
    ['an absent upper number', notAbove('low', 'high', ''), { low: 2 }],
    ['an absent lower number', notAbove('low', 'high', ''), { high: 2 }],
    ['a token for between', between('low', 1, 3, ''), { low: token }],
    ['a token for wholeBetween', wholeBetween('low', 1, 3, ''), { low: token }],
    ['a token for positive', positive('low', ''), { low: token }],
    ['a token for matches', matches('name', /x/, '', ''), { name: Lazy.string({ produce: () => 'y' }) }],
    ['a token as the upper number', notAbove('low', 'high', ''), { low: 2, high: token }],
    ['a token as the lower number', notAbove('low', 'high', ''), { low: Lazy.number({ produce: () => 9 }), high: 2 }],
  ])('take %s', (_, rule, props) => {
    expect(problemOf(rule, props)).toBeUndefined();
  });
});
