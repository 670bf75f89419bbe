import { ITopic } from 'aws-cdk-lib/aws-sns';
import { INotifications } from './contract';
import { Owner } from '../../core';

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

/**
 * A channel of Slack. The workspace must be authorized once by hand, in the console of Amazon Q Developer in chat applications
 * (AWS Chatbot); a private channel must have invited `@Amazon Q`.
 */
export interface SlackNotificationsProps {
  /** The workspace's id, such as `T0123ABCD`: the console shows it once the workspace is authorized. */
  readonly slackWorkspaceId: string;
  /** The channel's id, such as `C0123ABCD`, or `G0123ABCD` of an old private one: the end of the channel's link. */
  readonly slackChannelId: string;
}

/** Who is told, by how soon somebody must look. */
export interface SeverityNotifications {
  /** Who is told of critical alarms: users notice it now, so that it may wake somebody. */
  readonly critical: INotifications;
  /**
   * Who is told of warnings: somebody looks in working hours.
   *
   * @default - nobody, never those who are woken by critical alarms: warnings are on the boards alone
   */
  readonly warning?: INotifications;
}

/** Who is told of what one owner answers for. */
export interface OwnerNotifications {
  /** The owner; alarms are theirs when their owner has the same name. */
  readonly owner: Owner;
  /** Who is told. */
  readonly notifications: INotifications;
}
