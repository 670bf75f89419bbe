import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { boundOnce, boundTwice, pathsOf, Place, templateOf } from './notifications-support';
import { Notifications } from '../../src';
import { filled } from '../support/filled';
import { ACCOUNT, once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only, propertiesOf, Resource, resources, text } from '../support/template';

const CHANNEL = { slackWorkspaceId: 'T0123ABCD', slackChannelId: 'C0123ABCD' };
const slack = (slackChannelId = CHANNEL.slackChannelId) => Notifications.slack({ ...CHANNEL, slackChannelId });
const configurationOf = (place: Place) => propertiesOf(templateOf(place), 'AWS::Chatbot::SlackChannelConfiguration');
const topicOf = (place: Place) => only(templateOf(place), 'AWS::SNS::Topic');

describe('notifications to Slack in us-east-1', () => {
  const east = once(() => boundOnce(() => slack()));

  test('have an encrypted topic that the channel shows', () => {
    expect(configurationOf(east())).toMatchObject({ SlackWorkspaceId: 'T0123ABCD', SlackChannelId: 'C0123ABCD', SnsTopicArns: [{ Ref: topicOf(east()).id }] });
    expect(topicOf(east()).Properties).toEqual({ KmsMasterKeyId: { 'Fn::GetAtt': [only(templateOf(east()), 'AWS::KMS::Key').id, 'Arn'] } });
    expect(pathsOf(east(), east().topics.topics)).toEqual(['Slack/C0123ABCD/Topic']);
  });

  test('give nobody more than to read the metrics of alarms: neither the channel\'s role nor its guardrails', () => {
    const template = templateOf(east());
    const policy = only(template, 'AWS::IAM::ManagedPolicy');
    const role = only(template, 'AWS::IAM::Role');
    expect((policy.Properties.PolicyDocument as { Statement: unknown }).Statement).toEqual([{
      Effect: 'Allow',
      Resource: '*',
      Action: ['cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData', 'cloudwatch:GetMetricStatistics', 'cloudwatch:GetMetricWidgetImage', 'cloudwatch:ListMetrics'],
    }]);
    expect(policy.Properties.Roles).toEqual([{ Ref: role.id }]);
    expect(Object.keys(role.Properties)).toEqual(['AssumeRolePolicyDocument']);
    expect(configurationOf(east())).toMatchObject({ IamRoleArn: { 'Fn::GetAtt': [role.id, 'Arn'] }, GuardrailPolicies: [{ Ref: policy.id }] });
  });

  test('let the chat service use no key: SNS decrypts', () => {
    expect(JSON.stringify(only(templateOf(east()), 'AWS::KMS::Key').Properties)).not.toContain('chatbot');
  });
});

describe('notifications to Slack elsewhere', () => {
  const brazil = once(() => boundTwice(() => slack()));

  test('have one configuration, in us-east-1, for the topics of both Regions', () => {
    const { home, edge } = brazil();
    templateOf(home).resourceCountIs('AWS::Chatbot::SlackChannelConfiguration', 0);
    templateOf(home).resourceCountIs('AWS::IAM::Role', 0);
    expect(topicOf(home).Properties.TopicName).toBe('Brazil-Slot-Slack-C0123ABCD');
    expect((configurationOf(edge).SnsTopicArns as unknown[]).map(text)).toEqual([
      `arn:aws:sns:sa-east-1:${ACCOUNT}:Brazil-Slot-Slack-C0123ABCD`, `\${${topicOf(edge).id}}`,
    ]);
    expect(topicOf(edge).Properties.TopicName).toBeUndefined();
  });

  test('have it after the topic at home, and import nothing of that stack', () => {
    const { home, edge } = brazil();
    expect(JSON.stringify([home, edge].map(place => templateOf(place).toJSON() as object))).not.toMatch(/"Export"|Fn::ImportValue/);
    expect(edge.stack.dependencies).toEqual([home.stack]);
  });

  test('need no account that is known', () => {
    const { home, edge } = boundTwice(() => slack(), {});
    expect((configurationOf(edge).SnsTopicArns as unknown[]).map(text)[0]).toBe('arn:aws:sns:sa-east-1:${AWS::AccountId}:Brazil-Slot-Slack-C0123ABCD');
    templateOf(home);
  });

  test('tell several platforms apart', () => {
    const choice = slack();
    const platforms = ['111111111111', '222222222222'].map(account => boundTwice(() => choice, { account }));
    filled(platforms).forEach(({ edge }) => expect(configurationOf(edge).SnsTopicArns).toHaveLength(2));
  });
});

