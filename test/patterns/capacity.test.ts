import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { addPlatform, eastStack } from '../support/platform';

function printed(context: { [key: string]: unknown }) {
  const stack = eastStack('Stack', {}, context);
  const { capacity } = addPlatform(stack);
  return { capacity, messages: Annotations.fromStack(stack).findInfo('*', Match.anyValue()), stack };
}

describe('the capacity of a platform', () => {
  test('is not printed by itself', () => {
    expect(printed({}).messages).toEqual([]);
    expect(printed({ 'cdk-platform-patterns:print-capacity': 'false' }).messages).toEqual([]);
  });

  // The command line gives text, a cdk.json may give a boolean.
  test.each(['true', true])('is printed with its reasons when synthesis is asked to: %p', asked => {
    const { capacity, messages } = printed({ 'cdk-platform-patterns:print-capacity': asked });
    expect(messages).toHaveLength(1);
    expect(messages[0].id).toBe('/Stack/Shop');
    expect(messages[0].entry.data).toContain(`[Stack/Shop]\n${capacity.toString()}`);
    expect(messages[0].entry.data).toContain('600 requests per second at 25 per unit, and 25 % headroom');
  });

  test('does not change the template by being printed', () => {
    expect(Template.fromStack(printed({ 'cdk-platform-patterns:print-capacity': true }).stack).toJSON())
      .toEqual(Template.fromStack(printed({}).stack).toJSON());
  });
});
