import { compileRule } from '../support/alarm-replay';
import { compileMath, Value } from '../support/metric-math';

const TERMS: { [id: string]: Value } = { a: 6, b: 2, zero: 0, missing: undefined };
const valueOf = (expression: string) => compileMath(expression)(id => TERMS[id]);

describe('metric math in tests', () => {
  test.each<[string, Value]>([
    ['a + b * 3 - 4 / b', 10],
    ['(a + b) * -3', -24],
    ['a > b AND b >= 2', 1],
    ['a < b OR a == 6 AND b != 2', 0],
    ['IF(a > b, a, b)', 6],
    ['IF(zero, a, b)', 2],
    ['IF(missing > 1, a, b)', undefined],
    ['FILL(missing, 0) + a', 6],
    ['missing + a', undefined],
    ['a / zero', undefined],
    ['MAX([a, b, missing])', 6],
    ['MIN([a, b]) + SUM([a, missing])', 8],
  ])('%s gives %s', (expression, expected) => {
    expect(valueOf(expression)).toBe(expected);
  });

  test.each<[string, string]>([
    ['RATE(a)', '\'RATE\' is not known, in RATE(a)'],
    ['a + ', 'a +  ends too soon'],
    ['a b', '\'b\' is not expected in a b'],
    ['(a, b', '(a, b ends too soon'],
    ['a # b', '\' # b\' cannot be read, in a # b'],
  ])('%s is refused', (expression, message) => {
    expect(() => valueOf(expression)).toThrow(new Error(message));
  });

  test.each<[string, boolean]>([
    ['(ALARM("${One.Arn}") AND ALARM("${Two.Arn}"))', false],
    ['(ALARM("${One.Arn}") OR ALARM("${Two.Arn}"))', true],
    ['(ALARM("${One.Arn}") AND (NOT (ALARM("${Two.Arn}"))))', true],
    ['(NOT ALARM("${One.Arn}"))', false],
  ])('the rule %s gives %s while One is raised', (rule, expected) => {
    expect(compileRule(rule)(id => id === 'One')).toBe(expected);
  });
});