describe('the name of a configuration', () => {
  const nameIn = (region: string | undefined, stackName: string, id = 'Slot'): unknown => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'Stack', { stackName, env: { region } });
    slack().bind(new Construct(stack, id), { encryptionKey: new Key(stack, 'Key') });
    return configurationOf({ stack, topics: { topics: [], topicsFor: () => [] } }).ConfigurationName;
  };

  test('follows the path, and the Region', () => {
    expect(nameIn('us-east-1', 'Shop')).toBe('Shop-Slot-Slack-C0123ABCD');
    expect(nameIn('sa-east-1', 'Shop')).toBe('Shop-sa-east-1-Slot-Slack-C0123ABCD');
    expect(nameIn(undefined, 'Shop')).toBe('Shop-Slot-Slack-C0123ABCD');
  });

  test('has 128 letters, digits and dashes at the most', () => {
    expect(nameIn('us-east-1', 'a'.repeat(128))).toMatch(/^a{119}-[0-9a-f]{8}$/);
    expect(nameIn('us-east-1', 'Shop', 'Our slot/ção')).toMatch(/^Shop-Our-slot--[A-Za-z0-9-]+-[0-9a-f]{8}$/);
  });
});

describe('one channel', () => {
  const BOTH = [Notifications.email('a@example.com'), slack('C1')];
  const configurationIds = (place: Place): string[] => resources(templateOf(place), 'AWS::Chatbot::SlackChannelConfiguration').map(({ id }: Resource) => id);

  test('keeps its configuration, whatever is told besides: CloudFormation would make a second one before it takes the first away', () => {
    const [pager, mail] = [slack('C2'), BOTH[0]];
    const one = slack('C1');
    const ids = [
      one, Notifications.all(mail, one), Notifications.bySeverity({ critical: one }),
      Notifications.bySeverity({ critical: mail, warning: Notifications.all(pager, one) }),
    ].map(choice => configurationIds(boundOnce(() => choice)));
    filled(ids).forEach(all => expect(all).toContain(ids[0][0]));
  });

  test('is configured once when it is told of several things', () => {
    const one = slack('C1');
    const both = Notifications.bySeverity({ critical: Notifications.all(one, BOTH[0]), warning: one });
    const { home, edge } = boundTwice(() => both);
    templateOf(home).resourceCountIs('AWS::Chatbot::SlackChannelConfiguration', 0);
    expect(configurationIds(edge)).toHaveLength(1);
    expect(configurationOf(edge).SnsTopicArns).toHaveLength(2);
  });

  test('may be a parameter', () => {
    const place = boundOnce(stack => slack(new CfnParameter(stack, 'Channel').valueAsString));
    expect(configurationOf(place).SlackChannelId).toEqual({ Ref: 'Channel' });
  });

  const MEND = 'within a platform combine one and the same Notifications.slack, for another platform give the topic of the first one by Notifications.topic';
  const RULE = '\'slackChannelId\' must be of a channel that is told in no other place, as AWS takes one configuration for each channel and account';
  testRefusals([
    ['a second configuration in a platform', () => boundOnce(() => Notifications.all(slack(), slack())),
      `[East/Slot] ${RULE}, got C0123ABCD, which East/Slot/Slack/C0123ABCD tells: ${MEND}`],
    ['a second configuration in a platform elsewhere', () => boundTwice(() => Notifications.all(slack(), slack())),
      `[Brazil/Slot] ${RULE}, got C0123ABCD, which Brazil/Slot/Slack/C0123ABCD tells: ${MEND}`],
    ['a second configuration in the account', () => {
      const app = new App({ analyticsReporting: false });
      ['First', 'Second'].forEach(id => boundOnce(() => slack(), app, id));
    }, `[Second/Slot] ${RULE}, got C0123ABCD, which First/Slot/Slack/C0123ABCD/Configuration/Resource tells: ${MEND}`],
    ['to be bound again without what it made at home', () => {
      const choice = slack();
      boundTwice(() => ({
        bind: (scope, context) => ({ ...choice.bind(scope, context), topics: [] }),
      }));
    }, '[Edge/Slot] \'homeTopics\' must hold the topic that Notifications.slack made in the platform\'s own Region, got none of its own: hand on all topics that its first \'bind\' returned'],
    ['ids that are none', () => Notifications.slack({ slackWorkspaceId: 'acme', slackChannelId: '#alarms' }),
      '[Notifications.slack] 2 props need mending:\n'
      + '  - \'slackWorkspaceId\' must be a workspace\'s id, a T before capitals and digits, got "acme": copy it from the console of Amazon Q Developer in chat applications, such as \'T0123ABCD\'\n'
      + '  - \'slackChannelId\' must be a channel\'s id, a C or a G before capitals and digits, got "#alarms": copy the channel\'s link in Slack and take its end, such as \'C0123ABCD\''],
  ]);
});
