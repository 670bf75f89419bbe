import { Token } from 'aws-cdk-lib';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { createAlarmTopic, oneTopic } from './alarm-topic';
import { warnOfSilence } from './silence';
import { Rule, validate } from '../../../core/private/validation';
import { IAlarmTopics, INotifications, NotificationsContext } from '../contract';

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const RULES: Rule<{ addresses: string[] }>[] = [
  ({ addresses }) => addresses.every(isAddress) ? undefined
    : `'addresses' must be e-mail addresses, got ${JSON.stringify(addresses.filter(address => !isAddress(address)))}: give addresses such as 'team@example.com'`,
];

/** A topic that sends e-mail. */
export class EmailNotifications implements INotifications {
  constructor(private readonly addresses: string[]) {
    validate('Notifications.email', { addresses }, RULES);
  }

  public get tellsSomebody(): boolean {
    return this.addresses.length > 0;
  }

  public bind(scope: Construct, context: NotificationsContext): IAlarmTopics {
    warnOfSilence(scope, () => this.tellsSomebody);
    return this.bindQuietly(scope, context);
  }

  /** As `bind`, where it is not alone: whether anybody is told does not depend on it. */
  public bindQuietly(scope: Construct, { encryptionKey }: NotificationsContext): IAlarmTopics {
    const topic = createAlarmTopic(scope, encryptionKey);
    new Set(this.addresses).forEach(address => topic.addSubscription(new EmailSubscription(address)));
    return oneTopic(topic);
  }
}

function isAddress(address: string): boolean {
  return Token.isUnresolved(address) || ADDRESS.test(address);
}
