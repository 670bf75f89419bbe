import { withoutRepeats } from './support/repeats';

const queue = (name: unknown) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName: name } });
const alias = { Type: 'AWS::KMS::Alias', Properties: { TargetKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } };
const key = { Type: 'AWS::KMS::Key' };

describe('of templates that have most in common', () => {
  test('the first is whole, and the next has what is new with all that it refers to', () => {
    const first = { Resources: { Alias: alias, Key: key, Queue: queue('a') }, Outputs: { Name: { Value: { Ref: 'Queue' } } } };
    const topic = { Type: 'AWS::SNS::Subscription', Properties: { Endpoint: { 'Fn::Sub': '${Alias}' } }, DependsOn: 'Topic' };
    const second = { Resources: { ...first.Resources, Topic: { Type: 'AWS::SNS::Topic' }, Subscription: topic }, Outputs: first.Outputs };
    expect(withoutRepeats([first, second])).toEqual([
      first,
      { Resources: { Alias: alias, Key: key, Topic: { Type: 'AWS::SNS::Topic' }, Subscription: topic }, Outputs: {} },
    ]);
  });

  test('a resource of the same id that differs is new', () => {
    expect(withoutRepeats([{ Resources: { Queue: queue('a') } }, { Resources: { Queue: queue('b') } }])[1]).toEqual({ Resources: { Queue: queue('b') } });
  });

  test('a parameter goes with its last user, and stays where it never had any', () => {
    const template = { Parameters: { Used: { Type: 'String' }, Unused: { Type: 'String' } }, Resources: { Queue: queue({ Ref: 'Used' }), Key: key } };
    expect(withoutRepeats([template, template])[1]).toEqual({ Parameters: { Unused: { Type: 'String' } }, Resources: {} });
    const other = { ...template, Resources: { ...template.Resources, Other: queue({ Ref: 'Used' }) } };
    expect(withoutRepeats([template, other])[1]).toEqual({ Parameters: template.Parameters, Resources: { Other: other.Resources.Other } });
  });
});
