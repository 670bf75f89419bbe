import { IKey } from 'aws-cdk-lib/aws-kms';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { Owner } from '../../core';

/** What a notification choice receives. */
export interface NotificationsContext {
  /** A customer-managed key of the scope's Region. */
  readonly encryptionKey: IKey;
  /**
   * Whether the choice is bound once more, in us-east-1, for the alarms of CloudFront.
   *
   * @default false
   */
  readonly bindsAgain?: boolean;
  /**
   * When it is bound once more: the topics that it gave the platform's own Region. The stack in us-east-1 may refer to one that
   * has a name (`topicName`), and is deployed after it.
   *
   * @default - it is bound for the platform's own Region
   */
  readonly homeTopics?: ITopic[];
}

/** The topics that alarms publish to. */
export interface IAlarmTopics {
  /** Each of them, once. */
  readonly topics: ITopic[];
  /**
   * Where an alarm goes: 5 topics at the most, the quota of an alarm's actions (CloudWatch API, PutMetricAlarm). Without any, the
   * boards alone show it.
   *
   * @param severity how soon somebody must look
   * @param owner who answers for what the alarm is about, when that is known
   */
  topicsFor(severity: string, owner?: Owner): ITopic[];
}

/** Where alarms are sent. Bring your own by implementing it. */
export interface INotifications {
  /**
   * Creates or adopts the topics that alarms publish to. Where the platform is outside us-east-1 it is called once more, for
   * topics there: CloudFront's alarms are in us-east-1, and an alarm publishes to topics of its own Region alone.
   *
   * @param scope the namespace that the platform gives
   * @param context the key, and what was bound before
   * @throws Error when alarms could not be sent there
   */
  bind(scope: Construct, context: NotificationsContext): IAlarmTopics;
}
