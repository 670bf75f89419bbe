import { judge } from '../../bench/verdict';

describe('a verdict on pairs of runs', () => {
  const around = (middle: number, spread: number) => Array.from({ length: 21 }, (_, turn) => middle + spread * (turn - 10) / 10);

  test('is sure where nearly all pairs are on one side of the limit', () => {
    expect(judge(around(1.08, 0.05), 1.15)).toMatchObject({ value: 1.08, isSure: true });
    expect(judge(around(1.25, 0.05), 1.15)).toMatchObject({ value: 1.25, isSure: true });
  });

  test('is not where the noise is wider than the distance from it', () => {
    expect(judge(around(1.13, 0.2), 1.15).isSure).toBe(false);
    expect(judge(around(1.17, 0.2), 1.15).isSure).toBe(false);
  });

  test('has the interval of order statistics: the 6th and the 16th of 21', () => {
    const { between } = judge(Array.from({ length: 21 }, (_, turn) => turn), 100);
    expect(between).toEqual([5, 15]);
  });

  test('leaves a single pair that something else slowed down without effect', () => {
    expect(judge([...around(1.08, 0.02), 9], 1.15)).toMatchObject({ isSure: true });
  });
});
