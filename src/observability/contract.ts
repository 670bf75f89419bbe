import { IKey } from 'aws-cdk-lib/aws-kms';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** What a notification choice receives. */
export interface NotificationsContext {
  /** The platform's customer-managed key. */
  readonly encryptionKey: IKey;
}

/** Where alarms are sent. Bring your own by implementing it. */
export interface INotifications {
  /**
   * Creates or adopts the topic that alarms publish to.
   *
   * @param scope the namespace that the platform gives
   * @param context the key
   */
  bind(scope: Construct, context: NotificationsContext): ITopic;
}
