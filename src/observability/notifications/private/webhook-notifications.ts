import { SecretValue, Stack, Token } from 'aws-cdk-lib';
import { ITopic, Subscription, SubscriptionProtocol } from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct } from 'constructs';
import { createAlarmTopic, oneTopic } from './alarm-topic';
import { idOfValue, sharedNamespace } from './namespaces';
import { Rule, validate } from '../../../core/private/validation';
import { IAlarmTopics, INotifications, NotificationsContext } from '../contract';

const MEND = 'keep the address in Secrets Manager and give SecretValue.secretsManager(\'its-name\')';

/** No message repeats the address: it holds a key. */
const RULES: Rule<{ address: string }>[] = [
  ({ address }) => Token.isUnresolved(address) || /^https:\/\/\S+$/.test(address) ? undefined
    : `'url' must be an https address, got another text: ${MEND}`,
];

/** A topic that posts to an address of whoever wakes people: PagerDuty, Opsgenie and their like. */
export class WebhookNotifications implements INotifications {
  private readonly address: string;

  constructor(url: SecretValue) {
    this.address = url.unsafeUnwrap();
    validate('Notifications.webhook', { address: this.address }, RULES);
  }

  public bind(scope: Construct, { encryptionKey }: NotificationsContext): IAlarmTopics {
    if (JSON.stringify(Stack.of(scope).resolve(this.address)).includes('{{resolve:ssm-secure:')) {
      throw new Error(`[${scope.node.path}] 'url' must be of Secrets Manager, got a secure parameter of Systems Manager, which CloudFormation does not read for a subscription: ${MEND}`);
    }
    // Wherever it is combined: alarms keep their topic when the combination changes.
    const [webhooks, id] = [sharedNamespace(scope, 'Webhook'), idOfValue(scope, this.address)];
    // One that is given as two objects is one: it is told once.
    const made = webhooks.node.tryFindChild(id);
    if (made !== undefined) return oneTopic(made.node.findChild('Topic') as IConstruct as ITopic);
    const namespace = new Construct(webhooks, id);
    const topic = createAlarmTopic(namespace, encryptionKey);
    // UrlSubscription would number the subscriptions whose address is a token.
    new Subscription(namespace, 'Subscription', { topic, endpoint: this.address, protocol: SubscriptionProtocol.HTTPS });
    return oneTopic(topic);
  }
}
