import { Lazy } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Notifications } from '../../src';
import { bound, ground } from '../support/blocks';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only, resources } from '../support/template';

const email = (...addresses: string[]) => bound((scope, context) => Notifications.email(...addresses).bind(scope, context));
const nobody = once(() => email());

describe('notifications by e-mail', () => {
  test('go to each address once', () => {
    const { template, stack } = email('a@example.com', 'b@example.com', 'a@example.com');
    expect(resources(template, 'AWS::SNS::Subscription').map(({ Properties }) => [Properties.Protocol, Properties.Endpoint]))
      .toEqual([['email', 'a@example.com'], ['email', 'b@example.com']]);
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });

  test('take a token as an address', () => {
    email(Lazy.string({ produce: () => 'a@example.com' })).template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: 'a@example.com' });
  });

  test('warn when nobody is told', () => {
    Annotations.fromStack(nobody().stack).hasWarning('/Stack/Slot', '[Stack/Slot] alarms notify nobody: give \'notifications\', such as Notifications.email(\'team@example.com\') [ack: cdk-platform-patterns:nobody-notified]');
    nobody().template.resourceCountIs('AWS::SNS::Subscription', 0);
  });

  test('have an encrypted topic that refuses plain connections, and to which alarms of this account publish', () => {
    const { template } = nobody();
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': [only(template, 'AWS::KMS::Key').id, 'Arn'] } });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } },
          }),
        ],
      },
    });
  });

  testRefusals([
    ['what is no address', () => Notifications.email('a@example.com', 'me', 'you@there'),
      '[Notifications.email] \'addresses\' must be e-mail addresses, got ["me","you@there"]: give addresses such as \'team@example.com\''],
  ]);
});

test('notifications to a topic that exists are sent there, and make nothing', () => {
  const { stack, scope, context } = ground();
  const topic = new Topic(stack, 'Topic');
  expect(Notifications.topic(topic).bind(scope, context).topics).toEqual([topic]);
  expect(scope.node.children).toEqual([]);
});
