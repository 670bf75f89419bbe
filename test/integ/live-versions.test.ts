import { LIVE_VERSION, notLedOn } from '../../integ/life-cycle/live-versions';

const ALIAS = 'arn:aws:lambda:sa-east-1:1:function:app:live';

describe('after a step of a case with a function', () => {
  test.each([
    ['another version is live', [LIVE_VERSION], { [ALIAS]: '2' }],
    ['the version stays, as nothing of it has changed', ['AWS::Lambda::Function'], { [ALIAS]: '1' }],
  ])('all is well when %s', (_, changed, after) => {
    expect(notLedOn(changed, { [ALIAS]: '1' }, after)).toEqual([]);
  });

  test('no alias at all is found', () => {
    expect(notLedOn([LIVE_VERSION], { [ALIAS]: '1' }, {})).toEqual(['no alias stands']);
  });

  test.each([['1', '1'], ['1', '$LATEST'], ['$LATEST', '$LATEST']])('requests that were led to %s and are led to %s are found', (before, after) => {
    expect(notLedOn([LIVE_VERSION], { [ALIAS]: before }, { [ALIAS]: after })).toEqual([`${ALIAS} still leads to version ${after}`]);
  });
});
