import { Construct } from 'constructs';
import { IAlarmTopics, INotifications, NotificationsContext } from '../contract';

/**
 * What a choice of this library may answer when it is combined. Of one that does not, such as a user's own, what is said here
 * holds.
 */
export interface ICombinable extends INotifications {
  /**
   * Whether it makes a namespace of its own, by what it is, below the scope of the whole combination: then it stays there
   * wherever it is moved to within it.
   *
   * @default false
   */
  readonly hasOwnNamespace?: boolean;
  /**
   * Whether it tells anybody.
   *
   * @default true
   */
  readonly tellsSomebody?: boolean;
  /**
   * As `bind`, without a warning that nobody is told: that does not depend on it alone.
   *
   * @default - it is bound as if it were alone
   */
  bindQuietly?(scope: Construct, context: NotificationsContext): IAlarmTopics;
}
