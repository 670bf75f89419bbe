import { IKey } from 'aws-cdk-lib/aws-kms';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** What a notification choice receives. */
export interface NotificationsContext {
  /** A customer-managed key of the scope's Region. */
  readonly encryptionKey: IKey;
}

/** Where alarms are sent. Bring your own by implementing it. */
export interface INotifications {
  /**
   * Creates or adopts the topic that alarms publish to. Where the platform is outside us-east-1 it is called once more, for
   * a topic there: CloudFront's alarms are in us-east-1, and an alarm publishes to topics of its own Region alone.
   *
   * @param scope the namespace that the platform gives
   * @param context the key
   */
  bind(scope: Construct, context: NotificationsContext): ITopic;
}
