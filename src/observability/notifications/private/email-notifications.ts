import { Token } from 'aws-cdk-lib';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { createAlarmTopic, oneTopic } from './alarm-topic';
import { ICombinable } from './combinable';
import { warnOfSilence } from './silence';
import { Rule, validate } from '../../../core/private/validation';
import { IAlarmTopics, NotificationsContext } from '../contract';

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const RULES: Rule<{ addresses: string[] }>[] = [
  ({ addresses }) => addresses.every(isAddress) ? undefined
    : `'addresses' must be e-mail addresses, got ${JSON.stringify(addresses.filter(address => !isAddress(address)))}: give addresses such as 'team@example.com'`,
];

/** A topic that sends e-mail. */
export class EmailNotifications implements ICombinable {
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

  public bindQuietly(scope: Construct, { encryptionKey }: NotificationsContext): IAlarmTopics {
    const topic = createAlarmTopic(scope, encryptionKey);
    new Set(this.addresses).forEach(address => topic.addSubscription(new EmailSubscription(address)));
    return oneTopic(topic);
  }
}

function isAddress(address: string): boolean {
  return Token.isUnresolved(address) || ADDRESS.test(address);
}
