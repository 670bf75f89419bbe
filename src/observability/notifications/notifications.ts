import { SecretValue } from 'aws-cdk-lib';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { INotifications } from './contract';
import { OwnerNotifications, SeverityNotifications, SlackNotificationsProps, TopicNotificationsOptions } from './notifications-props';
import { toEmail } from './private/email-notifications';
import { routeTo } from './private/routed-notifications';
import { bySeverity, byOwner, toAll } from './private/routes';
import { SlackNotifications } from './private/slack-notifications';
import { TopicNotifications } from './private/topic-notifications';
import { WebhookNotifications } from './private/webhook-notifications';

/**
 * Ways to tell people about alarms, when one is raised and when it is over. `bySeverity`, `byOwner` and `all` combine others, and
 * one another; a choice that is combined in several places is made once. A change keeps the topic of what stays: `all` keeps
 * that of its first, `bySeverity` that of `warning`, `byOwner` that of `otherwise`, as if each were alone.
 */
export class Notifications {
  /**
   * A new, encrypted topic that sends e-mail. SNS asks each address to confirm first.
   *
   * @param addresses who is told; without any, the topic stands ready and a warning says that nobody is told
   * @throws Error when an address is not an e-mail address
   */
  public static email(...addresses: string[]): INotifications {
    return toEmail(addresses);
  }

  /**
   * A topic that exists already. Its policy must let `cloudwatch.amazonaws.com` publish, and so must its key's.
   *
   * @param topic the topic, in the platform's Region
   * @param options its twin in us-east-1
   * @throws Error when the platform binds it, if alarms need a topic in us-east-1 and neither of the two is there
   */
  public static topic(topic: ITopic, options: TopicNotificationsOptions = {}): INotifications {
    return new TopicNotifications(topic, options);
  }

  /**
   * A new, encrypted topic that a channel of Slack shows, each alarm with its graph. Members of the channel may read the metrics of
   * alarms by commands, and nothing else.
   *
   * AWS takes one configuration for each channel and account: a platform outside us-east-1 has its own there, for both topics. A
   * channel that has one already is told by `Notifications.topic`, with a topic of that configuration.
   *
   * @param props the channel
   * @throws Error when an id is malformed, or the app configures the channel twice in an account
   */
  public static slack(props: SlackNotificationsProps): INotifications {
    return routeTo(new SlackNotifications(props));
  }

  /**
   * A new, encrypted topic that posts each alarm to an https address, for PagerDuty, Opsgenie and their like. Such an address holds
   * a key, as `https://events.pagerduty.com/integration/<key>/enqueue` of PagerDuty's Amazon CloudWatch integration does: keep it
   * in Secrets Manager. CloudFormation reads it when it makes the subscription: a changed secret needs a new name. The other side
   * must confirm the subscription, which these do by themselves.
   *
   * For a platform outside us-east-1 the secret must be there, too, under the same name: replicate it (`replicaRegions`).
   *
   * @param url the address, such as `SecretValue.secretsManager('pager-duty-address')`
   * @throws Error when the address is known and not of https, or when it is a secure parameter of Systems Manager
   */
  public static webhook(url: SecretValue): INotifications {
    return routeTo(new WebhookNotifications(url));
  }

  /**
   * Tells some of critical alarms and others of warnings.
   *
   * @param props who is told of which
   */
  public static bySeverity(props: SeverityNotifications): INotifications {
    return bySeverity(props);
  }

  /**
   * Tells each owner of what is theirs, and others of everything else. Owners are the same when their names are.
   *
   * @param owners who is told of what an owner answers for
   * @param otherwise who is told of all other alarms
   * @throws Error without an owner, or with one twice
   */
  public static byOwner(owners: OwnerNotifications[], otherwise: INotifications): INotifications {
    return byOwner(owners, otherwise);
  }

  /**
   * Tells each of several.
   *
   * @param notifications who is told, new ones at the end; 5 topics for one alarm at the most, the quota of its actions
   * @throws Error without any, or when the platform binds it, if an alarm would publish to more than 5 topics
   */
  public static all(...notifications: INotifications[]): INotifications {
    return toAll(notifications);
  }

  private constructor() {}
}
