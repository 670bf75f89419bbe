import { CfnParameter, Lazy, SecretValue, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { boundOnce, boundTwice, pathsOf, subscriptionsOf, templateOf } from './notifications-support';
import { Notifications, Severity } from '../../src';
import { SEVERITIES } from '../../src/core/private/alarms/spelling';
import { bound, ground } from '../support/blocks';
import { eastStack, once } from '../support/platform';
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

  test('have an encrypted topic that refuses plain connections, and to which alarms of this account alone publish', () => {
    const { template } = nobody();
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': [only(template, 'AWS::KMS::Key').id, 'Arn'] }, TopicName: Match.absent() });
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

  test('have one topic in each Region, for alarms of each severity', () => {
    const { home, edge } = boundTwice(() => Notifications.email('a@example.com'));
    [home, edge].forEach(place => {
      expect(pathsOf(place, place.topics.topics)).toEqual(['Topic']);
      SEVERITIES.forEach(severity => expect(place.topics.topicsFor(severity)).toEqual(place.topics.topics));
      expect(subscriptionsOf(place)).toEqual([['email', 'a@example.com', { Ref: only(templateOf(place), 'AWS::SNS::Topic').id }]]);
    });
  });

  testRefusals([
    ['what is no address', () => Notifications.email('a@example.com', 'me', 'you@there'),
      '[Notifications.email] \'addresses\' must be e-mail addresses, got ["me","you@there"]: give addresses such as \'team@example.com\''],
  ]);
});

describe('notifications to a topic that exists', () => {
  const twins = (stack: Stack) => ['sa-east-1', 'us-east-1'].map(region => Topic.fromTopicArn(stack, region, `arn:aws:sns:${region}:111111111111:alarms`));

  test('are sent there, and make nothing', () => {
    const { stack, scope, context } = ground();
    const topic = new Topic(stack, 'Topic');
    expect(Notifications.topic(topic).bind(scope, context).topics).toEqual([topic]);
    expect(scope.node.children).toEqual([]);
  });

  test('are sent to its twin in us-east-1', () => {
    const { home, edge } = boundTwice(stack => {
      const [topic, edgeTopic] = twins(stack);
      return Notifications.topic(topic, { edgeTopic });
    });
    expect([home, edge].map(({ topics }) => topics.topicsFor(Severity.CRITICAL).map(({ topicArn }) => topicArn)))
      .toEqual([['arn:aws:sns:sa-east-1:111111111111:alarms'], ['arn:aws:sns:us-east-1:111111111111:alarms']]);
  });

  testRefusals([
    ['a topic of another Region', () => boundOnce(stack => Notifications.topic(twins(stack)[0])),
      '[East/Slot] \'topic\' must be in us-east-1, where its alarms are, got one in sa-east-1: give a topic of us-east-1 as \'edgeTopic\', as CloudFront\'s alarms are there'],
    ['a topic of us-east-1 alone', () => boundTwice(stack => Notifications.topic(twins(stack)[1])),
      '[Brazil/Slot] \'topic\' must be in sa-east-1, where its alarms are, got one in us-east-1: give one of sa-east-1'],
  ]);
});

describe('notifications to a webhook', () => {
  const pager = () => Notifications.webhook(SecretValue.secretsManager('pager-duty-address'));
  const REFERENCE = '{{resolve:secretsmanager:pager-duty-address:SecretString:::}}';

  test('are posted over https to the address in the secret, which the template does not hold', () => {
    const { home, edge } = boundTwice(pager);
    [home, edge].forEach(place => {
      expect(subscriptionsOf(place)).toEqual([['https', REFERENCE, { Ref: only(templateOf(place), 'AWS::SNS::Topic').id }]]);
      expect(templateOf(place).findResources('AWS::SNS::Topic', { Properties: { KmsMasterKeyId: Match.anyValue() } })).not.toEqual({});
    });
  });

  test('are posted once to an address that is given twice', () => {
    const twice = boundOnce(() => Notifications.all(pager(), pager()));
    expect(twice.topics.topics).toHaveLength(1);
    expect(subscriptionsOf(twice)).toEqual([['https', REFERENCE, { Ref: only(templateOf(twice), 'AWS::SNS::Topic').id }]]);
  });

  test('have a topic for each address, the same one whatever is told besides', () => {
    const other = Notifications.webhook(SecretValue.secretsManager('opsgenie-address'));
    const [alone, both] = [pager(), Notifications.all(other, pager())].map(choice => boundOnce(() => choice));
    const [path] = pathsOf(alone, alone.topics.topics);
    expect(path).toMatch(/^Webhook\/[0-9a-f]{8}\/Topic$/);
    expect(pathsOf(both, both.topics.topics)).toHaveLength(2);
    expect(pathsOf(both, both.topics.topics)).toContain(path);
  });

  test('take a parameter that is not echoed, and an address in plain text', () => {
    const address = 'https://events.pagerduty.com/integration/0123/enqueue';
    expect(subscriptionsOf(boundOnce(stack => Notifications.webhook(SecretValue.cfnParameter(new CfnParameter(stack, 'Address', { noEcho: true })))))[0][1]).toEqual({ Ref: 'Address' });
    expect(subscriptionsOf(boundOnce(() => Notifications.webhook(SecretValue.unsafePlainText(address))))[0][1]).toBe(address);
  });

  test('hold where secrets in templates are refused', () => {
    const stack = eastStack('Stack', {}, { '@aws-cdk/core:checkSecretUsage': true });
    const topics = pager().bind(new Construct(stack, 'Slot'), { encryptionKey: new Key(stack, 'Key') });
    expect(subscriptionsOf({ stack, topics })[0][1]).toBe(REFERENCE);
  });

  testRefusals([
    ['a plain address, without repeating it', () => Notifications.webhook(SecretValue.unsafePlainText('http://example.com/key')),
      '[Notifications.webhook] \'url\' must be an https address, got another text: keep the address in Secrets Manager and give SecretValue.secretsManager(\'its-name\')'],
    ['a secure parameter', () => boundOnce(() => Notifications.webhook(SecretValue.ssmSecure('pager', '1'))),
      '[East/Slot] \'url\' must be of Secrets Manager, got a secure parameter of Systems Manager, which CloudFormation does not read for a subscription: keep the address in Secrets Manager and give SecretValue.secretsManager(\'its-name\')'],
  ]);
});
