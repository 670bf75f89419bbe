import { Annotations, Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { INotifications, NotificationsContext } from './contract';
import { Rule, validate } from '../core/private/validation';

const NOBODY = 'cdk-platform-patterns:nobody-notified';
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const RULES: Rule<{ addresses: string[] }>[] = [
  ({ addresses }) => addresses.every(isAddress) ? undefined
    : `'addresses' must be e-mail addresses, got ${JSON.stringify(addresses.filter(address => !isAddress(address)))}: give addresses such as 'team@example.com'`,
];

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
    return { bind: (scope, context) => createTopic(scope, context, addresses) };
  }

  /**
   * A topic that exists already. Its policy must let `cloudwatch.amazonaws.com` publish, and so must its key's.
   *
   * @param topic the topic
   */
  public static topic(topic: ITopic): INotifications {
    return { bind: () => topic };
  }

  private constructor() {}
}

function isAddress(address: string): boolean {
  return Token.isUnresolved(address) || ADDRESS.test(address);
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
