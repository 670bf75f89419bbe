import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ICombinable } from './combinable';
import { warnOfSilence } from './silence';
import { Owner } from '../../../core';
import { mustBeSeverity } from '../../../core/private/alarms/spelling';
import { IAlarmTopics, INotifications, NotificationsContext } from '../contract';

/** Actions of an alarm for each of its states (CloudWatch API, PutMetricAlarm; PutCompositeAlarm). */
const MAX_ACTIONS = 5;

/** Says where a choice makes what it makes. */
export type Place = (choice: INotifications, namespace: Construct) => void;

/**
 * Choices made one. Each choice is bound once, however often it is combined: in the namespace of the first place, or in one of
 * its own. What was alone before it was combined stays in its namespace, so that alarms keep their topics.
 */
export abstract class Combination implements INotifications {
  public bind(scope: Construct, context: NotificationsContext): IAlarmTopics {
    const bound = new Map<INotifications, IAlarmTopics>();
    this.place(scope, (choice, namespace) => {
      if (!bound.has(choice)) bound.set(choice, bindOne(choice, hasOwnNamespace(choice) ? scope : namespace, context));
    });
    warnOfSilence(scope, severity => this.choicesFor(severity).some(tellsSomebody));
    return {
      topics: distinct([...bound.values()].flatMap(({ topics }) => topics)),
      topicsFor: (severity, owner) => {
        mustBeSeverity(scope.node.path, severity, 'an alarm');
        const topics = this.choicesFor(severity, owner).flatMap(choice => bound.get(choice)!.topicsFor(severity, owner));
        return atMostFive(scope, severity, distinct(topics));
      },
    };
  }

  /** Places each choice that is combined, however deep. */
  public abstract place(scope: Construct, place: Place): void;

  /** The choices that an alarm goes to. */
  public abstract choicesFor(severity: string, owner?: Owner): INotifications[];
}

/** Places a choice, or those that it combines. */
export function placed(choice: INotifications, scope: Construct, place: Place): void {
  if (choice instanceof Combination) choice.place(scope, place);
  else place(choice, scope);
}

/** The choices that an alarm goes to, of one that may combine others. */
export function chosen(choice: INotifications, severity: string, owner?: Owner): INotifications[] {
  return choice instanceof Combination ? choice.choicesFor(severity, owner) : [choice];
}

function bindOne(choice: ICombinable, scope: Construct, context: NotificationsContext): IAlarmTopics {
  return choice.bindQuietly === undefined ? choice.bind(scope, context) : choice.bindQuietly(scope, context);
}

function hasOwnNamespace({ hasOwnNamespace: own = false }: ICombinable): boolean {
  return own;
}

function tellsSomebody({ tellsSomebody: tells = true }: ICombinable): boolean {
  return tells;
}

function distinct(topics: ITopic[]): ITopic[] {
  return [...new Map(topics.map(topic => [topic.topicArn, topic])).values()];
}

function atMostFive(scope: Construct, severity: string, topics: ITopic[]): ITopic[] {
  if (topics.length > MAX_ACTIONS) {
    throw new Error(`[${scope.node.path}] 'notifications' must be ${MAX_ACTIONS} topics at the most for one alarm, the quota of its actions, got ${topics.length} for severity ${severity}: let one topic tell several, such as Notifications.email with all addresses`);
  }
  return topics;
}
