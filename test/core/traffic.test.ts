import { Lazy } from 'aws-cdk-lib';
import { Traffic } from '../../src';
import { testRefusals } from '../support/refusals';

const TOKEN = Lazy.number({ produce: () => 1 });
const KNOWN = 'every size is worked out from the traffic, so give a number, not a parameter or an attribute';

const BUSY = 'give the requests per second of a busy minute';
const PER_UNIT = 'give what one task or instance answers within its latency objective, from a load test';
const numbersOf = ({ baselineRps, peakMultiplier, peakRps, requestsPerSecondPerUnit }: Traffic) =>
  ({ baselineRps, peakMultiplier, peakRps, requestsPerSecondPerUnit });

describe('Traffic', () => {
  test('that is steady has no peak, and 25 requests per second and unit by default', () => {
    expect(numbersOf(Traffic.steady({ rps: 40 }))).toEqual({ baselineRps: 40, peakMultiplier: 1, peakRps: 40, requestsPerSecondPerUnit: 25 });
  });

  test('that is spiky peaks at 30 times its base by default', () => {
    expect(numbersOf(Traffic.spiky({ baselineRps: 40 })))
      .toEqual({ baselineRps: 40, peakMultiplier: 30, peakRps: 1200, requestsPerSecondPerUnit: 25 });
  });

  test('keeps the numbers that it is given', () => {
    expect(numbersOf(Traffic.spiky({ baselineRps: 2, peakMultiplier: 1, requestsPerSecondPerUnit: 0.5 })))
      .toEqual({ baselineRps: 2, peakMultiplier: 1, peakRps: 2, requestsPerSecondPerUnit: 0.5 });
    expect(Traffic.steady({ rps: 1, requestsPerSecondPerUnit: 3 }).requestsPerSecondPerUnit).toBe(3);
  });

  testRefusals([
    ['a steady rate that is a token', () => Traffic.steady({ rps: TOKEN }), `[Traffic.steady] 'rps' must be known at synthesis, got a token: ${KNOWN}`],
    ['steady units that are a token', () => Traffic.steady({ rps: 1, requestsPerSecondPerUnit: TOKEN }),
      `[Traffic.steady] 'requestsPerSecondPerUnit' must be known at synthesis, got a token: ${KNOWN}`],
    ['spiky traffic of tokens', () => Traffic.spiky({ baselineRps: TOKEN, peakMultiplier: TOKEN, requestsPerSecondPerUnit: TOKEN }), [
      '[Traffic.spiky] 3 props need mending:',
      ...['baselineRps', 'peakMultiplier', 'requestsPerSecondPerUnit'].map(prop => `  - '${prop}' must be known at synthesis, got a token: ${KNOWN}`),
    ].join('\n')],
    ['a steady rate of zero', () => Traffic.steady({ rps: 0 }), `[Traffic.steady] 'rps' must be above 0, got 0: ${BUSY}`],
    ['a steady rate that is no number', () => Traffic.steady({ rps: NaN }), `[Traffic.steady] 'rps' must be above 0, got NaN: ${BUSY}`],
    ['units that answer nothing', () => Traffic.steady({ rps: 1, requestsPerSecondPerUnit: 0 }),
      `[Traffic.steady] 'requestsPerSecondPerUnit' must be above 0, got 0: ${PER_UNIT}`],
    ['a negative base', () => Traffic.spiky({ baselineRps: -1 }), `[Traffic.spiky] 'baselineRps' must be above 0, got -1: ${BUSY} outside of peaks`],
    ['a peak below the base', () => Traffic.spiky({ baselineRps: 1, peakMultiplier: 0.5 }),
      '[Traffic.spiky] \'peakMultiplier\' must be at least 1, got 0.5: a peak is not below the base; for even traffic use Traffic.steady'],
    ['spiky units that answer nothing', () => Traffic.spiky({ baselineRps: 1, requestsPerSecondPerUnit: -3 }),
      `[Traffic.spiky] 'requestsPerSecondPerUnit' must be above 0, got -3: ${PER_UNIT}`],
    ['everything wrong at once', () => Traffic.spiky({ baselineRps: 0, peakMultiplier: 0, requestsPerSecondPerUnit: 0 }), [
      '[Traffic.spiky] 3 props need mending:',
      `  - 'baselineRps' must be above 0, got 0: ${BUSY} outside of peaks`,
      '  - \'peakMultiplier\' must be at least 1, got 0: a peak is not below the base; for even traffic use Traffic.steady',
      `  - 'requestsPerSecondPerUnit' must be above 0, got 0: ${PER_UNIT}`,
    ].join('\n')],
  ]);
});
