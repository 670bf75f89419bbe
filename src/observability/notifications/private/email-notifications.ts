import { Token } from 'aws-cdk-lib';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { createAlarmTopic, oneTopic } from './alarm-topic';
import { routeTo } from './routed-notifications';
import { Rule, validate } from '../../../core/private/validation';
import { INotifications } from '../contract';

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const RULES: Rule<{ addresses: string[] }>[] = [
  ({ addresses }) => addresses.every(isAddress) ? undefined
    : `'addresses' must be e-mail addresses, got ${JSON.stringify(addresses.filter(address => !isAddress(address)))}: give addresses such as 'team@example.com'`,
];

/** A topic that sends e-mail. */
export function toEmail(addresses: string[]): INotifications {
  validate('Notifications.email', { addresses }, RULES);
  return routeTo({
    bind: (scope, { encryptionKey }) => {
      const topic = createAlarmTopic(scope, encryptionKey);
      new Set(addresses).forEach(address => topic.addSubscription(new EmailSubscription(address)));
      return oneTopic(topic);
    },
  }, { path: [], tellsSomebody: addresses.length > 0 });
}

function isAddress(address: string): boolean {
  return Token.isUnresolved(address) || ADDRESS.test(address);
}
