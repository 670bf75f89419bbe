import { Annotations, Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { IAlarmTopics, INotifications, NotificationsContext } from './contract';
import { Rule, validate } from '../core/private/validation';

const NOBODY = 'cdk-platform-patterns:nobody-notified';
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const RULES: Rule<{ addresses: string[] }>[] = [
  ({ addresses }) => addresses.every(isAddress) ? undefined
    : `'addresses' must be e-mail addresses, got ${JSON.stringify(addresses.filter(address => !isAddress(address)))}: give addresses such as 'team@example.com'`,
];

/** Options of notifications to a topic that exists already. */
export interface TopicNotificationsOptions {
  /**
   * A topic in us-east-1, for the alarms of CloudFront when the platform is in another Region: alarms publish to topics of
   * their own Region alone. Its policy and its key must let `cloudwatch.amazonaws.com` publish, too.
   *
   * @default - none; needed when the platform is outside us-east-1
   */
  readonly edgeTopic?: ITopic;
}

/** Ways to tell people about alarms. */
export class Notifications {
  /**
   * A new, encrypted topic that sends e-mail. SNS asks each address to confirm first.
   *
   * @param addresses who is told; without any, the topic stands ready and a warning says that nobody is told
   * @throws Error when an address is not an e-mail address
   */
  public static email(...addresses: string[]): INotifications {
    validate('Notifications.email', { addresses }, RULES);
    return { bind: (scope, context) => only(createTopic(scope, context, addresses)) };
  }

  /**
   * A topic that exists already. Its policy must let `cloudwatch.amazonaws.com` publish, and so must its key's.
   *
   * @param topic the topic, in the platform's Region
   * @param options its twin in us-east-1
   * @throws Error when the platform binds it, if alarms need a topic in us-east-1 and neither of the two is there
   */
  public static topic(topic: ITopic, options: TopicNotificationsOptions = {}): INotifications {
    return { bind: scope => only(topicInRegionOf(scope, [topic, ...options.edgeTopic === undefined ? [] : [options.edgeTopic]])) };
  }

  private constructor() {}
}

/** Every alarm goes to one topic. */
function only(topic: ITopic): IAlarmTopics {
  return { topics: [topic], topicsFor: () => [topic] };
}

function isAddress(address: string): boolean {
  return Token.isUnresolved(address) || ADDRESS.test(address);
}

/** A topic whose Region is not known is taken as it is. */
function topicInRegionOf(scope: Construct, topics: ITopic[]): ITopic {
  const { region } = Stack.of(scope);
  const found = topics.find(({ env }) => Token.isUnresolved(region) || Token.isUnresolved(env.region) || env.region === region);
  if (found === undefined) {
    throw new Error(`[${scope.node.path}] 'topic' must be in ${region}, where its alarms are, got one in ${topics[0].env.region}: ${region === 'us-east-1' ? 'give a topic of us-east-1 as \'edgeTopic\', as CloudFront\'s alarms are there' : `give one of ${region}`}`);
  }
  return found;
}

function createTopic(scope: Construct, context: NotificationsContext, addresses: string[]): ITopic {
  const topic = new Topic(scope, 'Topic', { masterKey: context.encryptionKey, enforceSSL: true });
  topic.addToResourcePolicy(new PolicyStatement({
    sid: 'CloudWatchAlarms',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  }));
  new Set(addresses).forEach(address => topic.addSubscription(new EmailSubscription(address)));
  if (addresses.length === 0) {
    Annotations.of(scope).addWarningV2(NOBODY,
      `[${scope.node.path}] alarms notify nobody: give 'notifications', such as Notifications.email('team@example.com')`);
  }
  return topic;
}
